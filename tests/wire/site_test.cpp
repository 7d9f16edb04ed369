// The routes and pages over a real socket and the real corpus.

#include <fstream>

#include <nlohmann/json.hpp>

#include "server/url.h"
#include "tests/server/json_schema.h"
#include "tests/testing/paths.h"
#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using nlohmann::json;
using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Lt;
using ::testing::Not;

const Site& site() {
    return Site::chiang_mai();
}

const json& description() {
    static const json parsed = json::parse(site().get("/v1/openapi.json").body);
    return parsed;
}

std::string broken_schema(const WireAnswer& answer, const std::string& schema) {
    return broken(json::parse(answer.body), description()["components"]["schemas"][schema],
                  description());
}

std::vector<std::string> all_ids() {
    auto& chiang_mai = Site::chiang_mai();
    const auto reading = chiang_mai.reading();
    std::vector<std::string> ids;
    for (const auto node : reading.graph().nodes()) {
        ids.emplace_back(graph::string_or_empty(reading.graph().property(node, "id")));
    }
    return ids;
}

TEST(Site, AnswersAsDescribed) {
    EXPECT_THAT(
        broken_schema(
            site().get(
                "/v1/search?q=%E0%B8%A2%E0%B8%B5%E0%B9%88%E0%B9%80%E0%B8%9B%E0%B9%87%E0%B8%87"
                "&facet=kind&facet=sector&facet=year&explain=true"),
            "SearchResult"),
        IsEmpty());
    EXPECT_THAT(broken_schema(site().get("/v1/search?kind=partner&limit=250"), "SearchResult"),
                IsEmpty());
    EXPECT_THAT(broken_schema(site().get("/v1/suggest?q=mae"), "SuggestResult"), IsEmpty());
    EXPECT_THAT(broken_schema(site().get("/v1/analyze?text=%E0%B8%84%E0%B8%A5%E0%B8%AD%E0%B8%87"),
                              "AnalyzeResult"),
                IsEmpty());
    EXPECT_THAT(
        broken_schema(site().get("/v1/entities/place:chiang-mai/neighbours?depth=2&limit=250"),
                      "Graph"),
        IsEmpty());
    EXPECT_THAT(
        broken_schema(
            site().get(
                "/v1/connections?source=partner:chang-moi-community&target=place:mae-kha-canal"),
            "PathResult"),
        IsEmpty());
    EXPECT_THAT(broken_schema(site().get("/v1/dossiers/unesco-award-2024"), "Dossier"), IsEmpty());
    EXPECT_THAT(
        broken_schema(site().get("/v1/dossiers/biennial-report?fiscal_year=2567"), "Dossier"),
        IsEmpty());
}

TEST(Site, DescribesExactlyTheRoutesOfTheApi) {
    for (const auto& [path, methods] : description()["paths"].items()) {
        auto target = path;
        if (path == "/v1/views/{id}") continue;  // kept_test.cpp saves one first
        for (const auto& [place, example] :
             {std::pair<std::string, std::string>{"/dossiers/{id}", "/dossiers/unesco-award-2024"},
              {"{id}", "place:chiang-mai"},
              {"{lens}", "partners-by-programme"},
              {"{name}", "entities"},
              {"{what}", "type"}}) {
            if (const auto at = target.find(place); at != std::string::npos) {
                target.replace(at, place.size(), example);
            }
        }
        if (path == "/reconcile/preview") {
            target += "?id=place:chiang-mai";
        }
        EXPECT_THAT(site().get(target).status, Not(Eq(404))) << path;
    }
}

/// What a highlight marks, as text again.
std::string without_marks(std::string html) {
    const std::vector<std::pair<std::string, std::string>> written = {
        {"<mark>", ""},   {"</mark>", ""}, {"&lt;", "<"},  {"&gt;", ">"},
        {"&quot;", "\""}, {"&#39;", "'"},  {"&amp;", "&"},
    };
    for (const auto& [code, text] : written) {
        for (auto at = html.find(code); at != std::string::npos;
             at = html.find(code, at + text.size())) {
            html.replace(at, code.size(), text);
        }
    }
    return html;
}

TEST(Site, MarksNamesAsTheyAreWritten) {
    std::size_t compared = 0;
    for (const std::string text : {"ยี่เป็ง", "แม่ข่า", "yee peng", "mae kha"}) {
        const auto answer =
            json::parse(site().get("/v1/search?q=" + server::percent_encoded(text)).body);
        for (const auto& hit : answer["hits"]) {
            for (const std::string language : {"th", "en"}) {
                const auto field = "name." + language;
                if (hit.contains("highlight") && hit["highlight"].contains(field)) {
                    ++compared;
                    EXPECT_THAT(without_marks(hit["highlight"][field]),
                                Eq(hit["entity"]["name"][language].get<std::string>()));
                }
            }
        }
    }
    EXPECT_THAT(compared, Gt(20U));
}

