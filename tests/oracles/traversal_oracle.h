#pragma once

// The slow, obvious twins of graph/traversal: over lists of steps, by the definitions.

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "graph/edtf.h"
#include "graph/traversal/scope.h"
#include "graph/value.h"

namespace khom::oracles {

using graph::NodeId;
using graph::RelationshipId;

struct Step {
    NodeId from{}, to{};
    RelationshipId over{};
    graph::TypeId type{};
};

class TraversalOracle {
  public:
    TraversalOracle(const graph::Snapshot& graph, const graph::TraversalFilter& filter)
        : graph_(graph), filter_(filter) {
        for (const auto relationship : graph.relationships()) {
            if (!passes(relationship)) continue;
            const auto ends = graph.endpoints(relationship);
            if (filter.direction != graph::Direction::in) {
                steps_.push_back({ends.from, ends.to, relationship, ends.type});
            }
            if (filter.direction != graph::Direction::out) {
                steps_.push_back({ends.to, ends.from, relationship, ends.type});
            }
        }
    }

    bool passes(NodeId node) const {
        const bool avoided = std::ranges::count(filter_.avoid, node) > 0;
        const bool labelled =
            filter_.labels.empty() || std::ranges::any_of(filter_.labels, [&](auto label) {
                return graph_.has_label(node, label);
            });
        return !avoided && labelled;
    }

    /// Hops of every node that can be reached, by relaxing until nothing changes.
    std::map<NodeId, std::uint32_t> hops(NodeId start) const {
        std::map<NodeId, std::uint32_t> known{{start, 0}};
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& step : steps_) {
                if (!known.contains(step.from) || !passes(step.to)) continue;
                const auto hops = known[step.from] + 1;
                if (!known.contains(step.to) || known[step.to] > hops) {
                    known[step.to] = hops;
                    changed = true;
                }
            }
        }
        return known;
    }

    std::size_t count_ends(NodeId start, std::uint32_t hops) const {
        std::set<NodeId> level{start};
        for (std::uint32_t hop = 0; hop < hops; ++hop) {
            std::set<NodeId> next;
            for (const auto& step : steps_) {
                if (level.contains(step.from) && passes(step.to)) next.insert(step.to);
            }
            level = next;
        }
        level.erase(start);
        return level.size();
    }

    /// Over any step to a node that passes, over any step of the same kind back.
    std::map<NodeId, std::uint32_t> sharing(NodeId start) const {
        std::map<NodeId, std::set<NodeId>> shared;
        for (const auto& there : steps_) {
            if (there.from != start || !passes(there.to)) continue;
            for (const auto& back : steps_) {
                if (back.to == there.to) shared[back.from].insert(there.to);
            }
        }
        std::map<NodeId, std::uint32_t> counts;
        for (const auto& [node, things] : shared) {
            if (node != start) counts[node] = static_cast<std::uint32_t>(things.size());
        }
        return counts;
    }

    /// All paths without a repeated node, parallel relationships apart; the ends are not filtered.
    std::vector<graph::Path> simple_paths(NodeId from, NodeId to, std::size_t max_hops) const {
        std::vector<graph::Path> found;
        graph::Path path{{from}, {}};
        const std::function<void()> extend = [&] {
            if (path.nodes.back() == to) {
                found.push_back(path);
                return;
            }
            if (path.relationships.size() == max_hops) return;
            for (const auto& step : steps_) {
                if (step.from != path.nodes.back() || std::ranges::count(path.nodes, step.to) > 0 ||
                    (step.to != to && !passes(step.to))) {
                    continue;
                }
                path.nodes.push_back(step.to);
                path.relationships.push_back(step.over);
                extend();
                path.nodes.pop_back();
                path.relationships.pop_back();
            }
        };
        extend();
        return found;
    }

    const std::vector<Step>& steps() const { return steps_; }

  private:
    bool passes(RelationshipId relationship) const {
        const auto type = graph_.endpoints(relationship).type;
        if (!filter_.types.empty() && std::ranges::count(filter_.types, type) == 0) return false;
        const auto given = graph_.property(relationship, "certainty");
        const std::string certainty(given.is_null() ? "stated" : given.string());
        if (!filter_.certainties.empty() &&
            std::ranges::count(filter_.certainties, certainty) == 0) {
            return false;
        }
        if (filter_.window.open()) return true;
        const auto time = time_of(relationship);
        return time ? graph::overlaps(*graph::parse_edtf(*time), filter_.window)
                    : filter_.undated == graph::Undated::pass;
    }

    std::optional<std::string> time_of(RelationshipId relationship) const {
        const auto own = graph_.property(relationship, "time");
        if (!own.is_null()) return std::string(own.string());
        const auto from = graph_.node(graph_.relationship(relationship).from);
        if (from.labels == std::vector<std::string>{"Program"} &&
            from.properties.contains("time")) {
            return std::string(from.properties.at("time").string());
        }
        return std::nullopt;
    }

    const graph::Snapshot& graph_;
    const graph::TraversalFilter& filter_;
    std::vector<Step> steps_;
};

}  // namespace khom::oracles
