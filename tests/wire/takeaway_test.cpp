// What people take away and bring in: exports, linked data, the change feed, imports with a key.

#include <nlohmann/json.hpp>

#include "corpus/readers/zip.h"
#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Ge;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

Site& chiang_mai() {
    return Site::chiang_mai();
}

const std::string small =
    R"({"entity": {"id": "source:s", "kind": "source", "name": {"en": "A source"}, "certainty": "stated"}}
{"entity": {"id": "place:canal", "kind": "place", "name": {"en": "Mae Kha Canal", "th": "คลองแม่ข่า"}, "sources": ["source:s"]}}
{"entity": {"id": "place:kanal", "kind": "place", "name": {"en": "Mae Kah"}, "sources": ["source:s#2"]}}
{"entity": {"id": "program:fair", "kind": "program", "name": {"en": "Fair"}, "time": "2024", "sources": ["source:s"]}}
{"statement": {"from": "program:fair", "type": "held_at", "to": "place:kanal", "sources": ["source:s"], "certainty": "stated"}}
)";
const std::string one_more =
    R"({"entity": {"id": "place:gate", "kind": "place", "name": {"en": "Tha Phae Gate"}, "sources": ["source:s"]}}
)";
const std::string ndjson = "Content-Type: application/x-ndjson\r\n";

TEST(ExportRoute, StreamsEveryFormat) {
    for (const char* format :
         {"ndjson", "csv", "graphml", "gexf", "jsonld", "turtle", "cytoscape"}) {
        const auto answer = chiang_mai().get("/v1/export?format=" + std::string(format));

        EXPECT_THAT(answer.status, Eq(200)) << format;
        EXPECT_THAT(answer.headers.at("transfer-encoding"), Eq("chunked")) << format;
        EXPECT_THAT(answer.headers.at("content-disposition"), HasSubstr("attachment")) << format;
        EXPECT_THAT(answer.body.size(), Gt(50'000U)) << format;
    }
}

TEST(ExportRoute, FiltersAsASearchDoes) {
    const auto places = chiang_mai().get("/v1/export?format=cytoscape&kind=place").body;
    const auto found =
        chiang_mai().get("/v1/export?format=cytoscape&kind=place&q=%22mae+kha%22").body;

    EXPECT_THAT(json::parse(places)["elements"]["nodes"].size(), Gt(100U));
    const auto nodes = json::parse(found)["elements"]["nodes"];
    EXPECT_THAT(nodes.size(), AllOf(Ge(1U), ::testing::Lt(60U)));
    EXPECT_THAT(found, HasSubstr("place:mae-kha-canal"));
}

TEST(ExportRoute, RefusesWhatItDoesNotKnowByName) {
    for (const char* target :
         {"/v1/export", "/v1/export?format=xls", "/v1/export?format=csv&kind=dog",
          "/v1/export?format=csv&type=likes", "/v1/export?format=csv&from=2567"}) {
        const auto answer = chiang_mai().get(target);
        EXPECT_THAT(answer.status, Eq(400)) << target;
        EXPECT_THAT(json::parse(answer.body)["errors"], SizeIs(1)) << target;
    }
}

TEST(ExportRoute, ToHttp10EndsWithTheConnection) {
    WireClient client(chiang_mai().port());
    client.send("GET /v1/export?format=ndjson HTTP/1.0\r\nHost: x\r\n\r\n");
    const auto answer = client.answer(true);

    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->headers.contains("transfer-encoding"));
    EXPECT_THAT(answer->headers.at("connection"), Eq("close"));
}

TEST(ExportRoute, AnswersNotModified) {
    const auto first = chiang_mai().get("/v1/export?format=turtle");
    const auto again = chiang_mai().get("/v1/export?format=turtle",
                                        "If-None-Match: " + first.headers.at("etag") + "\r\n");

    EXPECT_THAT(again.status, Eq(304));
}

TEST(LinkedData, IsNegotiatedForEachEntity) {
    const std::string canal = "/v1/entities/place:mae-kha-canal";
    const auto turtle = chiang_mai().get(canal, "Accept: text/turtle\r\n");
    const auto linked = chiang_mai().get(canal, "Accept: application/ld+json\r\n");
    const auto plain = chiang_mai().get(canal, "Accept: */*\r\n");

    EXPECT_THAT(turtle.headers.at("content-type"), StartsWith("text/turtle"));
    EXPECT_THAT(turtle.body, HasSubstr("schema:Place"));
    EXPECT_THAT(linked.headers.at("content-type"), Eq("application/ld+json"));
    EXPECT_TRUE(json::parse(linked.body)["@context"].is_object());
    EXPECT_THAT(plain.headers.at("content-type"), StartsWith("application/json"));
}

TEST(LinkedData, LeadsFromAnIdToItsPageOrItsData) {
    EXPECT_THAT(
        chiang_mai().get("/id/place:mae-kha-canal", "Accept: text/html\r\n").headers.at("location"),
        Eq("/entities/place:mae-kha-canal"));
    const auto data = chiang_mai().get("/id/place:mae-kha-canal", "Accept: text/turtle\r\n");
    EXPECT_THAT(data.status, Eq(303));
    EXPECT_THAT(data.headers.at("location"), Eq("/v1/entities/place:mae-kha-canal"));
}

TEST(LinkedData, HasItsContextServed) {
    const auto context = json::parse(chiang_mai().get("/v1/context.jsonld").body)["@context"];

    EXPECT_THAT(context["name"]["@id"], Eq("schema:name"));
    EXPECT_THAT(context["name"]["@container"], Eq("@language"));
}

TEST(Changes, ListEveryChangeAfterARevision) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    ASSERT_THAT(site.send("POST", "/v1/admin/imports", key + ndjson, one_more).status, Eq(200));

    const auto all = json::parse(site.get("/v1/changes").body);
    const auto later = json::parse(site.get("/v1/changes?since=1").body);
    const auto none = json::parse(site.get("/v1/changes?since=2").body);

    EXPECT_THAT(all["changes"], SizeIs(6));
    ASSERT_THAT(later["changes"], SizeIs(1));
    EXPECT_THAT(later["changes"][0]["id"], Eq("place:gate"));
    EXPECT_THAT(later["changes"][0]["op"], Eq("put"));
    EXPECT_THAT(later["changes"][0]["batch"], Eq("b-2"));
    EXPECT_THAT(later["last_rev"], Eq(2));
    EXPECT_THAT(none["changes"], SizeIs(0));
}

