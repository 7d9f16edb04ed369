#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>
#include <atomic>
#include <csignal>
#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "server/admission.h"
#include "server/answer_cache.h"
#include "server/commands/commands.h"
#include "server/commands/serve_options.h"
#include "server/http_server.h"
#include "server/metrics.h"
#include "server/routes.h"
#include "server/search_log.h"

namespace khom::server {

namespace {

/// A descriptor a connection (two while an answer leaves to who has closed), and some for the
/// store: as many as the system grants.
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
    return std::min<std::size_t>(wanted, limit.rlim_cur - 512);
}

bool is_loopback(const std::string& host) {
    return host.substr(0, 4) == "127." || host == "localhost" || host == "[::1]";
}

RequestLog request_log(const std::string& name) {
    return name == "all" ? RequestLog::all : name == "off" ? RequestLog::off : RequestLog::faults;
}

/// The second number of /proc/self/statm, in pages.
std::size_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::size_t all = 0, resident = 0;
    statm >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// Everything a running server is made of; ended from the last member to the first.
struct Running {
    std::unique_ptr<Dataset> dataset;
    std::unique_ptr<Keys> keys;
    std::unique_ptr<Admission> admission;
    std::unique_ptr<AnswerCache> cache;
    std::unique_ptr<SearchLog> search_log;  // none unless asked for
    Metrics metrics;
    Router public_routes, admin_routes;
    std::unique_ptr<HttpServer> admin, open;
    std::atomic<const HttpServer*> counted = nullptr;  // open, once it is

