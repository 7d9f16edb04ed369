#include "query/networks.h"

#include <fstream>
#include <random>
#include <set>

#include "graph/analytics/centrality.h"
#include "query/valid_time.h"
#include "tests/oracles/generated_graph.h"
#include "tests/testing/small_city.h"

namespace khom::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Three partners of two sectors, a whole sector named as an actor, programmes of two periods.
const testing::SmallCity& city() {
    static const testing::SmallCity made(
        "id,subtype,name_en,name_th,sector,time,sources\n"
        "source:page,web-page,The page,,,,\n"
        "theme:kf-01,key-feature-area,Empowering,,,,source:page\n"
        "theme:water,issue,Water,,,,source:page\n"
        "theme:canal,issue,Canals,,,,source:page\n"
        "partner:municipality,municipality,Municipality,เทศบาล,government,,source:page\n"
        "partner:community,community-organisation,Community,ชุมชน,community,,source:page\n"
        "partner:university,university,University,มหาวิทยาลัย,academia,,source:page\n"
        "partner:alone,foundation,Alone,มูลนิธิ,civil_society,,source:page\n"
        "partner:government,sector-group,Government as a sector,,government,,source:page\n"
        "program:fair,event,Fair,งาน,,2021,source:page\n"
        "program:walk,event,Walk,,,2023,source:page\n"
        "program:lab,project,Lab,,,,source:page\n"
        "program:plan,project,Plan,,,2023,source:page\n",
        "from,type,to,time,status,sources,certainty\n"
        "theme:canal,broader,theme:water,,,source:page,stated\n"
        "program:fair,addresses,theme:canal,,,source:page,stated\n"
        "program:fair,organized_by,partner:municipality,,,source:page,stated\n"
        "program:fair,has_participant,partner:community,,,source:page,stated\n"
        "program:fair,has_participant,partner:government,,,source:page,stated\n"
        "program:walk,organized_by,partner:municipality,,,source:page,stated\n"
        "program:walk,has_participant,partner:university,,,source:page,inferred\n"
        "program:walk,has_participant,partner:community,,,source:page,doubtful\n"
        "program:lab,organized_by,partner:university,,,source:page,stated\n"
        "program:lab,has_participant,partner:community,,,source:page,stated\n"
        "program:plan,organized_by,partner:municipality,,planned,source:page,stated\n"
        "program:plan,has_participant,partner:alone,,planned,source:page,stated\n");
    return made;
}

NetworkQuestion through(std::string lens) {
    NetworkQuestion question;
    question.lens = std::move(lens);
    return question;
}

NetworkResult asked(NetworkQuestion question) {
    if (question.lens.empty()) question.lens = "partners-by-programme";
    return *network(city().reading(), question);
}

std::vector<std::string> pairs(const std::vector<NetworkEdge>& edges) {
    std::vector<std::string> pairs;
    for (const auto& edge : edges) {
        pairs.push_back(edge.source.substr(8) + " " + edge.target.substr(8) + " " +
                        std::to_string(edge.evidence.size()) + edge.change);
    }
    std::ranges::sort(pairs);
    return pairs;
}

TEST(Networks, CountWhatIsSharedAndKeepWhatIsOnlyToConfirmApart) {
    const auto network = asked({});

    EXPECT_THAT(pairs(network.edges),
                ElementsAre("community municipality 1", "municipality university 1"));
    EXPECT_THAT(pairs(network.to_confirm),
                ElementsAre("alone municipality 0", "community university 0"));
    const auto& doubtful = network.to_confirm.front().to_confirm.empty()
                               ? network.to_confirm.back().to_confirm
                               : network.to_confirm.front().to_confirm;
    EXPECT_FALSE(doubtful.front().why.empty());
}

TEST(Networks, NeverShowASectorGroupAsAPartner) {
    for (const auto& node : asked({}).nodes) EXPECT_NE(node.entity.id, "partner:government");
}