TEST(Site, HasAPageAndAnAnswerForEveryEntity) {
    const auto ids = all_ids();
    EXPECT_THAT(ids.size(), Gt(100U));
    for (const auto& id : ids) {
        const auto answer = site().get("/v1/entities/" + id);
        ASSERT_THAT(answer.status, Eq(200)) << id;
        ASSERT_THAT(broken_schema(answer, "Entity"), IsEmpty()) << id;
        ASSERT_THAT(site().get("/entities/" + id + "?lang=th").status, Eq(200)) << id;
    }
}

TEST(Site, ExplainsHowTheCommunityAndTheCanalAreConnected) {
    const auto answer = json::parse(
        site()
            .get("/v1/connections?source=partner:chang-moi-community&target=place:mae-kha-canal")
            .body);

    ASSERT_THAT(answer["paths"].size(), Gt(0U));
    for (const auto& path : answer["paths"]) {
        EXPECT_THAT(path["sentence"]["th"].get<std::string>(), Not(IsEmpty()));
        for (const auto& step : path["steps"]) {
            EXPECT_THAT(step["sources"].size(), Gt(0U));
            EXPECT_THAT(step["sentence"]["en"].get<std::string>(), Not(IsEmpty()));
        }
    }
}

struct Refused {
    std::string target;
    int status;
    std::string parameter;
};

TEST(Site, RefusesWhatIsWrongAndNamesTheParameter) {
    const std::vector<Refused> rows = {
        {"/v1/search?limit=251", 400, "limit"},
        {"/v1/search?limit=ten", 400, "limit"},
        {"/v1/search?kind=persn", 400, "kind"},
        {"/v1/search?filter=yaer:2024", 400, "filter"},
        {"/v1/search?facet=colour", 400, "facet"},
        {"/v1/search?sort=best", 400, "sort"},
        {"/v1/search?from=2567", 400, "from"},
        {"/v1/search?cursor=nonsense", 400, "cursor"},
        {"/v1/search?lang=de", 400, "lang"},
        {"/v1/suggest", 400, "q"},
        {"/v1/suggest?q=a&limit=21", 400, "limit"},
        {"/v1/entities/place:nowhere", 404, ""},
        {"/v1/entities/%3Cscript%3E", 404, ""},
        {"/v1/entities/place:chiang-mai/neighbours?depth=4", 400, "depth"},
        {"/v1/entities/place:chiang-mai/neighbours?type=likes", 400, "type"},
        {"/v1/connections?source=place:chiang-mai", 400, "target"},
        {"/v1/connections?source=place:chiang-mai&target=place:chiang-mai", 400, ""},
        {"/v1/connections?source=place:chiang-mai&target=place:mae-kha-canal&max_hops=7", 400,
         "max_hops"},
        {"/v1/connections?source=place:chiang-mai&target=place:mae-kha-canal&from=2567", 400,
         "from"},
        {"/v1/analyze", 400, "text"},
        {"/v1/nothing", 404, ""},
    };
    for (const auto& [target, status, parameter] : rows) {
        const auto answer = site().get(target);
        EXPECT_THAT(answer.status, Eq(status)) << target << " " << answer.body;
        EXPECT_THAT(answer.headers.at("content-type"), Eq("application/problem+json")) << target;
        EXPECT_THAT(broken_schema(answer, "Problem"), IsEmpty()) << target;
        if (!parameter.empty()) {
            const auto body = json::parse(answer.body);
            EXPECT_THAT(body["errors"][0]["parameter"], Eq(parameter)) << target;
        }
    }
}

TEST(Site, IgnoresParametersThatARouteDoesNotHave) {
    for (const std::string target :
         {"/v1/suggest?q=lan", "/v1/entities/place:mae-kha-canal?lang=en", "/v1/timeline?from=2021",
          "/v1/networks/partners-by-programme?from=2021", "/v1/changes?limit=1"}) {
        const auto other = testing::get(site().port(), target + "&no_such=1");  // not described
        EXPECT_THAT(other.body, Eq(site().get(target).body)) << target;
    }
}

TEST(Site, SendsNothingTwiceToWhoHasIt) {
    const auto first = site().get("/v1/search?q=lanna");
    const auto second =
        site().get("/v1/search?q=lanna", "If-None-Match: " + first.headers.at("etag") + "\r\n");
    const auto other =
        site().get("/v1/search?q=lantern", "If-None-Match: " + first.headers.at("etag") + "\r\n");

    EXPECT_THAT(second.status, Eq(304));
    EXPECT_THAT(second.body, IsEmpty());
    EXPECT_THAT(other.status, Eq(200));
}

