// Every search that ../shared/domain/questions.jsonl asks, over HTTP, against the real corpus.

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "server/url.h"
#include "tests/testing/paths.h"
#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using nlohmann::json;
using ::testing::Ge;
using ::testing::IsEmpty;

struct Question {
    std::string id, intent, text;
    std::vector<std::string> expected;
};

std::vector<Question> questions() {
    std::vector<Question> all;
    std::ifstream file(khom::testing::source_dir() + "/../shared/domain/questions.jsonl");
    for (std::string line; std::getline(file, line);) {
        const auto row = json::parse(line);
        if (row["intent"] == "search" || row["intent"] == "autocomplete") {
            all.push_back({row["id"], row["intent"], row["query"], row["expected"]});
        }
    }
    return all;
}

std::vector<std::string> found(const Question& question) {
    const bool typing = question.intent == "autocomplete";
    const auto answer = Site::chiang_mai().get((typing ? "/v1/suggest?q=" : "/v1/search?q=") +
                                               server::percent_encoded(question.text));
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::vector<std::string> ids;
    const auto body = json::parse(answer.body);
    for (const auto& hit : body[typing ? "entities" : "hits"]) {
        ids.push_back(hit["entity"]["id"]);
    }
    return ids;
}

TEST(Questions, AreAnsweredWithTheRightEntityFirst) {
    const auto all = questions();
    if (all.empty()) {
        GTEST_SKIP() << "../shared/domain/questions.jsonl is not here";
    }
    double sum = 0;
    std::size_t asked = 0;
    for (const auto& question : all) {
        const auto ids = found(question);
        if (question.expected.empty()) {
            EXPECT_THAT(ids, IsEmpty()) << question.id << " " << question.text;
            continue;
        }
        ++asked;
        double reciprocal = 0;
        for (std::size_t rank = 0; rank < ids.size() && reciprocal == 0; ++rank) {
            if (std::find(question.expected.begin(), question.expected.end(), ids[rank]) !=
                question.expected.end()) {
                reciprocal = 1.0 / static_cast<double>(rank + 1);
            }
        }
        sum += reciprocal;
        if (reciprocal < 1) {
            std::cout << "  " << question.id << " '" << question.text << "': " << reciprocal
                      << ", first is " << (ids.empty() ? "nothing" : ids.front()) << ", wanted "
                      << question.expected.front() << '\n';
        }
    }
    const double mrr = sum / static_cast<double>(asked);
    std::cout << "  MRR " << mrr << " over " << asked << " questions\n";

    EXPECT_THAT(mrr, Ge(0.85));
}

}  // namespace
}  // namespace khom::testing
