// Runs scenarios of the openCypher TCK and prints, by folder, three rates: rows right (with side
// effects, and the graph unchanged after an error), error in the right phase, error of the right
// type and detail. Exit status 0 if all pass.
//
//   tck_run SCENARIOS.jsonl [--filter REGEX] [--json] [--failures]

#include <re2/re2.h>
#include <CLI/CLI.hpp>
#include <iostream>

#include "tests/tck/runner.h"

namespace khom::tck {
namespace {

struct Rate {
    int right = 0;
    int of = 0;
    void count(bool is_right) {
        right += is_right ? 1 : 0;
        ++of;
    }
};

struct Rates {
    Rate rows, phase, error;
    int passed = 0;
    int total = 0;
};

void count(Rates& rates, const Scenario& scenario, const Outcome& outcome) {
    ++rates.total;
    rates.passed += outcome.passed() ? 1 : 0;
    if (scenario.expect.kind == Expectation::Kind::error) {
        rates.phase.count(outcome.phase_right && outcome.graph_right);
        rates.error.count(outcome.error_right && outcome.graph_right);
    } else {
        rates.rows.count(outcome.rows_right);
    }
}

std::string text_of(const Rate& rate) {
    return rate.of == 0 ? "-" : std::to_string(rate.right) + "/" + std::to_string(rate.of);
}

void print_line(const std::string& folder, const Rates& rates) {
    std::printf("%-40s %12s %12s %12s\n", folder.c_str(), text_of(rates.rows).c_str(),
                text_of(rates.phase).c_str(), text_of(rates.error).c_str());
}

Json json_of(const Rates& rates) {
    const auto rate = [](const Rate& each) { return Json{{"right", each.right}, {"of", each.of}}; };
    return {{"passed", rates.passed},
            {"total", rates.total},
            {"rows", rate(rates.rows)},
            {"error_phase", rate(rates.phase)},
            {"error_type_and_detail", rate(rates.error)}};
}

struct Options {
    std::string path, filter;
    bool json = false;
    bool failures = false;
};

int run_all(const Options& options) {
    const re2::RE2 filter(options.filter);
    std::map<std::string, Rates> by_folder;
    Rates all;
    Json failures = Json::array();
    for (const auto& scenario : read_scenarios(options.path)) {
        if (scenario.ignored || !re2::RE2::PartialMatch(scenario.id, filter)) continue;
        const auto outcome = run(scenario);
        count(by_folder[scenario.folder], scenario, outcome);
        count(all, scenario, outcome);
        if (outcome.passed()) continue;
        failures.push_back({{"id", scenario.id}, {"complaint", outcome.complaint}});
        if (options.failures) {
            std::cout << scenario.id << "\n  " << scenario.query << "\n    " << outcome.complaint
                      << "\n";
        }
    }
    if (options.json) {
        Json folders;
        for (const auto& [folder, rates] : by_folder) folders[folder] = json_of(rates);
        std::cout << Json{{"folders", folders}, {"all", json_of(all)}, {"failures", failures}}.dump(
                         2)
                  << "\n";
    } else {
        std::printf("%-40s %12s %12s %12s\n", "folder", "rows", "error phase", "type+detail");
        for (const auto& [folder, rates] : by_folder) print_line(folder, rates);
        print_line("all", all);
        std::printf("%d of %d scenarios pass\n", all.passed, all.total);
    }
    return all.passed == all.total && all.total > 0 ? 0 : 1;
}

}  // namespace
}  // namespace khom::tck

int main(int argc, char** argv) {
    CLI::App app{"Runs openCypher TCK scenarios against Khom's engine."};
    khom::tck::Options options;
    app.add_option("scenarios", options.path, "JSON lines, as ../shared/tck/dev.jsonl")->required();
    app.add_option("--filter", options.filter,
                   "only ids in which this regular expression is found");
    app.add_flag("--json", options.json, "rates and failures as JSON");
    app.add_flag("--failures", options.failures, "print each failing scenario with what was wrong");
    CLI11_PARSE(app, argc, argv);
    try {
        return khom::tck::run_all(options);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 2;
    }
}
