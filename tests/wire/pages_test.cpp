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

TEST(Pages, ListEverySourceThatAnEntityCites) {
    const auto page = Site::chiang_mai().get("/entities/program:yi-peng?lang=en").body;

    for (int number = 1; number <= 13; ++number) {
        const auto anchor = "source-" + std::to_string(number) + "\"";
        EXPECT_THAT(page, HasSubstr("href=\"#" + anchor)) << number;
        EXPECT_THAT(page, HasSubstr("<li id=\"" + anchor)) << number;
    }
}

TEST(Pages, SayWhatReadsTheSameBothWaysOnce) {
    const auto page = Site::chiang_mai().get("/entities/place:mae-kha-canal?lang=en").body;

    EXPECT_THAT(count(page, "<h3>is next to"), Eq(1U));
    EXPECT_THAT(page, HasSubstr("30,000"));
}

TEST(Pages, NarrowASearchByThemeAndPlaceAndTakeEachOffAgain) {
    const auto& site = Site::chiang_mai();
    const auto all = site.get("/search?q=lantern&lang=en").body;
    const std::string narrowed = "/search?q=lantern&lang=en&filter=place%3Aplace%3Amae-kha-canal";

    EXPECT_THAT(all, HasSubstr("<h2>Theme</h2>"));
    EXPECT_THAT(all, HasSubstr("filter=place:place:mae-kha-canal"));
    const auto page = site.get(narrowed).body;
    EXPECT_THAT(page, HasSubstr("class=\"chosen-filters\""));
    EXPECT_THAT(page, HasSubstr("href=\"/search?q=lantern&amp;lang=en\">Mae Kha Canal"));
}

TEST(Pages, SayWhyAResultIsOne) {
    const auto& site = Site::chiang_mai();

    EXPECT_THAT(site.get("/search?q=chang+moy&lang=en").body,
                HasSubstr("the same sound in the other script"));
    EXPECT_THAT(site.get("/search?q=chang+moy&lang=th").body, HasSubstr("ทำไมจึงพบรายการนี้"));
}

TEST(Pages, SayInThaiWhyAnotherSpellingIsMeant) {
    const auto page = Site::chiang_mai().get("/search?q=Nawarta+Bridge&lang=th").body;

    EXPECT_THAT(page, HasSubstr("คุณหมายถึง"));
    EXPECT_THAT(page, HasSubstr("<small>(สลับตัวอักษรสองตัว)</small>"));
}

const std::string as_browser = "Accept: text/html\r\n";

TEST(Pages, LeadToWhatIsNearANameThatIsNotThere) {
    const auto& site = Site::chiang_mai();

    const auto entity = site.get("/entities/place:mae-kha-cnal?lang=en", as_browser);
    EXPECT_THAT(entity.status, Eq(404));
    EXPECT_THAT(entity.body, HasSubstr("href=\"/entities/place:mae-kha-canal?lang=en\""));
    const auto graph = site.get("/graph?id=place:mae-kha-cnal&lang=en", as_browser);
    EXPECT_THAT(graph.body, HasSubstr("href=\"/graph?id=place:mae-kha-canal&amp;lang=en\""));
}

TEST(Pages, LeadToTheFilterThatWasMeant) {
    const auto page = Site::chiang_mai().get("/search?filter=sectr:academia&lang=en", as_browser);

    EXPECT_THAT(page.status, Eq(400));
    EXPECT_THAT(page.body, HasSubstr("href=\"/search?filter=sector:academia&amp;lang=en\""));
}

TEST(Pages, GiveAnEntityAwayInEveryFormatTheyName) {
    const auto& site = Site::chiang_mai();
    const auto page = site.get("/entities/place:wat-chomphu?lang=en").body;

    for (const std::string format : {"jsonld", "turtle", "graphml", "gexf"}) {
        const auto target = "/v1/entities/place:wat-chomphu?format=" + format;
        EXPECT_THAT(page, HasSubstr("href=\"" + target + "\""));
        const auto file = site.get(target);
        EXPECT_THAT(file.status, Eq(200)) << format;
        EXPECT_THAT(file.headers.at("content-disposition"), HasSubstr("khom-place-wat-chomphu."));
        EXPECT_THAT(file.body, HasSubstr("วัดชมพู")) << format;
    }
    EXPECT_THAT(site.get("/v1/entities/place:wat-chomphu?format=doc").status, Eq(400));
}

TEST(Pages, KeepWhatBeganBeforeTheWindowApartFromItsYears) {
    const auto page = Site::chiang_mai().get("/timeline?lang=en").body;

    const auto years = page.find("<h3 class=\"year\">");
    EXPECT_THAT(page.substr(years, page.size()), Not(HasSubstr(">1883</h3>")));
    EXPECT_THAT(page.substr(0, years), HasSubstr("Begun before, still going on"));
}

TEST(Pages, TellCuratorsWhatIsMissingAndWhere) {
    const auto& site = Site::chiang_mai();
    const auto page = site.get("/curate?lang=en").body;

    EXPECT_THAT(page, HasSubstr("programmes without a date"));
    EXPECT_THAT(page, HasSubstr("<details id=\"entities_without_thai_name\">"));
    const auto gaps = page.substr(page.find("id=\"doubtful_statements\""));
    const auto link = gaps.find("href=\"/entities/") + 6;
    const auto target = gaps.substr(link, gaps.find('"', link) - link);
    const auto anchor = target.substr(target.find('#') + 1);
    EXPECT_THAT(site.get(target.substr(0, target.find('#'))).body,
                HasSubstr("<li id=\"" + anchor + "\">"))
        << target;
}

TEST(Pages, RefuseWhatTheGraphDoesNotHave) {
    EXPECT_THAT(Site::chiang_mai().get("/graph?id=place:nowhere").status, Eq(404));
    EXPECT_THAT(Site::chiang_mai().get("/connections.graphml?source=place:chiang-mai").status,
                AnyOf(Eq(400), Eq(404)));
}

}  // namespace
}  // namespace khom::testing
