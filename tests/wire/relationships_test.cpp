// The questions of ../shared/domain/questions.jsonl that ask for relationships, put to the route
// that answers each.

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

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
