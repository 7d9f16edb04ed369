// What holds for every page, whatever it shows.

#include <array>

#include "server/url.h"
#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::array<const char*, 16> pages = {
    "/",
    "/search?q=yi+peng",
    "/search?q=temple&view=map",
    "/entities/place:wat-chomphu",
    "/connections?source=partner:chang-moi-community&target=place:mae-kha-canal",
    "/graph",
    "/graph?id=program:yi-peng",
    "/map",
    "/network",
    "/network?from=2023&to=2024&compare_from=2021&compare_to=2022",
    "/timeline",
    "/dossier",
    "/cypher?statement=MATCH+(p:Partner)+RETURN+p.name_th+LIMIT+3",
    "/widget",
    "/curate",
    "/about"};

std::string in(const char* page, const std::string& language) {
    const std::string path(page);
    return path + (path.find('?') == std::string::npos ? "?" : "&") + "lang=" + language;
}

std::size_t count(const std::string& text, std::string_view what) {
    std::size_t found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
}

TEST(EveryPage, SaysItsLanguageAndHasOneHeading) {
    for (const char* page : pages) {
        for (const std::string language : {"th", "en"}) {
            const auto answer = Site::chiang_mai().get(in(page, language));

            EXPECT_THAT(answer.status, Eq(200)) << page;
            EXPECT_THAT(answer.body, HasSubstr("<html lang=\"" + language + "\">")) << page;
            EXPECT_THAT(count(answer.body, "<h1"), Eq(1U)) << page;
            EXPECT_THAT(count(answer.body, "<title>"), Eq(1U)) << page;
        }
    }
}

TEST(EveryPage, KeepsToItsContentPolicy) {
    for (const char* page : pages) {
        const auto answer = Site::chiang_mai().get(in(page, "en"));

        EXPECT_THAT(answer.headers.at("content-security-policy"), Not(HasSubstr("unsafe"))) << page;
        for (const char* inlined : {" style=", " onclick=", " onload=", "<style"}) {
            const bool shown_as_code = answer.body.find("&lt;style") != std::string::npos;
            EXPECT_THAT(shown_as_code ? "" : answer.body, Not(HasSubstr(inlined))) << page;
        }
        for (const char* elsewhere : {"src=\"http", "src=\"//", "url(http"}) {
            EXPECT_THAT(answer.body, Not(HasSubstr(elsewhere))) << page;
        }
    }
}

TEST(Pages, ListWithoutScriptsWhatThePictureShows) {
    const auto page = Site::chiang_mai().get("/graph?id=place:mae-kha-canal&lang=en").body;

    EXPECT_THAT(count(page, "<a href=\"/entities/"), Ge(30U));
    EXPECT_THAT(page, HasSubstr("is held at"));
}

TEST(Pages, DrawTheMapWithoutScripts) {
    const auto page = Site::chiang_mai().get("/map?lang=th").body;

    EXPECT_THAT(page, HasSubstr("<path class=\"water moat\""));
    EXPECT_THAT(page, HasSubstr("OpenStreetMap"));
    EXPECT_THAT(count(page, "<circle"), Ge(50U));
}

TEST(Pages, TellSearchEnginesWhatAnEntityIs) {
    const auto page = Site::chiang_mai().get("/entities/place:wat-chomphu?lang=th").body;

    EXPECT_THAT(page, HasSubstr("<meta property=\"og:title\" content=\"วัดชมพู\">"));
    EXPECT_THAT(page, HasSubstr("\"@context\":\"https://schema.org\""));
    EXPECT_THAT(page, HasSubstr("\"@type\":\"Place\""));
    EXPECT_THAT(page, HasSubstr("\"latitude\":"));
}

TEST(Pages, SayWhyAStatementInCypherIsRefused) {
    const auto page = Site::chiang_mai().get("/cypher?statement=RETRUN+1&lang=en");

    EXPECT_THAT(page.status, Eq(200));
    EXPECT_THAT(page.body, HasSubstr("role=\"alert\""));
}

TEST(Pages, RefuseWhatTheGraphDoesNotHave) {
    EXPECT_THAT(Site::chiang_mai().get("/graph?id=place:nowhere").status, Eq(404));
    EXPECT_THAT(Site::chiang_mai().get("/connections.graphml?source=place:chiang-mai").status,
                AnyOf(Eq(400), Eq(404)));
}

}  // namespace
}  // namespace khom::testing
