#include "query/entity.h"

#include "tests/testing/small_city.h"

namespace khom::query {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const testing::SmallCity& city() {
    static const testing::SmallCity made(
        "id,subtype,name_en,name_th,aliases_en,time,goal_en,publisher,url,lat,lon,geo_certainty,"
        "sources,certainty\n"
        "source:page,web-page,The page,,,,,The city,https://example.org/a,,,,,\n"
        "place:canal,waterway,Mae Kha Canal,คลองแม่ข่า,Mae Kha; "
        "Maekha,,,,,18.78,98.99,approx,source:page#line 4,stated\n"
        "program:festival,festival,Festival of Light,,,2024-11,to learn; to "
        "meet,,,,,,source:page,stated\n"
        "program:walk,event,Canal walk,,,,,,,,,,source:page,stated\n"
        "program:old,event,Old fair,,,1999,,,,,,,source:page,stated\n"
        "partner:school,school,River School,,,,,,,,,,source:page,stated\n",
        "from,type,to,time,role,role_th,status,amount,sources,certainty,note\n"
        "program:festival,held_at,place:canal,,main venue,สถานที่หลัก,,,source:page#line 5; "
        "source:page#line 6,stated,\n"
        "program:walk,held_at,place:canal,,,,planned,,source:page,doubtful,two pages disagree\n"
        "program:old,held_at,place:canal,,,,,,source:page,stated,\n"
        "program:festival,funded_by,partner:school,2025,,,,25000,source:page,stated,\n"
        "place:canal,documented_in,source:page,,,,,,,,\n");
    return made;
}

TEST(Entity, TellsAllThatIsKnownOfItself) {
    const auto canal = *entity(city().reading(), "place:canal");

    EXPECT_THAT(canal.ref.name, Eq(Wording{"Mae Kha Canal", "คลองแม่ข่า"}));
    EXPECT_THAT(canal.subtype, Eq("waterway"));
    EXPECT_THAT(canal.aliases_en, ElementsAre("Mae Kha", "Maekha"));
    ASSERT_TRUE(canal.point);
    EXPECT_THAT(canal.point->lat, Eq(18.78));
    EXPECT_THAT(canal.point->certainty, Eq("approx"));
    EXPECT_THAT(canal.degree, Eq(4U));
    ASSERT_THAT(canal.sources, SizeIs(1));
    EXPECT_THAT(canal.sources[0].title, Eq("The page"));
    EXPECT_THAT(canal.sources[0].locator, Eq("line 4"));
    EXPECT_THAT(canal.sources[0].url, Eq("https://example.org/a"));
    EXPECT_THAT(canal.sources[0].publisher, Eq("The city"));
}

TEST(Entity, ListsStatementsOutgoingFirstThenOldestFirstThenUndated) {
    const auto canal = *entity(city().reading(), "place:canal");

    std::vector<std::string> order;
    for (const auto& statement : canal.statements) {
        order.push_back(statement.direction + " " + statement.target.id);
    }
    EXPECT_THAT(order, ElementsAre("out source:page", "in program:old", "in program:festival",
                                   "in program:walk"));
}

TEST(Entity, ReadsAStatementFromEitherEnd) {
    const auto canal = *entity(city().reading(), "place:canal");
    const auto festival = *entity(city().reading(), "program:festival");

    EXPECT_THAT(canal.statements[2].wording, Eq(Wording{"hosts", "เป็นที่จัดของ"}));
    EXPECT_THAT(festival.statements[0].wording.en, Eq("is held at"));
    EXPECT_THAT(festival.statements[0].id, Eq(canal.statements[2].id));
    EXPECT_THAT(festival.statements[0].role_th, Eq("สถานที่หลัก"));
}

TEST(Entity, GivesAStatementItsProgrammesTimeAndSaysSo) {
    const auto festival = *entity(city().reading(), "program:festival");

    ASSERT_TRUE(festival.statements[0].time);
    EXPECT_THAT(festival.statements[0].time->edtf, Eq("2024-11"));
    EXPECT_TRUE(festival.statements[0].time->from_programme);
    ASSERT_TRUE(festival.statements[1].time);
    EXPECT_THAT(festival.statements[1].time->words.th, Eq("พ.ศ. 2568"));
    EXPECT_FALSE(festival.statements[1].time->from_programme);
}

TEST(Entity, NamesStatusCertaintySourcesNoteAndWhatItsTypeAdds) {
    const auto canal = *entity(city().reading(), "place:canal");
    const auto& walk = canal.statements[3];
    const auto festival = *entity(city().reading(), "program:festival");

    EXPECT_THAT(walk.status, Eq("planned"));
    EXPECT_THAT(walk.certainty, Eq("doubtful"));
    EXPECT_THAT(walk.note, Eq("two pages disagree"));
    EXPECT_FALSE(walk.time);
    EXPECT_THAT(canal.statements[2].sources, ElementsAre(Field(&SourceRef::locator, "line 5"),
                                                         Field(&SourceRef::locator, "line 6")));
    EXPECT_THAT(festival.statements[1].attributes.at("amount"), Eq(graph::Value(25000.0)));
    EXPECT_THAT(canal.statements[0].sources, ElementsAre(Field(&SourceRef::id, "source:page")))
        << "a page is its own source";
}

TEST(Entity, ListsAttributesWithTheirWording) {
    const auto festival = *entity(city().reading(), "program:festival");

    ASSERT_THAT(festival.attributes, SizeIs(1));
    EXPECT_THAT(festival.attributes[0].name, Eq("goal_en"));
    EXPECT_THAT(festival.attributes[0].wording.en, Eq("goals (English)"));
    EXPECT_THAT(festival.attributes[0].value, Eq(graph::Value(graph::List{"to learn", "to meet"})));
}

TEST(Entity, NamesNearIdsWhereThereIsNone) {
    const auto refused = entity(city().reading(), "place:mae-kha");

    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().code, Eq(graph::RefusalCode::entity_not_found));
    EXPECT_THAT(refused.error().message, HasSubstr("Near: place:canal"));
    for (const std::string id : {"", ":", "no-colon", "place:", "\xFF\xFE", "place:zzzzqqqq"}) {
        EXPECT_FALSE(entity(city().reading(), id)) << id;
    }
    EXPECT_FALSE(entity(city().reading(), std::string(100'000, 'x')));
}

}  // namespace
}  // namespace khom::query
