#include "query/nearby.h"
#include "query/search.h"
#include "tests/testing/small_city.h"

namespace khom::query {
namespace {

using ::testing::AllOf;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::UnorderedElementsAre;

/// A canal with two bridges, a far hill, and festivals that hang together in a chain.
const testing::SmallCity& city() {
    static const testing::SmallCity made(
        "id,subtype,name_en,time,lat,lon,geo_certainty,geo_source,sources\n"
        "source:page,web-page,The page,,,,,,source:page\n"
        "place:canal,waterway,Canal,,18.7900,98.9900,exact,made up,source:page\n"
        "place:north-bridge,bridge,North bridge,,18.7945,98.9900,exact,made up,source:page\n"
        "place:south-bridge,bridge,South bridge,,18.7855,98.9900,exact,made up,source:page\n"
        "place:hill,mountain,Bridge hill,,18.8049,98.9216,exact,made up,source:page\n"
        "program:lights,festival,Bridge lights,2021,,,,,source:page\n"
        "program:old-lights,festival,Old bridge lights,2010,,,,,source:page\n"
        "partner:school,school,Bridge school,,,,,,source:page\n"
        "theme:water,issue,Bridge water,,,,,,source:page\n",
        "from,type,to,time,sources,certainty\n"
        "place:north-bridge,located_in,place:canal,,source:page,stated\n"
        "place:south-bridge,located_in,place:canal,,source:page,stated\n"
        "program:lights,held_at,place:north-bridge,2021,source:page,stated\n"
        "program:old-lights,held_at,place:canal,2010,source:page,stated\n"
        "program:lights,organized_by,partner:school,2021,source:page,stated\n"
        "program:lights,addresses,theme:water,2021,source:page,stated\n"
        "place:hill,documented_in,source:page,,source:page,stated\n"
        "place:canal,documented_in,source:page,,source:page,stated\n");
    return made;
}

std::vector<std::string> ids(const SearchQuestion& question) {
    std::vector<std::string> all;
    const auto result = search(city().reading(), question);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    for (const auto& hit : result ? result->hits : std::vector<SearchHit>{}) {
        all.push_back(hit.entity.id);
    }
    return all;
}

SearchQuestion near(const std::string& where) {
    SearchQuestion question;
    question.near = where;
    return question;
}

SearchQuestion within(const std::string& box) {
    SearchQuestion question;
    question.bbox = box;
    return question;
}

SearchQuestion linked(const std::string& id, std::size_t depth) {
    SearchQuestion question;
    question.linked_to = id;
    question.linked_depth = depth;
    return question;
}

std::string refusal(const SearchQuestion& question) {
    const auto result = search(city().reading(), question);
    return result ? "answered" : result.error().parameter + ": " + result.error().message;
}

TEST(SearchNear, KeepsWhatLiesInTheCircleAndSaysHowFar) {
    EXPECT_THAT(ids(near("18.79,98.99,400")), ElementsAre("place:canal"));
    EXPECT_THAT(ids(near("18.7945,98.99,1500")),
                ElementsAre("place:north-bridge", "place:canal", "place:south-bridge"));
    const auto result = search(city().reading(), near("18.79,98.99"));
    ASSERT_TRUE(result);
    ASSERT_THAT(result->hits.size(), Eq(3U));
    EXPECT_THAT(result->hits[1].distance_m, Optional(DoubleNear(500.4, 1)));
}

TEST(SearchNear, OrdersByDistanceWhereAskedTo) {
    auto question = near("18.7855,98.99,2000");
    question.text = "bridge";
    question.sort = "distance";

    EXPECT_THAT(ids(question),
                ElementsAre("place:south-bridge", "place:canal", "place:north-bridge"));
}

TEST(SearchNear, GoesRoundTheGlobe) {
    const Circle fiji{-17, 179.999, 1000};

    EXPECT_THAT(distance_m(fiji, {-17, -179.999, "", ""}), DoubleNear(212.7, 1));
    EXPECT_THAT(distance_m({90, 0, 1}, {-90, 0, "", ""}), DoubleNear(20'015'114, 10));
}

TEST(SearchBox, KeepsWhatLiesInTheBox) {
    EXPECT_THAT(ids(within("98.98,18.787,99,18.80")),
                UnorderedElementsAre("place:canal", "place:north-bridge"));
    EXPECT_THAT(ids(within("179,-90,98.95,90")), ElementsAre("place:hill"));
}

TEST(SearchLinkedTo, KeepsWhatIsSoManyStatementsAwayNearFirst) {
    EXPECT_THAT(
        ids(linked("place:canal", 1)),
        UnorderedElementsAre("place:north-bridge", "place:south-bridge", "program:old-lights"));
    EXPECT_THAT(ids(linked("place:canal", 2)).back(), Eq("program:lights"));
    const auto result = search(city().reading(), linked("place:canal", 3));
    ASSERT_TRUE(result);
    std::map<std::string, std::uint32_t> hops;
    for (const auto& hit : result->hits) {
        hops[hit.entity.id] = hit.hops.value_or(0);
    }
    EXPECT_THAT(hops, Eq(std::map<std::string, std::uint32_t>{{"place:north-bridge", 1},
                                                              {"place:south-bridge", 1},
                                                              {"program:old-lights", 1},
                                                              {"program:lights", 2},
                                                              {"partner:school", 3},
                                                              {"theme:water", 3}}));
}

TEST(SearchLinkedTo, RanksNearOnesHigher) {
    auto question = linked("partner:school", 3);
    question.text = "bridge";

    // The canal, whose bridges count for it, is three statements away.
    EXPECT_THAT(ids(question).front(), Eq("program:lights"));
    EXPECT_THAT(ids(question).back(), Eq("place:canal"));
}

TEST(SearchLinkedTo, FollowsStatementsOfTheWindowOnly) {
    auto question = linked("place:canal", 1);
    question.from = "2020";

    EXPECT_THAT(ids(question), UnorderedElementsAre("place:north-bridge", "place:south-bridge"));
}

TEST(SearchWhere, RefusesWhatItCannotReadSayingWhatWhereAndWhatIsExpected) {
    EXPECT_THAT(refusal(near("18.79")),
                AllOf(HasSubstr("near: "), HasSubstr("1 numbers of 2"), HasSubstr("lat,lon")));
    EXPECT_THAT(refusal(near("x,98.99")), HasSubstr("its latitude 'x' is no number"));
    EXPECT_THAT(refusal(near("98.99,18.79")), HasSubstr("its latitude is not from -90 to 90"));
    EXPECT_THAT(refusal(near("18.79,98.99,0")), HasSubstr("its radius is not from 1 to 999999"));
    EXPECT_THAT(refusal(near("18.79,98.99,5,5")), HasSubstr("more than 3 numbers"));
    EXPECT_THAT(refusal(near("nan,98.99")), HasSubstr("near: "));
    EXPECT_THAT(refusal(within("98.9,18.7,99")), HasSubstr("3 numbers of 4"));
    EXPECT_THAT(refusal(within("98.9,18.8,99,18.7")), HasSubstr("min_lat is above its max_lat"));
    EXPECT_THAT(refusal(linked("place:nowhere", 1)), HasSubstr("linked_to: "));
    EXPECT_THAT(refusal(linked("place:canal", 4)), HasSubstr("linked_depth is from 1 to 3"));
    auto nowhere = near("");
    nowhere.sort = "distance";
    EXPECT_THAT(refusal(nowhere), Eq("sort: sort=distance needs near=lat,lon."));
}

}  // namespace
}  // namespace khom::query
