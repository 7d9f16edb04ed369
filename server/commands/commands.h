#pragma once

#include "server/commands/command.h"

namespace khom::server {

// The subcommands, each in the file of its name.
Run declare_analyze(CLI::App& app);
Run declare_backup(CLI::App& app);
Run declare_check(CLI::App& app);
Run declare_completion(CLI::App& app);
Run declare_connect(CLI::App& app);
Run declare_dossier(CLI::App& app);
Run declare_entity(CLI::App& app);
Run declare_export(CLI::App& app);
Run declare_import(CLI::App& app);
Run declare_key(CLI::App& app);
Run declare_network(CLI::App& app);
Run declare_query(CLI::App& app);
Run declare_restore(CLI::App& app);
Run declare_search(CLI::App& app);
Run declare_serve(CLI::App& app);
Run declare_timeline(CLI::App& app);

}  // namespace khom::server
