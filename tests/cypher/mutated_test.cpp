// A small cousin of tests/fuzz for every run: statements of the golden tables with words and bytes
// cut out, doubled and exchanged. Each is prepared or refused, and a refusal points into its text.

#include <fstream>
#include <iostream>
#include <random>

#include "tests/testing/paths.h"
#include "tests/testing/scratch_graph.h"

namespace khom {
namespace {

std::vector<std::string> golden_statements() {
    std::vector<std::string> all;
    for (const char* table : {"trees.txt", "plans.txt", "messages.txt"}) {
        std::ifstream file(testing::source_dir() + "/tests/cypher/golden/" + table);
        std::string statement;
        bool below = false;
        for (std::string line; std::getline(file, line);) {
            if (line == "---") below = true;
            if (line == "===") {
                all.push_back(std::exchange(statement, {}));
                below = false;
            } else if (!below) {
                statement += line + "\n";
            }
        }
    }
    return all;
}

/// A piece of a text: mostly a word or sign with its blanks, sometimes any bytes.
std::pair<std::size_t, std::size_t> piece(const std::string& text, std::mt19937& random) {
    const auto begin = random() % text.size();
    if (random() % 4 == 0) return {begin, std::min(text.size(), begin + 1 + random() % 5)};
    const auto blank = text.find(' ', begin);
    return {begin, blank == std::string::npos ? text.size() : blank + 1};
}

std::string mutated(std::string text, const std::vector<std::string>& all, std::mt19937& random) {
    for (auto times = 1 + random() % 3; times > 0 && !text.empty(); --times) {
        const auto [begin, end] = piece(text, random);
        const auto& other = all[random() % all.size()];
        const auto [from, to] = piece(other, random);
        switch (random() % 4) {
            case 0:
                text.erase(begin, end - begin);
                break;
            case 1:
                text.insert(begin, text.substr(begin, end - begin));
                break;
            case 2:
                text.replace(begin, end - begin, other.substr(from, to - from));
                break;
            default:
                text[begin] = static_cast<char>(random() % 256);
        }
    }
    return text;
}

TEST(MutatedStatements, ArePreparedOrRefusedWithAPlaceInTheirText) {
    const auto seed = std::random_device()();
    std::cout << "seed " << seed << "\n";
    std::mt19937 random(seed);
    const testing::ScratchGraph graph;
    const auto snapshot = graph.snapshot();
    const auto all = golden_statements();
    ASSERT_GE(all.size(), 50U);
    std::size_t prepared = 0;
    constexpr std::size_t statements = 6000;
    for (std::size_t i = 0; i < statements; ++i) {
        const auto text = mutated(all[random() % all.size()], all, random);
        const auto outcome = graph.engine().prepare(text, *snapshot);
        prepared += outcome ? 1U : 0U;
        if (outcome || !outcome.error().span) continue;
        EXPECT_LE(outcome.error().span->begin_bytes, outcome.error().span->end_bytes) << text;
        EXPECT_LE(outcome.error().span->end_bytes, text.size()) << text;
    }
    EXPECT_GT(prepared, statements / 50);
}

TEST(MutatedStatements, ThatEndInAnEscapeAreRefusedWithinTheirText) {
    const testing::ScratchGraph graph;
    for (const std::string text : {"RETURN '\\", "RETURN 'x\\u", "RETURN 'x\\u00"}) {
        const auto outcome = graph.engine().prepare(text, *graph.snapshot());
        ASSERT_FALSE(outcome) << text;
        ASSERT_TRUE(outcome.error().span) << text;
        EXPECT_EQ(outcome.error().span->end_bytes, text.size()) << text;
    }
}

}  // namespace
}  // namespace khom
