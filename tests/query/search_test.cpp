#include "query/search.h"

#include "tests/testing/small_city.h"

namespace khom::query {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const testing::SmallCity& city() {
    static const testing::SmallCity made(
        "id,subtype,name_en,name_th,time,sector,participants,summary_en,sources\n"
        "source:page,web-page,The page,,,,,,\n"
        "place:city,city,Chiang Mai,เชียงใหม่,,,,,source:page\n"
        "place:quarter,quarter,Chang Moi,ช้างม่อย,,,,,source:page\n"
        "place:canal,waterway,Mae Kha Canal,คลองแม่ข่า,,,,,source:page\n"
        "program:lights-2021,festival,Canal lights,,2021-11,,120,,source:page\n"
        "program:lights-2024,festival,More canal lights,,2024,,80,A festival at the "
        "canal.,source:page\n"
        "program:lessons,project,Canal lessons,,2022/2023,,,,source:page\n"
        "program:network,network,Canal network,,2018/..,,,,source:page\n"
        "partner:school,school,Canal School,โรงเรียนริมคลอง,,academia,,,source:page\n"
        "partner:council,municipality,Canal Council,,,government,,,source:page\n"
        "theme:water,issue,Canal water,,,,,,source:page\n"
        "theme:aw-1,award-criterion,Good evidence,,,,,,source:page\n",
        "from,type,to,time,sources,certainty\n"
        "place:quarter,located_in,place:city,,source:page,stated\n"
        "program:lights-2021,held_at,place:quarter,,source:page,stated\n"
        "program:lights-2024,held_at,place:canal,,source:page,stated\n"
        "program:lights-2021,organized_by,partner:school,,source:page,stated\n"
        "program:lights-2024,organized_by,partner:school,,source:page,stated\n"
        "program:lights-2024,has_participant,partner:council,,source:page,stated\n"
        "program:lights-2024,addresses,theme:water,,source:page,stated\n"
        "program:lights-2024,evidences,theme:aw-1,,source:page,inferred\n");
    return made;
}

SearchQuestion ask(const std::string& text) {
    SearchQuestion question;
    question.text = text;
    return question;
}

std::vector<std::string> ids(const SearchQuestion& question) {
    std::vector<std::string> all;
    const auto result = search(city().reading(), question);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    if (result) {
        for (const auto& hit : result->hits) {
            all.push_back(hit.entity.id);
        }
    }
    return all;
}

std::vector<std::string> filtered(const std::string& filter, const std::string& text = "") {
    auto question = ask(text);
    question.filters = {filter};
    return ids(question);
}

graph::Refusal refused(const SearchQuestion& question) {
    const auto result = search(city().reading(), question);
    EXPECT_FALSE(result);
    return result ? graph::Refusal{} : result.error();
}

TEST(Search, FindsByTextAndDescribesWhatItFound) {
    const auto result = *search(city().reading(), ask("Mae Kha"));

    ASSERT_THAT(result.hits, Not(IsEmpty()));
    const auto& hit = result.hits.front();
    EXPECT_THAT(hit.entity.id, Eq("place:canal"));
    EXPECT_THAT(hit.subtype, Eq("waterway"));
    EXPECT_THAT(hit.url, Eq("/id/place:canal"));
    EXPECT_THAT(hit.highlights.at("name.en"), HasSubstr("<mark>Mae"));
    EXPECT_THAT(hit.field, Eq("name.en"));
    EXPECT_THAT(hit.how, Eq("prefix"));
}

TEST(Search, BrowsesEverythingWhereTheTextIsEmpty) {
    auto question = ask("  ");
    question.sort = "degree";
    const auto result = *search(city().reading(), question);

    EXPECT_THAT(result.total, Eq(12U));
    EXPECT_THAT(result.hits.front().entity.id, Eq("program:lights-2024"));
    EXPECT_THAT(result.hits.front().how, IsEmpty());
}

TEST(Search, KeepsTheKindsThatAreAskedFor) {
    auto question = ask("canal");
    question.kinds = {"partner", "theme"};

    EXPECT_THAT(ids(question), UnorderedElementsAre("partner:school", "partner:council",
                                                    "theme:water", "theme:aw-1"))
        << "the criterion is found by what it is linked to";
}

TEST(Search, FiltersByEveryForm) {
    EXPECT_THAT(filtered("sector:academia"), ElementsAre("partner:school"));
    EXPECT_THAT(filtered("sector:academia", "canal"), ElementsAre("partner:school"));
    EXPECT_THAT(filtered("subtype:festival"),
                UnorderedElementsAre("program:lights-2021", "program:lights-2024"));
    EXPECT_THAT(filtered("participants:>=100"), ElementsAre("program:lights-2021"));
    EXPECT_THAT(filtered("participants:<100"), ElementsAre("program:lights-2024"));
    EXPECT_THAT(filtered("participants:[80,120]"), SizeIs(2));
    EXPECT_THAT(filtered("participants:>120"), IsEmpty());
    EXPECT_THAT(filtered("participants:[,100]"), ElementsAre("program:lights-2024"));
    EXPECT_THAT(filtered("year:2022"), UnorderedElementsAre("program:lessons", "program:network"));
    EXPECT_THAT(filtered("year:[2019,2020]"), ElementsAre("program:network"));
    EXPECT_THAT(filtered("year:>2023"),
                UnorderedElementsAre("program:lights-2024", "program:network"));
    EXPECT_THAT(filtered("time:[2021-12,2022-01]"),
                UnorderedElementsAre("program:lessons", "program:network"));
    EXPECT_THAT(filtered("partner:partner:council"), ElementsAre("program:lights-2024"));
    EXPECT_THAT(filtered("theme:theme:water"), ElementsAre("program:lights-2024"));
    EXPECT_THAT(filtered("criterion:theme:aw-1"), ElementsAre("program:lights-2024"));
    EXPECT_THAT(filtered("name_en:CANAL LIGHTS"), ElementsAre("program:lights-2021"));
    EXPECT_THAT(filtered("degree:>=5"), ElementsAre("program:lights-2024"));
}

TEST(Search, CountsAPlaceForWhatHappensInsideIt) {
    EXPECT_THAT(filtered("place:place:city"),
                UnorderedElementsAre("place:quarter", "program:lights-2021"));
}

TEST(Search, NeedsAllFiltersToHold) {
    auto question = ask("");
    question.filters = {"subtype:festival", "year:2021"};

    EXPECT_THAT(ids(question), ElementsAre("program:lights-2021"));
}

TEST(Search, ShowsUndatedEntitiesInEveryWindow) {
    auto question = ask("canal");
    question.from = "2021-06";
    question.to = "2022";

    const auto found = ids(question);

    EXPECT_THAT(found, ::testing::IsSupersetOf({"program:lights-2021", "program:lessons",
                                                "program:network", "partner:school"}));
    EXPECT_THAT(found, Not(::testing::Contains("program:lights-2024")));
}

TEST(Search, CountsFacetsOverAllMatchesNotOnePage) {
    auto question = ask("");
    question.kinds = {"program"};
    question.facets = {"year", "subtype", "partner", "place", "sector"};
    question.limit = 1;
    const auto result = *search(city().reading(), question);

    EXPECT_THAT(result.hits, SizeIs(1));
    const auto& subtypes = result.facets.at("subtype");
    ASSERT_THAT(subtypes, SizeIs(3));
    EXPECT_THAT(subtypes[0].value, Eq("festival"));
    EXPECT_THAT(subtypes[0].count, Eq(2U));
    EXPECT_THAT(result.facets.at("partner")[0].value, Eq("partner:school"));
    EXPECT_THAT(result.facets.at("partner")[0].label.th, Eq("โรงเรียนริมคลอง"));
    EXPECT_THAT(result.facets.at("sector"), IsEmpty());
    std::map<std::string, std::size_t> years;
    for (const auto& year : result.facets.at("year")) {
        years[year.value] = year.count;
    }
    EXPECT_THAT(years, Eq(std::map<std::string, std::size_t>{
                           {"2018", 1}, {"2021", 1}, {"2022", 1}, {"2023", 1}, {"2024", 1}}));
}

TEST(Search, CountsAFacetAsOftenAsItsFilterFinds) {
    auto question = ask("canal");
    question.facets = {"kind", "subtype", "sector", "theme", "place", "partner", "criterion"};
    const auto result = *search(city().reading(), question);
    for (const auto& [facet, values] : result.facets) {
        for (const auto& value : values) {
            EXPECT_THAT(filtered(facet + ":" + value.value, "canal"), SizeIs(value.count))
                << facet << " " << value.value;
        }
    }
}

TEST(Search, OrdersAsAsked) {
    auto question = ask("");
    question.kinds = {"program"};
    question.sort = "start";
    EXPECT_THAT(ids(question), ElementsAre("program:network", "program:lights-2021",
                                           "program:lessons", "program:lights-2024"));
    question.sort = "-start";
    EXPECT_THAT(ids(question).front(), Eq("program:lights-2024"));
    question.sort = "name";
    EXPECT_THAT(ids(question), ElementsAre("program:lessons", "program:lights-2021",
                                           "program:network", "program:lights-2024"));
    question = ask("canal");
    question.sort = "name";
    question.limit = 2;
    const auto page = *search(city().reading(), question);
    EXPECT_THAT(page.hits.front().entity.id, Eq("partner:council"));
    EXPECT_THAT(page.hits.front().highlights, Not(IsEmpty()));
}

TEST(Search, PagesThroughEverythingOnceWithCursors) {
    for (const auto* sort : {"relevance", "name", "start", "degree"}) {
        auto question = ask("canal");
        question.sort = sort;
        const auto all = ids(question);
        question.limit = 2;
        std::vector<std::string> paged;
        do {
            const auto page = *search(city().reading(), question);
            EXPECT_THAT(page.total, Eq(all.size()));
            for (const auto& hit : page.hits) {
                paged.push_back(hit.entity.id);
            }
            question.cursor = page.next_cursor;
        } while (!question.cursor.empty() && paged.size() < 100);
        EXPECT_THAT(paged, Eq(all)) << sort;
    }
}

TEST(Search, RefusesACursorOfAnotherQuestion) {
    auto question = ask("canal");
    question.limit = 2;
    const auto cursor = search(city().reading(), question)->next_cursor;
    ASSERT_THAT(cursor, Not(IsEmpty()));

    for (const auto& bad :
         {std::string("x"), cursor + "0", cursor.substr(1), std::string(25, '1')}) {
        question.cursor = bad;
        EXPECT_THAT(refused(question).parameter, Eq("cursor")) << bad;
    }
    question.cursor = cursor;
    question.kinds = {"program"};
    EXPECT_THAT(refused(question).parameter, Eq("cursor"));
    question.kinds = {};
    question.text = "canals";
    EXPECT_THAT(refused(question).parameter, Eq("cursor"));
}

struct Wrong {
    const char* filter;
    const char* said;
};

TEST(Search, RefusesFiltersThatSayNothing) {
    const std::vector<Wrong> rows = {
        {"yaer:2024", "did you mean 'year'"},
        {"sector:goverment", "did you mean 'government'"},
        {"kind:persn", "did you mean 'person'"},
        {"year", "field:value"},
        {":2024", "field:value"},
        {"year:", "field:value"},
        {"year:soon", "not a number"},
        {"year:>=", "nothing to compare"},
        {"year:[2020", "not a range"},
        {"year:[2020]", "not a range"},
        {"year:2567", "write 2024"},
        {"year:>=2560", "write 2017"},
        {"time:2567", "write 2024"},
        {"participants:1e999", "not a number"},
        {"participants:nan", "not a number"},
        {"sector:>=a", "no order"},
        {"partner:[a,b]", "no order"},
    };
    for (const auto& [filter, said] : rows) {
        auto question = ask("canal");
        question.filters = {filter};
        const auto refusal = refused(question);
        EXPECT_THAT(refusal.parameter, Eq("filter")) << filter;
        EXPECT_THAT(refusal.message, HasSubstr(said)) << filter;
    }
}

TEST(Search, RefusesUnknownWordsAndBuddhistYearsNamingTheParameter) {
    auto kind = ask("");
    kind.kinds = {"plase"};
    EXPECT_THAT(refused(kind).parameter, Eq("kind"));
    EXPECT_THAT(refused(kind).message, HasSubstr("'place'"));
    auto facet = ask("");
    facet.facets = {"years"};
    EXPECT_THAT(refused(facet).parameter, Eq("facet"));
    auto sort = ask("");
    sort.sort = "nmae";
    EXPECT_THAT(refused(sort).parameter, Eq("sort"));
    auto window = ask("");
    window.from = "2567";
    EXPECT_THAT(refused(window).parameter, Eq("from"));
    EXPECT_THAT(refused(window).message, HasSubstr("write 2024."));
    auto backwards = ask("");
    backwards.from = "2024";
    backwards.to = "2021";
    EXPECT_THAT(refused(backwards).parameter, Eq("to"));
}

TEST(Search, TakesAnyText) {
    for (const std::string text :
         {"\xFF\xC0", "\"", "-", "((((", "%", "\xE0\xB8", "a AND OR NOT"}) {
        EXPECT_TRUE(search(city().reading(), ask(text))) << text;
    }
    EXPECT_TRUE(search(city().reading(), ask(std::string(2000, 'm'))));
}

TEST(Suggest, CompletesWithinTheKindsAskedFor) {
    SuggestQuestion question;
    question.text = "can";
    question.kinds = {"partner"};
    const auto result = *suggest(city().reading(), question);

    ASSERT_THAT(result.entities, SizeIs(2));
    EXPECT_THAT(result.entities[0].entity.kind, Eq("partner"));
    question.kinds = {"nobody"};
    EXPECT_THAT(suggest(city().reading(), question).error().parameter, Eq("kind"));
    question.kinds = {};
    question.limit = 21;
    EXPECT_THAT(suggest(city().reading(), question).error().parameter, Eq("limit"));
}

}  // namespace
}  // namespace khom::query