TEST(Changes, WaitWithoutAThreadForTheNextOne) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    std::vector<std::unique_ptr<WireClient>> waiting;
    for (int i = 0; i < 20; ++i) {  // more than there are workers
        waiting.push_back(std::make_unique<WireClient>(site.port()));
        waiting.back()->send("GET /v1/changes?since=1&wait=60 HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    ASSERT_THAT(site.send("POST", "/v1/admin/imports", key + ndjson, one_more).status, Eq(200));

    for (const auto& client : waiting) {
        const auto answer = client->answer();
        ASSERT_TRUE(answer);
        EXPECT_THAT(answer->body, HasSubstr("place:gate"));
    }
}

TEST(Changes, ArriveAsServerSentEvents) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    WireClient client(site.port());
    client.send("GET /v1/changes?since=1 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
    ASSERT_THAT(client.answer(true)->headers.at("content-type"), StartsWith("text/event-stream"));

    ASSERT_THAT(site.send("POST", "/v1/admin/imports", key + ndjson, one_more).status, Eq(200));

    EXPECT_TRUE(client.receives("id: 2\nevent: change\n"));
    EXPECT_TRUE(client.receives("place:gate"));
}

TEST(Imports, NeedAKeyBeforeTheirBodyIsRead) {
    Site site({{"small.ndjson", small}});
    for (const std::string key :
         {"", "Authorization: Bearer khom_k0000_0\r\n", "X-API-Key: wrong\r\n"}) {
        WireClient client(site.port());
        client.send("POST /v1/admin/imports HTTP/1.1\r\nHost: x\r\n" + key +
                    "Content-Length: 1000000\r\nContent-Type: application/x-ndjson\r\n\r\n");
        const auto answer = client.answer();  // though not one byte of the body was sent

        ASSERT_TRUE(answer);
        EXPECT_THAT(answer->status, Eq(401)) << key;
        EXPECT_THAT(answer->headers.at("www-authenticate"), HasSubstr("Bearer"));
    }
    EXPECT_THAT(site.send("POST", "/v1/admin/imports",
                          site.key(server::Scope::read_private) + ndjson, one_more)
                    .status,
                Eq(403));
    EXPECT_THAT(site.reading().graph().revision(), Eq(graph::Revision{1}));
}

TEST(Imports, EndWithTheirKey) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    ASSERT_THAT(site.send("POST", "/v1/admin/imports", key + ndjson, one_more).status, Eq(200));
    site.revoke_all();

    EXPECT_THAT(site.send("POST", "/v1/admin/imports", key + ndjson, one_more).status, Eq(401));
}