TEST(Networks, ReadGainedAndLostForwardInTimeWhicheverPeriodComesFirst) {
    NetworkQuestion question;
    question.from = "2022";
    question.to = "2023";
    question.compare_from = "2020";
    question.compare_to = "2021";
    auto turned = question;
    std::swap(turned.from, turned.compare_from);
    std::swap(turned.to, turned.compare_to);

    for (const auto& network : {asked(question), asked(turned)}) {
        EXPECT_THAT(pairs(network.edges),
                    ElementsAre("community municipality 1lost", "municipality university 1gained"));
        EXPECT_EQ(network.period.from, "2022");
        EXPECT_EQ(network.earlier->from, "2020");
    }
}

TEST(Networks, CanBeFilteredBySectorThemeAndWeight) {
    NetworkQuestion by_theme;
    by_theme.themes = {"theme:water"};  // the fair is about canals, which fall under water
    EXPECT_THAT(pairs(asked(by_theme).edges), ElementsAre("community municipality 1"));
    NetworkQuestion by_sector;
    by_sector.sectors = {"government", "academia"};
    EXPECT_THAT(pairs(asked(by_sector).edges), ElementsAre("municipality university 1"));
    NetworkQuestion by_weight;
    by_weight.min_weight = 2;
    EXPECT_THAT(asked(by_weight).edges, IsEmpty());
}

TEST(Networks, SayInWordsWhoMeetsAndWhatIsMissing) {
    const auto network = asked({});

    ASSERT_THAT(network.mixing, SizeIs(2));
    EXPECT_EQ(network.mixing[0].one + "|" + network.mixing[0].other, "government|community");
    EXPECT_THAT(network.mixing[0].sentence.en,
                HasSubstr("Government and community meet once in 1 programme, and only through "));
    EXPECT_THAT(network.mixing[0].sentence.th, HasSubstr("ภาครัฐกับชุมชน"));
    ASSERT_THAT(network.bridges, SizeIs(1));
    EXPECT_THAT(network.bridges[0].sentence.en, HasSubstr("links community and academia"));
    std::set<std::string> gaps;
    for (const auto& gap : network.gaps) {
        gaps.insert(gap.kind);
        EXPECT_FALSE(gap.sentence.en.empty() || gap.sentence.th.empty());
    }
    EXPECT_THAT(gaps, ElementsAre("absent", "area_without_partners", "sectors_never_meet"));
}

TEST(Networks, RefuseWhatTheyDoNotKnow) {
    const auto refusal = [](NetworkQuestion question) {
        return network(city().reading(), question).error();
    };
    EXPECT_EQ(refusal(through("partners-by-moon")).code, graph::RefusalCode::entity_not_found);
    EXPECT_THAT(refusal(through("partner-by-programme")).message,
                HasSubstr("partners-by-programme"));
    auto question = through("partners-by-programme");
    question.from = "2567";
    EXPECT_EQ(refusal(question).parameter, "from");
    question.from = "";
    question.compare_to = "2567";
    EXPECT_EQ(refusal(question).parameter, "compare_to");
    question.compare_to = "";
    question.metrics = {"fame"};
    EXPECT_EQ(refusal(question).parameter, "metrics");
    question.metrics = {};
    question.sectors = {"military"};
    EXPECT_EQ(refusal(question).parameter, "sector");
    question.sectors = {};
    question.themes = {"theme:none"};
    EXPECT_EQ(refusal(question).parameter, "theme");
    question.themes = {};
    question.limit = 0;
    EXPECT_EQ(refusal(question).parameter, "limit");
}

TEST(Networks, AnswerEveryPairOfKindsThatTheOntologyLinks) {
    for (const auto* lens : {"programmes-by-theme", "places-by-programme", "objects-by-place",
                             "memories-by-theme", "people-by-partner", "programs-by-partner"}) {
        EXPECT_TRUE(network(city().reading(), through(lens))) << lens;
    }
    for (const auto& lens : lenses(*city().reading().ontology)) {
        EXPECT_TRUE(network(city().reading(), through(lens.id))) << lens.id;
    }
}

