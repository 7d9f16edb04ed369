#include "query/linked.h"

#include "graph/traversal/neighbourhood.h"
#include "query/lookup.h"

namespace khom::query {

namespace {

std::vector<graph::TypeId> followed(const graph::Snapshot& graph, graph::NodeId start) {
    std::vector<graph::TypeId> types;
    const bool is_source = kind_of(graph, start) == "source";
    for (std::size_t i = 0; i < graph.type_count(); ++i) {
        const auto type = static_cast<graph::TypeId>(i);
        if (is_source || graph.name(type) != "DOCUMENTED_IN") {
            types.push_back(type);
        }
    }
    return types;
}

}  // namespace

graph::Result<Hops> linked_to(const Reading& reading, const std::string& id, std::size_t depth,
                              const graph::TimeWindow& window) {
    if (depth < 1 || depth > 3) {
        return graph::refuse_parameter("linked_depth", "linked_depth is from 1 to 3.");
    }
    auto start = find_entity(reading, id, "linked_to");
    if (!start) {
        start.error().code = graph::RefusalCode::argument_error;  // the question is wrong, not its
                                                                  // address
        return tl::unexpected(start.error());
    }
    graph::TraversalFilter filter;
    filter.types = followed(reading.graph(), *start);
    filter.window = window;
    if (filter.types.empty()) {
        return Hops{};
    }
    graph::Scratch scratch;
    graph::Reach reach;
    reach.depth = static_cast<std::uint32_t>(depth);
    return graph::neighbourhood(scratch, reading.graph(), *start, filter, reach, {})
        .map([](const graph::Neighbourhood& found) {
            Hops hops;
            for (const auto& reached : found.reached.subspan(1)) {
                hops.emplace(reached.node, reached.hops);
            }
            return hops;
        });
}

double worth_of(std::uint32_t hops) {
    constexpr double most = 15;
    return most / hops;
}

}  // namespace khom::query
