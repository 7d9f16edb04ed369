#include "query/entity.h"

#include "query/neighbours.h"
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

}  // namespace

Answer entity_route(const Request&, const query::Reading& reading, const std::string& id,
                    const std::string& base_url) {
    if (const auto merged = reading.graph().redirected(id)) {
        return moved("/v1/entities/" + percent_encoded(*merged));
    }
    return query::entity(reading, id).map([&](const query::EntityView& entity) {
        return json_response(entity_json(entity, base_url));
    });
}

Answer id_route(const Request& request, const query::Reading& reading, const std::string& id) {
    if (const auto merged = reading.graph().redirected(id)) {
        return moved("/id/" + percent_encoded(*merged));
    }
    return query::entity(reading, id).map([&](const query::EntityView& entity) {
        const bool json = prefers(request.header("accept"), "application/json", "text/html");
        return Response{
            303,
            "text/plain; charset=utf-8",
            {},
            {{"Location", (json ? "/v1/entities/" : "/entities/") + percent_encoded(entity.ref.id)},
             {"Vary", "Accept"}}};
    });
}

Answer neighbours_route(const Request& request, const query::Reading& reading,
                        const std::string& id) {
    if (const auto merged = reading.graph().redirected(id)) {
        return moved("/v1/entities/" + percent_encoded(*merged) + "/neighbours");
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
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return query::neighbours(reading, question).map([](const query::Subgraph& graph) {
        return json_response(subgraph_json(graph));
    });
}

}  // namespace khom::server