TEST(Imports, TryWithoutWriting) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    const auto answer = site.send("POST", "/v1/admin/imports?dry_run=true", key + ndjson, one_more);
    const auto report = json::parse(answer.body);

    EXPECT_THAT(report["dry_run"], Eq(true));
    EXPECT_THAT(report["created"], Eq(1));
    EXPECT_THAT(site.reading().graph().revision(), Eq(graph::Revision{1}));
}

TEST(Imports, SayWhatIsWrongAndWriteNothing) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    const auto answer = site.send(
        "POST", "/v1/admin/imports", key + ndjson,
        one_more + R"({"entity": {"id": "place:x", "name": {"en": "X"}, "time": "2567"}})" + "\n");
    const auto body = json::parse(answer.body);

    EXPECT_THAT(answer.status, Eq(422));
    EXPECT_THAT(body["errors"][0]["pointer"], Eq("/time"));
    EXPECT_THAT(body["report"]["rejected"][0]["code"], Eq("buddhist_year"));
    EXPECT_THAT(body["errors"][0]["position"]["line"], Eq(2));
    EXPECT_THAT(site.reading().graph().revision(), Eq(graph::Revision{1}));
}

TEST(Imports, AreDoneOnceForOneIdempotencyKey) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write) + ndjson + "Idempotency-Key: monday\r\n";
    const auto first = site.send("POST", "/v1/admin/imports", key, one_more);
    const auto again = site.send("POST", "/v1/admin/imports", key, one_more);
    const auto other = site.send("POST", "/v1/admin/imports", key, small);

    EXPECT_THAT(again.body, Eq(first.body));
    EXPECT_THAT(again.headers.at("idempotency-replayed"), Eq("true"));
    EXPECT_THAT(other.status, Eq(422));
}

TEST(Imports, AreRememberedAfterARestart) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write) + ndjson + "Idempotency-Key: monday\r\n";
    const auto first = site.send("POST", "/v1/admin/imports", key, one_more);
    ASSERT_THAT(first.status, Eq(200)) << first.body;

    site.restart();

    const auto again = site.send("POST", "/v1/admin/imports", key, one_more);
    EXPECT_THAT(again.body, Eq(first.body));
    EXPECT_THAT(again.headers.at("idempotency-replayed"), Eq("true"));
    EXPECT_THAT(site.send("POST", "/v1/admin/imports", key, small).status, Eq(422));
    EXPECT_THAT(site.reading().graph().revision(), Eq(graph::Revision{2}));
}

