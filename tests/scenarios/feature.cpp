#include "tests/scenarios/feature.h"

#include <fstream>
#include <stdexcept>
#include <string_view>

namespace khom::scenarios {
namespace {

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::string cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '|') {
            cells.push_back(trimmed(cell));
            cell.clear();
        } else {
            cell += line[i];
        }
    }
    return cells;
}

bool take(std::string& line, std::string_view word) {
    if (!line.starts_with(word)) return false;
    line = trimmed(line.substr(word.size()));
    return true;
}

}  // namespace

std::vector<Scenario> read_feature(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::vector<Scenario> scenarios;
    std::vector<Step> background;
    std::vector<Step>* steps = &background;
    std::string feature;
    bool quoting = false;
    std::size_t number = 0;
    for (std::string raw; std::getline(file, raw);) {
        ++number;
        auto line = trimmed(raw);
        if (line == "\"\"\"") {
            quoting = !quoting;
        } else if (quoting) {
            auto& quoted = steps->back().quoted;
            quoted += (quoted.empty() ? "" : "\n") + line;
        } else if (take(line, "Feature:")) {
            feature = line;
        } else if (take(line, "Scenario:")) {
            scenarios.push_back({feature, line, number, background});
            steps = &scenarios.back().steps;
        } else if (line.starts_with("|")) {
            steps->back().table.push_back(cells_of(line));
        } else if (take(line, "Given ") || take(line, "When ") || take(line, "Then ") ||
                   take(line, "And ")) {
            steps->push_back({line, {}, {}});
        }
    }
    return scenarios;
}

}  // namespace khom::scenarios
