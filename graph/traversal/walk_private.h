#pragma once

// The inner loop of every traversal: which relationships of a node a filter lets pass.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "graph/failure.h"
#include "graph/snapshot.h"
#include "graph/traversal/informative.h"
#include "graph/traversal/neighbourhood.h"
#include "graph/traversal/scope.h"
#include "graph/traversal/scratch.h"

namespace khom::graph {

/// A node one side of a two-sided search came to: over which relationship, from which place in the
/// side's list.
struct Visit {
    NodeId node{};
    RelationshipId via{};
    std::uint32_t parent = 0;
};

/// One row of a two-sided search that waits to be read: whose it is, by its place in the side's
/// list.
struct WaitingRow {
    std::span<const Adjacent> steps;
    std::uint32_t of = 0;
};

struct Scratch::Rooms {
    Marks seen, again;
    std::vector<Reached> reached;
    std::vector<NodeId> level, next;
    std::vector<std::span<const Adjacent>> spans;
    std::vector<Visit> side[2];
    std::vector<WaitingRow> rows;
    static constexpr std::uint32_t last_round = 255;
    std::vector<std::uint32_t> counts;  // of `sharing`: round << 24 | count; else hops
    std::uint32_t counts_round = 0;
    std::vector<Shared> shared;
    std::vector<double>
        bounds;  // of `informative_paths`: layers of each node, infinite between searches
};

inline std::size_t index(NodeId node) {
    return static_cast<std::size_t>(number(node));
}

constexpr Direction reversed(Direction direction) {
    return direction == Direction::out  ? Direction::in
           : direction == Direction::in ? Direction::out
                                        : Direction::both;
}

/// Counts what a traversal uses. `spend` says whether it may go on; if not, `refusal` says why.
class Spending {
  public:
    explicit Spending(const Budget& budget) : budget_(budget) { plan(); }

    bool spend(std::uint64_t hops) {
        used_ += hops;
        return used_ < next_look_ || look();
    }
    tl::unexpected<Refusal> refusal() const { return tl::unexpected<Refusal>(*refused_); }

  private:
    static constexpr std::uint64_t stride = 16'384;
    void plan() { next_look_ = std::min(used_ + stride, budget_.hops + 1); }
    bool look();

    const Budget& budget_;
    std::uint64_t used_ = 0;
    std::uint64_t next_look_ = 0;
    std::optional<Refusal> refused_;
};

/// Whether the labels and the avoid-list of a filter are heeded.
enum class NodesAre { filtered, free };

/// A filter made ready for one graph.
class Passage {
  public:
    Passage(const Snapshot& graph, const TraversalFilter& filter,
            NodesAre nodes = NodesAre::filtered);

    /// Whether a relationship and the node it leads to pass: the types are seen to by `spans`.
    bool lets(const Adjacent& step) const {
        return (!asks_relationship_ || lets_relationship(step.relationship)) &&
               (!asks_node_ || lets_node(step.neighbour));
    }
    bool lets_relationship(RelationshipId relationship) const;
    bool lets_node(NodeId node) const;
    /// Nothing but types and direction is asked: `lets` is always true.
    bool plain() const { return !asks_relationship_ && !asks_node_; }
    bool asks_relationship() const { return asks_relationship_; }

    /// Hands over the relationships of a node, span by span, until `use` says no. Whether all were
    /// used.
    template <class Use>
    bool spans(NodeId node, Direction direction, Use&& use) const {
        for (const auto way : {Direction::out, Direction::in}) {
            if (direction != Direction::both && direction != way) continue;
            if (filter_.types.empty()) {
                if (!use(graph_.adjacent(node, way))) return false;
                continue;
            }
            for (const auto type : filter_.types) {
                if (!use(graph_.adjacent(node, way, type))) return false;
            }
        }
        return true;
    }

    /// Hands over each relationship that passes, until `use` says no or the budget ends: then
    /// false.
    template <class Use>
    bool steps(NodeId node, Direction direction, Spending& spending, Use&& use) const {
        return spans(node, direction, [&](std::span<const Adjacent> span) {
            if (!spending.spend(span.size())) return false;
            if (plain()) {
                for (const auto& step : span) {
                    if (!use(step)) return false;
                }
                return true;
            }
            for (const auto& step : span) {
                if (lets(step) && !use(step)) return false;
            }
            return true;
        });
    }

  private:
    const Snapshot& graph_;
    const TraversalFilter& filter_;
    std::vector<NodeId> avoid_;  // sorted
    std::optional<PropertyKeyId> certainty_;
    bool asks_relationship_ = false;
    bool asks_node_ = false;
};

}  // namespace khom::graph
