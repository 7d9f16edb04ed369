#include "query/connections.h"

#include "tests/testing/small_city.h"

namespace khom::query {
namespace {

using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;

/// A community and a canal that a festival links; the city links everything; a crowded theme links
/// much.
const testing::SmallCity& city() {
    static const testing::SmallCity made(
        "id,subtype,name_en,time,sources\n"
        "source:page,web-page,The page,,\n"
        "place:chiang-mai,city,Chiang Mai,,source:page\n"
        "place:canal,waterway,Canal,,source:page\n"
        "place:far,temple,Far temple,,source:page\n"
        "place:alone,temple,Lonely temple,,source:page\n"
        "partner:community,community-organisation,Community,,source:page\n"
        "program:festival,festival,Festival,2021,source:page\n"
        "program:second,festival,Second festival,2024,source:page\n"
        "program:a,event,A,,source:page\n"
        "program:b,event,B,,source:page\n"
        "program:c,event,C,,source:page\n"
        "theme:crowded,issue,Crowded theme,,source:page\n"
        "theme:rare,issue,Rare theme,,source:page\n",
        "from,type,to,time,status,sources,certainty\n"
        "partner:community,located_in,place:chiang-mai,,,source:page,stated\n"
        "place:canal,located_in,place:chiang-mai,,,source:page,stated\n"
        "place:far,located_in,place:chiang-mai,,,source:page,stated\n"
        "program:festival,organized_by,partner:community,,,source:page,stated\n"
        "program:festival,held_at,place:canal,,,source:page,stated\n"
        "program:second,organized_by,partner:community,,,source:page,stated\n"
        "program:second,held_at,place:canal,,planned,source:page,doubtful\n"
        "program:a,addresses,theme:crowded,,,source:page,stated\n"
        "program:b,addresses,theme:crowded,,,source:page,stated\n"
        "program:c,addresses,theme:crowded,,,source:page,stated\n"
        "program:a,addresses,theme:rare,,,source:page,stated\n"
        "program:b,addresses,theme:rare,,,source:page,stated\n"
        "program:a,documented_in,source:page,,,,\n"
        "place:alone,documented_in,source:page,,,,\n"
        "partner:community,documented_in,source:page,,,,\n");
    return made;
}

ConnectionsQuestion between(const std::string& source, const std::string& target) {
    ConnectionsQuestion question;
    question.source = source;
    question.target = target;
    return question;
}

ConnectionsResult answer(const ConnectionsQuestion& question) {
    auto result = connections(city().reading(), question);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? *result : ConnectionsResult{};
}

std::string way(const Connection& path) {
    std::string ids = path.steps.front().from.id;
    for (const auto& step : path.steps) {
        ids += " " + step.to.id;
    }
    return ids;
}

TEST(Connections, ExplainWithoutTheCityThroughWhichEverythingIsConnected) {
    const auto result = answer(between("partner:community", "place:canal"));

    ASSERT_THAT(result.paths, SizeIs(2));
    EXPECT_THAT(way(result.paths[0]), Eq("partner:community program:festival place:canal"));
    EXPECT_THAT(result.reason, IsEmpty());
    EXPECT_THAT(result.paths[0].sentence.en,
                Eq("Community organises Festival (2021), which is held at Canal (2021)."));
}

TEST(Connections, RankDoubtBelowWhatIsStated) {
    const auto result = answer(between("partner:community", "place:canal"));

    ASSERT_THAT(result.paths, SizeIs(2));
    EXPECT_THAT(way(result.paths[1]), Eq("partner:community program:second place:canal"));
    EXPECT_THAT(result.paths[0].score, Gt(result.paths[1].score));
    EXPECT_THAT(result.paths[1].steps[1].sentence.en, HasSubstr("Planned, not yet done"));
    EXPECT_THAT(result.paths[1].steps[1].sentence.en, HasSubstr("doubtful"));
}

TEST(Connections, RankWhatFewShareAboveWhatManyShare) {
    const auto result = answer(between("program:a", "program:b"));

    ASSERT_THAT(result.paths, SizeIs(2));
    EXPECT_THAT(way(result.paths[0]), Eq("program:a theme:rare program:b"));
    for (const auto& path : result.paths) {
        EXPECT_THAT(path.score, Gt(0));
        EXPECT_THAT(path.score, Le(1));
    }
}

TEST(Connections, GiveEachStepItsStatementAndSources) {
    const auto result = answer(between("place:canal", "partner:community"));

    ASSERT_THAT(result.paths, Not(IsEmpty()));
    const auto& step = result.paths[0].steps[0];
    EXPECT_THAT(step.statement.type, Eq("held_at"));
    EXPECT_THAT(step.statement.direction, Eq("in"));
    EXPECT_THAT(step.statement.id.substr(0, 2), Eq("s-"));
    EXPECT_THAT(step.statement.sources, SizeIs(1));
    EXPECT_THAT(step.sentence.en, Eq("Canal hosts Festival (2021)."));
}

TEST(Connections, SayThatOnlyAHubLinksTheTwo) {
    const auto result = answer(between("place:far", "place:canal"));

    EXPECT_THAT(result.paths, IsEmpty());
    EXPECT_THAT(result.reason, Eq("only_through_hubs"));
    EXPECT_THAT(result.explanation.en, HasSubstr("Chiang Mai"));
    EXPECT_THAT(result.explanation.th, Not(IsEmpty()));
}

TEST(Connections, ShowHubsWhereTheShortestIsAskedFor) {
    auto question = between("place:far", "place:canal");
    question.rank = "shortest";

    const auto result = answer(question);

    ASSERT_THAT(result.paths, Not(IsEmpty()));
    EXPECT_THAT(way(result.paths[0]), Eq("place:far place:chiang-mai place:canal"));
}

TEST(Connections, MayBeginOrEndInAHub) {
    EXPECT_THAT(answer(between("place:chiang-mai", "place:canal")).paths, Not(IsEmpty()));
}

TEST(Connections, SayThatNothingLinksTheTwoWithinTheSteps) {
    EXPECT_THAT(answer(between("place:alone", "place:canal")).reason, Eq("none_within_max_hops"));
    auto question = between("partner:community", "place:canal");
    question.max_hops = 1;
    EXPECT_THAT(answer(question).reason, Eq("none_within_max_hops"));
}

TEST(Connections, SayThatTheFiltersAreInTheWay) {
    auto question = between("partner:community", "place:canal");
    question.avoid = {"program:festival", "program:second", "place:chiang-mai"};
    EXPECT_THAT(answer(question).reason, Eq("filtered_out"));
    question = between("program:festival", "place:canal");
    question.max_hops = 1;
    question.from = "2023";
    EXPECT_THAT(answer(question).reason, Eq("filtered_out"));
}

TEST(Connections, KeepToTheWindow) {
    auto question = between("partner:community", "place:canal");
    question.from = "2023";

    const auto result = answer(question);

    ASSERT_THAT(result.paths, SizeIs(1));
    EXPECT_THAT(way(result.paths[0]), Eq("partner:community program:second place:canal"));
}

TEST(Connections, PassThroughAPageOnlyWhereAPageIsAskedAbout) {
    EXPECT_THAT(answer(between("partner:community", "place:alone")).paths, IsEmpty());
    EXPECT_THAT(answer(between("place:alone", "source:page")).paths, SizeIs(1));
}

TEST(Connections, RefuseWhatIsWrongAndNameIt) {
    const auto refused = [](const ConnectionsQuestion& question) {
        const auto result = connections(city().reading(), question);
        EXPECT_FALSE(result);
        return result ? graph::Refusal{} : result.error();
    };
    auto question = between("place:nowhere", "place:canal");
    EXPECT_THAT(refused(question).code, Eq(graph::RefusalCode::entity_not_found));
    EXPECT_THAT(refused(question).parameter, Eq("source"));
    question = between("place:canal", "place:canals");
    EXPECT_THAT(refused(question).parameter, Eq("target"));
    question = between("place:canal", "place:canal");
    EXPECT_THAT(refused(question).code, Eq(graph::RefusalCode::argument_error));
    question = between("place:canal", "place:far");
    question.max_hops = 7;
    EXPECT_THAT(refused(question).parameter, Eq("max_hops"));
    question.max_hops = 4;
    question.k = 21;
    EXPECT_THAT(refused(question).parameter, Eq("k"));
    question.k = 3;
    question.rank = "longest";
    EXPECT_THAT(refused(question).parameter, Eq("rank"));
    question.rank = "shortest";
    question.avoid = {"place:canal"};
    EXPECT_THAT(refused(question).parameter, Eq("avoid"));
    question.avoid = {"place:nowhere"};
    EXPECT_THAT(refused(question).parameter, Eq("avoid"));
    question.avoid = {};
    question.from = "2567";
    EXPECT_THAT(refused(question).parameter, Eq("from"));
}

}  // namespace
}  // namespace khom::query
