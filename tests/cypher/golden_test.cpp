// Text in, text out: the statement as a tree with byte ranges, its plan, and what is said when it
// does not read. Each table is a file of blocks:
//
//     a statement, on one or more lines
//     ---
//     what comes of it
//     ===
//
// KHOM_REGOLD=1 writes the files anew, for someone to read the difference before it is committed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "query/cypher/ast_text.h"
#include "query/cypher/parser.h"
#include "tests/testing/paths.h"
#include "tests/testing/scratch_graph.h"

namespace khom {
namespace {

struct Block {
    std::string statement;
    std::string expected;
};

std::string path_of(const std::string& table) {
    return testing::source_dir() + "/tests/cypher/golden/" + table;
}

std::vector<Block> read_blocks(const std::string& table) {
    std::ifstream file(path_of(table));
    std::vector<Block> blocks;
    Block block;
    bool below = false;
    for (std::string line; std::getline(file, line);) {
        if (line == "---") {
            below = true;
        } else if (line == "===") {
            blocks.push_back(std::move(block));
            block = {};
            below = false;
        } else {
            (below ? block.expected : block.statement) += line + "\n";
        }
    }
    return blocks;
}

template <class Text>
void check(const std::string& table, Text text) {
    auto blocks = read_blocks(table);
    ASSERT_GE(blocks.size(), 10U) << path_of(table) << " is missing or short";
    const bool anew = std::getenv("KHOM_REGOLD") != nullptr;
    for (auto& block : blocks) {
        auto statement = block.statement;
        if (!statement.empty()) statement.pop_back();
        const auto got = text(statement);
        if (anew) {
            block.expected = got;
        } else {
            EXPECT_EQ(block.expected, got) << "of the statement\n" << statement;
        }
    }
    if (!anew) return;
    std::ofstream file(path_of(table));
    for (const auto& block : blocks)
        file << block.statement << "---\n" << block.expected << "===\n";
}

TEST(Golden, StatementsReadAsTreesWithByteRanges) {
    check("trees.txt", [](const std::string& statement) {
        const auto parsed = query::cypher::parse(statement);
        return parsed ? query::cypher::ast_text(*parsed, query::cypher::Ranges::shown)
                      : parsed.error().message + "\n";
    });
}

/// 1,000 people, 100 places, 10 programmes, 5,000 visits, 50 meetings.
testing::ScratchGraph& town() {
    static testing::ScratchGraph graph;
    static const bool made = [] {
        graph.must(
            "UNWIND range(0, 999) AS i CREATE (:Person {id: 'person:' + toString(i), name: 'p' + "
            "toString(i), age: i % 90})");
        graph.must(
            "UNWIND range(0, 99) AS i CREATE (:Place {id: 'place:' + toString(i), year: 1900 + "
            "i})");
        graph.must("UNWIND range(0, 9) AS i CREATE (:Program {id: 'program:' + toString(i)})");
        graph.must(
            "UNWIND range(0, 4999) AS i MATCH (p:Person {id: 'person:' + toString(i % 1000)}), "
            "(q:Place {id: 'place:' + toString(i % 97)}) CREATE (p)-[:VISITED]->(q)");
        graph.must(
            "UNWIND range(0, 49) AS i MATCH (p:Program {id: 'program:' + toString(i % 10)}), "
            "(q:Place {id: 'place:' + toString(i)}) CREATE (p)-[:HELD_AT]->(q)");
        return true;
    }();
    EXPECT_TRUE(made);
    return graph;
}

TEST(Golden, PlansStartFromTheCheapestAndFilterEarly) {
    check("plans.txt", [](const std::string& statement) { return town().plan(statement); });
}

TEST(Golden, RefusalsSayWhatWasExpectedAndWhere) {
    check("messages.txt", [](const std::string& statement) {
        const auto rows = town().run(statement);
        if (rows) return std::string("no refusal\n");
        const auto& refusal = rows.error();
        std::string text = std::string(graph::name(refusal.code)) + " " + refusal.detail;
        if (refusal.span) {
            text += " at " + std::to_string(refusal.span->begin_bytes) + ".." +
                    std::to_string(refusal.span->end_bytes);
        }
        return text + "\n" + refusal.message + "\n";
    });
}

/// Statements apart by `;;`, on a graph of their own: the last one's rows, or what it is refused
/// with and when.
TEST(Golden, StatementsAnswerAsTheLanguageSays) {
    check("answers.txt", [](std::string statement) {
        testing::ScratchGraph graph;
        for (auto end = statement.find(";;"); end != std::string::npos;
             end = statement.find(";;")) {
            graph.must(statement.substr(0, end));
            statement.erase(0, end + 2);
        }
        const bool compiles = graph.engine().prepare(statement, *graph.snapshot()).has_value();
        const auto rows = graph.run(statement);
        if (!rows) {
            return std::string(graph::name(rows.error().code)) + " " + rows.error().detail +
                   (compiles ? " at runtime\n" : " at compile time\n");
        }
        std::string text;
        for (const auto& line : graph.lines(*rows)) text += line + "\n";
        return text;
    });
}

}  // namespace
}  // namespace khom
