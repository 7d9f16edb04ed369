// The questions of ../shared/domain/questions.jsonl that ask for relationships, put to the route
// that answers each.

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "tests/testing/paths.h"
#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using nlohmann::json;
using ::testing::Eq;
using ::testing::HasSubstr;

/// How a person who knows the API asks it; what is expected stands in questions.jsonl alone.
const std::map<std::string, std::string>& asked() {
    static const std::map<std::string, std::string> all = {
        {"q25", "/v1/search?kind=program&filter=year:2024&limit=250"},
        {"q32",
         "/v1/entities/program:community-resource-extraction-2022/neighbours?type=has_participant"},
        {"q34", "/v1/connections?source=partner:chang-moi-community&target=partner:pmu-a"},
        {"q38", "/v1/entities/object:khao-ya-khu/neighbours?type=uses_object&direction=in"},
        {"q43",
         "/v1/"
         "connections?source=program:yi-peng-festival-of-light-2024&target=program:khao-ya-khu-"
         "festival"},
        {"q44", "/v1/entities/program:local-study/neighbours?type=addresses"},
        {"q45", "/v1/search?filter=subtype:component&limit=50"},
        {"q47", "/v1/entities/program:gnlc-membership-2020"},
        {"q50",
         "/v1/entities/partner:chiang-mai-municipality/"
         "neighbours?depth=2&type=organized_by&kind=program&kind=partner"
         "&limit=250"},
        {"q51", "/v1/search?kind=partner&facet=sector&limit=0"},
        {"q59", "/v1/entities/program:sustainable-lc-2023/neighbours?type=has_participant"},
        {"q60", "/v1/entities/program:chiang-mai-learning-city/neighbours?type=aims_at"},
    };
    return all;
}

TEST(Relationships, OfEachQuestionNameTheExpectedEntities) {
    std::ifstream file(source_dir() + "/../shared/domain/questions.jsonl");
    std::size_t compared = 0;
    for (std::string line; std::getline(file, line);) {
        const auto row = json::parse(line);
        const auto target = asked().find(row["id"].get<std::string>());
        if (target == asked().end()) {
            continue;
        }
        const auto answer = Site::chiang_mai().get(target->second);
        ASSERT_THAT(answer.status, Eq(200)) << row["id"] << " " << answer.body;
        for (const auto& expected : row["expected"]) {
            ++compared;
            EXPECT_THAT(answer.body, HasSubstr("\"" + expected.get<std::string>() + "\""))
                << row["id"] << " " << row["query"];
        }
    }
    if (compared == 0) {
        GTEST_SKIP() << "../shared/domain/questions.jsonl is not here";
    }
    std::cout << "  " << compared << " expected entities of " << asked().size() << " questions\n";
}

/// What questions.jsonl expects of one question; none where the file is not here.
std::optional<std::vector<std::string>> expected_of(const std::string& id) {
    std::ifstream file(source_dir() + "/../shared/domain/questions.jsonl");
    for (std::string line; std::getline(file, line);) {
        const auto row = json::parse(line);
        if (row["id"] == id) return row["expected"].get<std::vector<std::string>>();
    }
    return std::nullopt;
}

/// The first column of a Cypher answer.
std::vector<std::string> column(const std::string& statement) {
    const auto answer =
        Site::chiang_mai().send("POST", "/v1/query", "Content-Type: application/json\r\n",
                                json({{"statement", statement}}).dump());
    EXPECT_THAT(answer.status, Eq(200)) << answer.body;
    const auto body = json::parse(answer.body);
    std::vector<std::string> all;
    for (const auto& row : body["data"]["values"]) all.push_back(row[0]);
    return all;
}

// The next four are answered "from the seed": other pages have told more since, so the questions
// that count or rank are put to what the seed says, and those that list to all there is.