TEST(Imports, AreUndoneOnceNothingIsBuiltOnThem) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    ASSERT_THAT(site.send("POST", "/v1/admin/imports", key + ndjson, one_more).status, Eq(200));
    ASSERT_THAT(site.get("/v1/entities/place:gate").status, Eq(200));

    EXPECT_THAT(site.send("DELETE", "/v1/admin/imports/b-1", key).status, Eq(409));
    EXPECT_THAT(site.send("DELETE", "/v1/admin/imports/b-2", key).status, Eq(204));
    EXPECT_THAT(site.get("/v1/entities/place:gate").status, Eq(404));
    EXPECT_THAT(site.send("DELETE", "/v1/admin/imports/b-2", key).status,
                Eq(204));  // again: nothing to do
    EXPECT_THAT(site.send("DELETE", "/v1/admin/imports/b-99", key).status, Eq(404));
    EXPECT_THAT(site.send("DELETE", "/v1/admin/imports/x", key).status, Eq(404));
    EXPECT_THAT(site.reading().graph().revision(), Eq(graph::Revision{3}));
}

TEST(Merges, SendTheOldIdToTheNewOne) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    const auto merged =
        site.send("POST", "/v1/admin/merges", key + "Content-Type: application/json\r\n",
                  R"({"from": "place:kanal", "into": "place:canal"})");

    ASSERT_THAT(merged.status, Eq(200)) << merged.body;
    for (const std::string path : {"/v1/entities/place:", "/entities/place:", "/id/place:"}) {
        const auto answer = site.get(path + "kanal");
        EXPECT_THAT(answer.status, Eq(301)) << path;
        EXPECT_THAT(answer.headers.at("location"), Eq(path + "canal"));
    }
    EXPECT_THAT(site.get("/v1/entities/place:kanal/neighbours").headers.at("location"),
                Eq("/v1/entities/place:canal/neighbours"));
    const auto canal = json::parse(site.get("/v1/entities/place:canal").body);
    EXPECT_THAT(canal["aliases"]["en"], ElementsAre("Mae Kah"));
    EXPECT_THAT(canal["statements"], SizeIs(1));
    const auto feed = site.get("/v1/changes?since=1").body;
    EXPECT_THAT(feed, HasSubstr(R"("op":"merge","id":"place:kanal","into":"place:canal")"));
    EXPECT_THAT(feed, Not(HasSubstr(R"("op":"delete","id":"place:kanal")")));
}

TEST(Merges, AreTakenBackWhole) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    const auto body = R"({"from": "place:kanal", "into": "place:canal"})";
    const std::string canal = "/v1/entities/place:canal", kanal = "/v1/entities/place:kanal";
    const auto said = [&](const std::string& target) {
        auto answer = json::parse(site.get(target).body);
        answer.erase("rev");
        return answer;
    };
    const auto before = std::pair(said(canal), said(kanal));
    ASSERT_THAT(site.send("POST", "/v1/admin/merges", key, body).status, Eq(200));

    ASSERT_THAT(site.send("DELETE", "/v1/admin/imports/b-2", key).status, Eq(204));

    EXPECT_THAT(said(canal), Eq(before.first));
    EXPECT_THAT(said(kanal), Eq(before.second));
    EXPECT_THAT(site.send("DELETE", "/v1/admin/imports/b-3", key).status, Eq(409))
        << "what took a merge back is not taken back";
    EXPECT_THAT(site.send("POST", "/v1/admin/merges", key, body).status, Eq(200));
    EXPECT_THAT(site.get(kanal).status, Eq(301));
}

