#include "query/graph_procedures.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "graph/analytics/centrality.h"
#include "graph/analytics/structure.h"
#include "graph/traversal/components.h"
#include "graph/traversal/informative.h"
#include "graph/traversal/neighbourhood.h"
#include "query/procedure_options.h"
#include "query/refused.h"

namespace khom::query {
namespace {

using graph::Direction;
using graph::NodeId;
using graph::Value;
using graph::ValueKind;
using semantics::Type;
using semantics::TypeKind;
using Arguments = std::span<const Value>;
using Table = std::vector<std::vector<Value>>;

constexpr Type integer_type{TypeKind::integer, 0};
constexpr Type floating_type{TypeKind::floating, 0};
constexpr Type node_type{TypeKind::node, 0};
constexpr Type map_type{TypeKind::map, 0};
constexpr std::chrono::seconds most_time{5};

graph::Budget budget() {
    graph::Budget budget;
    budget.deadline = std::chrono::steady_clock::now() + most_time;
    return budget;
}

template <class T>
T taken(graph::Result<T> result) {
    if (!result) throw Refused(std::move(result.error()));
    return std::move(*result);
}

NodeId node_of(const Value& value, const char* procedure) {
    if (value.is(ValueKind::node)) return value.node();
    reject(graph::RefusalCode::argument_error, "InvalidArgumentType",
           std::string(procedure) + " takes a node.");
}

/// The filter that options ask for; none where they name only what this graph has nothing of.
std::optional<graph::TraversalFilter> filter_of(const graph::Snapshot& graph,
                                                const ProcedureOptions& options) {
    graph::TraversalFilter filter;
    const auto types = options.texts("types");
    for (const auto& name : types) {
        if (const auto type = graph.type(name)) filter.types.push_back(*type);
    }
    const auto labels = options.texts("labels");
    for (const auto& name : labels) {
        if (const auto label = graph.label(name)) filter.labels.push_back(*label);
    }
    if (filter.types.empty() != types.empty() || filter.labels.empty() != labels.empty()) return {};
    return filter;
}

Direction direction_of(const ProcedureOptions& options) {
    const auto direction = options.text("direction", {"both", "out", "in"});
    return direction == "out"  ? Direction::out
           : direction == "in" ? Direction::in
                               : Direction::both;
}

Table neighbours(const ProcedureContext& context, Arguments arguments) {
    if (arguments[0].is_null()) return {};
    const auto start = node_of(arguments[0], "khom.neighbours");
    const ProcedureOptions options("khom.neighbours", arguments[1],
                                   {"depth", "types", "direction", "labels", "limit"});
    graph::Reach reach;
    reach.depth = static_cast<std::uint32_t>(options.integer("depth", 1, 6, 1));
    reach.limit = static_cast<std::size_t>(options.integer("limit", 1, 100'000, 1000));
    const auto direction = direction_of(options);
    auto filter = filter_of(*context.graph, options);
    if (!filter) return {};
    filter->direction = direction;
    graph::Scratch scratch;
    const auto found =
        taken(graph::neighbourhood(scratch, *context.graph, start, *filter, reach, budget()));
    Table rows;
    for (const auto& reached : found.reached.subspan(1)) {
        rows.push_back({reached.node, static_cast<std::int64_t>(reached.hops)});
    }
    return rows;
}

Table connect(const ProcedureContext& context, Arguments arguments) {
    if (arguments[0].is_null() || arguments[1].is_null()) return {};
    const graph::Ends ends{node_of(arguments[0], "khom.connect"),
                           node_of(arguments[1], "khom.connect")};
    const ProcedureOptions options("khom.connect", arguments[2],
                                   {"k", "maxHops", "types", "direction", "labels"});
    graph::Informative wanted;
    wanted.k = static_cast<std::size_t>(options.integer("k", 1, 100, 3));
    wanted.max_hops = static_cast<std::uint32_t>(options.integer("maxHops", 1, 8, 4));
    const auto direction = direction_of(options);
    auto filter = filter_of(*context.graph, options);
    if (!filter) return {};
    filter->direction = direction;
    graph::Scratch scratch;
    Table rows;
    for (auto& found : taken(
             graph::informative_paths(scratch, *context.graph, ends, *filter, wanted, budget()))) {
        rows.push_back({std::move(found.path), found.cost});
    }
    return rows;
}

Table reachable(const ProcedureContext& context, Arguments arguments) {
    if (arguments[0].is_null() || arguments[1].is_null()) return {};
    const graph::Ends ends{node_of(arguments[0], "khom.reachable"),
                           node_of(arguments[1], "khom.reachable")};
    const ProcedureOptions options("khom.reachable", arguments[2],
                                   {"types", "direction", "labels"});
    const auto direction = direction_of(options);
    auto filter = filter_of(*context.graph, options);
    if (!filter) return {{ends.from == ends.to}};
    filter->direction = direction;
    graph::Scratch scratch;
    return {{taken(graph::is_reachable(scratch, *context.graph, ends, *filter, budget()))}};
}

Table components(const ProcedureContext& context, Arguments arguments) {
    const ProcedureOptions options("khom.components", arguments[0], {"types", "labels"});
    const auto filter = filter_of(*context.graph, options);
    if (!filter) return {};
    graph::Scratch scratch;
    const auto found =
        taken(graph::connected_components(scratch, *context.graph, *filter, budget()));
    Table rows;
    for (std::size_t i = 0; i < found.of.size(); ++i) {
        if (found.of[i] == graph::Components::none) continue;
        rows.push_back({NodeId{i}, static_cast<std::int64_t>(found.of[i])});
    }
    return rows;
}

/// The nodes and relationships that options let pass, as a network to measure.
struct Measured {
    std::vector<NodeId> nodes;
    graph::WeightedGraph network;
};

Measured measured(const graph::Snapshot& graph, const graph::TraversalFilter& filter) {
    Measured made;
    std::map<NodeId, std::uint32_t> place;
    for (const auto node : graph.nodes()) {
        const bool passes =
            filter.labels.empty() || std::ranges::any_of(filter.labels, [&](graph::LabelId label) {
                return graph.has_label(node, label);
            });
        if (!passes) continue;
        place[node] = static_cast<std::uint32_t>(made.nodes.size());
        made.nodes.push_back(node);
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> weights;
    for (const auto& [node, one] : place) {
        for (const auto& step : graph.adjacent(node, Direction::out)) {
            const auto other = place.find(step.neighbour);
            const bool wanted =
                filter.types.empty() || std::ranges::any_of(filter.types, [&](graph::TypeId type) {
                    return type == step.type;
                });
            if (!wanted || other == place.end() || other->second == one) continue;
            ++weights[std::minmax(one, other->second)];
        }
    }
    made.network.node_count = made.nodes.size();
    for (const auto& [pair, weight] : weights) {
        made.network.edges.push_back({pair.first, pair.second, weight});
    }
    return made;
}

using Measure = graph::Result<std::vector<double>> (*)(const graph::WeightedGraph&,
                                                       const graph::Budget&);

template <Measure measure>
Table scores(const ProcedureContext& context, Arguments arguments) {
    const ProcedureOptions options("khom measures", arguments[0], {"types", "labels"});
    const auto filter = filter_of(*context.graph, options);
    if (!filter) return {};
    const auto made = measured(*context.graph, *filter);
    const auto values = taken(measure(made.network, budget()));
    Table rows;
    for (std::size_t i = 0; i < made.nodes.size(); ++i) rows.push_back({made.nodes[i], values[i]});
    return rows;
}

Table communities(const ProcedureContext& context, Arguments arguments) {
    const ProcedureOptions options("khom.communities", arguments[0], {"types", "labels"});
    const auto filter = filter_of(*context.graph, options);
    if (!filter) return {};
    const auto made = measured(*context.graph, *filter);
    const auto found = taken(graph::communities(made.network, budget()));
    Table rows;
    for (std::size_t i = 0; i < made.nodes.size(); ++i) {
        rows.push_back({made.nodes[i], static_cast<std::int64_t>(found.of[i])});
    }
    return rows;
}

}  // namespace

void add_graph_procedures(Procedures& procedures) {
    const Value none = graph::Map();
    const ProcedureField options{"options", map_type, none};
    procedures.add({"khom.neighbours",
                    {{"start", node_type}, options},
                    {{"node", node_type}, {"hops", integer_type}},
                    neighbours,
                    "What lies within some hops of a node, each once with its distance."});
    procedures.add(
        {"khom.connect",
         {{"from", node_type}, {"to", node_type}, options},
         {{"path", {TypeKind::path, 0}}, {"cost", floating_type}},
         connect,
         "The most informative paths between two nodes: hubs and common types cost more."});
    procedures.add({"khom.reachable",
                    {{"from", node_type}, {"to", node_type}, options},
                    {{"reachable", {TypeKind::boolean, 0}}},
                    reachable,
                    "Whether any path leads from one node to another."});
    procedures.add({"khom.components",
                    {options},
                    {{"node", node_type}, {"component", integer_type}},
                    components,
                    "The parts that hang together; 0 is the largest."});
    procedures.add({"khom.communities",
                    {options},
                    {{"node", node_type}, {"community", integer_type}},
                    communities,
                    "Communities by the Leiden algorithm; 0 is the largest."});
    const auto measure = [&](const char* name, auto run, const char* purpose) {
        procedures.add(
            {name, {options}, {{"node", node_type}, {"score", floating_type}}, run, purpose});
    };
    measure("khom.pagerank", scores<&graph::pagerank>, "PageRank, damping 0.85; the sum is 1.");
    measure("khom.betweenness", scores<&graph::betweenness>,
            "The share of shortest paths between others that pass a node.");
    measure("khom.closeness", scores<&graph::closeness>,
            "How near a node is to all others, as networkx measures it.");
}

}  // namespace khom::query
