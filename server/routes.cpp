#include "server/routes.h"

#include <utility>

#include "query/standard_procedures.h"
#include "server/compat/compat.h"
#include "server/pages/pages.h"
#include "server/problem.h"
#include "server/routes/admin.h"
#include "server/routes/answers.h"
#include "server/routes/words.h"
#include "server/views.h"

namespace khom::server {

namespace {

using Reads = Answer (*)(const Request&, const query::Reading&);
using ReadsOne = Answer (*)(const Request&, const query::Reading&, const std::string& id);

/// Pins one state for the request, and answers 304 where nothing has changed since.
Route over(const Services& services, Reads read) {
    return [services, read](const Request& request, const PathArguments&) {
        const auto reading = services.reading();
        return unless_known(request, reading, [&] { return read(request, reading); });
    };
}

Route over(const Services& services, ReadsOne read) {
    return [services, read](const Request& request, const PathArguments& arguments) {
        const auto reading = services.reading();
        return unless_known(request, reading,
                            [&] { return read(request, reading, arguments.at(0)); });
    };
}

Response status_response(std::string_view status) {
    return json_response("{\"status\":\"" + std::string(status) + "\"}\n");
}

Response ready(const Services& services) {
    const auto reason = services.not_ready();
    return reason ? problem(503, "not-ready", "Not ready", "Not ready: " + *reason + ".")
                  : status_response("ready");
}

/// Dossiers, today's and those that were kept to be cited. Their pages name the kept ones, which
/// change without a new revision: no ETag.
void add_dossiers(Router& router, const Services& services,
                  const std::shared_ptr<KeptTexts>& views) {
    const auto kept = std::make_shared<KeptTexts>(kept_dossiers_folder(services.dataset->folder()),
                                                  most_kept_dossiers);
    router.add("GET", "/v1/dossiers/{id}", Origins::all,
               [services, kept](const Request& request, const PathArguments& at) {
                   const auto reading = services.reading();
                   return unless_known(request, reading, [&] {
                       return dossier_route(request, reading, at.at(0), kept.get());
                   });
               });
    router.add("GET", "/dossiers/{id}", Origins::own,
               [services, places = DossierPlaces{kept, views, services.base_url}](
                   const Request& request, const PathArguments& at) {
                   return dossier_page_route(request, services.reading(), at.at(0), places);
               });
    router.add("GET", "/dossier", Origins::own,
               [kept](const Request& request, const PathArguments&) {
                   return dossiers_page(request, *kept);
               });
    const std::string_view versions = "/v1/dossiers/{id}/versions";
    router.add("GET", versions, Origins::all,
               [services, kept](const Request&, const PathArguments& at) {
                   return dossier_versions_route(services.reading(), at.at(0), *kept);
               });
    router.add("POST", versions, Origins::all,
               [services, kept](const Request& request, const PathArguments& at) {
                   return keep_dossier_route(request, services.reading(), at.at(0), *kept);
               });
}

/// What is taken away, and what is told of changes.
void add_data(Router& router, const Services& services, const std::shared_ptr<KeptTexts>& views) {
    const auto get = [&](std::string_view pattern, Origins origins, Route route) {
        router.add("GET", pattern, origins, std::move(route));
    };
    get("/id/{id}", Origins::all, over(services, id_route));
    get("/v1/export", Origins::all,
        [services, views](const Request& request, const PathArguments&) {
            const auto reading = services.reading();
            return unless_known(request, reading, [&] {
                return export_route(request, reading, services.base_url, *views);
            });
        });
    router.add("POST", "/v1/views", Origins::own,
               [services, views](const Request& request, const PathArguments&) {
                   return save_view_route(request, services.reading(), *views);
               });
    get("/v1/views/{id}", Origins::all,
        [views](const Request&, const PathArguments& at) { return view_route(at.at(0), *views); });
    get("/views/{id}", Origins::own, [views](const Request& request, const PathArguments& at) {
        return view_page(request, at.at(0), *views);
    });
    get("/v1/context.jsonld", Origins::all,
        [services](const Request& request, const PathArguments&) {
            const auto reading = services.reading();
            return unless_known(request, reading, [&]() -> Answer {
                return context_route(reading, services.base_url);
            });
        });
    get("/v1/changes", Origins::all, [services](const Request& request, const PathArguments&) {
        return changes_route(request, services.dataset->store(), services.reading);
    });
    get("/v1/entities/{id}/history", Origins::all,
        [services](const Request& request, const PathArguments& arguments) {
            const auto reading = services.reading();
            return unless_known(request, reading, [&] {
                return history_route(request, services.dataset->store(), reading, arguments.at(0));
            });
        });
}

/// The pages that people read.
void add_pages(Router& router, const Services& services,
               const std::shared_ptr<const query::Engine>& engine) {
    const auto get = [&](std::string_view pattern, Origins origins, Route route) {
        router.add("GET", pattern, origins, std::move(route));
    };
    const PageSetting setting{services.base_url, services.tiles};
    const auto tiles = services.tiles ? services.tiles->address : std::string();
    const auto get_set = [&](std::string_view pattern, auto&& page) {
        get(pattern, Origins::own,
            [services, setting, tiles, page](const Request& request, const PathArguments& at) {
                const auto reading = services.reading();
                return unless_known(
                    request, reading, [&] { return page(request, reading, setting, at); }, tiles);
            });
    };
    get("/", Origins::own, over(services, home_page));
    get_set("/search",
            [](const Request& request, const query::Reading& reading, const PageSetting& set,
               const PathArguments&) { return search_page(request, reading, set); });
    get_set("/map",
            [](const Request& request, const query::Reading& reading, const PageSetting& set,
               const PathArguments&) { return map_page(request, reading, set); });
    get_set("/entities/{id}",
            [](const Request& request, const query::Reading& reading, const PageSetting& set,
               const PathArguments& at) { return entity_page(request, reading, at.at(0), set); });
    get("/connections", Origins::own, over(services, connections_page));
    get("/connections.graphml", Origins::own, over(services, connections_file));
    get("/graph", Origins::own, over(services, graph_page));
    get("/network", Origins::own, over(services, network_page));
    get("/timeline", Origins::own, over(services, timeline_page));
    get("/cypher", Origins::own, [services, engine](const Request& request, const PathArguments&) {
        return cypher_page(request, services.reading(), *engine);
    });
    get("/widget", Origins::own, [services](const Request& request, const PathArguments&) {
        return widget_page(request, services.base_url);
    });
    get("/curate", Origins::own, [services](const Request& request, const PathArguments&) {
        return curate_page(request, services.reading(), services.dataset->store());
    });
    get("/about", Origins::own, over(services, about_page));
    get("/problems/{slug}", Origins::own,
        [](const Request& request, const PathArguments& arguments) {
            return problem_page(request, arguments.at(0));
        });
    // What browsers ask for beside an answer that is no page of ours.
    get("/favicon.ico", Origins::own, [](const Request&, const PathArguments&) -> Answer {
        return Response{
            301, "text/plain; charset=utf-8", {}, {{"Location", "/assets/lantern.svg"}}};
    });
    get("/assets/{name}", Origins::all, [](const Request& request, const PathArguments& arguments) {
        return asset_route(request, arguments.at(0));
    });
    get("/opensearch.xml", Origins::own,
        [services](const Request&, const PathArguments&) -> Answer {
            return opensearch_description(services.base_url);
        });
}

}  // namespace

Router routes(const Services& services) {
    Router router;
    router.on_refusal = [services](const Request& request, const graph::Refusal& refusal) {
        return refusal_page(request, refusal, services.reading);
    };
    const auto get = [&](std::string_view pattern, Origins origins, Route route) {
        router.add("GET", pattern, origins, std::move(route));
    };
    get("/v1/search", Origins::all, over(services, search_route));
    get("/v1/suggest", Origins::all, over(services, suggest_route));
    get("/v1/entities/{id}", Origins::all,
        [services](const Request& request, const PathArguments& arguments) {
            const auto reading = services.reading();
            return unless_known(request, reading, [&] {
                return entity_route(request, reading, arguments.at(0), services.base_url);
            });
        });
    get("/v1/entities/{id}/neighbours", Origins::all,
        [services](const Request& request, const PathArguments& arguments) {
            const auto reading = services.reading();
            return unless_known(request, reading, [&] {
                return neighbours_route(request, reading, arguments.at(0), services.base_url);
            });
        });
    get("/v1/connections", Origins::all, over(services, connections_route));
    get("/v1/networks", Origins::all, over(services, networks_route));
    get("/v1/networks/{lens}", Origins::all, over(services, network_route));
    get("/v1/timeline", Origins::all, [services](const Request& request, const PathArguments&) {
        const auto reading = services.reading();
        return unless_known(request, reading,
                            [&] { return timeline_route(request, reading, services.base_url); });
    });
    get("/v1/analyze", Origins::all, over(services, analyze_route));
    const auto engine = std::make_shared<const query::Engine>(query::standard_procedures());
    router.add("POST", "/v1/query", Origins::all,
               [services, engine](const Request& request, const PathArguments&) {
                   return query_route(request, services.reading(), *engine,
                                      &services.dataset->store());
               });
    get("/v1/openapi.json", Origins::all,
        [](const Request&, const PathArguments&) -> Answer { return openapi_route(); });
    const auto views = std::make_shared<KeptTexts>(services.dataset->folder() / "kept" / "views",
                                                   most_kept_views, unopened_view_patience);
    add_dossiers(router, services, views);
    add_data(router, services, views);
    add_ecosystems(router, services);
    add_pages(router, services, engine);
    get("/healthz", Origins::own,
        [](const Request&, const PathArguments&) -> Answer { return status_response("alive"); });
    get("/readyz", Origins::own,
        [services](const Request&, const PathArguments&) -> Answer { return ready(services); });
    return router;
}

void add_admin_routes(Router& router, const Services& services) {
    router.add("GET", "/metrics", Origins::own,
               [services](const Request&, const PathArguments&) -> Answer {
                   return Response{
                       200, "text/plain; version=0.0.4; charset=utf-8", services.metrics(), {}};
               });
    const auto admin = std::make_shared<AdminRoutes>(*services.dataset);
    router.add(
        "POST", "/v1/admin/imports", Origins::own,
        [admin](const Request& request, const PathArguments&) { return admin->import(request); });
    router.add("DELETE", "/v1/admin/imports/{batch}", Origins::own,
               [admin](const Request& request, const PathArguments& arguments) {
                   return admin->undo(request, arguments.at(0));
               });
    router.add(
        "POST", "/v1/admin/merges", Origins::own,
        [admin](const Request& request, const PathArguments&) { return admin->merge(request); });
    router.add("GET", "/v1/admin/search-report", Origins::own,
               [services](const Request& request, const PathArguments&) {
                   return search_report_route(request, services.search_log);
               });
    const auto words = std::make_shared<WordRoutes>(*services.dataset);
    router.add("GET", "/v1/admin/dictionary", Origins::own,
               [words](const Request&, const PathArguments&) { return words->dictionary(); });
    router.add("PUT", "/v1/admin/dictionary", Origins::own,
               [words](const Request& request, const PathArguments&) {
                   return words->put_dictionary(request);
               });
    router.add("GET", "/v1/admin/synonyms", Origins::own,
               [words](const Request&, const PathArguments&) { return words->synonyms(); });
    router.add("PUT", "/v1/admin/synonyms", Origins::own,
               [words](const Request& request, const PathArguments&) {
                   return words->put_synonyms(request);
               });
}

bool is_immediate(const Request& request) {
    const auto& path = request.segments;
    return (path.size() == 1 && (path[0] == "healthz" || path[0] == "readyz")) ||
           (path.size() == 2 && path[0] == "assets");
}

}  // namespace khom::server
