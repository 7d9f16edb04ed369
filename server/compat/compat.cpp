#include "server/compat/compat.h"

namespace khom::server {

void add_ecosystems(Router& router, const Services& services) {
    const auto add = [&](const char* method, const char* pattern, auto&& answer) {
        router.add(method, pattern, Origins::all,
                   [services, answer](const Request& request, const PathArguments& arguments) {
                       return answer(request, services.reading(), services.base_url, arguments);
                   });
    };
    using Arguments = const PathArguments&;
    using Base = const std::string&;
    using Reading = const query::Reading&;
    add("POST", "/compat/typesense/multi_search",
        [](const Request& request, Reading reading, Base base, Arguments) {
            return typesense_multi_search(request, reading, base);
        });
    add("GET", "/compat/typesense/collections/{name}/documents/search",
        [](const Request& request, Reading reading, Base base, Arguments arguments) {
            return typesense_search(request, reading, arguments.at(0), base);
        });
    for (const char* method : {"GET", "POST"}) {
        add(method, "/reconcile",
            [](const Request& request, Reading reading, Base base, Arguments) {
                return reconcile(request, reading, base);
            });
    }
    add("POST", "/reconcile/match", [](const Request& request, Reading reading, Base, Arguments) {
        return reconcile_match(request, reading);
    });
    add("GET", "/reconcile/suggest/{what}",
        [](const Request& request, Reading reading, Base, Arguments arguments) {
            return reconcile_suggest(request, reading, arguments.at(0));
        });
    add("GET", "/reconcile/properties",
        [](const Request& request, Reading reading, Base, Arguments) {
            return reconcile_properties(request, reading);
        });
    add("GET", "/reconcile/preview", [](const Request& request, Reading reading, Base, Arguments) {
        return reconcile_preview(request, reading);
    });
}

}  // namespace khom::server
