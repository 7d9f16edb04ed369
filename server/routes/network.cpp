#include <charconv>

#include "query/networks.h"
#include "server/json.h"
#include "server/network_files.h"
#include "server/parameters.h"
#include "server/routes/answers.h"

namespace khom::server {

namespace {

constexpr std::size_t most_repeats = 50;

graph::Result<double> number(const std::string& name, const std::string& text, double otherwise) {
    if (text.empty()) return otherwise;
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return value;
    return graph::refuse_parameter(name, name + " is a number, such as 1 or 2.5.");
}

Response file(std::string content_type, std::string body, const std::string& name) {
    return {200,
            std::move(content_type),
            std::move(body),
            {{"Content-Disposition", "attachment; filename=\"" + name + "\""}}};
}

Response answer(const query::NetworkResult& network, const std::string& format,
                const std::vector<std::string>& metrics) {
    if (format == "csv") {
        return file("text/csv; charset=utf-8; header=present", network_csv(network),
                    network.lens.id + ".csv");
    }
    if (format == "graphml") {
        return file("application/graphml+xml; charset=utf-8", network_graphml(network),
                    network.lens.id + ".graphml");
    }
    if (format == "gexf") {
        return file("application/gexf+xml; charset=utf-8", network_gexf(network),
                    network.lens.id + ".gexf");
    }
    if (format == "cytoscape") {
        return file("application/vnd.cytoscape+json", network_cytoscape(network),
                    network.lens.id + ".cyjs");
    }
    return json_response(network_json(network, metrics));
}

}  // namespace

Answer networks_route(const Request&, const query::Reading& reading) {
    return json_response(
        networks_json(query::lenses(*reading.ontology), graph::number(reading.graph().revision())));
}

Answer network_route(const Request& request, const query::Reading& reading,
                     const std::string& lens) {
    Parameters parameters(request);
    query::NetworkQuestion question;
    question.lens = lens;
    const auto least = number("min_weight", parameters.text("min_weight", 20), question.min_weight);
    question.sectors = parameters.repeated("sector", most_repeats);
    question.themes = parameters.repeated("theme", most_repeats);
    question.metrics = parameters.repeated("metrics", most_repeats);
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    question.compare_from = parameters.text("compare_from", 10);
    question.compare_to = parameters.text("compare_to", 10);
    question.limit = static_cast<std::size_t>(parameters.integer("limit", 1, 1000, 250));
    const auto format = parameters.format({{"json", "application/json"},
                                           {"csv", "text/csv"},
                                           offered(corpus::Format::graphml),
                                           offered(corpus::Format::gexf),
                                           offered(corpus::Format::cytoscape)});
    if (!parameters.outcome()) return tl::unexpected(parameters.outcome().error());
    if (!least) return tl::unexpected(least.error());
    question.min_weight = *least;
    return query::network(reading, question).map([&](const query::NetworkResult& network) {
        return answer(network, format, question.metrics);
    });
}

}  // namespace khom::server
