// What holds for every page, whatever it shows.

#include <array>

#include <nlohmann/json.hpp>

#include "server/pages/pages.h"
#include "server/url.h"
#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using namespace std::string_literals;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;

constexpr std::array<const char*, 17> pages = {
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
    "/dossiers/unesco-award-2024",
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
            const auto head = answer.body.substr(0, answer.body.find("</head>"));
            EXPECT_THAT(count(head, "<title>"), Eq(1U)) << page;
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

/// A page as it is where somebody runs the server with `--tiles`.
server::Response with_tiles(const std::string& target,
                            server::Answer (*page)(const server::Request&, const query::Reading&,
                                                   const server::PageSetting&)) {
    const server::PageSetting setting{
        "", *server::read_tiles("https://tiles.example/{z}/{x}/{y}.png", "© <Somebody>")};
    server::Request request;
    request.target = target;
    const auto query = target.find('?');
    request.query = query == std::string::npos ? server::Pairs() : server::Pairs{{"view", "map"}};
    return *page(request, Site::chiang_mai().reading(), setting);
}

TEST(Tiles, AreBelowTheMapOnlyWhereTheyAreAskedForAndOnlyTheirHostIsAllowed) {
    const std::string own = Site::chiang_mai().get("/map").headers.at("content-security-policy");
    EXPECT_THAT(own, HasSubstr("img-src 'self' data:;"));
    EXPECT_THAT(Site::chiang_mai().get("/map").body, Not(HasSubstr("<image")));

    for (const auto& answer : {with_tiles("/map", server::map_page),
                               with_tiles("/search?view=map", server::search_page)}) {
        EXPECT_THAT(answer.body, HasSubstr("href=\"https://tiles.example/1"));
        EXPECT_THAT(count(answer.body, "<image"), AllOf(Ge(9U), Le(40U)));
        EXPECT_THAT(answer.body, HasSubstr("Background: © &lt;Somebody&gt;"));
        const auto bytes =
            server::wire_bytes(answer, server::Body::sent, server::Connection::close);
        EXPECT_THAT(bytes, HasSubstr("img-src 'self' data: https://tiles.example;"));
        EXPECT_THAT(count(bytes, "Content-Security-Policy:"), Eq(1U));
    }
    const auto list = with_tiles("/search", server::search_page);
    EXPECT_THAT(server::wire_bytes(list, server::Body::withheld, server::Connection::close),
                HasSubstr("img-src 'self' data:;"))
        << "a page without a map needs no other host";
}

TEST(Tiles, RefuseAnAddressThatCouldSayMoreThanWhereTheyAre) {
    for (const char* wrong :
         {"", "tiles.example/{z}/{x}/{y}", "ftp://tiles.example/{z}/{x}/{y}",
          "https:///{z}/{x}/{y}", "https://tiles.example/{z}/{x}",
          "https://tiles.example/{z}/{x}/{y}/{y}", "https://{z}.example/{x}/{y}",
          "https://tiles.example;script-src/{z}/{x}/{y}", "https://tiles.example/{z}/{x}/{y}.png'",
          "https://tiles.example /{z}/{x}/{y}"}) {
        const auto read = server::read_tiles(wrong, "© Somebody");
        ASSERT_FALSE(read) << wrong;
        EXPECT_THAT(read.error().parameter, Eq("tiles")) << wrong;
    }
    EXPECT_THAT(server::read_tiles("https://tiles.example/{z}/{x}/{y}", "").error().parameter,
                Eq("tiles-attribution"));
    EXPECT_FALSE(server::read_tiles("", "")->has_value());
}

TEST(Tiles, LeaveTheirPolicyAloneWhereTheBrowserHasThePage) {
    const auto bytes = server::wire_bytes(server::Response{304, {}, {}, {}}, server::Body::withheld,
                                          server::Connection::close);
    EXPECT_THAT(bytes, Not(HasSubstr("Content-Security-Policy")));
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

TEST(Pages, ReadAPlaceABoxAndWhatIsLinkedFromTheAddressAndTakeEachOffAgain) {
    const auto& site = Site::chiang_mai();
    const std::string asked =
        "/search?near=18.7877,98.9931,800&bbox=98.97,18.77,99.01,18.80&linked_to=place:mae-kha-"
        "canal"
        "&linked_depth=2&sort=distance&lang=";
    const auto found = json::parse(site.get("/v1" + asked + "en").body);
    const auto page = site.get(asked + "en").body;
    ASSERT_THAT(found["hits"], Not(IsEmpty()));
    for (const auto& hit : found["hits"]) {
        EXPECT_THAT(page, HasSubstr("href=\"/entities/" + std::string(hit["entity"]["id"])));
    }

    for (const auto* chip : {"within 800 m of 18.7877, 98.9931", "between 18.7700, 98.9700 and ",
                             "linked to Mae Kha Canal, within 2 steps"}) {
        EXPECT_THAT(page, HasSubstr(chip));
    }
    EXPECT_THAT(site.get(asked + "th").body,
                HasSubstr("เชื่อมโยงกับคลอง<span class=\"whole\">แม่ข่า</span> ภายใน 2 ขั้น"));
    const auto box = "bbox=98.97%2C18.77%2C99.01%2C18.80"s;
    const auto near = "near=18.7877%2C98.9931%2C800"s, linked = "linked_to=place:mae-kha-canal"s;
    EXPECT_THAT(page, HasSubstr("href=\"/search?" + box + "&amp;" + linked +
                                "&amp;linked_depth=2&amp;lang=en\""))
        << "without the place there is no order by distance";
    EXPECT_THAT(page, HasSubstr("href=\"/search?" + near + "&amp;" + box +
                                "&amp;sort=distance&amp;lang=en\""));
    EXPECT_THAT(page, HasSubstr("name=\"near\"")) << "the window of years keeps it, too";
    EXPECT_THAT(site.get("/search?near=north").status, Eq(400));
}

TEST(Pages, KeepTheNetworkThatIsShownWhenAnotherPeriodIsChosen) {
    const auto page = Site::chiang_mai()
                          .get("/network?lens=objects-by-place&min_weight=2&theme=theme:aw-1"s)
                          .body;

    EXPECT_THAT(page, HasSubstr("<option value=\"objects-by-place\" selected>"));
    EXPECT_THAT(page, Not(HasSubstr("Sectors</legend>"))) << "things have none";
    EXPECT_THAT(page, HasSubstr("name=\"min_weight\" value=\"2\""));
    EXPECT_THAT(page, HasSubstr("name=\"theme\" value=\"theme:aw-1\""));
}

TEST(Pages, DrawThingsThatHaveNoSectorWithTheShapeOfTheirKind) {
    const auto page = Site::chiang_mai().get("/network?lens=objects-by-place").body;

    EXPECT_THAT(page, HasSubstr("glyph kind-object"));
    EXPECT_THAT(page, Not(HasSubstr("glyph sector-")));
}

TEST(Pages, NameASourceInTheReadersLanguage) {
    const auto& site = Site::chiang_mai();
    const std::string page = "/entities/program:yi-peng?lang=";

    EXPECT_THAT(site.get(page + "th").body,
                HasSubstr("<span class=\"whole\">ยี่เป็ง</span>เชียงใหม่ 2562</span></a>, CM108"));
    EXPECT_THAT(site.get(page + "en").body, HasSubstr("candle dance and lamps</span></a>, CM108"));
}

TEST(Pages, SayInBothCalendarsWhenASourceWasRead) {
    const auto& site = Site::chiang_mai();
    const std::string page = "/entities/place:wat-chomphu?lang=";

    EXPECT_THAT(site.get(page + "th").body,
                HasSubstr("เข้าถึงเมื่อ: 21 กรกฎาคม พ.ศ. 2569 · 21 July 2026</small>"));
    EXPECT_THAT(site.get(page + "en").body,
                HasSubstr("read: 21 July 2026 · 21 กรกฎาคม พ.ศ. 2569</small>"));
}

TEST(Pages, HelpWhereNothingIsAskedOrFound) {
    const auto& site = Site::chiang_mai();

    const auto asked = site.get("/connections?lang=en").body;
    EXPECT_THAT(asked, HasSubstr("source=partner:unesco&amp;target=place:wat-chomphu"));
    EXPECT_THAT(site.get("/connections?source=partner:unesco&lang=en").body,
                Not(HasSubstr("class=\"examples\"")));
    EXPECT_THAT(site.get("/search?q=qqqq%3Czz&lang=th").body,
                HasSubstr("ไม่พบข้อมูลสำหรับ “qqqq&lt;zz”</h1>"));
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

TEST(Pages, SayInThaiThatSomethingIsRefused) {
    const auto& site = Site::chiang_mai();

    const auto entity = site.get("/entities/place:mae-kah-canal?lang=th", as_browser).body;
    EXPECT_THAT(entity, HasSubstr("<p class=\"notice\">ไม่มีรายการที่ใช้รหัส “place:mae-kah-canal”"));
    EXPECT_THAT(entity, Not(HasSubstr("There is no entity")));
    EXPECT_THAT(site.get("/no/such/page?lang=th", as_browser).body,
                HasSubstr("<p class=\"notice\">ไม่มีหน้าที่ที่อยู่ “/no/such/page”"));
    EXPECT_THAT(site.get("/views/v-1?lang=th", as_browser).body,
                HasSubstr("<p class=\"notice\">ไม่มีมุมมองที่บันทึกไว้ชื่อ “v-1”"));
    EXPECT_THAT(site.get("/v1/entities/place:mae-kah-canal?lang=th").body,
                HasSubstr("There is no entity 'place:mae-kah-canal'."));
    EXPECT_THAT(site.get("/dossiers/none?lang=th", as_browser).body,
                HasSubstr("<p class=\"notice\">ไม่มีรายงานชื่อ “none”"));
    EXPECT_THAT(site.get("/search?q=x&filter=sectr:community&lang=th", as_browser).body,
                HasSubstr("<p class=\"notice\">ค่าของ “filter” ในที่อยู่หน้านี้ไม่ถูกต้อง"));
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

TEST(Pages, WriteTheThaiInASourcesAddressAsLetters) {
    const auto page = Site::chiang_mai().get("/dossiers/unesco-award-2024?lang=th").body;

    EXPECT_THAT(page, HasSubstr("https://cmocity.com/events/"));
    EXPECT_THAT(page, Not(HasSubstr("%E0%B8")));
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
