#include <iostream>

#include <CLI/CLI.hpp>

#include "graph/store.h"
#include "server/commands/commands.h"

namespace khom::server {

namespace {

struct Options {
    std::string target;
    std::shared_ptr<std::string> data;
};

/// A copy is only worth its name once it was opened and read whole.
graph::Result<ExitCode> verified(const std::filesystem::path& copy) {
    auto store = graph::Store::open(copy / "graph", {});
    if (!store) {
        return tl::unexpected(store.error());
    }
    const auto damage = (*store)->find_damage();
    for (const auto& what : damage) {
        std::cout << "damage: " << what << '\n';
    }
    if (!damage.empty()) {
        return ExitCode::failed;
    }
    const auto snapshot = (*store)->snapshot();
    std::cout << "'" << copy.string() << "' holds revision " << graph::number(snapshot->revision())
              << ": " << snapshot->node_count() << " entities, " << snapshot->relationship_count()
              << " statements. Every record was read and compared.\n";
    return ExitCode::done;
}

/// What stands beside the graph goes along: the hashes of the keys, readable by nobody else, and
/// what was kept to be cited.
graph::Result<void> copy_beside(const std::filesystem::path& from,
                                const std::filesystem::path& to) {
    for (const char* name : {"keys.json", "kept"}) {
        std::error_code error;
        if (!std::filesystem::exists(from / name, error)) continue;
        std::filesystem::copy(from / name, to / name, std::filesystem::copy_options::recursive,
                              error);
        if (error) {
            return graph::refuse(
                graph::RefusalCode::storage_unavailable,
                "'" + (to / name).string() + "' cannot be written: " + error.message() + ".");
        }
    }
    return {};
}

graph::Result<ExitCode> copy(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code error;
    std::filesystem::create_directories(to, error);
    std::filesystem::permissions(to, std::filesystem::perms::owner_all, error);
    if (error) {
        return graph::refuse(graph::RefusalCode::storage_unavailable,
                             "'" + to.string() + "' cannot be made: " + error.message() + ".");
    }
    return graph::Store::copy(from / "graph", to / "graph")
        .and_then([&] { return copy_beside(from, to); })
        .and_then([&] { return verified(to); });
}

}  // namespace

Run declare_backup(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    app.add_option("TARGET", options->target, "New folder for the copy")->required();
    app.footer(
        "A server that holds the data goes on meanwhile. The copy is opened and read whole before "
        "this ends; the index is made anew from it.\n"
        "Example:\n  khom backup --data data/chiang-mai backups/2026-11-25");
    return [options] { return copy(*options->data, options->target); };
}

Run declare_restore(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    app.add_option("SOURCE", options->target, "Folder of a copy that 'khom backup' made")
        ->required();
    app.footer(
        "Into a folder that holds no data yet: nothing is ever written over.\n"
        "Example:\n  khom restore --data data/again backups/2026-11-25");
    return [options] { return copy(options->target, *options->data); };
}

}  // namespace khom::server
