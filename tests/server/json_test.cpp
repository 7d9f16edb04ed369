#include "server/json.h"

#include <cmath>
#include <fstream>

#include "server/problem.h"
#include "server/routes/answers.h"
#include "tests/server/json_schema.h"

namespace khom::server {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

const json& description() {
    static const json parsed = json::parse(openapi_route().body);
    return parsed;
}

std::string broken(const std::string& answer, const std::string& schema) {
    return khom::testing::broken(json::parse(answer),
                                 description()["components"]["schemas"][schema], description());
}

query::EntityRef yi_peng() {
    return {"program:yi-peng", "program", {"Yi Peng tradition", "ประเพณียี่เป็ง"}};
}

query::StatementView held_at() {
    query::StatementView statement;
    statement.id = "s-42efe51456b6b7ac";
    statement.type = "held_at";
    statement.direction = "out";
    statement.wording = {"is held at", "จัดที่"};
    statement.target = {"place:mae-kha-canal", "place", {"Mae Kha Canal", "คลองแม่ข่า"}};
    statement.status = "done";
    statement.time = query::TimeLabel{"2024", {"2024", "พ.ศ. 2567"}, true};
    statement.certainty = "stated";
    statement.sources = {{"source:seed", "Chiang Mai Learning City", "https://example.org/",
                          "2024, entry 3", "2026-01-02", "unknown", "City"}};
    statement.note = "a note";
    statement.attributes["amount"] = graph::Value(2.5);
    return statement;
}

query::SearchHit hit() {
    query::SearchHit hit;
    hit.entity = yi_peng();
    hit.subtype = "tradition";
    hit.score = 11.5;
    hit.field = "aliases.en";
    hit.how = "romanised";
    hit.highlights["name.en"] = "<mark>Yi</mark> Peng";
    hit.explain["bm25"] = 9;
    hit.summary = {"A festival.", ""};
    hit.url = "/id/program:yi-peng";
    hit.time = query::TimeLabel{"2021", {"2021", "พ.ศ. 2564"}, false};
    return hit;
}

TEST(Json, SearchAnswersAsDescribed) {
    query::SearchResult result;
    result.revision = 7;
    result.text = "yi \"peng\"";
    result.total = 1;
    result.hits = {hit()};
    result.facets["kind"] = {{"program", {"Programme", "กิจกรรม"}, 1}};
    result.did_you_mean = index::DidYouMean{"ยี่เป็ง", "spelt so in 3 entries", 3};
    result.next_cursor = "c";

    const auto text = search_json(result, 1.5);

    EXPECT_THAT(broken(text, "SearchResult"), IsEmpty());
    EXPECT_THAT(json::parse(text)["hits"][0]["matched"]["how"], Eq("romanised"));
    EXPECT_THAT(json::parse(text)["q"], Eq("yi \"peng\""));
}

TEST(Json, SearchSaysNullWhereThereIsNothing) {
    const auto answer = json::parse(search_json({}, 0));

    EXPECT_TRUE(answer["did_you_mean"].is_null());
    EXPECT_TRUE(answer["next_cursor"].is_null());
    EXPECT_TRUE(answer["hits"].is_array());
}

TEST(Json, SuggestAnswersAsDescribed) {
    query::SuggestResult result;
    result.entities = {hit()};
    result.queries = {"ยี่เป็ง 2567"};

    EXPECT_THAT(broken(suggest_json(result), "SuggestResult"), IsEmpty());
    EXPECT_THAT(opensearch_json("yi", result), Eq(R"(["yi",["Yi Peng tradition"]])"));
}

TEST(Json, EntityAnswersAsDescribed) {
    query::EntityView entity;
    entity.ref = yi_peng();
    entity.subtype = "tradition";
    entity.summary = {"A festival.", "งานประเพณี"};
    entity.aliases_en = {"Yee Peng"};
    entity.aliases_other = {"ᨿᩦ᩵ᨸᩮ᩠ᨦ"};
    entity.point = query::Point{18.79, 98.99, "approx", "osm"};
    entity.same_as = {"https://www.wikidata.org/wiki/Q1"};
    entity.attributes = {{"goal_en", {"goal", "เป้าหมาย"}, graph::Value("learn")}};
    entity.sources = held_at().sources;
    entity.certainty = "stated";
    entity.statements = {held_at()};
    entity.time = held_at().time;
    entity.degree = 1;

    const auto text = entity_json(entity, "http://example.org");

    EXPECT_THAT(broken(text, "Entity"), IsEmpty());
    EXPECT_THAT(json::parse(text)["uri"], Eq("http://example.org/id/program:yi-peng"));
    EXPECT_THAT(json::parse(text)["geo"]["coordinates"], ElementsAre(98.99, 18.79));
}

TEST(Json, NeighboursAnswerAsDescribed) {
    query::Subgraph graph;
    graph.nodes = {{yi_peng(), "tradition", "public", 0}};
    graph.edges = {{"s-42efe51456b6b7ac", "program:yi-peng", "place:mae-kha-canal", "held_at",
                    held_at().time, "stated", "done"}};
    graph.truncated = true;

    EXPECT_THAT(broken(subgraph_json(graph), "Graph"), IsEmpty());
}

TEST(Json, ConnectionsAnswerAsDescribed) {
    query::ConnectionsResult result;
    result.source = yi_peng();
    result.target = held_at().target;
    query::ConnectionStep step{
        yi_peng(), held_at().target, held_at(), {"It was held there.", "จัดที่นั่น"}};
    result.paths = {{0.7, {step}, {"In one sentence.", "ในประโยคเดียว"}}};

    const auto text = connections_json(result);

    EXPECT_THAT(broken(text, "PathResult"), IsEmpty());
    EXPECT_THAT(json::parse(text)["paths"][0]["hops"], Eq(1));

    result.paths.clear();
    result.reason = "only_through_hubs";
    result.explanation = {"Only through the city.", "ผ่านตัวเมืองเท่านั้น"};
    EXPECT_THAT(broken(connections_json(result), "PathResult"), IsEmpty());
}

TEST(Json, AnalysisAnswersAsDescribed) {
    index::Analysis analysis;
    analysis.normalised = "คลองแม่ข่า";
    analysis.tokens = {{"คลอง", 0, 12, "Thai", true, {"khlong"}, {"place:mae-kha-canal"}}};

    EXPECT_THAT(broken(analysis_json(analysis), "AnalyzeResult"), IsEmpty());
}

TEST(Json, HasNoInfinities) {
    auto infinite = hit();
    infinite.score = std::numeric_limits<double>::infinity();
    query::SuggestResult result;
    result.entities = {infinite};

    EXPECT_TRUE(json::parse(suggest_json(result))["entities"][0]["score"].is_null());
}

TEST(Problem, AnswersAsDescribedWithItsOwnStatus) {
    graph::Refusal refusal{graph::RefusalCode::syntax_error, "Unknown word 'MATHC'.",
                           "InvalidSyntax", graph::Span{0, 5}, "statement"};

    const auto response = problem(refusal);

    EXPECT_THAT(response.status, Eq(400));
    EXPECT_THAT(response.content_type, Eq("application/problem+json"));
    EXPECT_THAT(broken(response.body, "Problem"), IsEmpty());
}

TEST(Problem, KeepsWhatWasThrownFromTheClient) {
    const Handler handler = [](const Request&) -> Response {
        throw graph::Fault("/secret/path: disk on fire");
    };

    const auto response = answer(handler, {});

    EXPECT_THAT(response.status, Eq(500));
    EXPECT_THAT(response.body.find("secret"), Eq(std::string::npos));
    EXPECT_THAT(broken(response.body, "Problem"), IsEmpty());
}

TEST(Problem, TellsWhenToTryAgain) {
    const auto response =
        problem(graph::Refusal{graph::RefusalCode::overloaded, "Busy.", {}, {}, {}});

    EXPECT_THAT(response.status, Eq(503));
    EXPECT_THAT(response.headers, ElementsAre(::testing::Pair("Retry-After", "1")));
}

TEST(OpenApi, KeepsNumbersNumbersAndQuotedTextText) {
    EXPECT_THAT(description()["openapi"], Eq("3.1.0"));
    EXPECT_TRUE(description()["components"]["parameters"]["Limit"]["schema"]["maximum"]
                    .is_number_integer());
    EXPECT_TRUE(description()["paths"]["/v1/search"]["get"]["responses"].contains("200"));
}

}  // namespace
}  // namespace khom::server
