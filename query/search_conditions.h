#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/filters.h"
#include "query/linked.h"
#include "query/lookup.h"
#include "query/nearby.h"
#include "query/search.h"

namespace khom::query {

/// A search question, checked: what an entity must fulfil, and where its page begins.
struct Conditions {
    std::vector<Accept> all;
    std::size_t offset = 0;
    std::uint64_t hash = 0;
    std::optional<Circle> near;
    std::optional<Hops> hops;

    std::optional<double> distance(const graph::Snapshot& graph, graph::NodeId node) const {
        const auto point = near ? point_of(graph, node) : std::nullopt;
        return point ? std::optional(distance_m(*near, *point)) : std::nullopt;
    }
    std::uint32_t hops_to(graph::NodeId node) const { return hops ? hops->at(node) : 0; }
    bool accept(graph::NodeId node) const {
        return std::all_of(all.begin(), all.end(), [&](const Accept& one) { return one(node); });
    }
};

/// Refuses as `search` does. The conditions speak of `reading`, which must outlive them.
graph::Result<Conditions> conditions_of(const Reading& reading, const SearchQuestion& question);

/// Passes entities of any of these kinds.
Accept has_kind(const graph::Snapshot& graph, std::vector<std::string> kinds);

}  // namespace khom::query