TEST(Relationships, Q37ThemesOf2021And2024AreSharedInOtherSourcesOnly) {
    const auto expected = expected_of("q37");
    if (!expected) GTEST_SKIP() << "../shared/domain/questions.jsonl is not here";
    const std::string shared =
        "MATCH (a:Program)-[r:ADDRESSES]->(t:Theme)<-[q:ADDRESSES]-(b:Program) "
        "WHERE a.year = 2021 AND b.year = 2024";
    const std::string seed = " AND 'source:seed' IN r.sources AND 'source:seed' IN q.sources";

    EXPECT_THAT(column(shared + seed + " RETURN DISTINCT t.id"), Eq(*expected));
    EXPECT_THAT(column(shared + " RETURN DISTINCT t.id"), ::testing::Not(::testing::IsEmpty()));
}

TEST(Relationships, Q39TheYearsFrom2020To2024StandInOrder) {
    const auto expected = expected_of("q39");
    if (!expected) GTEST_SKIP() << "../shared/domain/questions.jsonl is not here";
    const auto answer = json::parse(
        Site::chiang_mai().get("/v1/timeline?kind=program&from=2020&to=2024&limit=250").body);

    std::vector<std::pair<std::string, int>> years;
    for (const auto& bucket : answer["buckets"]) {
        const std::string edtf = bucket["edtf"];
        if (edtf.size() == 4) years.emplace_back(edtf, bucket["count"]);
        EXPECT_THAT(bucket["label"]["th"].get<std::string>(), ::testing::Not(HasSubstr("202")));
    }
    ASSERT_THAT(years, ::testing::SizeIs(expected->size()));
    for (std::size_t i = 0; i < years.size(); ++i) {  // "2021: 3": at least what the seed has
        EXPECT_THAT(years[i].first, Eq((*expected)[i].substr(0, 4)));
        EXPECT_THAT(years[i].second, ::testing::Ge(std::stoi((*expected)[i].substr(6))));
    }
}

TEST(Relationships, Q42TheMostConnectedOfTheSeedAreThoseItNames) {
    const auto expected = expected_of("q42");
    if (!expected) GTEST_SKIP() << "../shared/domain/questions.jsonl is not here";

    const auto ranked = column(
        "MATCH (n)-[r]-() WHERE 'source:seed' IN r.sources AND NOT n:Source "
        "RETURN n.id, count(r) AS degree ORDER BY degree DESC, n.id LIMIT 8");

    ASSERT_THAT(ranked, ::testing::Not(::testing::IsEmpty()));
    EXPECT_THAT(ranked.front(), Eq(expected->front()));
    EXPECT_THAT(ranked, ::testing::IsSupersetOf(*expected));
}

TEST(Relationships, Q54EachYearSinceJoiningHasProgrammesWithTheirPartnersAndPlaces) {
    const auto expected = expected_of("q54");
    if (!expected) GTEST_SKIP() << "../shared/domain/questions.jsonl is not here";
    const auto answer = json::parse(Site::chiang_mai().get("/v1/dossiers/unesco-award-2024").body);

    std::set<std::string> years, with_partners, with_places;
    for (const auto& programme : answer["programmes"]) {
        const auto year = programme["time"].get<std::string>().substr(0, 4);
        years.insert(year);
        if (!programme["partners"].empty()) with_partners.insert(year);
        if (!programme["places"].empty()) with_places.insert(year);
    }
    for (const auto* each : {&years, &with_partners, &with_places}) {
        EXPECT_THAT(*each, ::testing::IsSupersetOf(*expected));
    }
}

TEST(Relationships, ThatAreAimsAreNotShownAsResults) {
    const auto answer =
        json::parse(Site::chiang_mai().get("/v1/entities/program:unesco-learning-city-award").body);

    std::map<std::string, std::string> statuses;
    for (const auto& statement : answer["statements"]) {
        if (statement["type"] == "aims_at") {
            statuses[statement["target"]["id"]] = statement["status"];
        }
    }
    EXPECT_THAT(statuses["partner:chiang-mai-municipality"], Eq("planned"));
    for (const auto& [who, status] : statuses) {
        EXPECT_THAT(status, ::testing::Ne("received")) << who;
    }
}

}  // namespace
}  // namespace khom::testing
