#include <chrono>

#include "server/json.h"
#include "server/parameters.h"
#include "server/routes/answers.h"
#include "server/url.h"

namespace khom::server {

namespace {

query::SearchQuestion question_of(Parameters& parameters) {
    query::SearchQuestion question;
    read_search_filters(parameters, question);
    question.kinds = parameters.repeated("kind", 8);
    question.facets = parameters.repeated("facet", 8);
    question.sort =
        parameters.one_of("sort", {"relevance", "name", "start", "-start", "distance", "degree"});
    question.lang = parameters.language();
    question.limit = static_cast<std::size_t>(parameters.integer("limit", 0, 250, 20));
    question.cursor = parameters.text("cursor", 512);
    question.explain = parameters.boolean("explain");
    return question;
}

/// The target with another cursor, for Link.
std::string next_target(const Request& request, const std::string& cursor) {
    std::string target = request.target.substr(0, request.target.find('?')) + "?";
    for (const auto& [name, value] : request.query) {
        if (name != "cursor") {
            target += percent_encoded(name) + "=" + percent_encoded(value) + "&";
        }
    }
    return target + "cursor=" + percent_encoded(cursor);
}

}  // namespace

void read_search_filters(Parameters& parameters, query::SearchQuestion& question) {
    question.text = parameters.text("q", 512);
    question.filters = parameters.repeated("filter", 16);
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    question.near = parameters.text("near", 64);
    question.bbox = parameters.text("bbox", 96);
    question.linked_to = parameters.text("linked_to", 128);
    question.linked_depth = static_cast<std::size_t>(parameters.integer("linked_depth", 1, 3, 1));
}

Answer search_route(const Request& request, const query::Reading& reading) {
    Parameters parameters(request);
    const auto question = question_of(parameters);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    const auto begin = std::chrono::steady_clock::now();
    return query::search(reading, question).map([&](const query::SearchResult& result) {
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begin;
        auto response = json_response(search_json(result, took.count()));
        response.headers.emplace_back("X-Total-Count", std::to_string(result.total));
        if (!result.next_cursor.empty()) {
            response.headers.emplace_back(
                "Link", "<" + next_target(request, result.next_cursor) + ">; rel=\"next\"");
        }
        return response;
    });
}

Answer suggest_route(const Request& request, const query::Reading& reading) {
    Parameters parameters(request);
    query::SuggestQuestion question;
    question.text = parameters.required("q", 128);
    question.kinds = parameters.repeated("kind", 8);
    question.lang = parameters.language();
    question.limit = static_cast<std::size_t>(parameters.integer("limit", 1, 20, 8));
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return query::suggest(reading, question).map([&](const query::SuggestResult& result) {
        if (prefers(request.header("accept"), "application/x-suggestions+json",
                    "application/json")) {
            return Response{
                200, "application/x-suggestions+json", opensearch_json(question.text, result), {}};
        }
        return json_response(suggest_json(result));
    });
}

}  // namespace khom::server