    std::string metrics_text() const {
        Metrics::Gauges gauges;
        const auto stored = dataset->store().snapshot();
        gauges.revision = static_cast<std::uint64_t>(stored->revision());
        gauges.index_revision =
            static_cast<std::uint64_t>(dataset->index().view()->snapshot()->revision());
        gauges.nodes = stored->node_count();
        gauges.relationships = stored->relationship_count();
        gauges.rebuilds = dataset->store().rebuilds();
        const auto* server = counted.load();
        gauges.http = server == nullptr ? ServerCounts{} : server->counts();
        gauges.cache_hits = cache->hits();
        gauges.cache_bytes = cache->held_bytes();
        gauges.limited = admission->limited();
        gauges.resident_bytes = resident_bytes();
        return metrics.text(gauges);
    }
};

graph::Result<Services> services_of(Running& running, const ServeOptions& options) {
    auto tiles = read_tiles(options.tiles, options.tiles_attribution);
    if (!tiles) {
        return tl::unexpected(tiles.error());
    }
    Services services;
    services.tiles = std::move(*tiles);
    services.reading = [&running] { return running.dataset->reading(); };
    services.not_ready = [&running] { return running.dataset->not_ready(); };
    services.metrics = [&running] { return running.metrics_text(); };
    services.base_url = options.public_url.empty() ? "http://" + options.http.host + ":" +
                                                         std::to_string(options.http.port)
                                                   : options.public_url;
    services.dataset = running.dataset.get();
    services.search_log = running.search_log.get();
    return services;
}

/// Names and counts also what no handler answers: what is shed, or refused by its head.
void note_the_unhandled(Handlers& handlers, Metrics& metrics, RequestLog log) {
    handlers.note_shed = [&metrics, log](const Request& request, Response& response) {
        note_unhandled(request, response, metrics, log);
    };
    handlers.screen = [screen = std::move(handlers.screen), &metrics, log](Request& head) {
        auto screened = screen(head);
        if (screened.refusal) {
            note_unhandled(head, *screened.refusal, metrics, log);
        }
        return screened;
    };
}

/// Builds the two tables and listens. Without an address for them, the admin routes are public only
/// on loopback.
graph::Result<void> listen(Running& running, const ServeOptions& options) {
    const auto services = services_of(running, options);
    if (!services) {
        return tl::unexpected(services.error());
    }
    running.public_routes = routes(*services);
    running.admin_routes = routes(*services);
    add_admin_routes(running.admin_routes, *services);
    auto admin_http = options.http;
    bool admin_is_open = false;
    if (!options.admin_listen.empty()) {
        if (auto read = read_listen(options.admin_listen, admin_http); !read) {
            return read;
        }
    } else if (is_loopback(options.http.host)) {
        add_admin_routes(running.public_routes, *services);
        admin_is_open = true;
    }
    const auto serve = [&](const Router& router, bool admin_here) {
        const auto revision = [&running] {
            return graph::number(running.dataset->reading().graph().revision());
        };
        auto kept = running.cache->before(
            [&router](const Request& request) { return router.answer(request); }, revision);
        if (running.search_log) {
            kept = running.search_log->before(std::move(kept), [&running](const Request& request) {
                return running.admission->client_of(request);
            });
        }
        auto answer = observed(std::move(kept), running.metrics, request_log(options.log));
        Handlers handlers;
        handlers.immediate = answer;
        handlers.answer = running.admission->charged(std::move(answer));
        handlers.is_immediate = is_immediate;
        handlers.screen = [&running, admin_here](Request& head) {
            return running.admission->screen(head, admin_here);
        };
        note_the_unhandled(handlers, running.metrics, request_log(options.log));
        return handlers;
    };
    auto open = HttpServer::start(options.http, serve(running.public_routes, admin_is_open));
    if (!open) {
        return tl::unexpected(open.error());
    }
    running.open = std::move(*open);
    running.counted = running.open.get();
    if (!options.admin_listen.empty()) {
        auto admin = HttpServer::start(admin_http, serve(running.admin_routes, true));
        if (!admin) {
            return tl::unexpected(admin.error());
        }
        running.admin = std::move(*admin);
    }
    return {};
}

void greet(const Running& running, const ServeOptions& options) {
    const auto address = "http://" + options.http.host + ":" + std::to_string(running.open->port());
    const auto snapshot = running.dataset->store().snapshot();
    std::cout << "Khom serves " << snapshot->node_count() << " entities and sources, "
              << snapshot->relationship_count() << " statements.\n\n"
              << "  Search page   " << address << "/\n"
              << "  API           " << address << "/v1/search?q=yee+peng\n"
              << "  Description   " << address << "/v1/openapi.json\n\n"
              << "Ctrl-C ends it.\n"
              << std::flush;
}

graph::Result<ExitCode> run(ServeOptions options) {
    // Blocked before any thread starts, so that all inherit it and only sigwait below sees them.
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    if (auto read = read_listen(options.listen, options.http); !read) {
        return tl::unexpected(read.error());
    }
    auto opened = Dataset::open(*options.data, Missing::is_refused, options.store);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    Running running;
    running.dataset = std::move(*opened);
    running.keys = std::make_unique<Keys>(*options.data);
    if (auto readable = running.keys->list(); !readable) {
        return tl::unexpected(readable.error());
    }
    options.admission.body_bytes = options.http.limits.body_bytes;
    running.cache = std::make_unique<AnswerCache>(options.answer_cache_bytes);
    if (options.search_log == "counts") {
        running.search_log =
            std::make_unique<SearchLog>(std::filesystem::path(*options.data) / "searches.json");
    }
    running.admission = std::make_unique<Admission>(options.admission, *running.keys);
    running.dataset->index().follow();
    raise_open_files(options.http.max_connections);
    options.http.max_connections = connections_allowed(options.http.max_connections);
    if (auto listening = listen(running, options); !listening) {
        return tl::unexpected(listening.error());
    }
    greet(running, options);
    int signal = 0;
    sigwait(&ending, &signal);
    std::cout << "Answering what has arrived, then ending.\n" << std::flush;
    running.open->drain();
    running.admin.reset();
    running.counted = nullptr;
    running.open.reset();
    return ExitCode::done;
}

}  // namespace

Run declare_serve(CLI::App& app) {
    auto options = declare_serve_options(app);
    app.footer(
        "Ready when GET /readyz answers 200. SIGTERM or Ctrl-C answers what has arrived, then "
        "ends.\n"
        "Example:\n  khom serve --data data/chiang-mai --listen 127.0.0.1:8080");
    return [options, &app] {
        return read_config(app, options->config).and_then([&] { return run(*options); });
    };
}

}  // namespace khom::server
