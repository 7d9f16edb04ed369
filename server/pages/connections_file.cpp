// Connections as a file that Gephi, yEd, NetworkX and igraph read, for who explores without
// scripts: the picture writes its own, with what was done to it.
#include <map>

#include "query/connections.h"
#include "server/pages/html.h"
#include "server/pages/pages.h"
#include "server/parameters.h"

namespace khom::server {

namespace {

std::string data(std::string_view key, std::string_view value) {
    return value.empty()
               ? ""
               : "      <data key=\"" + std::string(key) + "\">" + escaped(value) + "</data>\n";
}

std::string node_xml(const query::EntityRef& entity) {
    return "    <node id=\"" + escaped(entity.id) + "\">\n" + data("kind", entity.kind) +
           data("name_en", entity.name.en) + data("name_th", entity.name.th) + "    </node>\n";
}

std::string edge_xml(const query::ConnectionStep& step) {
    const auto& statement = step.statement;
    const bool out = statement.direction == "out";
    std::string sources;
    for (const auto& source : statement.sources) {
        sources += (sources.empty() ? "" : "; ") + source.id +
                   (source.locator.empty() ? "" : " (" + source.locator + ")");
    }
    return "    <edge id=\"" + escaped(statement.id) + "\" source=\"" +
           escaped(out ? step.from.id : step.to.id) + "\" target=\"" +
           escaped(out ? step.to.id : step.from.id) + "\">\n" + data("type", statement.type) +
           data("time", statement.time ? statement.time->edtf : "") +
           data("certainty", statement.certainty) + data("status", statement.status) +
           data("sentence_en", step.sentence.en) + data("sentence_th", step.sentence.th) +
           data("sources", sources) + "    </edge>\n";
}

std::string key_xml(std::string_view on, std::string_view name) {
    return "  <key id=\"" + std::string(name) + "\" for=\"" + std::string(on) + "\" attr.name=\"" +
           std::string(name) + "\" attr.type=\"string\"/>\n";
}

std::string graphml(const query::ConnectionsResult& result) {
    std::map<std::string, std::string> nodes, edges;  // a node may lie on several chains
    for (const auto& path : result.paths) {
        for (const auto& step : path.steps) {
            nodes.emplace(step.from.id, node_xml(step.from));
            nodes.emplace(step.to.id, node_xml(step.to));
            edges.emplace(step.statement.id, edge_xml(step));
        }
    }
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    for (const auto* name : {"kind", "name_en", "name_th"}) xml += key_xml("node", name);
    for (const auto* name :
         {"type", "time", "certainty", "status", "sentence_en", "sentence_th", "sources"}) {
        xml += key_xml("edge", name);
    }
    xml += "  <graph id=\"connections\" edgedefault=\"directed\">\n";
    for (const auto& [id, node] : nodes) xml += node;
    for (const auto& [id, edge] : edges) xml += edge;
    return xml + "  </graph>\n</graphml>\n";
}

}  // namespace

Answer connections_file(const Request& request, const query::Reading& reading) {
    Parameters parameters(request);
    query::ConnectionsQuestion question;
    question.source = parameters.required("source", 128);
    question.target = parameters.required("target", 128);
    read_chain_options(parameters, question);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return query::connections(reading, question).map([](const query::ConnectionsResult& result) {
        return Response{
            200,
            "application/graphml+xml; charset=utf-8",
            graphml(result),
            {{"Content-Disposition", "attachment; filename=\"khom-connections.graphml\""}}};
    });
}

}  // namespace khom::server