/// A statement counts if it is dated within the window, or says where a thing stands or comes from
/// and has no date; and is done, and not doubtful: said once more, plainly.
bool may_count(const graph::Snapshot& graph, std::string_view id, const graph::TimeWindow& window) {
    const auto statement = graph.find_relationship(id);
    if (!statement) return false;
    const auto text = [&](const char* key) {
        const auto value = graph.property(*statement, key);
        return std::string(graph::string_or_empty(value));
    };
    const auto time = graph::parse_edtf(time_of(graph, *statement).edtf);
    const auto type = graph.name(graph.endpoints(*statement).type);
    const bool lasting = type == "LOCATED_IN" || type == "ORIGINATES_IN";
    return (time ? graph::overlaps(*time, window) : lasting) && text("certainty") != "doubtful" &&
           text("status") != "planned" && text("status") != "prepared";
}

void expect_backed(const graph::Snapshot& graph, const std::vector<SharedEvidence>& evidence,
                   const graph::TimeWindow& window) {
    for (const auto& shared : evidence) {
        EXPECT_THAT(shared.why, IsEmpty());
        EXPECT_FALSE(shared.statements.empty());
        for (const auto& id : shared.statements) EXPECT_TRUE(may_count(graph, id, window)) << id;
    }
}

/// Every count is the length of its evidence, and every statement in it may count.
void expect_all_backed(const Reading& reading, const NetworkQuestion& question) {
    const auto network = *query::network(reading, question);
    const auto& graph = reading.graph();
    const auto window = *window_of(network.period.from, network.period.to);
    const auto before =
        network.earlier ? *window_of(network.earlier->from, network.earlier->to) : window;
    std::map<std::string, std::size_t> degrees, shared;
    for (const auto& edge : network.edges) {
        EXPECT_EQ(edge.weight, static_cast<double>(edge.evidence.size()));
        EXPECT_GE(edge.weight, question.min_weight);
        expect_backed(graph, edge.evidence, edge.change == "lost" ? before : window);
        expect_backed(graph, edge.before, before);
        std::set<std::string> vias;
        for (const auto& one : edge.evidence) vias.insert(one.via);
        EXPECT_EQ(vias.size(), edge.evidence.size()) << "each thing shared counts once";
        if (edge.change == "lost") continue;
        ++degrees[edge.source];
        ++degrees[edge.target];
    }
    for (const auto& node : network.nodes) {
        expect_backed(graph, node.shares, window);
        EXPECT_EQ(node.degree, degrees[node.entity.id]);
        for (const auto& doubted : node.to_confirm) EXPECT_FALSE(doubted.why.empty());
    }
    for (const auto& edge : network.to_confirm) {
        EXPECT_EQ(edge.weight, 0);
        EXPECT_FALSE(edge.to_confirm.empty());
    }
    for (const auto& meeting : network.mixing) {
        EXPECT_EQ(meeting.count, meeting.evidence.size());
        expect_backed(graph, meeting.evidence, window);
    }
    for (const auto& bridge : network.bridges) expect_backed(graph, bridge.evidence, window);
}

TEST(Networks, CountWhereThingsStandWithoutADateAndWhatIsDoneOnlyWithOne) {
    const testing::SmallCity museum(
        "id,subtype,name_en,time,sources\n"
        "source:page,web-page,The page,,\n"
        "place:hall,museum,Hall,,source:page\n"
        "object:bell,craft,Bell,,source:page\n"
        "object:drum,craft,Drum,,source:page\n"
        "object:gong,craft,Gong,,source:page\n"
        "object:mask,craft,Mask,,source:page\n"
        "partner:keeper,ngo,Keeper,,source:page\n"
        "partner:friend,ngo,Friend,,source:page\n",
        "from,type,to,time,status,sources,certainty\n"
        "object:bell,located_in,place:hall,,,source:page,stated\n"
        "object:drum,originates_in,place:hall,,,source:page,stated\n"
        "object:gong,located_in,place:hall,2019,,source:page,stated\n"
        "object:mask,located_in,place:hall,,,source:page,doubtful\n"
        "partner:keeper,located_in,place:hall,,,source:page,stated\n"
        "partner:friend,stewards,place:hall,,,source:page,stated\n");
    auto things = through("objects-by-place");

    const auto all = *network(museum.reading(), things);
    EXPECT_EQ(all.edges.size(), 3U) << "bell, drum and gong; of the mask nobody is sure";
    EXPECT_EQ(all.to_confirm.size(), 3U);
    things.from = "2021";
    const auto later = *network(museum.reading(), things);
    ASSERT_THAT(later.edges, SizeIs(1))
        << "the gong was there before that, the others have no date";
    EXPECT_EQ(later.edges[0].source + " " + later.edges[0].target, "object:bell object:drum");
    EXPECT_THAT(network(museum.reading(), through("partners-by-place"))->edges, IsEmpty())
        << "taking care is done at a time";
    for (const auto* lens : {"objects-by-place", "partners-by-place"}) {
        expect_all_backed(museum.reading(), through(lens));
    }
}

