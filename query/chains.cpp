// Yen's algorithm: the next best chain leaves one already found at some node, so for each such node
// the best way on is searched with the chain so far, and the steps that known chains take from
// there, forbidden. The cheapest walk of at most h steps has no node twice, because cutting a loop
// out saves both cost and steps; so the inner search need not remember paths.

#include "query/chains.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <queue>
#include <set>
#include <unordered_map>

namespace khom::query {

namespace {

using graph::Direction;
using graph::NodeId;

struct TooMuch {};

/// The searches of one request, with what they share: the step counts to the target and the links
/// of each node.
class Searches {
  public:
    Searches(const graph::Snapshot& graph, const ChainRequest& request)
        : graph_(graph), request_(request) {
        measure();
    }

    /// The cheapest way from `begin` to the target in at most `steps`, through none of `closed`,
    /// first step to none of `not_first`. Empty if there is none.
    std::vector<Link> cheapest(NodeId begin, std::size_t steps,
                               const std::unordered_set<NodeId>& closed,
                               const std::set<NodeId>& not_first);

  private:
    /// At most how many steps away nodes lie from the target, as far as the request reaches.
    void measure();
    const std::vector<Link>& links(NodeId node);
    bool reaches(NodeId node, std::size_t steps_left) const {
        const auto found = steps_to_target_.find(node);
        return found != steps_to_target_.end() && found->second <= steps_left;
    }
    void look() {
        if (++looked_at_ > request_.most_looked_at) {
            throw TooMuch{};
        }
    }

