#include "query/neighbours.h"

#include "tests/testing/small_city.h"

namespace khom::query {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const testing::SmallCity& city() {
    static const testing::SmallCity made(
        "id,subtype,name_en,time,sector,sources\n"
        "source:page,web-page,The page,,,\n"
        "place:canal,waterway,Canal,,,source:page\n"
        "place:city,city,City,,,source:page\n"
        "program:old,event,Old fair,2019,,source:page\n"
        "program:new,event,New fair,2024,,source:page\n"
        "partner:school,school,School,,academia,source:page\n"
        "partner:council,municipality,Council,,government,source:page\n",
        "from,type,to,time,status,sources,certainty\n"
        "place:canal,located_in,place:city,,,source:page,stated\n"
        "program:old,held_at,place:canal,,,source:page,stated\n"
        "program:new,held_at,place:canal,,planned,source:page,inferred\n"
        "program:new,organized_by,partner:school,,,source:page,stated\n"
        "program:new,has_participant,partner:council,,,source:page,stated\n"
        "program:old,organized_by,partner:council,,,source:page,stated\n"
        "place:canal,documented_in,source:page,,,,\n");
    return made;
}

NeighboursQuestion around(const std::string& id, int depth = 1) {
    NeighboursQuestion question;
    question.id = id;
    question.depth = depth;
    return question;
}

Subgraph answer(const NeighboursQuestion& question) {
    auto result = neighbours(city().reading(), question);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? *result : Subgraph{};
}

std::vector<std::string> ids(const Subgraph& graph) {
    std::vector<std::string> all;
    for (const auto& node : graph.nodes) {
        all.push_back(node.entity.id + " " + std::to_string(node.hops));
    }
    return all;
}

TEST(Neighbours, StandByHopsThenByDegreeThenById) {
    EXPECT_THAT(ids(answer(around("place:canal"))),
                ElementsAre("place:canal 0", "program:new 1", "program:old 1", "place:city 1"));
    EXPECT_THAT(ids(answer(around("place:canal", 2))),
                ElementsAre("place:canal 0", "program:new 1", "program:old 1", "place:city 1",
                            "partner:council 2", "partner:school 2"));
}

TEST(Neighbours, AreJoinedByEveryStatementAmongThem) {
    const auto graph = answer(around("program:new", 2));

    std::vector<std::string> edges;
    for (const auto& edge : graph.edges) {
        edges.push_back(edge.source + " " + edge.type + " " + edge.target);
    }
    EXPECT_THAT(edges, UnorderedElementsAre("program:new held_at place:canal",
                                            "program:old held_at place:canal",
                                            "program:new organized_by partner:school",
                                            "program:new has_participant partner:council",
                                            "program:old organized_by partner:council",
                                            "place:canal located_in place:city"));
}

TEST(Neighbours, CarryWhatAStatementIsWorth) {
    auto question = around("program:new");
    question.types = {"held_at"};
    const auto graph = answer(question);

    ASSERT_THAT(graph.edges, SizeIs(1));
    EXPECT_THAT(graph.edges[0].status, Eq("planned"));
    EXPECT_THAT(graph.edges[0].certainty, Eq("inferred"));
    EXPECT_TRUE(graph.edges[0].time && graph.edges[0].time->from_programme);
    EXPECT_THAT(graph.nodes[1].subtype, Eq("waterway"));
}

TEST(Neighbours, LeaveSourcesOutUnlessTheyAreAskedFor) {
    EXPECT_THAT(ids(answer(around("place:canal"))), Not(Contains("source:page 1")));
    auto by_type = around("place:canal");
    by_type.types = {"documented_in"};
    EXPECT_THAT(ids(answer(by_type)), ElementsAre("place:canal 0", "source:page 1"));
    auto by_kind = around("place:canal");
    by_kind.kinds = {"source"};
    EXPECT_THAT(ids(answer(by_kind)), ElementsAre("place:canal 0", "source:page 1"));
}

TEST(Neighbours, AreNotReachedThroughWhatIsFilteredOut) {
    auto question = around("place:canal", 3);
    question.kinds = {"partner"};
    EXPECT_THAT(ids(answer(question)), ElementsAre("place:canal 0"));
    question.kinds = {"partner", "program"};
    EXPECT_THAT(ids(answer(question)), SizeIs(5));
}

TEST(Neighbours, FollowOneDirectionWhereAsked) {
    auto question = around("place:canal");
    question.direction = "out";
    EXPECT_THAT(ids(answer(question)), ElementsAre("place:canal 0", "place:city 1"));
    question.direction = "in";
    EXPECT_THAT(ids(answer(question)),
                ElementsAre("place:canal 0", "program:new 1", "program:old 1"));
}

TEST(Neighbours, StayWithinTheWindowUndatedOnesAlways) {
    auto question = around("place:canal");
    question.from = "2023";
    EXPECT_THAT(ids(answer(question)),
                ElementsAre("place:canal 0", "program:new 1", "place:city 1"));
}

TEST(Neighbours, ArePagedWithTheStartOnEachPage) {
    const auto whole = ids(answer(around("place:canal", 2)));
    auto question = around("place:canal", 2);
    question.limit = 2;
    std::vector<std::string> paged = {"place:canal 0"};
    do {
        const auto page = answer(question);
        EXPECT_THAT(page.total, Eq(5U));
        EXPECT_THAT(page.truncated, Eq(!page.next_cursor.empty()));
        const auto some = ids(page);
        EXPECT_THAT(some.front(), Eq("place:canal 0"));
        paged.insert(paged.end(), some.begin() + 1, some.end());
        question.cursor = page.next_cursor;
    } while (!question.cursor.empty() && paged.size() < 100);

    EXPECT_THAT(paged, Eq(whole));
}

TEST(Neighbours, RefuseWhatIsWrongAndNameIt) {
    const auto refused = [](const NeighboursQuestion& question) {
        return neighbours(city().reading(), question).error();
    };
    auto question = around("place:nowhere");
    EXPECT_THAT(refused(question).code, Eq(graph::RefusalCode::entity_not_found));
    question = around("place:canal", 4);
    EXPECT_THAT(refused(question).parameter, Eq("depth"));
    question = around("place:canal");
    question.types = {"holds_at"};
    EXPECT_THAT(refused(question).parameter, Eq("type"));
    EXPECT_THAT(refused(question).message, ::testing::HasSubstr("'held_at'"));
    question = around("place:canal");
    question.direction = "up";
    EXPECT_THAT(refused(question).parameter, Eq("direction"));
    question = around("place:canal");
    question.kinds = {"places"};
    EXPECT_THAT(refused(question).parameter, Eq("kind"));
    question = around("place:canal");
    question.to = "2567";
    EXPECT_THAT(refused(question).parameter, Eq("to"));
    question = around("place:canal");
    question.cursor = "abc";
    EXPECT_THAT(refused(question).parameter, Eq("cursor"));
}

}  // namespace
}  // namespace khom::query
