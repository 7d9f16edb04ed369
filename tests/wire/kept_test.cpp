// What is kept beside the graph to be cited: dossiers as they stood, saved views.

#include <nlohmann/json.hpp>

#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using nlohmann::json;
using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

Site& chiang_mai() {
    return Site::chiang_mai();
}

const std::string small =
    R"({"entity": {"id": "source:s", "kind": "source", "name": {"en": "A source"}, "certainty": "stated"}}
{"entity": {"id": "place:canal", "kind": "place", "name": {"en": "Mae Kha Canal", "th": "คลองแม่ข่า"}, "sources": ["source:s"]}}
)";
const std::string one_more =
    R"({"entity": {"id": "place:gate", "kind": "place", "name": {"en": "Tha Phae Gate"}, "sources": ["source:s"]}}
)";
const std::string ndjson = "Content-Type: application/x-ndjson\r\n";

TEST(DossierVersions, StayAsTheyWereKept) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    const std::string versions = "/v1/dossiers/unesco-award-2024/versions";
    EXPECT_THAT(site.send("POST", versions).status, Eq(401)) << "no key";

    const auto today = site.get("/v1/dossiers/unesco-award-2024");
    const auto kept = site.send("POST", versions, key);
    const auto again = site.send("POST", versions, key);
    ASSERT_THAT(kept.status, Eq(201)) << kept.body;
    EXPECT_THAT(again.status, Eq(200));
    EXPECT_THAT(json::parse(kept.body)["digest"], Eq(json::parse(today.body)["digest"]));

    ASSERT_THAT(site.send("POST", "/v1/admin/imports", key + ndjson, one_more).status, Eq(200));
    EXPECT_THAT(site.get(kept.headers.at("location")).body, Eq(today.body));
    EXPECT_THAT(site.get("/v1/dossiers/unesco-award-2024").body, Not(Eq(today.body)));
    EXPECT_THAT(site.get("/dossiers/unesco-award-2024?rev=1").body, HasSubstr("to cite"));
    for (const char* format : {"markdown", "csv", "html"}) {
        EXPECT_THAT(site.get(kept.headers.at("location") + "&format=" + format).status, Eq(200));
    }
    const auto other = site.get("/v1/dossiers/unesco-award-2024?rev=1&from=2022");
    EXPECT_THAT(other.status, Eq(404)) << "of another period none was kept";
    EXPECT_THAT(site.get("/v1/dossiers/unesco-award-2024?rev=9").body, HasSubstr("Kept: 1"));
    EXPECT_THAT(json::parse(site.get(versions).body)["versions"], SizeIs(1));
    EXPECT_THAT(kept.headers.at("location"),
                Eq("/v1/dossiers/unesco-award-2024?rev=1&from=2020-09-24"));
    for (const char* page : {"/dossier?lang=en", "/dossiers/unesco-award-2024?lang=en"}) {
        EXPECT_THAT(site.get(page).body, HasSubstr("/dossiers/unesco-award-2024?rev=1&amp;from="))
            << page << " lists what is kept";
    }
}

TEST(Views, AreSavedOnceAndFoundAgain) {
    Site site({{"small.ndjson", small}});
    const auto body =
        R"({"kind": "search", "title": {"en": "Canals"}, "state": {"q": "mae kha", "kind": ["place"], "zoom": 3}})";

    const auto saved = site.send("POST", "/v1/views", "", body);
    ASSERT_THAT(saved.status, Eq(201)) << saved.body;
    const std::string id = json::parse(saved.body)["id"];
    EXPECT_THAT(site.send("POST", "/v1/views", "", body).body, Eq(saved.body));
    EXPECT_THAT(saved.headers.at("location"), Eq("/v1/views/" + id));
    EXPECT_THAT(json::parse(site.get("/v1/views/" + id).body)["state"]["zoom"], Eq(3));
    const auto page = site.get("/views/" + id);
    EXPECT_THAT(page.status, Eq(303));
    EXPECT_THAT(page.headers.at("location"), Eq("/search?q=mae%20kha&kind=place"));

    const auto file = json::parse(site.get("/v1/export?format=cytoscape&view=" + id).body);
    const auto hits = json::parse(site.get("/v1/search?q=mae+kha&kind=place").body)["hits"];
    EXPECT_THAT(file["elements"]["nodes"], SizeIs(hits.size()));
    EXPECT_THAT(site.get("/v1/views/v-0000000000000000").status, Eq(404));
    EXPECT_THAT(site.get("/v1/export?format=gexf&view=v-0000000000000000").status, Eq(404));
    EXPECT_THAT(site.get("/v1/export?format=gexf&q=a&view=" + id).status, Eq(400));
}

