#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace khom::tck {

using Json = nlohmann::json;

/// What a query is expected to give.
struct Expectation {
    enum class Kind { empty, rows, error } kind = Kind::empty;
    bool ordered = false;
    bool ignore_list_order = false;
    std::vector<std::string> columns;
    std::vector<std::vector<Json>> rows;
    std::string type, phase, detail;
};

struct Control {
    std::string query;
    Expectation expect;
};

/// One line of the kit: see ../shared/tck/README.md.
struct Scenario {
    std::string id, folder, graph;
    std::vector<std::string> setup;
    std::map<std::string, Json> parameters;
    Json procedures;
    std::string query;
    Expectation expect;
    std::optional<std::map<std::string, std::int64_t>> side_effects;
    std::vector<Control> controls;
    bool ignored = false;
};

/// All scenarios of a file of JSON lines. Throws std::runtime_error naming the line that does not
/// read.
std::vector<Scenario> read_scenarios(const std::string& path);

}  // namespace khom::tck
