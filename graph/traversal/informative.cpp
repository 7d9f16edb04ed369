#include "graph/traversal/informative.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "graph/traversal/walk_private.h"

// First, backwards from the goal, the least cost of a walk of exactly j steps from each node (its
// layers); then, forwards from the source, partial paths in the order of what they cost and at
// least will cost. A walk may repeat nodes and so costs no more than the path it bounds: the first
// k paths that arrive are the k cheapest.

namespace khom::graph {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::uint32_t most_hops = 8;
/// A path under way takes memory: it is charged as so many relationships.
constexpr std::uint64_t partial_weight = 16;

/// The costs of steps and nodes in one graph.
class Prices {
  public:
    Prices(const Snapshot& graph, const PathCost& cost) : graph_(graph), degree_(cost.degree) {
        const auto all = std::max(2.0, static_cast<double>(graph.relationship_count()));
        for (std::size_t type = 0; type < graph.type_count(); ++type) {
            const auto some = graph.count(TypeId{static_cast<std::uint32_t>(type)});
            const auto share = std::log(std::max(1.0, static_cast<double>(some))) / std::log(all);
            step_.push_back(cost.hop + cost.type * share);
        }
    }
    double step(TypeId type) const { return step_[number(type)]; }
    double inner(NodeId node) const {
        return degree_ * std::log2(std::max(1.0, static_cast<double>(graph_.degree(node))));
    }

  private:
    const Snapshot& graph_;
    double degree_;
    std::vector<double> step_;
};

/// A path under way: the last step, and what came before.
struct Partial {
    NodeId node{};
    RelationshipId via{};
    std::uint32_t before = 0;  // place of the rest; its own for the source
    std::uint32_t hops = 0;
    double cost = 0;
};

struct Candidate {
    double least = 0;  // cost so far and the bound of the rest
    std::uint32_t hops = 0;
    std::uint32_t at = 0;
    bool operator<(const Candidate& other) const {  // for a heap: the last is the next
        if (least != other.least) return least > other.least;
        return hops != other.hops ? hops > other.hops : at > other.at;
    }
};

class Search {
  public:
    Search(Scratch::Rooms& rooms, const Snapshot& graph, const TraversalFilter& filter, Ends ends,
           const Informative& wanted, const Budget& budget)
        : rooms_(rooms),
          graph_(graph),
          passage_(graph, filter),
          direction_(filter.direction),
          ends_(ends),
          wanted_(wanted),
          prices_(graph, wanted.cost),
          spending_(budget),
          layers_(wanted.max_hops) {}

    Result<std::vector<InformativePath>> run() {
        prepare();
        const bool bounded = set_bounds();
        const bool found = bounded && best_first();
        forget();
        if (!found) return spending_.refusal();
        return std::move(answer_);
    }

  private:
    double& layer(NodeId node, std::uint32_t steps) {
        return rooms_.bounds[index(node) * most_hops + steps];
    }

    void prepare() {
        const auto size = graph_.node_id_limit() * most_hops;
        if (rooms_.bounds.size() < size) rooms_.bounds.resize(size, infinite);
        touched_.clear();
    }
    void forget() {
        for (const auto node : touched_) {
            std::fill_n(&layer(node, 0), most_hops, infinite);
        }
    }

    /// layer(v, j): the least cost of a walk of exactly j steps from v to the goal, its inner nodes
    /// paid, v itself not. Known for nodes that the source can reach in what hops remain.
    bool set_bounds() {
        if (!measure_from_source()) return false;
        std::vector<NodeId> now{ends_.to}, next;
        touch(ends_.to);
        layer(ends_.to, 0) = 0;
        for (std::uint32_t steps = 1; steps < layers_; ++steps) {
            next.clear();
            for (const auto node : now) {
                const auto rest =
                    layer(node, steps - 1) + (node == ends_.to ? 0 : prices_.inner(node));
                if (!passage_.spans(node, reversed(direction_),
                                    [&](auto span) { return lower(span, steps, rest, next); })) {
                    return false;
                }
            }
            std::swap(now, next);
        }
        return true;
    }

    bool lower(std::span<const Adjacent> span, std::uint32_t steps, double rest,
               std::vector<NodeId>& next) {
        if (!spending_.spend(span.size())) return false;
        for (const auto& step : span) {
            const auto node = step.neighbour;
            if (!rooms_.seen.has(index(node)) || node == ends_.to) continue;
            if (rooms_.counts[index(node)] + steps > layers_) continue;
            if (!passage_.lets_relationship(step.relationship)) continue;
            if (node != ends_.from && !passage_.lets_node(node)) continue;
            auto& known = layer(node, steps);
            if (known == infinite) {
                if (node != ends_.from) next.push_back(node);
                touch(node);
            }
            known = std::min(known, prices_.step(step.type) + rest);
        }
        return true;
    }

    void touch(NodeId node) {
        if (rooms_.again.add(index(node))) touched_.push_back(node);
    }

    /// Hops from the source, into `rooms.counts` where `rooms.seen` says so.
    bool measure_from_source() {
        rooms_.again.begin(graph_.node_id_limit());
        rooms_.seen.begin(graph_.node_id_limit());
        rooms_.counts.resize(std::max(rooms_.counts.size(), graph_.node_id_limit()));
        rooms_.counts_round = Scratch::Rooms::last_round;  // `sharing` must wipe them
        rooms_.seen.add(index(ends_.from));
        rooms_.counts[index(ends_.from)] = 0;
        rooms_.level.assign(1, ends_.from);
        for (std::uint32_t hop = 1; hop < layers_; ++hop) {
            rooms_.next.clear();
            for (const auto node : rooms_.level) {
                if (!passage_.steps(node, direction_, spending_, [&](const Adjacent& step) {
                        if (rooms_.seen.add(index(step.neighbour))) {
                            rooms_.counts[index(step.neighbour)] = hop;
                            rooms_.next.push_back(step.neighbour);
                        }
                        return true;
                    })) {
                    return false;
                }
            }
            std::swap(rooms_.level, rooms_.next);
        }
        return true;
    }

