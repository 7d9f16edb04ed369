// Words that curators add: put over HTTP, at work without a restart.

#include <nlohmann/json.hpp>

#include "server/url.h"
#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string spring =
    R"({"entity": {"id": "source:page", "kind": "source", "name": {"en": "The page"}, "sources": ["source:page"]}}
{"entity": {"id": "place:san-kamphaeng", "kind": "place", "name": {"th": "สันกำแพง"}, "summary": {"th": "มีบ่อน้ำพุร้อนแอ่วม่วนใจ๋"}, "sources": ["source:page"]}}
)";

std::vector<std::string> found(const Site& site, const std::string& text) {
    std::vector<std::string> ids;
    const auto answer = json::parse(site.get("/v1/search?q=" + server::percent_encoded(text)).body);
    for (const auto& hit : answer["hits"]) {
        ids.push_back(hit["entity"]["id"]);
    }
    return ids;
}

TEST(AdminSynonyms, AreAtWorkWhenAnswered) {
    Site site({{"spring.ndjson", spring}});
    const auto key = site.key(server::Scope::write);
    ASSERT_THAT(found(site, "geothermal pool"), IsEmpty());
    const auto answer =
        site.send("PUT", "/v1/admin/synonyms", key,
                  "{\"synonyms\": [[\"geothermal pool\", \"น\u0E4D\u0E49\u0E32พุร้อน\"]]}");

    ASSERT_THAT(answer.status, Eq(200)) << answer.body;
    EXPECT_THAT(found(site, "geothermal pool"), ElementsAre("place:san-kamphaeng"));
    const auto lists = json::parse(site.send("GET", "/v1/admin/synonyms", key).body);
    EXPECT_THAT(lists["synonyms"].size(), Eq(1U));
    EXPECT_THAT(lists["shipped"].size(), Gt(20U));
    EXPECT_THAT(lists["rev"], Eq(2));
    const auto feed = json::parse(site.get("/v1/changes?since=1").body);
    EXPECT_THAT(feed["changes"], IsEmpty());
    EXPECT_THAT(feed["last_rev"], Eq(2));
}

TEST(AdminDictionary, CutsTextsThatWereThereBefore) {
    Site site({{"spring.ndjson", spring}});
    const auto key = site.key(server::Scope::write);
    ASSERT_THAT(site.send("PUT", "/v1/admin/dictionary", key, R"({"words": ["แอ่วม่วนใจ๋"]})").status,
                Eq(200));

    EXPECT_THAT(found(site, "แอ่วม่วนใจ๋"), ElementsAre("place:san-kamphaeng"));
    const auto analysis =
        json::parse(site.get("/v1/analyze?text=" + server::percent_encoded("แอ่วม่วนใจ๋")).body);
    ASSERT_THAT(analysis["tokens"].size(), Eq(1U));
    EXPECT_THAT(analysis["tokens"][0]["source"], Eq("dictionary"));
    EXPECT_THAT(analysis["tokens"][0]["in_dictionary"], Eq(true));
}

TEST(AdminWords, AreRefusedWithTheirPlace) {
    Site site({{"spring.ndjson", spring}});
    const auto key = site.key(server::Scope::write);
    const auto put = [&](const std::string& name, const std::string& body) {
        const auto answer = site.send("PUT", "/v1/admin/" + name, key, body);
        return std::to_string(answer.status) + answer.body;
    };

    EXPECT_THAT(put("synonyms", R"({"synonyms": [["a", "b"], ["c", 1]]})"),
                HasSubstr("synonyms/1/1"));
    EXPECT_THAT(put("synonyms", R"({"synonyms": [["alone"]]})"), HasSubstr("synonyms/0"));
    EXPECT_THAT(put("synonyms", R"([["a", "b"]])"), HasSubstr("400"));
    EXPECT_THAT(put("dictionary", R"({"words": ["มี ช่องว่าง"]})"), HasSubstr("words/0"));
    EXPECT_THAT(put("dictionary", R"({"word": []})"), HasSubstr("The body is"));
    EXPECT_THAT(site.send("PUT", "/v1/admin/synonyms", "", "{}").status, Eq(401));
    EXPECT_THAT(site.send("GET", "/v1/admin/dictionary").status, Eq(401));
    EXPECT_THAT(
        site.send("PUT", "/v1/admin/synonyms", site.key(server::Scope::read_private), "{}").status,
        Eq(403));
}

