#include "server/router.h"

#include <algorithm>
#include <optional>

#include "server/problem.h"
#include "server/url.h"

namespace khom::server {

namespace {

bool is_place(const std::string& segment) {
    return segment.size() > 1 && segment.front() == '{' && segment.back() == '}';
}

std::optional<PathArguments> match(const std::vector<std::string>& pattern,
                                   const std::vector<std::string>& path) {
    if (pattern.size() != path.size()) {
        return std::nullopt;
    }
    PathArguments arguments;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (is_place(pattern[i])) {
            arguments.push_back(path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    return arguments;
}

void allow_origins(Response& response) {
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    response.headers.emplace_back(
        "Access-Control-Expose-Headers",
        "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id");
}

std::string path_of(const Request& request) {
    return request.target.substr(0, request.target.find('?'));
}

}  // namespace

void Router::add(std::string_view method, std::string_view pattern, Origins origins, Route route) {
    entries_.push_back(
        {std::string(method), parse_target(pattern)->segments, origins, std::move(route)});
}

Response Router::answer(const Request& request) const {
    const std::string_view method =
        request.method == "HEAD" ? "GET" : std::string_view(request.method);
    std::string allowed;
    bool any_origin = false;
    for (const auto& entry : entries_) {
        const auto arguments = match(entry.segments, request.segments);
        if (!arguments) {
            continue;
        }
        if (entry.method == method) {
            auto result = entry.route(request, *arguments);
            auto response = result       ? std::move(*result)
                            : on_refusal ? on_refusal(request, result.error())
                                         : problem(result.error(), request);
            if (entry.origins == Origins::all) {
                allow_origins(response);
            }
            return response;
        }
        allowed +=
            (allowed.empty() ? "" : ", ") + entry.method + (entry.method == "GET" ? ", HEAD" : "");
        any_origin = any_origin || entry.origins == Origins::all;
    }
    if (allowed.empty() && request.target != "*") {
        const graph::Refusal refusal{graph::RefusalCode::entity_not_found,
                                     "There is nothing at '" + path_of(request) + "'.",
                                     {},
                                     {},
                                     {}};
        return on_refusal ? on_refusal(request, refusal) : problem(refusal);
    }
    allowed += allowed.empty() ? "GET, HEAD, OPTIONS" : ", OPTIONS";
    if (request.method == "OPTIONS") {
        Response response{204, {}, {}, {{"Allow", allowed}}};
        if (any_origin) {
            allow_origins(response);
            response.headers.emplace_back("Access-Control-Allow-Methods", allowed);
            response.headers.emplace_back("Access-Control-Allow-Headers",
                                          "Accept, Accept-Language, Content-Type, If-None-Match");
            response.headers.emplace_back("Access-Control-Max-Age", "86400");
        }
        return response;
    }
    auto response = problem(405, "method-not-allowed", "Method not allowed",
                            "'" + path_of(request) + "' answers " + allowed + ".");
    response.headers.emplace_back("Allow", allowed);
    return response;
}

}  // namespace khom::server