/// Whoever takes nodes and edges away and measures them finds the same figures.
void expect_figures_of_what_is_shown(const NetworkResult& network) {
    std::map<std::string, std::uint32_t> place;
    for (const auto& node : network.nodes) {
        const auto next = static_cast<std::uint32_t>(place.size());
        place[node.entity.id] = next;
    }
    graph::WeightedGraph shown{place.size(), {}};
    for (const auto& edge : network.edges) {
        shown.edges.push_back({place.at(edge.source), place.at(edge.target), edge.weight});
    }
    const auto betweenness = *graph::betweenness(shown, {});
    const auto closeness = *graph::closeness(shown, {});
    const auto pagerank = *graph::pagerank(shown, {});
    for (const auto& node : network.nodes) {
        const auto i = place.at(node.entity.id);
        EXPECT_NEAR(node.betweenness, betweenness[i], 1e-9);
        EXPECT_NEAR(node.closeness, closeness[i], 1e-9);
        EXPECT_NEAR(node.pagerank, pagerank[i], 1e-9);
    }
}

TEST(Networks, BackEveryCountWithEvidenceInGeneratedCities) {
    const auto seed = oracles::seed();
    SCOPED_TRACE("KHOM_SEED=" + std::to_string(seed));
    std::mt19937_64 random(seed);
    const auto one_of = [&](const std::vector<std::string>& words) {
        return words[std::uniform_int_distribution<std::size_t>(0, words.size() - 1)(random)];
    };
    for (int round = 0; round < 12; ++round) {
        std::string entities = "id,subtype,name_en,sector,time,sources\nsource:p,web-page,P,,,\n";
        std::string statements = "from,type,to,time,status,sources,certainty\n";
        for (int i = 0; i < 9; ++i) {
            const auto number = std::to_string(i);
            entities += "partner:p" + number + "," + one_of({"agency", "ngo", "sector-group"}) +
                        ",P" + number + "," + one_of({"government", "private", "community", ""}) +
                        ",,source:p\n";
            entities += "program:g" + number + ",event,G" + number + ",," +
                        one_of({"", "2020", "2021-05/2022", "2024-02-03"}) + ",source:p\n";
        }
        std::set<std::string> said;
        for (int i = 0; i < 40; ++i) {
            const auto ends = "program:g" + std::to_string(random() % 9) + "," +
                              one_of({"organized_by", "has_participant", "funded_by"}) +
                              ",partner:p" + std::to_string(random() % 9);
            if (!said.insert(ends).second) continue;
            statements += ends + "," + one_of({"", "", "2021", "2023-11"}) + "," +
                          one_of({"", "", "planned", "done"}) + ",source:p," +
                          one_of({"stated", "inferred", "doubtful"}) + "\n";
        }
        const testing::SmallCity drawn(entities, statements);
        for (const auto& [from, compare] :
             {std::pair("", ""), std::pair("2021", ""), std::pair("2023", "2020")}) {
            auto question = through("partners-by-programme");
            question.from = from;
            question.compare_from = compare;
            if (*compare != '\0') question.compare_to = "2021";
            expect_all_backed(drawn.reading(), question);
            question.min_weight = 2;
            expect_all_backed(drawn.reading(), question);
        }
        const auto once = *network(drawn.reading(), through("partners-by-programme"));
        const auto again = *network(drawn.reading(), through("partners-by-programme"));
        expect_figures_of_what_is_shown(once);
        for (std::size_t i = 0; i < once.nodes.size(); ++i) {
            EXPECT_EQ(once.nodes[i].x, again.nodes[i].x);
            EXPECT_EQ(once.nodes[i].community, again.nodes[i].community);
        }
    }
}

}  // namespace
}  // namespace khom::query