TEST(Site, LeadsFromAnIdToWhatWasAskedFor) {
    const auto page = site().get("/id/place:chiang-mai", "Accept: text/html\r\n");
    const auto data = site().get("/id/place:chiang-mai", "Accept: application/json\r\n");

    EXPECT_THAT(page.status, Eq(303));
    EXPECT_THAT(page.headers.at("location"), Eq("/entities/place:chiang-mai"));
    EXPECT_THAT(data.headers.at("location"), Eq("/v1/entities/place:chiang-mai"));
}

TEST(Site, SpeaksTheLanguageThatIsAskedFor) {
    const auto thai = site().get("/search?q=lanna", "Accept-Language: th\r\n");
    const auto english = site().get("/search?q=lanna&lang=en", "Accept-Language: th\r\n");

    EXPECT_THAT(thai.headers.at("content-language"), Eq("th"));
    EXPECT_THAT(thai.body, HasSubstr("<html lang=\"th\">"));
    EXPECT_THAT(english.headers.at("content-language"), Eq("en"));
}

TEST(Site, ShowsRefusalsToPeopleAsPages) {
    const auto answer = site().get("/entities/place:nowhere", "Accept: text/html\r\n");

    EXPECT_THAT(answer.status, Eq(404));
    EXPECT_THAT(answer.headers.at("content-type"), HasSubstr("text/html"));
    EXPECT_THAT(answer.body, HasSubstr("This is not here"));
}

TEST(Site, OffersHelpWhereNothingIsFound) {
    const auto answer = site().get("/search?q=qqqqzzzzxxxx&lang=en");

    EXPECT_THAT(answer.status, Eq(200));
    EXPECT_THAT(answer.body, HasSubstr("Nothing is found"));
}

TEST(Site, AsksWhichEntityIsMeant) {
    const auto answer = site().get("/connections?source=mae+kha&target=place:chiang-mai&lang=en");

    EXPECT_THAT(answer.status, Eq(200));
    EXPECT_THAT(answer.body, HasSubstr("Which one do you mean"));
    EXPECT_THAT(answer.body, HasSubstr("source=place:mae-kha-canal"));
}

TEST(Site, IsReadyOnceTheIndexHasTheGraph) {
    EXPECT_THAT(site().get("/healthz").status, Eq(200));
    EXPECT_THAT(site().get("/readyz").status, Eq(200));
}

TEST(Site, ServesItsAssetsAndNothingElseFromThere) {
    for (const char* name :
         {"style.css", "lantern.svg", "looped-thai-400.woff2", "looped-latin-700.woff2"}) {
        const auto answer = site().get("/assets/" + std::string(name));
        EXPECT_THAT(answer.status, Eq(200)) << name;
        EXPECT_THAT(answer.body.size(), Gt(100U)) << name;
    }
    EXPECT_THAT(site().get("/assets/..%2Fmain.cpp").status, Eq(404));
    server::Request style;
    style.segments = {"assets", "style.css"};
    EXPECT_TRUE(server::is_immediate(style));  // no busy worker keeps a page without it
    EXPECT_THAT(site().get("/favicon.ico").headers.at("location"), Eq("/assets/lantern.svg"));
}

TEST(Site, SendsAssetsPackedUnderNamesThatMayBeKeptForEver) {
    const auto page = site().get("/").body;
    const auto begin = page.find("/assets/explorer-");
    ASSERT_THAT(begin, Not(Eq(std::string::npos)));
    const auto name = page.substr(begin, page.find('"', begin) - begin);

    const auto plain = site().get(name);
    const auto packed = site().get(name, "Accept-Encoding: gzip, br\r\n");
    EXPECT_THAT(plain.headers.at("cache-control"), HasSubstr("immutable"));
    EXPECT_THAT(plain.headers.count("content-encoding"), Eq(0U));
    EXPECT_THAT(packed.headers.at("content-encoding"), Eq("br"));
    EXPECT_THAT(packed.body.size(), Lt(plain.body.size()));
    EXPECT_THAT(packed.headers.at("vary"), HasSubstr("Accept-Encoding"));
    EXPECT_THAT(site().get(name, "Accept-Encoding: gzip;q=0\r\n").body, Eq(plain.body));
    // Other people's pages name the search box, so its name stays and its content may change.
    const auto box = site().get("/assets/khom-search-box.js");
    EXPECT_THAT(box.headers.at("cache-control"), Not(HasSubstr("immutable")));
    EXPECT_THAT(box.headers.at("access-control-allow-origin"), Eq("*"));
}

