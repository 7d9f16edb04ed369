// Runs the scenarios of this folder, and the examples of query/cypher/README.md, on an excerpt of
// the Chiang Mai graph.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "tests/scenarios/feature.h"
#include "tests/testing/paths.h"
#include "tests/testing/scratch_graph.h"

namespace khom {
namespace {

using scenarios::Scenario;
using scenarios::Step;

std::string whole_file(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

const std::string& city() {
    static const auto statement =
        whole_file(testing::source_dir() + "/tests/scenarios/chiang_mai.cypher");
    return statement;
}

/// One scenario under way.
class Story {
  public:
    void step(const Step& step) {
        if (step.text == "the city of Chiang Mai") {
            graph_.must(city());
        } else if (step.text == "parameters are:") {
            for (const auto& row : step.table)
                run_.parameters[row.at(0)] = graph_.must("RETURN " + row.at(1)).rows[0][0];
        } else if (step.text == "asking:" || step.text == "writing:") {
            answer_.emplace(graph_.run(step.quoted, run_));
        } else if (!answer_) {
            ADD_FAILURE() << "nothing was asked before: " << step.text;
        } else if (step.text.find(" is raised:") != std::string::npos) {
            refusal(step.text);
        } else if (step.text.starts_with("it says: ")) {
            ASSERT_FALSE(*answer_);
            EXPECT_NE(answer_->error().message.find(step.text.substr(9)), std::string::npos)
                << answer_->error().message;
        } else {
            answered(step);
        }
    }

  private:
    void refusal(const std::string& text) {
        ASSERT_FALSE(*answer_) << "an answer, where " << text;
        const auto& refusal = answer_->error();
        EXPECT_EQ(text.substr(text.find(' ') + 1),
                  std::string(graph::name(refusal.code)) +
                      " is raised:" + (refusal.detail.empty() ? "" : " " + refusal.detail));
    }

    void answered(const Step& step) {
        ASSERT_TRUE(answer_->has_value()) << answer_->error().message;
        const auto& rows = **answer_;
        auto got = graph_.lines(rows);
        if (step.text == "there is no row") {
            EXPECT_TRUE(got.empty());
            return;
        }
        ASSERT_FALSE(step.table.empty()) << "unknown step: " << step.text;
        EXPECT_EQ(step.table[0], rows.columns);
        std::vector<std::string> wanted;
        for (std::size_t i = 1; i < step.table.size(); ++i) {
            std::string line;
            for (const auto& cell : step.table[i]) line += (line.empty() ? "" : " | ") + cell;
            wanted.push_back(line);
        }
        if (step.text == "the rows are, in any order:") {
            std::ranges::sort(wanted);
            std::ranges::sort(got);
        } else {
            EXPECT_EQ(step.text, "the rows are:") << "unknown step";
        }
        EXPECT_EQ(wanted, got);
    }

    testing::ScratchGraph graph_;
    query::Run run_;
    std::optional<graph::Result<query::Rows>> answer_;
};

std::vector<Scenario> all_scenarios() {
    std::vector<std::string> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(testing::source_dir() + "/tests/scenarios")) {
        if (entry.path().extension() == ".feature") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::vector<Scenario> all;
    for (const auto& file : files) {
        for (auto& scenario : scenarios::read_feature(file)) all.push_back(std::move(scenario));
    }
    return all;
}

class City : public ::testing::TestWithParam<Scenario> {};

TEST_P(City, Answers) {
    Story story;
    for (const auto& step : GetParam().steps) {
        SCOPED_TRACE(GetParam().title + ", " + step.text);
        story.step(step);
    }
}

std::string test_name(const ::testing::TestParamInfo<Scenario>& info) {
    std::string name;
    bool upper = true;
    for (const char c : info.param.title) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
            upper = true;
        } else {
            name += upper ? static_cast<char>(std::toupper(c)) : c;
            upper = false;
        }
    }
    return name;
}

INSTANTIATE_TEST_SUITE_P(Scenario, City, ::testing::ValuesIn(all_scenarios()), test_name);

TEST(Scenarios, AreAtLeastSixty) {
    EXPECT_GE(all_scenarios().size(), 60U);
}

/// In the README a block of Cypher is followed by a block of text: its answer, a row a line.
TEST(Readme, EachExampleAnswersAsPrinted) {
    std::ifstream file(testing::source_dir() + "/query/cypher/README.md");
    testing::ScratchGraph graph;
    graph.must(city());
    std::string statement;
    std::vector<std::string> wanted;
    std::string block;
    std::size_t examples = 0;
    for (std::string line; std::getline(file, line);) {
        if (line == "```cypher" || (line == "```text" && !statement.empty())) {
            block = line;
        } else if (line == "```" && block == "```text") {
            const auto rows = graph.run(statement);
            EXPECT_TRUE(rows) << rows.error().message << "\n" << statement;
            if (rows) {
                EXPECT_EQ(wanted, graph.lines(*rows)) << statement;
            }
            ++examples;
            statement.clear();
            wanted.clear();
            block.clear();
        } else if (line == "```") {
            block.clear();
        } else if (block == "```cypher") {
            statement += line + "\n";
        } else if (block == "```text") {
            wanted.push_back(line);
        }
    }
    EXPECT_GE(examples, 30U);
}

}  // namespace
}  // namespace khom