TEST(Merges, AreFollowedByFilesWrittenBefore) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    const auto body = R"({"from": "place:kanal", "into": "place:canal"})";
    ASSERT_THAT(site.send("POST", "/v1/admin/merges", key, body).status, Eq(200));

    const auto old =
        R"({"entity": {"id": "place:kanal", "kind": "place", "name": {"en": "Mae Kah"}, "sources": ["source:s#2"]}}
{"statement": {"from": "program:fair", "type": "held_at", "to": "place:kanal", "sources": ["source:s"], "certainty": "stated"}}
)";
    const auto again = json::parse(site.send("POST", "/v1/admin/imports", key + ndjson, old).body);
    EXPECT_THAT(again["created"], Eq(0)) << again.dump();
    EXPECT_THAT(again["updated"], Eq(0)) << again.dump();
    EXPECT_THAT(again["warnings"].dump(), HasSubstr("was merged into 'place:canal'"));

    const auto more =
        R"({"statement": {"from": "program:fair", "type": "originates_in", "to": "place:kanal", "sources": ["source:s"], "certainty": "stated"}})"
        "\n";
    const auto added = json::parse(site.send("POST", "/v1/admin/imports", key + ndjson, more).body);
    EXPECT_THAT(added["created"], Eq(1)) << added.dump();
    EXPECT_THAT(site.get("/v1/entities/place:canal").body, HasSubstr("originates_in"));
}

TEST(Merges, RefuseWhatIsNotOneThing) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    const auto status = [&](const std::string& body) {
        return site.send("POST", "/v1/admin/merges", key, body).status;
    };

    EXPECT_THAT(status(R"({"from": "place:canal", "into": "program:fair"})"), Eq(400));
    EXPECT_THAT(status(R"({"from": "place:canal", "into": "place:canal"})"), Eq(400));
    EXPECT_THAT(status(R"({"from": "place:none", "into": "place:canal"})"), Eq(404));
    EXPECT_THAT(status(R"({"into": "place:canal"})"), Eq(400));
    EXPECT_THAT(status("no json"), Eq(400));
}

TEST(History, TellsHowAnEntityChanged) {
    Site site({{"small.ndjson", small}});
    const auto key = site.key(server::Scope::write);
    const std::string renamed =
        R"({"entity": {"id": "place:canal", "name": {"en": "Mae Kha"}, "sources": ["source:s"]}})";
    ASSERT_THAT(site.send("POST", "/v1/admin/imports", key + ndjson, renamed).status, Eq(200));
    const auto history = json::parse(site.get("/v1/entities/place:canal/history").body)["history"];

    ASSERT_THAT(history, SizeIs(2));
    EXPECT_THAT(history[1]["changes"][0]["changed"]["name_en"]["before"], Eq("Mae Kha Canal"));
    EXPECT_THAT(history[1]["changes"][0]["changed"]["name_en"]["after"], Eq("Mae Kha"));
    EXPECT_THAT(history.dump(), Not(HasSubstr("\"test\"")));  // who wrote it is not public
    EXPECT_THAT(site.get("/v1/entities/place:never/history").status, Eq(404));
}

TEST(WriteQueries, NeedTheWriteScope) {
    Site site({{"small.ndjson", small}});
    const std::string create =
        R"json({"statement": "CREATE (:Place {id: 'place:new', kind: 'place', name_en: 'New', sources: ['source:s'], locators: ['']})"})json";

    EXPECT_THAT(site.send("POST", "/v1/query", "", create).status, Eq(401));
    EXPECT_THAT(
        site.send("POST", "/v1/query", site.key(server::Scope::read_private), create).status,
        Eq(403));
    EXPECT_THAT(site.send("POST", "/v1/query", "Authorization: Bearer x\r\n", create).status,
                Eq(401));
    EXPECT_THAT(site.reading().graph().revision(), Eq(graph::Revision{1}));
    const auto written = site.send("POST", "/v1/query", site.key(server::Scope::write), create);
    EXPECT_THAT(written.status, Eq(200)) << written.body;
}

TEST(AdminRoutes, AreNotForOtherOrigins) {
    const auto answer =
        chiang_mai().send("OPTIONS", "/v1/admin/imports", "Origin: https://evil.example\r\n");

    EXPECT_THAT(answer.status, Eq(204));
    EXPECT_FALSE(answer.headers.contains("access-control-allow-origin"));
}

}  // namespace
}  // namespace khom::testing
