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
#include "server/http_server.h"
#include "server/metrics.h"
#include "server/routes.h"
#include "server/search_log.h"

namespace khom::server {

namespace {

struct Options {
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

graph::Result<Services> services_of(Running& running, const Options& options) {
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
graph::Result<void> listen(Running& running, const Options& options) {
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

void greet(const Running& running, const Options& options) {
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

graph::Result<ExitCode> run(Options options) {
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

/// Options of the file that neither the command line nor the environment gave. CLI11 reads files
/// for its topmost application only, so a subcommand does it itself.
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

/// What lies below the city's map.
void declare_map(CLI::App& app, Options& options) {
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
void declare_limits(CLI::App& app, Options& options) {
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
void declare_clients(CLI::App& app, Options& options) {
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

Run declare_serve(CLI::App& app) {
    auto options = std::make_shared<Options>();
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
    app.footer(
        "Ready when GET /readyz answers 200. SIGTERM or Ctrl-C answers what has arrived, then "
        "ends.\n"
        "Example:\n  khom serve --data data/chiang-mai --listen 127.0.0.1:8080");
    return [options, &app] {
        return read_config(app, options->config).and_then([&] { return run(*options); });
    };
}

}  // namespace khom::server
