#include <pthread.h>
#include <sys/resource.h>
#include <csignal>
#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/http_server.h"
#include "server/routes.h"

namespace khom::server {

namespace {

struct Options {
    std::shared_ptr<std::string> data;
    std::string listen = "127.0.0.1:8080";
    std::string public_url;
    ServerOptions http;
};

/// "127.0.0.1:8080", ":8080" on loopback, "[::1]:8080".
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

/// Two descriptors a connection, and some for the store: as many as the system grants.
void raise_open_files(std::size_t connections) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        const auto wanted = static_cast<rlim_t>(connections * 2 + 512);
        limit.rlim_cur = std::max(limit.rlim_cur, std::min(wanted, limit.rlim_max));
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

std::size_t connections_allowed(std::size_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < 600) {
        return std::min<std::size_t>(wanted, 32);
    }
    return std::min<std::size_t>(wanted, (limit.rlim_cur - 512) / 2);
}

Handlers handlers_for(const Router& router) {
    Handlers handlers;
    handlers.answer =
        handlers.immediate = [&router](const Request& request) { return router.answer(request); };
    handlers.is_immediate = is_immediate;
    return handlers;
}

graph::Result<ExitCode> run(Options options) {
    // Blocked before any thread starts, so that all inherit it and only sigwait below sees them.
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    if (auto listen = read_listen(options.listen, options.http); !listen) {
        return tl::unexpected(listen.error());
    }
    auto opened = Dataset::open(*options.data, Missing::is_refused);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    auto& dataset = **opened;
    dataset.index().follow();
    raise_open_files(options.http.max_connections);
    options.http.max_connections = connections_allowed(options.http.max_connections);

    Services services;
    services.reading = [&dataset] { return dataset.reading(); };
    services.not_ready = [&dataset] { return dataset.not_ready(); };
    services.base_url = options.public_url.empty() ? "http://" + options.http.host + ":" +
                                                         std::to_string(options.http.port)
                                                   : options.public_url;
    const auto router = routes(services);
    auto server = HttpServer::start(options.http, handlers_for(router));
    if (!server) {
        return tl::unexpected(server.error());
    }
    const auto& graph = *dataset.store().snapshot();
    std::cout << "Khom serves " << graph.node_count() << " entities and sources, "
              << graph.relationship_count() << " statements.\n\n"
              << "  Search page   http://" << options.http.host << ":" << (*server)->port() << "/\n"
              << "  API           http://" << options.http.host << ":" << (*server)->port()
              << "/v1/search?q=yee+peng\n"
              << "  Description   http://" << options.http.host << ":" << (*server)->port()
              << "/v1/openapi.json\n\n"
              << "Ctrl-C ends it.\n"
              << std::flush;
    int signal = 0;
    sigwait(&ending, &signal);
    std::cout << "Answering what has arrived, then ending.\n" << std::flush;
    server->reset();
    return ExitCode::done;
}

}  // namespace

Run declare_serve(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto& http = options->http;
    options->data = add_data_option(app);
    app.add_option("--listen", options->listen, "Where to listen; loopback unless told otherwise")
        ->envname("KHOM_LISTEN")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    app.add_option("--public-url", options->public_url,
                   "What entities' URIs begin with, if not the listening address")
        ->envname("KHOM_PUBLIC_URL")
        ->type_name("URL");
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
    app.add_option("--max-connections", http.max_connections, "Open connections; more are closed")
        ->envname("KHOM_MAX_CONNECTIONS")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    app.add_option("--max-body", http.limits.body_bytes, "Largest request body, in bytes")
        ->envname("KHOM_MAX_BODY")
        ->check(CLI::Range(0, 1 << 26))
        ->capture_default_str();
    app.set_config("--config", "",
                   "Read these options from a file: listen=127.0.0.1:8080, one a line")
        ->envname("KHOM_CONFIG");
    app.footer(
        "Ready when GET /readyz answers 200. SIGTERM or Ctrl-C answers what has arrived, then "
        "ends.\n"
        "Example:\n  khom serve --data data/chiang-mai --listen 127.0.0.1:8080");
    return [options] { return run(*options); };
}

}  // namespace khom::server
