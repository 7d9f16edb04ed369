#include "tests/tck/scenario.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace khom::tck {
namespace {

Expectation expectation(const Json& json) {
    Expectation expect;
    const auto kind = json.at("kind").get<std::string>();
    if (kind == "error") {
        expect.kind = Expectation::Kind::error;
        expect.type = json.at("type");
        expect.phase = json.at("phase");
        expect.detail = json.at("detail");
    } else if (kind == "rows") {
        expect.kind = Expectation::Kind::rows;
        expect.ordered = json.at("ordered");
        expect.ignore_list_order = json.at("ignore_list_order");
        expect.columns = json.at("columns");
        expect.rows = json.at("values");
    }
    return expect;
}

Scenario scenario(const Json& json) {
    Scenario result;
    result.id = json.at("id");
    result.folder = result.id.substr(0, result.id.rfind('/'));
    result.graph = json.at("graph");
    result.setup = json.at("setup").get<std::vector<std::string>>();
    for (const auto& [name, parameter] : json.at("parameters").items())
        result.parameters[name] = parameter.at("value");
    result.procedures = json.at("procedures");
    result.query = json.at("query");
    result.expect = expectation(json.at("expect"));
    if (!json.at("side_effects").is_null()) {
        result.side_effects = json.at("side_effects").get<std::map<std::string, std::int64_t>>();
    }
    for (const auto& control : json.at("control")) {
        result.controls.push_back({control.at("query"), expectation(control.at("expect"))});
    }
    const auto& tags = json.at("tags");
    result.ignored = std::ranges::any_of(tags, [](const Json& tag) {
        const auto name = tag.get<std::string>();
        return name == "ignore" || name == "@ignore";
    });
    return result;
}

}  // namespace

std::vector<Scenario> read_scenarios(const std::string& path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path);
    std::vector<Scenario> scenarios;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        try {
            scenarios.push_back(scenario(Json::parse(line)));
        } catch (const Json::exception& error) {
            throw std::runtime_error(path + ":" + std::to_string(number) + ": " + error.what());
        }
    }
    return scenarios;
}

}  // namespace khom::tck
