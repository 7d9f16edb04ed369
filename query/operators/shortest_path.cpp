#include <algorithm>
#include <limits>
#include <unordered_map>

#include "graph/traversal/shortest.h"
#include "graph/value_order.h"
#include "query/operators/adjacency.h"
#include "query/operators/evaluate.h"
#include "query/operators/operators.h"
#include "query/operators/write.h"

namespace khom::query::operators {
namespace {

using graph::List;
using graph::NodeId;
using graph::RelationshipId;
using graph::Value;
using graph::ValueKind;

/// One way a node was first reached: over which relationship, from where.
struct Arrival {
    RelationshipId relationship{};
    NodeId from{};
};

/// Shortest paths between two nodes. Where any relationship of the types will do, the search from
/// both ends (graph/traversal) finds them. Where relationships are asked for properties, or a path
/// has a least length: breadth first from the start, keeping for each node all ways it was reached
/// in its shortest number of hops. A shortest path repeats no node, hence no relationship.
class ShortestPath : public Operator {
  public:
    ShortestPath(const plan::ShortestPath& step, OperatorPtr source)
        : step_(step), source_(std::move(source)), types_(step.hop.types) {}

    void open(Execution& execution) override {
        source_->open(execution);
        found_.clear();
        at_ = 0;
    }

    bool next(Execution& execution) override {
        while (at_ == found_.size()) {
            if (!source_->next(execution)) return false;
            search(execution);
        }
        execution[step_.hop.relationship] = found_[at_++];
        return true;
    }

  private:
    void search(Execution& execution) {
        found_.clear();
        at_ = 0;
        const auto& from = execution[step_.hop.from];
        const auto& to = execution[step_.hop.to];
        if (!from.is(ValueKind::node) || !to.is(ValueKind::node)) return;
        if (from.node() == to.node()) {
            if (step_.min <= 0) found_.emplace_back(List());
            return;
        }
        if (step_.properties.empty() && step_.min <= 1) {
            from_both_ends({from.node(), to.node()}, execution);
        } else {
            from_the_start({from.node(), to.node()}, execution);
        }
    }

    void from_both_ends(graph::Ends ends, Execution& execution) {
        graph::TraversalFilter filter;
        filter.direction = step_.hop.direction;
        for (std::size_t i = 0; i < types_.size(); ++i) {
            if (const auto type = types_(i, execution)) filter.types.push_back(*type);
        }
        const bool none_known = filter.types.empty() && !types_.any();
        if (none_known || !execution.graph->has(ends.from) || !execution.graph->has(ends.to))
            return;
        constexpr std::int64_t farthest = std::numeric_limits<std::uint32_t>::max();
        const auto max_hops = static_cast<std::uint32_t>(
            std::clamp<std::int64_t>(step_.max.value_or(farthest), 0, farthest));
        const graph::Budget budget{execution.meter.hops_left(), execution.meter.deadline(),
                                   execution.meter.cancelled()};
        // Its arrays are as long as the graph: kept from one search to the next.
        thread_local graph::Scratch scratch;
        if (!step_.all) {
            const auto path = accepted(
                graph::shortest_path(scratch, *execution.graph, ends, filter, max_hops, budget));
            if (path) add(*path, execution);
            return;
        }
        constexpr std::size_t most_paths = 100'000;
        const auto all = accepted(graph::all_shortest_paths(scratch, *execution.graph, ends, filter,
                                                            max_hops, most_paths, budget));
        if (all.truncated) {
            throw_refusal({graph::RefusalCode::limit_exceeded,
                           "There are more than 100,000 shortest paths between two nodes of " +
                               step_.hop.pattern + "; add a relationship type.",
                           "", std::nullopt, ""});
        }
        for (const auto& path : all.paths) add(path, execution);
    }

    void add(const graph::Path& path, Execution& execution) {
        execution.meter.hold(64 + path.relationships.size() * sizeof(Value));
        execution.meter.steps(path.relationships.size());
        found_.emplace_back(List(path.relationships.begin(), path.relationships.end()));
    }

    void from_the_start(graph::Ends ends, Execution& execution) {
        wanted_.clear();
        for (const auto& [key, expression] : step_.properties)
            wanted_.push_back(evaluate(*expression, execution));
        depth_.clear();
        arrivals_.clear();
        depth_[ends.from] = 0;
        std::vector<NodeId> level{ends.from};
        for (std::int64_t hops = 1; !level.empty() && (!step_.max || hops <= *step_.max); ++hops) {
            level = widen(level, hops, execution);
            const auto reached = depth_.find(ends.to);
            if (reached == depth_.end()) continue;
            std::vector<RelationshipId> trail;
            if (hops >= step_.min) collect(ends.to, ends.from, trail, execution);
            return;
        }
    }

    std::vector<NodeId> widen(const std::vector<NodeId>& level, std::int64_t hops,
                              Execution& execution) {
        std::vector<NodeId> reached;
        AdjacencyCursor cursor;
        for (const auto node : level) {
            cursor.start(step_.hop, types_, node, execution);
            while (const auto* adjacent = cursor.next(execution)) {
                if (!accepts(adjacent->relationship, execution)) continue;
                const auto [place, first] = depth_.try_emplace(adjacent->neighbour, hops);
                if (place->second != hops || (!first && !step_.all)) continue;
                arrivals_[adjacent->neighbour].push_back({adjacent->relationship, node});
                if (first) reached.push_back(adjacent->neighbour);
            }
        }
        execution.meter.hold(reached.size() * 96);
        return reached;
    }

    bool accepts(RelationshipId relationship, const Execution& execution) const {
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (graph::equals(execution.graph->property(relationship, step_.properties[i].first),
                              wanted_[i]) != true)
                return false;
        }
        return true;
    }

    /// Walks back from the target along all shortest ways; the depth of recursion is the length of
    /// the path.
    void collect(NodeId node, NodeId start, std::vector<RelationshipId>& trail,
                 Execution& execution) {
        if (node == start) {
            execution.meter.hold(64 + trail.size() * sizeof(Value));
            found_.emplace_back(List(trail.rbegin(), trail.rend()));
            return;
        }
        for (const auto& [relationship, from] : arrivals_[node]) {
            execution.meter.step();
            trail.push_back(relationship);
            collect(from, start, trail, execution);
            trail.pop_back();
            if (!step_.all && !found_.empty()) return;
        }
    }

    const plan::ShortestPath& step_;
    OperatorPtr source_;
    HopTypes types_;
    std::unordered_map<NodeId, std::int64_t> depth_;
    std::unordered_map<NodeId, std::vector<Arrival>> arrivals_;
    std::vector<Value> wanted_;
    std::vector<Value> found_;
    std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make(const plan::ShortestPath& step, OperatorPtr source) {
    return std::make_unique<ShortestPath>(step, std::move(source));
}

}  // namespace khom::query::operators
