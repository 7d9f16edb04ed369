#include "graph/traversal/shortest.h"

#include <algorithm>

#include "graph/traversal/walk_private.h"

// Two searches, one from each end, each breadth first; the one whose last level is smaller grows.
// As long as they have not met, the distance is more than the sum of their depths, so the first
// node that both know lies on a shortest path.

namespace khom::graph {
namespace {

constexpr std::size_t ahead = 8;  // rows on their way from memory at once

struct Meeting {
    std::uint32_t hops = 0;
    Visit from_side, to_side;  // the same node as each side came to it
};

/// Both sides mark nodes in one array, so that one look tells whose a node is.
class TwoSided {
  public:
    TwoSided(Scratch::Rooms& rooms, const Snapshot& graph, const TraversalFilter& filter,
             const Budget& budget)
        : rooms_(rooms),
          graph_(graph),
          filter_(filter),
          passage_(graph, filter),
          spending_(budget) {}

    /// Grows until the sides meet. None where they do not within `max_hops`.
    Result<std::optional<Meeting>> meet(Ends ends, std::uint32_t max_hops) {
        rooms_.seen.begin(graph_.node_id_limit());
        start(0, ends.from);
        start(1, ends.to);
        while (depth_[0] + depth_[1] < max_hops && width(0) > 0 && width(1) > 0) {
            const int side = width(0) <= width(1) ? 0 : 1;
            if (!grow(side, ends)) {
                if (!met_) return spending_.refusal();
                return meeting(side);
            }
        }
        return std::optional<Meeting>();
    }

  private:
    void start(int side, NodeId node) {
        rooms_.side[side].assign(1, Visit{node, {}, 0});
        rooms_.seen.data()[index(node)] = mark(side);
        level_[side] = 0;
    }
    std::uint8_t mark(int side) const {
        return static_cast<std::uint8_t>(rooms_.seen.round() + side);
    }
    std::size_t width(int side) const { return rooms_.side[side].size() - level_[side]; }

    /// One level more. False where it met the other side, or the budget ended.
    bool grow(int side, const Ends& ends) {
        auto& visits = rooms_.side[side];
        auto* const marks = rooms_.seen.data();
        const auto mine = mark(side);
        const auto theirs = mark(1 - side);
        const auto goal = side == 0 ? ends.to : ends.from;
        const auto way = side == 0 ? filter_.direction : reversed(filter_.direction);
        const auto end = visits.size();
        ++depth_[side];
        auto& rows = rooms_.rows;
        rows.clear();
        auto next = level_[side];
        for (std::size_t at = 0;; ++at) {
            for (; next < end && rows.size() < at + ahead; ++next) {
                fetch(visits[next].node, way, next);
            }
            if (at == rows.size()) break;
            const auto row = rows[at];
            if (!spending_.spend(row.steps.size())) return false;
            for (const auto& step : row.steps) {
                auto& known = marks[index(step.neighbour)];
                if (known == mine || !lets(step, goal)) continue;
                const Visit visit{step.neighbour, step.relationship, row.of};
                if (known == theirs) {
                    met_ = visit;
                    return false;
                }
                known = mine;
                visits.push_back(visit);
            }
        }
        level_[side] = end;
        return true;
    }

    /// Rows lie far apart in memory: those of the next nodes are fetched while this one's are read.
    void fetch(NodeId node, Direction way, std::size_t of) {
        passage_.spans(node, way, [&](std::span<const Adjacent> span) {
            if (span.empty()) return true;
            __builtin_prefetch(span.data());
            rooms_.rows.push_back({span, static_cast<std::uint32_t>(of)});
            return true;
        });
    }

    /// The ends themselves are never filtered.
    bool lets(const Adjacent& step, NodeId goal) const {
        if (passage_.plain()) return true;
        if (step.neighbour == goal) return passage_.lets_relationship(step.relationship);
        return passage_.lets(step);
    }

    std::optional<Meeting> meeting(int side) const {
        const auto& others = rooms_.side[1 - side];
        const auto other = *std::find_if(others.begin(), others.end(), [&](const Visit& visit) {
            return visit.node == met_->node;
        });
        return side == 0 ? Meeting{depth_[0] + depth_[1], *met_, other}
                         : Meeting{depth_[0] + depth_[1], other, *met_};
    }

