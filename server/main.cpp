#include <algorithm>
#include <exception>
#include <iostream>
#include <map>

#include <CLI/CLI.hpp>

#include "query/nearest.h"
#include "server/commands/command.h"

namespace {

using khom::server::ExitCode;

constexpr const char* explanation =
    "Khom (โคม, a lantern): the people, places, objects, programmes and partners of a learning "
    "city,\n"
    "found by words in Thai, English or romanised Thai, and how they are connected, with sources.";

constexpr const char* first_steps =
    "First steps:\n"
    "  khom import --data data/chiang-mai corpus/data/chiang-mai     load the Chiang Mai corpus\n"
    "  khom search ยี่เป็ง                                             find something\n"
    "  khom connect partner:chang-moi-community place:mae-kha-canal  how are these connected?\n"
    "  khom serve                                                    the search page, on "
    "http://127.0.0.1:8080\n"
    "\n"
    "'khom COMMAND --help' explains one command. Exit codes: 0 done, 1 refused (the reason is on "
    "standard\n"
    "error), 2 wrong usage, 3 a fault of ours, or of the disk.";

int run(const khom::server::Run& command) {
    try {
        const auto outcome = command();
        if (!outcome) {
            const auto& refusal = outcome.error();
            const bool disk_refused = refusal.code == khom::graph::RefusalCode::storage_unavailable;
            std::cerr << "khom: " << refusal.message << (disk_refused ? " Is it full?" : "")
                      << '\n';
            return disk_refused ? ExitCode::failed : ExitCode::refused;
        }
        return *outcome;
    } catch (const std::exception& fault) {
        std::cerr << "khom: a fault: " << fault.what() << '\n';
    } catch (...) {
        std::cerr << "khom: a fault of unknown kind\n";
    }
    return ExitCode::failed;
}

/// An option that may repeat takes one word each time: `--param x=1 'RETURN $x'` leaves the
/// statement to be the statement.
void take_one_word_each(CLI::App& command) {
    for (auto* option :
         command.get_options([](const CLI::Option* each) { return !each->get_positional(); })) {
        option->allow_extra_args(false);
    }
}

}  // namespace

int main(int count, char** words) {
    CLI::App khom(explanation, "khom");
    khom.footer(first_steps);
    khom.require_subcommand(1);
    khom.set_version_flag("--version", "khom " KHOM_VERSION);
    std::map<const CLI::App*, khom::server::Run> runs;
    for (const auto& command : khom::server::commands()) {
        auto* app = khom.add_subcommand(command.name, command.summary);
        runs[app] = command.declare(*app);
        take_one_word_each(*app);
    }
    if (count > 1 && words[1][0] != '-') {
        std::vector<std::string> names;
        for (const auto& command : khom::server::commands()) {
            names.push_back(command.name);
        }
        if (std::find(names.begin(), names.end(), words[1]) == names.end()) {
            std::cerr << "khom: " << khom::query::unknown_word(words[1], "command", names) << '\n';
            return ExitCode::wrong_usage;
        }
    }
    if (count == 1) {
        std::cout << khom.help();
        return ExitCode::wrong_usage;
    }
    try {
        khom.parse(count, words);
    } catch (const CLI::ParseError& error) {
        return khom.exit(error) == 0 ? ExitCode::done : ExitCode::wrong_usage;
    }
    return run(runs.at(khom.get_subcommands().front()));
}
