#include "corpus/writers/export.h"

#include <algorithm>

#include "query/lookup.h"
#include "query/search.h"
#include "query/valid_time.h"
#include "server/parameters.h"
#include "server/problem.h"
#include "server/routes/answers.h"
#include "server/views.h"

namespace khom::server {

namespace {

/// Keeps the snapshot it writes for as long as it takes.
class ExportStream : public BodyStream {
  public:
    ExportStream(corpus::Selection selection, const query::Reading& reading, corpus::Format format,
                 corpus::ExportOptions options)
        : pieces_(std::move(selection), reading.ontology, format, std::move(options)) {}

    Next next(std::string& piece) override { return pieces_.next(piece) ? Next::more : Next::end; }

  private:
    corpus::Export pieces_;
};

graph::Result<void> check_names(const query::Reading& reading, const corpus::Filter& filter) {
    for (const auto& kind : filter.kinds) {
        if (reading.ontology->kind(kind) == nullptr) {
            return graph::refuse_parameter("kind", "There is no kind '" + kind + "'.");
        }
    }
    for (const auto& type : filter.types) {
        if (reading.ontology->type(type) == nullptr) {
            return graph::refuse_parameter("type", "There is no relationship type '" + type + "'.");
        }
    }
    return {};
}

/// What both say: the filter of a view, narrowed by what stands beside it in the address.
corpus::Filter narrowed(corpus::Filter filter, const corpus::Filter& by) {
    filter.kinds = by.kinds;
    if (!by.types.empty()) filter.types = by.types;
    if (!by.window.open()) filter.window = by.window;
    return filter;
}

graph::Result<corpus::Filter> filter_of(Parameters& parameters, const query::Reading& reading,
                                        const KeptTexts& views) {
    corpus::Filter filter;
    query::SearchQuestion question;
    question.text = parameters.text("q", 512);
    question.filters = parameters.repeated("filter", 16);
    question.kinds = filter.kinds = parameters.repeated("kind", 8);
    filter.types = parameters.repeated("type", 26);
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    const auto view = parameters.text("view", 64);
    if (!parameters.outcome()) return tl::unexpected(parameters.outcome().error());
    if (auto checked = check_names(reading, filter); !checked) {
        return tl::unexpected(checked.error());
    }
    auto window = query::window_of(question.from, question.to);
    if (!window) return tl::unexpected(window.error());
    filter.window = *window;
    const bool searches = !question.text.empty() || !question.filters.empty();
    if (!view.empty() && searches) {
        return graph::refuse_parameter("view", "Give a view or a search, not both.");
    }
    if (!view.empty()) {
        return find_view(views, view)
            .and_then([&](const View& found) { return shown_by(found, reading); })
            .map([&](corpus::Filter shown) { return narrowed(std::move(shown), filter); });
    }
    if (!searches) return filter;
    return all_found(reading, question).map([&](std::vector<graph::NodeId> nodes) {
        filter.among = std::move(nodes);
        return filter;
    });
}

/// A small part of the graph, written at once.
Response file(corpus::Selection part, const query::Reading& reading, corpus::Format format,
              const std::string& base_url) {
    corpus::ExportOptions options;
    options.base_url = base_url;
    corpus::Export written(std::move(part), reading.ontology, format, options);
    const bool has_charset = format != corpus::Format::csv && format != corpus::Format::jsonld;
    return {
        200,
        std::string(corpus::names_of(format).media_type) + (has_charset ? "; charset=utf-8" : ""),
        written.rest(),
        {{"Link", "<" + std::string(corpus::licence_url) + ">; rel=\"license\""}}};
}

/// To be saved under a name that says what it is: "khom-place-mae-kha-canal.graphml".
Response attached(Response response, std::string name, corpus::Format format) {
    std::replace(name.begin(), name.end(), ':', '-');
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"khom-" + name + "." +
                                      std::string(corpus::names_of(format).extension) + "\"");
    return response;
}

}  // namespace

Answer export_route(const Request& request, const query::Reading& reading,
                    const std::string& base_url, const KeptTexts& views) {
    Parameters parameters(request);
    const auto name = parameters.required("format", 20);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    const auto format = corpus::format_of(name);
    if (!format) {
        std::string all;
        for (const auto& each : corpus::format_names) {
            all += (all.empty() ? "" : ", ") + std::string(each.name);
        }
        return graph::refuse_parameter("format", "Parameter 'format' is one of: " + all + ".");
    }
    return filter_of(parameters, reading, views).map([&](const corpus::Filter& filter) {
        const auto& names = corpus::names_of(*format);
        Response response;
        response.content_type = names.media_type;
        if (*format != corpus::Format::csv) {
            response.content_type += "; charset=utf-8";
        }
        corpus::ExportOptions options;
        options.base_url = base_url;
        response.stream = std::make_shared<ExportStream>(
            corpus::select(reading.view->snapshot(), filter, corpus::sources_for(*format)), reading,
            *format, options);
        response.headers.emplace_back(
            "Content-Disposition", "attachment; filename=\"khom-rev" +
                                       std::to_string(graph::number(reading.graph().revision())) +
                                       "." + std::string(names.extension) + "\"");
        response.headers.emplace_back(
            "Link", "<" + std::string(corpus::licence_url) + ">; rel=\"license\"");
        return response;
    });
}

Response subgraph_file(const query::Reading& reading, const query::Subgraph& graph,
                       corpus::Format format, const std::string& base_url) {
    corpus::Filter filter;
    auto& nodes = filter.among.emplace();
    for (const auto& node : graph.nodes) nodes.push_back(*reading.graph().find(node.entity.id));
    auto& statements = filter.statements.emplace();
    for (const auto& edge : graph.edges) {
        statements.push_back(*reading.graph().find_relationship(edge.id));
    }
    return attached(
        file(corpus::select(reading.view->snapshot(), filter, corpus::sources_for(format)), reading,
             format, base_url),
        graph.nodes.front().entity.id + "-neighbours", format);
}

std::optional<Response> linked_data(const Request& request, const query::Reading& reading,
                                    graph::NodeId node, const std::string& base_url) {
    const auto about = [&](corpus::Format format) {
        return file(corpus::about(reading.view->snapshot(), node), reading, format, base_url);
    };
    if (const auto* named = request.parameter("format"); named != nullptr && *named != "json") {
        const auto format = corpus::format_of(*named);
        if (!format) {
            return problem(
                graph::refuse_parameter("format", "There is no format '" + named->substr(0, 20) +
                                                      "'. Parameter 'format' is json, jsonld, "
                                                      "turtle, graphml, gexf, ndjson, csv or "
                                                      "cytoscape.")
                    .value());
        }
        return attached(about(*format), query::id_of(reading.graph(), node), *format);
    }
    const auto accept = request.header("accept");
    const bool turtle = prefers(accept, "text/turtle", "application/json") &&
                        !prefers(accept, "application/ld+json", "text/turtle");
    if (!turtle && !prefers(accept, "application/ld+json", "application/json")) {
        return std::nullopt;
    }
    return about(turtle ? corpus::Format::turtle : corpus::Format::jsonld);
}

Response context_route(const query::Reading& reading, const std::string& base_url) {
    return {200, "application/ld+json", corpus::json_ld_context(*reading.ontology, base_url), {}};
}

}  // namespace khom::server