TEST(AdminWords, AreNotTakenBackByUndoButPutAgain) {
    Site site({{"spring.ndjson", spring}});
    const auto key = site.key(server::Scope::write);
    ASSERT_THAT(
        site.send("PUT", "/v1/admin/synonyms", key, R"({"synonyms": [["a1", "b1"]]})").status,
        Eq(200));

    EXPECT_THAT(site.send("DELETE", "/v1/admin/imports/b-2", key).status, Eq(409));
    EXPECT_THAT(site.send("PUT", "/v1/admin/synonyms", key, R"({"synonyms": []})").status, Eq(200));
    EXPECT_THAT(site.send("PUT", "/v1/admin/synonyms", key, R"({"synonyms": []})").body,
                HasSubstr(R"("rev":3)"));
}

TEST(PortalPages, AreFoundWithPassageAndLink) {
    Site site({{"spring.ndjson", spring}});
    const auto headers = site.key(server::Scope::write) + "Content-Type: text/csv\r\n";
    const std::string pages =
        "title,url,text\r\n"
        "ติดต่อเรา,https://portal.example/contact,\"สำนักงานเปิดวันจันทร์ถึงศุกร์ "
        "สอบถามเรื่อง<b>ทุนการศึกษา</b>ได้ที่นี่\"\r\n"
        "How to join,https://portal.example/join,Anyone may join a workshop on lantern making.\r\n";
    const auto report = site.send("POST", "/v1/admin/imports", headers, pages);
    ASSERT_THAT(report.status, Eq(200)) << report.body;
    const auto thai =
        json::parse(site.get("/v1/search?q=" + server::percent_encoded("ทุนการศึกษา")).body);
    const auto english = json::parse(site.get("/v1/search?q=lantern+workshop").body);

    ASSERT_THAT(thai["hits"].size(), Eq(1U));
    EXPECT_THAT(thai["hits"][0]["url"], Eq("https://portal.example/contact"));
    EXPECT_THAT(thai["hits"][0]["entity"]["name"]["th"], Eq("ติดต่อเรา"));
    EXPECT_THAT(thai["hits"][0]["highlight"]["text.th"].get<std::string>(),
                HasSubstr("&lt;b&gt;<mark>ทุนการศึกษา</mark>&lt;/b&gt;"));
    ASSERT_THAT(english["hits"].size(), Eq(1U));
    EXPECT_THAT(english["hits"][0]["url"], Eq("https://portal.example/join"));
    const auto again = json::parse(site.send("POST", "/v1/admin/imports", headers, pages).body);
    EXPECT_THAT(again["created"], Eq(0));
    EXPECT_THAT(again["unchanged"], Eq(2));
    const auto wrong =
        site.send("POST", "/v1/admin/imports", headers, "title,url,text\r\n,portal.example,x\r\n");
    EXPECT_THAT(wrong.status, Eq(422));
    EXPECT_THAT(wrong.body, HasSubstr("is no address of a page"));
}

TEST(SearchReport, SaysWhetherSearchesAreCountedAndNeedsTheAdminsKey) {
    Site site({{"spring.ndjson", spring}});
    const auto report =
        site.send("GET", "/v1/admin/search-report?days=7", site.key(server::Scope::admin));

    ASSERT_THAT(report.status, Eq(200)) << report.body;
    EXPECT_THAT(json::parse(report.body)["enabled"], Eq(false));
    EXPECT_THAT(site.send("GET", "/v1/admin/search-report", site.key(server::Scope::write)).status,
                Eq(403));
}

}  // namespace
}  // namespace khom::testing