TEST(Views, OfEveryKindAreTakenAwayAsTheyAreShown) {
    auto& site = chiang_mai();
    const auto exported = [&](const std::string& view) {
        const auto saved = site.send("POST", "/v1/views", "", view);
        EXPECT_THAT(saved.status, Eq(201)) << saved.body;
        const std::string id = json::parse(saved.body)["id"];
        return json::parse(site.get("/v1/export?format=cytoscape&view=" + id).body)["elements"];
    };

    const auto graph =
        exported(R"({"kind": "graph", "state": {"id": "place:mae-kha-canal", "kind": "program"}})");
    const auto near = json::parse(
        site.get("/v1/entities/place:mae-kha-canal/neighbours?kind=program&limit=250").body);
    EXPECT_THAT(graph["nodes"], SizeIs(near["nodes"].size()));

    const auto network = exported(
        R"({"kind": "network", "state": {"lens": "partners-by-programme", "from": "2021", "to": "2022"}})");
    const auto lens = json::parse(
        site.get("/v1/networks/partners-by-programme?from=2021&to=2022&limit=1000").body);
    std::set<std::string> statements, shown;
    for (const auto& node : lens["nodes"]) {
        for (const auto& evidence : node["evidence"]) {
            for (const auto& id : evidence) statements.insert(id);
        }
    }
    for (const auto& edge : network["edges"]) shown.insert(edge["data"]["id"]);
    EXPECT_THAT(shown, Eq(statements));

    const auto timeline = exported(R"({"kind": "timeline", "state": {"kind": "program"}})");
    EXPECT_THAT(timeline["nodes"].size(), Gt(30U));
    EXPECT_THAT(exported(R"({"kind": "map", "state": {}})")["nodes"].size(), Gt(100U));
}

TEST(Views, OfADossierShowItsStatementsAndTheNotes) {
    auto& site = chiang_mai();
    const auto saved = site.send("POST", "/v1/views", "", R"({"kind": "dossier", "state":
        {"id": "unesco-award-2024", "from": "2022", "notes": {"criterion": "a", "none": 3}}})");
    ASSERT_THAT(saved.status, Eq(201)) << saved.body;
    const std::string id = json::parse(saved.body)["id"];

    const auto page = site.get("/views/" + id + "?lang=th").headers.at("location");
    EXPECT_THAT(page, Eq("/dossiers/unesco-award-2024?from=2022&view=" + id + "&lang=th"));
    EXPECT_THAT(site.get(page).status, Eq(200));
    const auto dossier = json::parse(site.get("/v1/dossiers/unesco-award-2024?from=2022").body);
    const auto file = json::parse(site.get("/v1/export?format=cytoscape&view=" + id).body);
    EXPECT_THAT(file["elements"]["edges"], SizeIs(dossier["statements"].size()));
    EXPECT_THAT(site.get("/dossiers/unesco-award-2024?view=v-0000000000000000").status, Eq(404));
}

TEST(Views, OfAGraphHoldTheChainsThatWereAskedFor) {
    auto& site = chiang_mai();
    const auto saved = site.send("POST", "/v1/views", "", R"({"kind": "graph", "state":
        {"id": ["place:mae-kha-canal"], "open": [""],
         "chain": ["partner:chang-moi-community~place:mae-kha-canal"], "rev": ["1"]}})");
    ASSERT_THAT(saved.status, Eq(201)) << saved.body;
    const std::string id = json::parse(saved.body)["id"];

    EXPECT_THAT(site.get("/views/" + id).headers.at("location"),
                Eq("/graph?id=place:mae-kha-canal&open=&"
                   "chain=partner:chang-moi-community~place:mae-kha-canal&rev=1"));
    const auto chains = json::parse(
        site.get("/v1/connections?source=partner:chang-moi-community&target=place:mae-kha-canal")
            .body);
    std::set<std::string> ends;
    for (const auto& path : chains["paths"]) {
        for (const auto& step : path["steps"]) {
            ends.insert({step["from"]["id"], step["to"]["id"]});
        }
    }
    const auto file = json::parse(site.get("/v1/export?format=cytoscape&view=" + id).body);
    EXPECT_THAT(file["elements"]["nodes"], SizeIs(ends.size())) << "nothing else is opened";
}

TEST(Views, RefuseWhatTheirPageWouldRefuse) {
    auto& site = chiang_mai();
    for (const auto& [view, parameter] : std::vector<std::pair<std::string, std::string>>{
             {R"({"kind": "poem", "state": {}})", "kind"},
             {R"({"kind": "search", "state": []})", "state"},
             {R"({"kind": "search"})", "state"},
             {R"([1])", "body"},
             {R"({"kind": "search", "title": "x", "state": {}})", "title"},
             {R"({"kind": "search", "state": {"q": {"a": 1}}})", "state.q"},
             {R"({"kind": "search", "state": {"kind": "poem"}})", "kind"},
             {R"({"kind": "timeline", "state": {"from": "2567"}})", "from"},
             {R"({"kind": "graph", "state": {"chain": "place:a"}})", "chain"},
             {R"({"kind": "dossier", "state": {}})", "id"},
             {R"({"kind": "dossier", "state": {"id": "unesco-award-2024", "from": "2567"}})",
              "from"},
             {R"({"kind": "search", "state": {"q": ")" + std::string(20'000, 'a') + "\"}}",
              "state"},
         }) {
        const auto answer = site.send("POST", "/v1/views", "", view);
        EXPECT_THAT(answer.status, Eq(400)) << view.substr(0, 80);
        EXPECT_THAT(answer.body, HasSubstr("\"parameter\":\"" + parameter + "\"")) << answer.body;
    }
}

}  // namespace
}  // namespace khom::testing
