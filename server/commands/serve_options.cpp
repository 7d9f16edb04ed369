#include "server/commands/serve_options.h"

#include "server/commands/commands.h"

namespace khom::server {

graph::Result<void> read_listen(const std::string& text, ServerOptions& http) {
    const auto colon = text.rfind(':');
    const auto port = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    const bool digits = !port.empty() && port.size() <= 5 &&
                        port.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || std::stoul(port) > 65535) {
        return graph::refuse_parameter("listen",
                                       "'" + text + "' is not HOST:PORT, such as 127.0.0.1:8080.");
    }
    http.port = static_cast<std::uint16_t>(std::stoul(port));
    if (colon > 0) {
        http.host = text.substr(0, colon);
    }
    return {};
}

graph::Result<void> read_config(CLI::App& app, const std::string& file) {
    if (file.empty()) {
        return {};
    }
    try {
        for (const auto& item : CLI::ConfigINI().from_file(file)) {
            auto* option = app.get_option_no_throw("--" + item.name);
            if (option == nullptr || item.name == "config" || item.name == "help") {
                return graph::refuse_parameter(
                    "--config", "There is no option '" + item.name + "' in '" + file + "'.");
            }
            if (option->count() == 0) {
                option->add_result(item.inputs);
                option->run_callback();
            }
        }
    } catch (const CLI::Error& error) {
        return graph::refuse_parameter("--config", "'" + file + "': " + error.what());
    }
    return {};
}

namespace {

/// What lies below the city's map.
void declare_map(CLI::App& app, ServeOptions& options) {
    app.add_option("--tiles", options.tiles,
                   "Pictures below the map, from another host, such as "
                   "https://tiles.example/{z}/{x}/{y}.png; none unless told, and then readers' "
                   "browsers ask that host")
        ->envname("KHOM_TILES")
        ->type_name("URL");
    app.add_option("--tiles-attribution", options.tiles_attribution,
                   "Whose they are, as their owner asks for it; shown below the map")
        ->envname("KHOM_TILES_ATTRIBUTION")
        ->type_name("TEXT");
}

/// How much of everything there is.
void declare_limits(CLI::App& app, ServeOptions& options) {
    auto& http = options.http;
    app.add_option("--workers", http.workers, "Threads that answer")
        ->envname("KHOM_WORKERS")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    app.add_option("--reactors", http.reactors, "Threads that read")
        ->envname("KHOM_REACTORS")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    app.add_option("--queue", http.queue_length,
                   "Requests that may wait for a worker; more get 503")
        ->envname("KHOM_QUEUE")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    app.add_option_function<int>(
           "--queue-timeout",
           [&http](int ms) { http.queue_timeout = std::chrono::milliseconds(ms); },
           "Milliseconds that a request may wait for a worker; one that waited longer gets 503")
        ->envname("KHOM_QUEUE_TIMEOUT")
        ->check(CLI::Range(1, 600'000))
        ->default_str(std::to_string(http.queue_timeout.count()));
    app.add_option("--max-connections", http.max_connections, "Open connections; more are closed")
        ->envname("KHOM_MAX_CONNECTIONS")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    app.add_option("--max-body", http.limits.body_bytes, "Largest request body, in bytes")
        ->envname("KHOM_MAX_BODY")
        ->check(CLI::Range(0, 1 << 26))
        ->capture_default_str();
    app.add_option(
           "--rebuild-memory", options.store.rebuild_memory_bytes,
           "Memory for rebuilding the snapshot beside writes, in bytes; where it takes more, "
           "reading what is newer stays slower")
        ->envname("KHOM_REBUILD_MEMORY")
        ->check(CLI::Range(std::size_t{1} << 20U, std::size_t{1} << 40U))
        ->capture_default_str();
}

/// What one client may do, and who a client is.
void declare_clients(CLI::App& app, ServeOptions& options) {
    app.add_option("--max-import", options.admission.import_bytes,
                   "Largest body of an import, in bytes; taken from holders of a key only")
        ->envname("KHOM_MAX_IMPORT")
        ->check(CLI::Range(0, 1 << 30))
        ->capture_default_str();
    app.add_option("--answer-cache", options.answer_cache_bytes,
                   "Memory for answers that are asked for again, in bytes; 0 keeps none")
        ->envname("KHOM_ANSWER_CACHE")
        ->check(CLI::Range(std::size_t{0}, std::size_t{1} << 34U))
        ->capture_default_str();
    app.add_option("--trust-proxy", options.admission.trusted_proxies,
                   "Address of a proxy whose X-Forwarded-For says who the client is; repeatable")
        ->envname("KHOM_TRUST_PROXY")
        ->delimiter(',')
        ->type_name("ADDRESS");
    app.add_option("--client-rate", options.admission.clients.refill_per_s,
                   "Work one client may ask for, in milliseconds a second; 0 is no limit, loopback "
                   "has none")
        ->envname("KHOM_CLIENT_RATE")
        ->check(CLI::Range(0.0, 1e9))
        ->capture_default_str();
    app.add_option("--client-burst", options.admission.clients.burst,
                   "Work one client may ask for at once, in milliseconds")
        ->envname("KHOM_CLIENT_BURST")
        ->check(CLI::Range(1.0, 1e9))
        ->capture_default_str();
}

}  // namespace

std::shared_ptr<ServeOptions> declare_serve_options(CLI::App& app) {
    auto options = std::make_shared<ServeOptions>();
    options->data = add_data_option(app);
    app.add_option("--listen", options->listen, "Where to listen; loopback unless told otherwise")
        ->envname("KHOM_LISTEN")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    app.add_option("--admin-listen", options->admin_listen,
                   "Where /metrics and admin routes answer; else on --listen, if that is loopback")
        ->envname("KHOM_ADMIN_LISTEN")
        ->type_name("HOST:PORT");
    app.add_option("--log", options->log,
                   "What is logged of requests: off, faults or all; never who asked what")
        ->envname("KHOM_LOG")
        ->check(CLI::IsMember({"off", "faults", "all"}))
        ->capture_default_str();
    app.add_option("--search-log", options->search_log,
                   "off, or counts: searches a day, and what five clients or more looked for; "
                   "never who did")
        ->envname("KHOM_SEARCH_LOG")
        ->check(CLI::IsMember({"off", "counts"}))
        ->capture_default_str();
    app.add_option("--public-url", options->public_url,
                   "What entities' URIs begin with, if not the listening address")
        ->envname("KHOM_PUBLIC_URL")
        ->type_name("URL");
    declare_map(app, *options);
    declare_limits(app, *options);
    declare_clients(app, *options);
    app.add_option("--config", options->config,
                   "Read these options from a file: listen=\"127.0.0.1:8080\", one a line")
        ->envname("KHOM_CONFIG")
        ->type_name("FILE");
    return options;
}

}  // namespace khom::server
