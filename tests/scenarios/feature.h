#pragma once

#include <map>
#include <string>
#include <vector>

namespace khom::scenarios {

using Table = std::vector<std::vector<std::string>>;

/// One line of a scenario with what hangs below it: a text between """ and a table.
struct Step {
    std::string text;  ///< without Given, When, Then, And
    std::string quoted;
    Table table;
};

struct Scenario {
    std::string feature, title;
    std::size_t line = 0;
    std::vector<Step> steps;
};

/// The scenarios of a file in Gherkin, the part of it that the TCK uses, with the steps of its
/// Background put in front. Throws std::runtime_error for a file that is not there.
std::vector<Scenario> read_feature(const std::string& path);

}  // namespace khom::scenarios
