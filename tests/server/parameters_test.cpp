#include "server/parameters.h"

namespace khom::server {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;

Request with(Pairs query) {
    Request request;
    request.query = std::move(query);
    return request;
}

TEST(Parameters, RememberTheFirstThatIsWrong) {
    const auto request = with({{"limit", "ten"}, {"sort", "best"}});
    Parameters parameters(request);

    EXPECT_THAT(parameters.integer("limit", 0, 250, 20), Eq(20));
    parameters.one_of("sort", {"relevance", "name"});

    ASSERT_FALSE(parameters.outcome());
    EXPECT_THAT(parameters.outcome().error().parameter, Eq("limit"));
    EXPECT_THAT(parameters.outcome().error().message,
                Eq("Parameter 'limit' is a whole number from 0 to 250, not 'ten'."));
}

TEST(Parameters, RefuseNumbersOutOfRangeOrWithMoreBehind) {
    for (const char* text : {"251", "-1", "1x", "", " 1", "1.0", "99999999999999999999"}) {
        const auto request = with({{"limit", text}});
        Parameters parameters(request);
        parameters.integer("limit", 0, 250, 20);
        EXPECT_FALSE(parameters.outcome()) << text;
    }
}

TEST(Parameters, CountCharactersNotBytes) {
    const auto request = with({{"q", "กกกกก"}});

    Parameters enough(request);
    EXPECT_THAT(enough.text("q", 5), Eq("กกกกก"));
    EXPECT_TRUE(enough.outcome());
    Parameters too_few(request);
    too_few.text("q", 4);
    EXPECT_FALSE(too_few.outcome());
}

TEST(Parameters, KeepRepeatsInOrderWithoutEmptyOnes) {
    const auto request = with({{"kind", "place"}, {"kind", ""}, {"kind", "person"}});
    Parameters parameters(request);

    EXPECT_THAT(parameters.repeated("kind", 8), ElementsAre("place", "person"));
}

TEST(Parameters, NameWhatIsMissing) {
    const auto request = with({});
    Parameters parameters(request);
    parameters.required("q", 10);

    EXPECT_THAT(parameters.outcome().error().message, Eq("Parameter 'q' is required."));
}

TEST(Language, FollowsTheWeightsOfTheHeader) {
    EXPECT_THAT(preferred_language("th-TH,th;q=0.9,en;q=0.8"), Eq("th"));
    EXPECT_THAT(preferred_language("en-GB,th;q=0.9"), Eq("en"));
    EXPECT_THAT(preferred_language("de, th;q=0.1"), Eq("th"));
    EXPECT_THAT(preferred_language("thx"), Eq("en"));
    EXPECT_THAT(preferred_language(""), Eq("en"));
    EXPECT_THAT(preferred_language(",;q=,;;,th;q=abc,"), Eq("en"));
}

TEST(Accept, PrefersTheMoreSpecific) {
    EXPECT_TRUE(prefers("text/html,application/json;q=0.9", "text/html", "application/json"));
    EXPECT_FALSE(prefers("*/*", "text/html", "application/json"));
    EXPECT_TRUE(prefers("text/*;q=0.5, application/json;q=0.1", "text/html", "application/json"));
    EXPECT_FALSE(prefers("", "text/html", "application/json"));
    EXPECT_FALSE(prefers("text/html;q=0, */*", "text/html", "application/json"));
}

}  // namespace
}  // namespace khom::server