    const graph::Snapshot& graph_;
    const ChainRequest& request_;
    std::unordered_map<NodeId, std::size_t> steps_to_target_;
    std::unordered_map<NodeId, std::vector<Link>> links_;
    std::size_t looked_at_ = 0;
};

void Searches::measure() {
    std::vector<NodeId> found = {request_.target};
    steps_to_target_[request_.target] = 0;
    for (std::size_t at = 0; at < found.size(); ++at) {
        const auto node = found[at];
        const auto steps = steps_to_target_[node];
        const bool is_wall = node != request_.target && !request_.passable(node);
        if (steps == request_.max_hops || is_wall) {
            continue;
        }
        for (const auto direction : {Direction::out, Direction::in}) {
            for (const auto& adjacent : graph_.adjacent(node, direction)) {
                look();
                if (steps_to_target_.emplace(adjacent.neighbour, steps + 1).second) {
                    found.push_back(adjacent.neighbour);
                }
            }
        }
    }
}

const std::vector<Link>& Searches::links(NodeId node) {
    const auto known = links_.find(node);
    if (known != links_.end()) {
        return known->second;
    }
    std::map<NodeId, Link> best;
    for (const auto direction : {Direction::out, Direction::in}) {
        for (const auto& adjacent : graph_.adjacent(node, direction)) {
            look();
            const auto to = adjacent.neighbour;
            const bool open = to == request_.target || request_.passable(to);
            if (to == node || !open || !steps_to_target_.contains(to)) {
                continue;
            }
            const auto cost = request_.cost(node, direction, adjacent);
            const auto [at, is_new] =
                best.emplace(to, Link{node, to, adjacent.relationship, direction, cost});
            if (!is_new && cost < at->second.cost) {
                at->second = {node, to, adjacent.relationship, direction, cost};
            }
        }
    }
    auto& all = links_[node];
    for (const auto& [to, link] : best) {
        if (std::isfinite(link.cost)) {
            all.push_back(link);
        }
    }
    return all;
}

/// A place in the search: a node, and how many steps were taken to it.
struct State {
    double cost = 0;
    std::size_t steps = 0;
    NodeId node{};
    auto operator<=>(const State&) const = default;
};

std::vector<Link> Searches::cheapest(NodeId begin, std::size_t steps,
                                     const std::unordered_set<NodeId>& closed,
                                     const std::set<NodeId>& not_first) {
    std::priority_queue<State, std::vector<State>, std::greater<>> open;
    struct Arrival {
        Link link;
        double cost = 0;  // of the whole way
    };
    std::map<std::pair<NodeId, std::size_t>, Arrival> came_by;
    std::unordered_map<NodeId, std::size_t> settled;  // node → fewest steps it was settled with
    open.push({0, 0, begin});
    while (!open.empty()) {
        const auto state = open.top();
        open.pop();
        const auto known = settled.find(state.node);
        // Settled before means as cheap or cheaper: only with fewer steps taken is it of use again.
        if (known != settled.end() && known->second <= state.steps) {
            continue;
        }
        settled[state.node] = state.steps;
        if (state.node == request_.target) {
            std::vector<Link> chain;
            auto at = std::pair(state.node, state.steps);
            for (; at.second > 0; --at.second) {
                chain.push_back(came_by.at(at).link);
                at.first = chain.back().from;
            }
            std::reverse(chain.begin(), chain.end());
            return chain;
        }
        for (const auto& link : links(state.node)) {
            look();
            const bool barred = closed.contains(link.to) || link.to == begin ||
                                (state.steps == 0 && not_first.contains(link.to));
            const auto taken = state.steps + 1;
            if (barred || taken > steps || !reaches(link.to, steps - taken)) {
                continue;
            }
            const auto before = settled.find(link.to);
            if (before != settled.end() && before->second <= taken) {
                continue;
            }
            const State next{state.cost + link.cost, taken, link.to};
            const auto [first, is_new] =
                came_by.try_emplace(std::pair(link.to, taken), Arrival{link, next.cost});
            if (is_new || next.cost < first->second.cost) {
                first->second = {link, next.cost};
                open.push(next);
            }
        }
    }
    return {};
}

double cost_of(const std::vector<Link>& links) {
    double cost = 0;
    for (const auto& link : links) {
        cost += link.cost;
    }
    return cost;
}

std::vector<NodeId> nodes_of(const std::vector<Link>& links) {
    std::vector<NodeId> nodes = {links.front().from};
    for (const auto& link : links) {
        nodes.push_back(link.to);
    }
    return nodes;
}

/// Cost, then steps, then nodes: candidates in the order in which they are answers.
using Candidates =
    std::map<std::tuple<double, std::size_t, std::vector<NodeId>>, std::vector<Link>>;

void add(Candidates& candidates, std::vector<Link> links) {
    if (!links.empty()) {
        auto key = std::tuple(cost_of(links), links.size(), nodes_of(links));
        candidates.emplace(std::move(key), std::move(links));
    }
}

/// The ways that leave `last` at each of its nodes.
void branch(Searches& searches, const ChainRequest& request, const std::vector<Chain>& found,
            const std::vector<Link>& last, Candidates& candidates) {
    std::unordered_set<NodeId> closed;
    for (std::size_t at = 0; at < last.size(); ++at) {
        const auto begin = last[at].from;
        std::set<NodeId> not_first;
        for (const auto& chain : found) {
            const auto same = [](const Link& a, const Link& b) { return a.to == b.to; };
            if (chain.links.size() > at &&
                std::equal(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(at),
                           chain.links.begin(), same)) {
                not_first.insert(chain.links[at].to);
            }
        }
        auto rest = searches.cheapest(begin, request.max_hops - at, closed, not_first);
        if (!rest.empty()) {
            std::vector<Link> whole(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(at));
            whole.insert(whole.end(), rest.begin(), rest.end());
            add(candidates, std::move(whole));
        }
        closed.insert(begin);
    }
}

}  // namespace

graph::Result<std::vector<Chain>> cheapest_chains(const graph::Snapshot& graph,
                                                  const ChainRequest& request) {
    std::vector<Chain> found;
    try {
        Searches searches(graph, request);
        Candidates candidates;
        add(candidates, searches.cheapest(request.source, request.max_hops, {}, {}));
        while (!candidates.empty() && found.size() < request.count) {
            auto best = candidates.extract(candidates.begin());
            found.push_back({best.mapped(), std::get<0>(best.key())});
            if (found.size() < request.count) {
                branch(searches, request, found, best.mapped(), candidates);
            }
        }
    } catch (const TooMuch&) {
        return graph::refuse(graph::RefusalCode::limit_exceeded,
                             "Too many relationships lie within these hops: more than " +
                                 std::to_string(request.most_looked_at) +
                                 ". Ask with a lower max_hops.");
    }
    return found;
}

}  // namespace khom::query
