#include "query/connections.h"

#include "server/json.h"
#include "server/parameters.h"
#include "server/routes/answers.h"

namespace khom::server {

void read_chain_options(Parameters& parameters, query::ConnectionsQuestion& question) {
    question.max_hops = static_cast<int>(parameters.integer("max_hops", 1, 6, 4));
    question.k = static_cast<int>(parameters.integer("k", 1, 20, 3));
    question.rank = parameters.one_of("rank", {"informative", "shortest"});
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
}

Answer connections_route(const Request& request, const query::Reading& reading) {
    Parameters parameters(request);
    query::ConnectionsQuestion question;
    question.source = parameters.required("source", 128);
    question.target = parameters.required("target", 128);
    read_chain_options(parameters, question);
    question.avoid = parameters.repeated("avoid", 50);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return query::connections(reading, question).map([](const query::ConnectionsResult& result) {
        return json_response(connections_json(result));
    });
}

}  // namespace khom::server
