#include "query/connections.h"

#include "server/json.h"
#include "server/parameters.h"
#include "server/routes/answers.h"

namespace khom::server {

Answer connections_route(const Request& request, const query::Reading& reading) {
    Parameters parameters(request);
    query::ConnectionsQuestion question;
    question.source = parameters.required("source", 128);
    question.target = parameters.required("target", 128);
    question.max_hops = static_cast<int>(parameters.integer("max_hops", 1, 6, 4));
    question.k = static_cast<int>(parameters.integer("k", 1, 20, 3));
    question.rank = parameters.one_of("rank", {"informative", "shortest"});
    question.avoid = parameters.repeated("avoid", 50);
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return query::connections(reading, question).map([](const query::ConnectionsResult& result) {
        return json_response(connections_json(result));
    });
}

}  // namespace khom::server
