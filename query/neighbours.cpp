#include "query/neighbours.h"

#include <algorithm>
#include <unordered_map>

#include "query/cursor.h"
#include "query/lookup.h"
#include "query/nearest.h"
#include "query/types.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

using graph::Direction;
using graph::NodeId;

/// Relationships looked at in one question: a neighbourhood of three hops can be the whole graph.
constexpr std::size_t most_looked_at = 2'000'000;

/// The question, checked.
struct Walk {
    NodeId start{};
    std::vector<Direction> directions;
    TypeSet types;
    std::vector<std::string> kinds;
    graph::TimeWindow window;
    std::size_t offset = 0;
    std::uint64_t hash = 0;
};

graph::Result<void> check_numbers(const NeighboursQuestion& question) {
    constexpr std::size_t most = 250;
    if (question.depth < 1 || question.depth > 3) {
        return graph::refuse_parameter("depth", "depth is from 1 to 3.");
    }
    if (question.limit > most) {
        return graph::refuse_parameter("limit", "limit is at most 250.");
    }
    return {};
}

graph::Result<std::vector<Direction>> directions_of(const std::string& direction) {
    if (direction == "both") {
        return std::vector{Direction::out, Direction::in};
    }
    if (direction == "out" || direction == "in") {
        return std::vector{direction == "out" ? Direction::out : Direction::in};
    }
    return graph::refuse_parameter("direction",
                                   unknown_word(direction, "direction", {"out", "in", "both"}));
}

graph::Result<Walk> read(const Reading& reading, const NeighboursQuestion& question) {
    Walk walk;
    const auto start = find_entity(reading, question.id, "id");
    const auto numbers = check_numbers(question);
    const auto kinds = check_kinds(reading, question.kinds);
    auto types = types_of(reading, question.types);
    auto directions = directions_of(question.direction);
    const auto window = window_of(question.from, question.to);
    walk.hash = QuestionHash()
                    .add(question.id)
                    .add(std::to_string(question.depth))
                    .add(question.types)
                    .add(question.direction)
                    .add(question.kinds)
                    .add(question.from)
                    .add(question.to)
                    .value();
    const auto offset = offset_of(question.cursor, walk.hash);
    if (!start) return tl::unexpected(start.error());
    if (!numbers) return tl::unexpected(numbers.error());
    if (!kinds) return tl::unexpected(kinds.error());
    if (!types) return tl::unexpected(types.error());
    if (!directions) return tl::unexpected(directions.error());
    if (!window) return tl::unexpected(window.error());
    if (!offset) return tl::unexpected(offset.error());
    walk.start = *start;
    walk.types = std::move(*types);
    // Sources come along only where they are asked for.
    const bool asks_sources =
        std::find(question.kinds.begin(), question.kinds.end(), "source") != question.kinds.end();
    if (question.types.empty() && !asks_sources) {
        walk.types.leave_out(reading, "documented_in");
    }
    walk.directions = std::move(*directions);
    walk.kinds = question.kinds;
    walk.window = *window;
    walk.offset = *offset;
    return walk;
}

bool passes(const Reading& reading, const Walk& walk, const graph::Adjacent& adjacent) {
    return walk.types.has(adjacent.type) &&
           (walk.window.open() ||
            is_within(days_of(reading.graph(), adjacent.relationship), walk.window));
}

struct Reached {
    NodeId node{};
    int hops = 0;
};

/// Breadth first; the start first. False in `complete` when there was more to look at than one
/// question may.
struct Region {
    std::vector<Reached> nodes;
    bool complete = true;
};

