#include "query/entity.h"

#include <array>
#include <cstdio>

#include "corpus/undo.h"
#include "corpus/writers/export.h"
#include "query/neighbours_layout.h"
#include "server/json.h"
#include "server/parameters.h"
#include "server/routes/answers.h"
#include "server/url.h"

namespace khom::server {

namespace {

Response moved(const std::string& location) {
    return {301,
            "text/plain; charset=utf-8",
            "Merged into " + location + "\n",
            {{"Location", location}}};
}

/// The answer with one more member: `"layout":{"place:x":[0.5,0.25],…}`.
std::string with_layout(std::string answer, const query::Subgraph& graph,
                        const std::vector<graph::Spot>& places) {
    answer.erase(answer.rfind('}'));
    answer += ",\"layout\":{";
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::array<char, 64> spot{};
        std::snprintf(spot.data(), spot.size(), "\":[%.5f,%.5f]", places[i].x, places[i].y);
        answer += (i == 0 ? "\"" : ",\"") + graph.nodes[i].entity.id + spot.data();
    }
    return answer + "}}";
}

}  // namespace

Answer entity_route(const Request& request, const query::Reading& reading, const std::string& id,
                    const std::string& base_url) {
    if (const auto merged = corpus::current_id(reading.graph(), id); merged != id) {
        return moved("/v1/entities/" + percent_encoded(merged));
    }
    if (const auto node = reading.graph().find(id)) {
        if (auto linked = linked_data(request, reading, *node, base_url)) {
            return std::move(*linked);
        }
    }
    return query::entity(reading, id).map([&](const query::EntityView& entity) {
        return json_response(entity_json(entity, base_url));
    });
}

Answer id_route(const Request& request, const query::Reading& reading, const std::string& id) {
    if (const auto merged = corpus::current_id(reading.graph(), id); merged != id) {
        return moved("/id/" + percent_encoded(merged));
    }
    if (const auto statement =
            reading.graph().find_relationship(id)) {  // stands on the page of what it starts from
        const auto from =
            reading.graph().property(reading.graph().endpoints(*statement).from, "id");
        return Response{303,
                        "text/plain; charset=utf-8",
                        {},
                        {{"Location", "/entities/" + percent_encoded(graph::string_or_empty(from)) +
                                          "#" + id}}};
    }
    return query::entity(reading, id).map([&](const query::EntityView& entity) {
        const auto accept = request.header("accept");
        const bool json = prefers(accept, "application/json", "text/html") ||
                          prefers(accept, "application/ld+json", "text/html") ||
                          prefers(accept, "text/turtle", "text/html");
        return Response{
            303,
            "text/plain; charset=utf-8",
            {},
            {{"Location", (json ? "/v1/entities/" : "/entities/") + percent_encoded(entity.ref.id)},
             {"Vary", "Accept"}}};
    });
}

Answer neighbours_route(const Request& request, const query::Reading& reading,
                        const std::string& id, const std::string& base_url) {
    if (const auto merged = corpus::current_id(reading.graph(), id); merged != id) {
        return moved("/v1/entities/" + percent_encoded(merged) + "/neighbours");
    }
    Parameters parameters(request);
    query::NeighboursQuestion question;
    question.id = id;
    question.depth = static_cast<int>(parameters.integer("depth", 1, 3, 1));
    question.types = parameters.repeated("type", 26);
    question.direction = parameters.one_of("direction", {"both", "out", "in"});
    question.kinds = parameters.repeated("kind", 8);
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    question.limit = static_cast<std::size_t>(parameters.integer("limit", 0, 250, 20));
    question.cursor = parameters.text("cursor", 512);
    const bool laid_out = parameters.boolean("layout");
    const auto format = parameters.format({{"json", "application/json"},
                                           offered(corpus::Format::graphml),
                                           offered(corpus::Format::gexf),
                                           offered(corpus::Format::cytoscape),
                                           offered(corpus::Format::csv)});
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return query::neighbours(reading, question)
        .and_then([&](const query::Subgraph& graph) -> Answer {
            if (const auto file_format = corpus::format_of(format)) {
                return subgraph_file(reading, graph, *file_format, base_url);
            }
            if (!laid_out) return json_response(subgraph_json(graph));
            return query::lay_out(graph).map([&](const std::vector<graph::Spot>& places) {
                return json_response(with_layout(subgraph_json(graph), graph, places));
            });
        });
}

}  // namespace khom::server