    /// What the rest costs at least, with `left` steps to go.
    double bound(NodeId node, std::uint32_t left) {
        double least = infinite;
        for (std::uint32_t steps = 0; steps <= left && steps < most_hops; ++steps) {
            least = std::min(least, layer(node, steps));
        }
        return least;
    }

    bool best_first() {
        partials_.assign(1, Partial{ends_.from, {}, 0, 0, 0});
        heap_.push({0, 0, 0});
        while (!heap_.empty() && answer_.size() < wanted_.k) {
            const auto at = heap_.top().at;
            heap_.pop();
            if (partials_[at].node == ends_.to) {
                answer_.push_back({path_of(at), partials_[at].cost});
            } else if (partials_[at].hops < wanted_.max_hops && !extend(at)) {
                return false;
            }
        }
        std::sort(answer_.begin(), answer_.end(),
                  [](const InformativePath& one, const InformativePath& other) {
                      if (one.cost != other.cost) return one.cost < other.cost;
                      if (one.path.nodes.size() != other.path.nodes.size()) {
                          return one.path.nodes.size() < other.path.nodes.size();
                      }
                      return one.path.nodes < other.path.nodes;
                  });
        return true;
    }

    bool extend(std::uint32_t at) {
        const auto from = partials_[at];
        const auto left = wanted_.max_hops - from.hops - 1;
        const auto paid = from.cost + (from.node == ends_.from ? 0 : prices_.inner(from.node));
        steps_.clear();
        if (!passage_.spans(from.node, direction_, [&](std::span<const Adjacent> span) {
                if (!spending_.spend(span.size())) return false;
                for (const auto& step : span) {
                    if (bound(step.neighbour, left) == infinite) continue;
                    if (!passage_.lets_relationship(step.relationship)) continue;
                    if (step.neighbour != ends_.to && !passage_.lets_node(step.neighbour)) continue;
                    if (!is_on(at, step.neighbour)) steps_.push_back(step);
                }
                return true;
            })) {
            return false;
        }
        keep_cheapest_parallels();
        for (const auto& step : steps_) {
            const auto cost = paid + prices_.step(step.type);
            const auto inner = step.neighbour == ends_.to ? 0 : prices_.inner(step.neighbour);
            const auto place = static_cast<std::uint32_t>(partials_.size());
            partials_.push_back({step.neighbour, step.relationship, at, from.hops + 1, cost});
            heap_.push({cost + inner + bound(step.neighbour, left), from.hops + 1, place});
        }
        return spending_.spend(partial_weight * steps_.size());
    }

    void keep_cheapest_parallels() {
        std::sort(steps_.begin(), steps_.end(), [&](const Adjacent& one, const Adjacent& other) {
            if (one.neighbour != other.neighbour) return one.neighbour < other.neighbour;
            const auto left = prices_.step(one.type), right = prices_.step(other.type);
            return left != right ? left < right : one.relationship < other.relationship;
        });
        const auto same_end = [](const Adjacent& one, const Adjacent& other) {
            return one.neighbour == other.neighbour;
        };
        steps_.erase(std::unique(steps_.begin(), steps_.end(), same_end), steps_.end());
    }

    bool is_on(std::uint32_t at, NodeId node) const {
        for (;; at = partials_[at].before) {
            if (partials_[at].node == node) return true;
            if (partials_[at].before == at) return false;
        }
    }

    Path path_of(std::uint32_t at) const {
        Path path;
        for (; partials_[at].before != at; at = partials_[at].before) {
            path.nodes.push_back(partials_[at].node);
            path.relationships.push_back(partials_[at].via);
        }
        path.nodes.push_back(ends_.from);
        std::reverse(path.nodes.begin(), path.nodes.end());
        std::reverse(path.relationships.begin(), path.relationships.end());
        return path;
    }

    Scratch::Rooms& rooms_;
    const Snapshot& graph_;
    Passage passage_;
    Direction direction_;
    Ends ends_;
    const Informative& wanted_;
    Prices prices_;
    Spending spending_;
    std::uint32_t layers_;
    std::vector<NodeId> touched_;
    std::vector<Partial> partials_;
    std::priority_queue<Candidate> heap_;
    std::vector<Adjacent> steps_;
    std::vector<InformativePath> answer_;
};

}  // namespace

Result<std::vector<InformativePath>> informative_paths(Scratch& scratch, const Snapshot& graph,
                                                       Ends ends, const TraversalFilter& filter,
                                                       const Informative& wanted,
                                                       const Budget& budget) {
    if (wanted.max_hops < 1 || wanted.max_hops > most_hops) {
        return refuse_parameter("max_hops", "max_hops is 1 to 8.");
    }
    if (ends.from == ends.to) return std::vector<InformativePath>{};
    return Search(scratch.rooms(), graph, filter, ends, wanted, budget).run();
}

double path_cost(const Snapshot& graph, const Path& path, const PathCost& cost) {
    const Prices prices(graph, cost);
    double sum = 0;
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
        sum += prices.step(graph.endpoints(path.relationships[i]).type);
        if (i > 0) sum += prices.inner(path.nodes[i]);
    }
    return sum;
}

}  // namespace khom::graph