Region region_of(const Reading& reading, const Walk& walk, int depth) {
    const auto& graph = reading.graph();
    std::vector<std::optional<graph::LabelId>> labels;
    for (const auto& kind : walk.kinds) {
        labels.push_back(graph.label(reading.ontology->kind(kind)->label));
    }
    const auto is_wanted = [&](NodeId node) {
        return labels.empty() || std::any_of(labels.begin(), labels.end(), [&](const auto& label) {
                   return label && graph.has_label(node, *label);
               });
    };
    Region region{{{walk.start, 0}}, true};
    std::unordered_map<NodeId, int> hops = {{walk.start, 0}};
    std::size_t looked_at = 0;
    for (std::size_t at = 0; at < region.nodes.size(); ++at) {
        const auto [node, distance] = region.nodes[at];
        if (distance == depth) {
            break;
        }
        for (const auto direction : walk.directions) {
            for (const auto& adjacent : graph.adjacent(node, direction)) {
                if (++looked_at > most_looked_at) {
                    region.complete = false;
                    return region;
                }
                if (!hops.contains(adjacent.neighbour) && is_wanted(adjacent.neighbour) &&
                    passes(reading, walk, adjacent)) {
                    hops.emplace(adjacent.neighbour, distance + 1);
                    region.nodes.push_back({adjacent.neighbour, distance + 1});
                }
            }
        }
    }
    return region;
}

/// The start, then by hops, then the best linked first, then by public id.
void order(const graph::Snapshot& graph, std::vector<Reached>& nodes) {
    std::sort(nodes.begin() + 1, nodes.end(), [&](const Reached& a, const Reached& b) {
        if (a.hops != b.hops) {
            return a.hops < b.hops;
        }
        const auto mine = graph.degree(a.node), other = graph.degree(b.node);
        return mine != other ? mine > other : id_of(graph, a.node) < id_of(graph, b.node);
    });
}

GraphEdge edge(const Reading& reading, NodeId from, const graph::Adjacent& adjacent) {
    const auto seen = statement(reading, adjacent.relationship, Direction::out);
    return {seen.id,        id_of(reading.graph(), from),
            seen.target.id, seen.type,
            seen.time,      seen.certainty,
            seen.status};
}

void add_edges(const Reading& reading, const Walk& walk, const std::vector<Reached>& shown,
               Subgraph& subgraph) {
    std::unordered_map<NodeId, bool> is_shown;
    for (const auto& one : shown) {
        is_shown.emplace(one.node, true);
    }
    for (const auto& one : shown) {
        for (const auto& adjacent : reading.graph().adjacent(one.node, Direction::out)) {
            if (is_shown.contains(adjacent.neighbour) && passes(reading, walk, adjacent)) {
                subgraph.edges.push_back(edge(reading, one.node, adjacent));
            }
        }
    }
}

Subgraph answer(const Reading& reading, const NeighboursQuestion& question, const Walk& walk) {
    const auto& graph = reading.graph();
    auto region = region_of(reading, walk, question.depth);
    order(graph, region.nodes);
    Subgraph subgraph;
    subgraph.revision = graph::number(graph.revision());
    subgraph.total = region.nodes.size() - 1;
    std::vector<Reached> shown = {region.nodes.front()};
    const auto begin = std::min(walk.offset, subgraph.total);
    const auto end = std::min(begin + question.limit, subgraph.total);
    for (auto at = begin; at < end; ++at) {
        shown.push_back(region.nodes[at + 1]);
    }
    for (const auto& [node, hops] : shown) {
        subgraph.nodes.push_back({entity_ref(reading, node), text_of(graph, node, "subtype"),
                                  text_of(graph, node, "sector"), hops});
    }
    add_edges(reading, walk, shown, subgraph);
    subgraph.truncated = !region.complete || end < subgraph.total;
    if (end < subgraph.total && end > begin) {
        subgraph.next_cursor = cursor_at(end, walk.hash);
    }
    return subgraph;
}

}  // namespace

graph::Result<Subgraph> neighbours(const Reading& reading, const NeighboursQuestion& question) {
    return read(reading, question).map([&](const Walk& walk) {
        return answer(reading, question, walk);
    });
}

}  // namespace khom::query