    Scratch::Rooms& rooms_;
    const Snapshot& graph_;
    const TraversalFilter& filter_;
    Passage passage_;
    Spending spending_;
    std::size_t level_[2] = {0, 0};  // where the last level begins
    std::uint32_t depth_[2] = {0, 0};
    std::optional<Visit> met_;
};

Path path_through(const Scratch::Rooms& rooms, Ends ends, const Meeting& meeting) {
    Path path;
    for (auto visit = meeting.from_side; visit.node != ends.from;
         visit = rooms.side[0][visit.parent]) {
        path.nodes.push_back(visit.node);
        path.relationships.push_back(visit.via);
    }
    path.nodes.push_back(ends.from);
    std::reverse(path.nodes.begin(), path.nodes.end());
    std::reverse(path.relationships.begin(), path.relationships.end());
    for (auto visit = meeting.to_side; visit.node != ends.to;) {
        path.relationships.push_back(visit.via);
        visit = rooms.side[1][visit.parent];
        path.nodes.push_back(visit.node);
    }
    return path;
}

}  // namespace

Result<std::optional<std::uint32_t>> distance(Scratch& scratch, const Snapshot& graph, Ends ends,
                                              const TraversalFilter& filter, std::uint32_t max_hops,
                                              const Budget& budget) {
    if (ends.from == ends.to) return std::optional<std::uint32_t>(0);
    return TwoSided(scratch.rooms(), graph, filter, budget)
        .meet(ends, max_hops)
        .map([](const std::optional<Meeting>& meeting) {
            return meeting ? std::optional(meeting->hops) : std::nullopt;
        });
}

Result<std::optional<Path>> shortest_path(Scratch& scratch, const Snapshot& graph, Ends ends,
                                          const TraversalFilter& filter, std::uint32_t max_hops,
                                          const Budget& budget) {
    if (ends.from == ends.to) return std::optional(Path{{ends.from}, {}});
    return TwoSided(scratch.rooms(), graph, filter, budget)
        .meet(ends, max_hops)
        .map([&](const std::optional<Meeting>& meeting) {
            return meeting ? std::optional(path_through(scratch.rooms(), ends, *meeting))
                           : std::nullopt;
        });
}

Result<bool> is_reachable(Scratch& scratch, const Snapshot& graph, Ends ends,
                          const TraversalFilter& filter, const Budget& budget) {
    return distance(scratch, graph, ends, filter, std::numeric_limits<std::uint32_t>::max(), budget)
        .map([](const std::optional<std::uint32_t>& hops) { return hops.has_value(); });
}

namespace {

/// Walks from `from` over nodes that lie one hop nearer to `to` each time: depth first, in the
/// order of relationships.
class Unfold {
  public:
    Unfold(Scratch::Rooms& rooms, const Passage& passage, Direction direction, Spending& spending,
           std::size_t limit)
        : rooms_(rooms),
          passage_(passage),
          direction_(direction),
          spending_(spending),
          limit_(limit) {}

    bool from(NodeId node, NodeId goal, std::uint32_t left, AllShortest& answer) {
        if (left == 0) {
            if (answer.paths.size() == limit_) {
                answer.truncated = true;
                return false;
            }
            answer.paths.push_back(path_);
            return true;
        }
        std::vector<Adjacent> steps;
        const bool all = passage_.spans(node, direction_, [&](std::span<const Adjacent> span) {
            if (!spending_.spend(span.size())) return false;
            for (const auto& step : span) {
                if (!nearer(step.neighbour, goal, left - 1)) continue;
                if (passage_.lets_relationship(step.relationship)) steps.push_back(step);
            }
            return true;
        });
        std::sort(steps.begin(), steps.end(), [](const Adjacent& one, const Adjacent& other) {
            return one.relationship < other.relationship;
        });
        return all && std::all_of(steps.begin(), steps.end(), [&](const Adjacent& step) {
                   path_.nodes.push_back(step.neighbour);
                   path_.relationships.push_back(step.relationship);
                   const bool on = from(step.neighbour, goal, left - 1, answer);
                   path_.nodes.pop_back();
                   path_.relationships.pop_back();
                   return on;
               });
    }
    void begin(NodeId node) { path_.nodes.assign(1, node); }

  private:
    /// `rooms.counts` holds the hops to the goal of what `rooms.seen` has.
    bool nearer(NodeId node, NodeId goal, std::uint32_t hops) const {
        return (node == goal) == (hops == 0) && rooms_.seen.has(index(node)) &&
               rooms_.counts[index(node)] == hops;
    }

    Scratch::Rooms& rooms_;
    const Passage& passage_;
    Direction direction_;
    Spending& spending_;
    std::size_t limit_;
    Path path_;
};

/// How far each node within `hops` of the goal is from it, into `rooms.counts` where `rooms.seen`
/// says so.
bool measure(Scratch::Rooms& rooms, const Snapshot& graph, const Passage& passage,
             Direction direction, NodeId goal, std::uint32_t hops, Spending& spending) {
    rooms.seen.begin(graph.node_id_limit());
    rooms.counts.resize(std::max(rooms.counts.size(), graph.node_id_limit()));
    rooms.counts_round = Scratch::Rooms::last_round;  // `sharing` must wipe them
    rooms.seen.add(index(goal));
    rooms.counts[index(goal)] = 0;
    rooms.level.assign(1, goal);
    for (std::uint32_t hop = 1; hop <= hops; ++hop) {
        rooms.next.clear();
        for (const auto node : rooms.level) {
            if (!passage.steps(node, direction, spending, [&](const Adjacent& step) {
                    if (rooms.seen.add(index(step.neighbour))) {
                        rooms.counts[index(step.neighbour)] = hop;
                        rooms.next.push_back(step.neighbour);
                    }
                    return true;
                })) {
                return false;
            }
        }
        std::swap(rooms.level, rooms.next);
    }
    return true;
}

}  // namespace

Result<AllShortest> all_shortest_paths(Scratch& scratch, const Snapshot& graph, Ends ends,
                                       const TraversalFilter& filter, std::uint32_t max_hops,
                                       std::size_t limit, const Budget& budget) {
    const auto hops = distance(scratch, graph, ends, filter, max_hops, budget);
    if (!hops) return tl::unexpected(hops.error());
    AllShortest answer;
    if (!*hops) return answer;
    auto& rooms = scratch.rooms();
    const Passage passage(graph, filter);
    Spending spending(budget);
    const auto inner = **hops > 0 ? **hops - 1 : 0;
    if (!measure(rooms, graph, passage, reversed(filter.direction), ends.to, inner, spending)) {
        return spending.refusal();
    }
    Unfold unfold(rooms, passage, filter.direction, spending, limit);
    unfold.begin(ends.from);
    if (!unfold.from(ends.from, ends.to, **hops, answer) && !answer.truncated) {
        return spending.refusal();
    }
    return answer;
}

}  // namespace khom::graph
