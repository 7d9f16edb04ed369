#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "graph/failure.h"
#include "graph/store.h"
#include "server/admission.h"
#include "server/server_options.h"

namespace khom::server {

/// What `khom serve` was told, by flag, environment or file.
struct ServeOptions {
    std::shared_ptr<std::string> data;
    std::string listen = "127.0.0.1:8080";
    std::string admin_listen;
    std::string public_url;
    std::string tiles, tiles_attribution;
    std::string log = "faults";
    std::string config;
    Admission::Options admission;
    std::size_t answer_cache_bytes = std::size_t{16} << 20U;
    graph::StoreOptions store;
    std::string search_log = "off";
    ServerOptions http;
};

/// "127.0.0.1:8080", ":8080" on loopback, "[::1]:8080". Refuses: invalid_parameter.
graph::Result<void> read_listen(const std::string& text, ServerOptions& http);

/// Options of the file that neither the command line nor the environment gave. CLI11 reads files
/// for its topmost application only, so a subcommand does it itself. Refuses: invalid_parameter.
graph::Result<void> read_config(CLI::App& app, const std::string& file);

/// All options of the command, each with its environment name.
std::shared_ptr<ServeOptions> declare_serve_options(CLI::App& app);

}  // namespace khom::server
