#include "corpus/writers/export.h"

#include <algorithm>
#include <set>
#include <utility>

#include "corpus/writers/writer.h"
#include "graph/statement_time.h"

namespace khom::corpus {

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

std::unique_ptr<Writer> writer_for(Format format, const WriterSetup& setup) {
    switch (format) {
        case Format::ndjson:
            return ndjson_writer();
        case Format::csv:
            return csv_writer(setup);
        case Format::graphml:
            return graphml_writer(setup);
        case Format::gexf:
            return gexf_writer(setup);
        case Format::jsonld:
            return json_ld_writer(setup);
        case Format::turtle:
            return turtle_writer(setup);
        case Format::cytoscape:
            return cytoscape_writer(setup);
    }
    throw graph::Fault("an export format without a writer");
}

/// Sorted by public id; what has none cannot be named and is left out.
template <class Id>
std::vector<Id> in_order(const graph::Snapshot& snapshot, const std::vector<Id>& ids) {
    std::vector<std::pair<std::string, Id>> named;
    named.reserve(ids.size());
    for (const auto id : ids) {
        const auto name = snapshot.property(id, graph::public_id_key);
        if (!graph::string_or_empty(name).empty()) {
            named.emplace_back(graph::string_or_empty(name), id);
        }
    }
    std::sort(named.begin(), named.end());
    std::vector<Id> ordered;
    ordered.reserve(named.size());
    for (const auto& [name, id] : named) {
        ordered.push_back(id);
    }
    return ordered;
}

bool passes(std::string_view time, const graph::TimeWindow& window) {
    if (window.open() || time.empty()) {
        return true;
    }
    const auto parsed = graph::parse_edtf(time);
    return !parsed || graph::overlaps(*parsed, window);
}

bool lists(const std::vector<std::string>& list, std::string_view wanted) {
    return list.empty() || std::find(list.begin(), list.end(), wanted) != list.end();
}

void add_cited(const graph::Snapshot& snapshot, const graph::Value& sources,
               std::set<graph::NodeId>& chosen) {
    for (const auto source : graph::strings_of(sources)) {
        if (const auto node = snapshot.find(source)) {
            chosen.insert(*node);
        }
    }
}

/// Every cited source, and what those cite (usually themselves).
void close_over_sources(const graph::Snapshot& snapshot,
                        const std::vector<graph::RelationshipId>& statements,
                        std::set<graph::NodeId>& chosen) {
    for (const auto statement : statements) {
        add_cited(snapshot, snapshot.property(statement, "sources"), chosen);
    }
    for (std::size_t before = 0; before != chosen.size();) {
        before = chosen.size();
        for (const auto node : std::vector<graph::NodeId>(chosen.begin(), chosen.end())) {
            add_cited(snapshot, snapshot.property(node, "sources"), chosen);
        }
    }
}

std::string lower_id(std::string_view cypher) {
    std::string id(cypher);
    std::transform(id.begin(), id.end(), id.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return id;
}

}  // namespace

const std::string_view attribution =
    "Khom: learning-ecosystem graph of Chiang Mai. Facts are stated in our own words from the "
    "sources that each entity and "
    "statement names; those keep their publishers' terms, given as `licence` of each source. "
    "Coordinates whose geo_source "
    "says so: (c) OpenStreetMap contributors, ODbL 1.0.";
const std::string_view licence_url = "https://opendatacommons.org/licenses/odbl/1-0/";

std::optional<Format> format_of(std::string_view name) {
    for (const auto& each : format_names) {
        if (each.name == name) {
            return each.format;
        }
    }
    return std::nullopt;
}

const FormatName& names_of(Format format) {
    return *std::find_if(format_names.begin(), format_names.end(),
                         [&](const FormatName& each) { return each.format == format; });
}

CitedSources sources_for(Format format) {
    const bool network =
        format == Format::graphml || format == Format::gexf || format == Format::cytoscape;
    return network ? CitedSources::left_out : CitedSources::added;
}

Selection select(std::shared_ptr<const graph::Snapshot> snapshot, const Filter& filter,
                 CitedSources sources) {
    const bool whole = filter.kinds.empty() && filter.types.empty() && filter.window.open() &&
                       !filter.among && !filter.statements;
    std::set<graph::NodeId> chosen;
    for (const auto node : filter.among ? *filter.among : snapshot->nodes()) {
        const auto kind = snapshot->property(node, "kind");
        const auto time = snapshot->property(node, "time");
        if (lists(filter.kinds, graph::string_or_empty(kind)) &&
            passes(graph::string_or_empty(time), filter.window)) {
            chosen.insert(node);
        }
    }
    const std::set<graph::RelationshipId> named =
        filter.statements
            ? std::set<graph::RelationshipId>(filter.statements->begin(), filter.statements->end())
            : std::set<graph::RelationshipId>();
    std::vector<graph::RelationshipId> statements;
    for (const auto node : chosen) {
        for (const auto& adjacent : snapshot->adjacent(node, graph::Direction::out)) {
            const auto type = lower_id(snapshot->name(adjacent.type));
            const bool is_named = !filter.statements || named.contains(adjacent.relationship);
            if (is_named && chosen.contains(adjacent.neighbour) && lists(filter.types, type) &&
                passes(graph::time_of(*snapshot, adjacent.relationship).edtf, filter.window)) {
                statements.push_back(adjacent.relationship);
            }
        }
    }
    if (!whole && sources == CitedSources::added) {
        close_over_sources(*snapshot, statements, chosen);
    }
    auto entities = in_order(*snapshot, std::vector<graph::NodeId>(chosen.begin(), chosen.end()));
    auto ordered = in_order(*snapshot, statements);
    return {std::move(snapshot), std::move(entities), std::move(ordered)};
}

Selection about(std::shared_ptr<const graph::Snapshot> snapshot, graph::NodeId entity) {
    std::set<graph::RelationshipId> touching;
    for (const auto direction : {graph::Direction::out, graph::Direction::in}) {
        for (const auto& adjacent : snapshot->adjacent(entity, direction)) {
            touching.insert(adjacent.relationship);
        }
    }
    auto ordered =
        in_order(*snapshot, std::vector<graph::RelationshipId>(touching.begin(), touching.end()));
    return {std::move(snapshot), {entity}, std::move(ordered)};
}

EntityItem entity_item(const graph::Snapshot& snapshot, graph::NodeId node) {
    EntityItem item;
    item.properties = snapshot.properties(node);
    item.id = graph::string_or_empty(item.properties["id"]);
    item.kind = graph::string_or_empty(item.properties["kind"]);
    item.properties.erase("id");
    item.properties.erase("kind");
    return item;
}

StatementItem statement_item(const graph::Snapshot& snapshot, const graph::Ontology& ontology,
                             graph::RelationshipId relationship) {
    const auto ends = snapshot.endpoints(relationship);
    StatementItem item;
    item.properties = snapshot.properties(relationship);
    item.id = graph::string_or_empty(item.properties["id"]);
    item.properties.erase("id");
    item.from = graph::string_or_empty(snapshot.property(ends.from, graph::public_id_key));
    item.to = graph::string_or_empty(snapshot.property(ends.to, graph::public_id_key));
    const auto* type = ontology.type_of_cypher(snapshot.name(ends.type));
    item.type = type == nullptr ? lower_id(snapshot.name(ends.type)) : type->id;
    item.time = graph::time_of(snapshot, relationship).edtf;
    return item;
}

Export::Export(Selection selection, std::shared_ptr<const graph::Ontology> ontology, Format format,
               ExportOptions options)
    : selection_(std::move(selection)),
      ontology_(std::move(ontology)),
      options_(std::move(options)),
      writer_(writer_for(format, {selection_, *ontology_, options_})) {}

Export::~Export() = default;

bool Export::next(std::string& out) {
    const auto& graph = *selection_.snapshot;
    const auto enough = out.size() + piece_bytes;
    while (stage_ != Stage::done && out.size() < enough) {
        if (stage_ == Stage::begin) {
            writer_->begin(out);
            stage_ = Stage::entities;
        } else if (stage_ == Stage::entities && entities_written_ < selection_.entities.size()) {
            writer_->entity(entity_item(graph, selection_.entities[entities_written_++]), out);
        } else if (stage_ == Stage::entities) {
            writer_->between(out);
            stage_ = Stage::statements;
        } else if (statements_written_ < selection_.statements.size()) {
            writer_->statement(
                statement_item(graph, *ontology_, selection_.statements[statements_written_++]),
                out);
        } else {
            writer_->end(out);
            stage_ = Stage::done;
        }
    }
    return stage_ != Stage::done;
}

std::string Export::rest() {
    std::string all;
    while (next(all)) {
    }
    return all;
}

}  // namespace khom::corpus
