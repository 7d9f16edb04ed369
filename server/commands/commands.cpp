#include "server/commands/commands.h"

#include <array>

#include <CLI/CLI.hpp>

#include "server/url.h"

namespace khom::server {

namespace {

// What `khom --help` lists, in this order.
constexpr std::array table = {
    Command{"serve", "Serve the search page and the API over HTTP", declare_serve},
    Command{"import", "Load CSV or NDJSON files, all or nothing", declare_import},
    Command{"export", "Write the graph, or a part of it, for other tools", declare_export},
    Command{"search", "Find entities by words in Thai, English or romanised Thai", declare_search},
    Command{"entity", "Show one entity: what it is linked to, and who says so", declare_entity},
    Command{"connect", "Explain how two entities are connected", declare_connect},
    Command{"network", "Show who is linked through what, with the evidence", declare_network},
    Command{"timeline", "Show what happened when", declare_timeline},
    Command{"query", "Ask in openCypher", declare_query},
    Command{"dossier", "Evidence for a report, by criterion, with its gaps", declare_dossier},
    Command{"analyze", "Show how a text is cut into words and read", declare_analyze},
    Command{"check", "Report gaps in the data, and damage", declare_check},
    Command{"key", "Make, list and revoke the keys of the admin routes", declare_key},
    Command{"backup", "Copy the data to a new folder, and verify the copy", declare_backup},
    Command{"restore", "Make a data folder from a copy", declare_restore},
    Command{"completion", "Print a completion script for bash or zsh", declare_completion},
};

}  // namespace

std::span<const Command> commands() {
    return table;
}

std::shared_ptr<std::string> add_data_option(CLI::App& app) {
    auto folder = std::make_shared<std::string>("data/chiang-mai");
    app.add_option("--data", *folder, "Folder with the data")
        ->envname("KHOM_DATA")
        ->type_name("DIR")
        ->capture_default_str();
    return folder;
}

std::shared_ptr<bool> add_json_option(CLI::App& app) {
    auto json = std::make_shared<bool>(false);
    app.add_flag("--json", *json, "Print what the HTTP route answers");
    return json;
}

graph::Result<void> check_text(const std::string& name, const std::string& text) {
    if (!is_utf8(text)) {
        return graph::refuse_parameter(name, name + " is not UTF-8 text.");
    }
    return {};
}

std::string both(const graph::Wording& words, const char* between) {
    if (words.th.empty() || words.en.empty() || words.th == words.en) {
        return words.th.empty() ? words.en : words.th;
    }
    return words.th + between + words.en;
}

}  // namespace khom::server
