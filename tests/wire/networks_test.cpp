// Networks and timelines over HTTP, of the real corpus.

#include <nlohmann/json.hpp>

#include "tests/server/json_schema.h"
#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using nlohmann::json;
using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;

const Site& site() {
    return Site::chiang_mai();
}

std::string broken_schema(const WireAnswer& answer, const std::string& schema) {
    static const json description = json::parse(site().get("/v1/openapi.json").body);
    return broken(json::parse(answer.body), description["components"]["schemas"][schema],
                  description);
}

TEST(Networks, AnswerAsDescribed) {
    const auto lenses = json::parse(site().get("/v1/networks").body);
    EXPECT_THAT(lenses["networks"].size(), Gt(5U));
    for (const auto& lens : lenses["networks"]) {
        const auto answer = site().get("/v1/networks/" + lens["id"].get<std::string>());
        EXPECT_THAT(broken_schema(answer, "Network"), IsEmpty()) << lens["id"];
    }
    const auto compared = site().get(
        "/v1/networks/partners-by-programme?from=2023&to=2024&compare_from=2021&compare_to=2022"
        "&metrics=degree&metrics=community&min_weight=1");
    EXPECT_THAT(broken_schema(compared, "Network"), IsEmpty());
}

TEST(Networks, BackEveryCountWithStatementsThatAreThere) {
    const auto network =
        json::parse(site().get("/v1/networks/partners-by-programme?from=2020-09-24").body);
    auto& chiang_mai = Site::chiang_mai();
    const auto reading = chiang_mai.reading();
    const auto backs = [&](const json& counted) {
        EXPECT_THAT(counted["evidence"].size(), Eq(counted["count"].get<std::size_t>()));
        for (const auto& statements : counted["evidence"]) {
            for (const auto& id : statements) {
                EXPECT_TRUE(reading.graph().find_relationship(id.get<std::string>())) << id;
            }
        }
    };
    EXPECT_THAT(network["edges"].size(), Gt(20U));
    for (const auto& edge : network["edges"]) backs(edge);
    for (const auto& node : network["nodes"]) backs(node);
    for (const auto& meeting : network["summary"]["sectors"]) backs(meeting);
    for (const auto& bridge : network["summary"]["bridges"]) backs(bridge);
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST(Networks, AreGivenAsFiles) {
    const std::string target = "/v1/networks/partners-by-programme";
    const auto network = json::parse(site().get(target).body);
    const auto csv = site().get(target, "Accept: text/csv\r\n");
    const auto graphml = site().get(target + "?format=graphml");

    EXPECT_THAT(csv.headers.at("content-type"), HasSubstr("text/csv"));
    EXPECT_EQ(count_of(csv.body, "\r\n"), network["edges"].size() + 1);
    EXPECT_THAT(csv.body, HasSubstr(network["edges"][0]["evidence"][0][0].get<std::string>()));
    EXPECT_THAT(graphml.headers.at("content-type"), HasSubstr("application/graphml+xml"));
    EXPECT_EQ(count_of(graphml.body, "<edge "), network["edges"].size());
    EXPECT_EQ(count_of(graphml.body, "<node "), network["nodes"].size());
    const auto gexf = site().get(target, "Accept: application/gexf+xml\r\n");
    EXPECT_EQ(count_of(gexf.body, "<edge "), network["edges"].size());
    const auto cytoscape = json::parse(
        site().get(target, "Accept: application/vnd.cytoscape+json\r\n").body)["elements"];
    EXPECT_THAT(cytoscape["nodes"], SizeIs(network["nodes"].size()));
    ASSERT_THAT(cytoscape["edges"], SizeIs(network["edges"].size()));
    EXPECT_EQ(cytoscape["edges"][0]["data"]["weight"], network["edges"][0]["weight"]);
    EXPECT_TRUE(cytoscape["nodes"][0]["data"]["betweenness"].is_number());
    EXPECT_THAT(site().get(target + "?format=xls").body, HasSubstr("json, csv, graphml, gexf"));
}

TEST(Neighbours, AreGivenAsFiles) {
    const std::string target =
        "/v1/entities/partner:chang-moi-community/neighbours?depth=2&limit=100";
    const auto graph = json::parse(site().get(target).body);
    const auto graphml = site().get(target, "Accept: application/graphml+xml\r\n");
    const auto cytoscape = json::parse(site().get(target + "&format=cytoscape").body)["elements"];

    ASSERT_THAT(graph["edges"], Not(IsEmpty()));
    EXPECT_THAT(graphml.headers.at("content-type"), HasSubstr("application/graphml+xml"));
    EXPECT_THAT(graphml.headers.at("content-disposition"),
                HasSubstr("khom-partner-chang-moi-community-neighbours.graphml"));
    EXPECT_EQ(count_of(graphml.body, "<node "), graph["nodes"].size());
    EXPECT_EQ(count_of(graphml.body, "<edge "), graph["edges"].size());
    EXPECT_THAT(cytoscape["nodes"], SizeIs(graph["nodes"].size()));
    EXPECT_THAT(cytoscape["edges"], SizeIs(graph["edges"].size()));
}

TEST(Timeline, AnswersAsDescribed) {
    EXPECT_THAT(broken_schema(site().get("/v1/timeline?bucket=quarter"), "TimelineResult"),
                IsEmpty());
    EXPECT_THAT(
        broken_schema(site().get("/v1/timeline?entity=partner:chang-moi-community&limit=250"),
                      "TimelineResult"),
        IsEmpty());
}

TEST(Timeline, IsGivenToCalendars) {
    const auto by_accept =
        site().get("/v1/timeline?from=2024&lang=th", "Accept: text/calendar\r\n");
    const auto by_format = site().get("/v1/timeline?from=2024&lang=th&format=ical");

    EXPECT_EQ(by_accept.body, by_format.body);
    EXPECT_THAT(by_accept.headers.at("content-type"), HasSubstr("text/calendar"));
    EXPECT_THAT(by_accept.body, HasSubstr("BEGIN:VEVENT\r\n"));
    std::size_t begin = 0;
    for (auto end = by_accept.body.find("\r\n"); end != std::string::npos;
         begin = end + 2, end = by_accept.body.find("\r\n", begin)) {
        EXPECT_THAT(end - begin, Le(75U));
        const auto first = static_cast<unsigned char>(
            by_accept.body[begin] == ' ' ? by_accept.body[begin + 1] : by_accept.body[begin]);
        EXPECT_NE(first & 0xC0U, 0x80U) << "a line is folded within a character";
    }
    EXPECT_EQ(begin, by_accept.body.size());
}

}  // namespace
}  // namespace khom::testing