TEST(Site, ExplainsConnectionsInAFileToo) {
    const auto file = site().get(
        "/connections.graphml?source=partner:chang-moi-community&target=place:mae-kha-canal");

    EXPECT_THAT(file.status, Eq(200));
    EXPECT_THAT(file.headers.at("content-type"), HasSubstr("graphml"));
    EXPECT_THAT(file.body, HasSubstr("<node id=\"place:mae-kha-canal\">"));
    EXPECT_THAT(file.body, HasSubstr("คลองแม่ข่า"));
}

/// Texts that would run if a page took them for its own, one a line; tests/browser/hostile.test.mjs
/// looks at the same in a browser.
const std::vector<std::string>& payloads() {
    static const auto all = [] {
        std::vector<std::string> lines;
        std::ifstream file(source_dir() + "/tests/testing/payloads.txt");
        for (std::string line; std::getline(file, line);) lines.push_back(line);
        return lines;
    }();
    return all;
}

/// The page without what it writes itself, each exactly as it writes it: the explorer's script, and
/// blocks of data, which no "<" may stand in.
std::string without_own_scripts(std::string page) {
    const auto drop = [&](std::string_view begin, std::string_view forbidden) {
        for (auto at = page.find(begin); at != std::string::npos; at = page.find(begin)) {
            const auto end = page.find("</script>", at);
            const auto inside = page.substr(at + begin.size(), end - at - begin.size());
            EXPECT_THAT(inside.find_first_of(forbidden), Eq(std::string::npos)) << inside;
            page.erase(at, end + 9 - at);
        }
    };
    drop("<script type=\"module\" src=\"/assets/explorer-", "<&' ");
    drop("<script type=\"application/ld+json\">", "<>&");
    drop("<script type=\"application/json\" id=\"khom-wording\">", "<>&");
    for (const std::string own : {"<details class=\"why\">", "<details class=\"more\">"})
        for (auto at = page.find(own); at != std::string::npos; at = page.find(own))
            page.erase(at, own.size());
    return page;
}

TEST(Pages, KeepStoredTextFromRunning) {
    std::string lines =
        R"({"entity": {"id": "source:test", "kind": "source", "name": {"en": "Test"}, "certainty": "stated"}})"
        "\n";
    std::size_t number = 0;
    for (const auto& payload : payloads()) {
        const json entity = {{"id", "place:payload-" + std::to_string(++number)},
                             {"kind", "place"},
                             {"name", {{"en", "payload " + payload}}},
                             {"aliases", {{"en", json::array({"other " + payload})}}},
                             {"summary", {{"en", "summary " + payload}}},
                             {"sources", json::array({"source:test"})},
                             {"certainty", "stated"}};
        lines += json{{"entity", entity}}.dump() + "\n";
    }
    ASSERT_THAT(number, Eq(22U));
    const Site hostile({{"payloads.ndjson", lines}});

    std::vector<std::string> pages = {hostile.get("/search?q=payload&lang=en").body,
                                      hostile.get("/search?kind=place").body};
    for (std::size_t i = 1; i <= payloads().size(); ++i) {
        pages.push_back(hostile.get("/entities/place:payload-" + std::to_string(i)).body);
        pages.push_back(hostile.get("/graph?id=place:payload-" + std::to_string(i)).body);
        pages.push_back(hostile
                            .get("/cypher?statement=" +
                                 server::percent_encoded("RETURN 1 // " + payloads()[i - 1]))
                            .body);
        pages.push_back(hostile
                            .get("/search?q=" + server::percent_encoded(payloads()[i - 1]),
                                 "Accept: text/html\r\n")
                            .body);
        pages.push_back(
            hostile
                .get("/connections?source=" + server::percent_encoded(payloads()[i - 1]),
                     "Accept: text/html\r\n")
                .body);
        pages.push_back(hostile
                            .get("/nowhere/" + server::percent_encoded(payloads()[i - 1]),
                                 "Accept: text/html\r\n")
                            .body);
    }
    for (const auto& page : pages) {
        ASSERT_THAT(page, HasSubstr("</html>"));
        const auto foreign = without_own_scripts(page);
        for (const char* markup :
             {"<script", "<img src=x", "<svg/", "<iframe", "javascript:alert(1)>x", "<mark on",
              "<style", "<math", "<base", "<form action=/", "<meta http", "<object",
              "<input autofocus", "<details", "<!--"}) {
            EXPECT_THAT(foreign, Not(HasSubstr(markup)));
        }
    }
}

}  // namespace
}  // namespace khom::testing
