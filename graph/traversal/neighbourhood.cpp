#include "graph/traversal/neighbourhood.h"

#include <algorithm>

#include "graph/traversal/walk_private.h"

namespace khom::graph {

Result<Neighbourhood> neighbourhood(Scratch& scratch, const Snapshot& graph, NodeId start,
                                    const TraversalFilter& filter, const Reach& reach,
                                    const Budget& budget) {
    auto& rooms = scratch.rooms();
    auto& reached = rooms.reached;
    const Passage passage(graph, filter);
    Spending spending(budget);
    reached.assign(1, Reached{start, {}, 0, 0});
    rooms.seen.begin(graph.node_id_limit());
    rooms.seen.add(index(start));
    bool truncated = false;
    for (std::uint32_t at = 0; at < reached.size() && reached[at].hops < reach.depth; ++at) {
        const auto hops = reached[at].hops + 1;
        const bool all =
            passage.steps(reached[at].node, filter.direction, spending, [&](const Adjacent& step) {
                if (rooms.seen.has(index(step.neighbour))) return true;
                truncated = reached.size() > reach.limit;
                if (truncated) return false;
                rooms.seen.add(index(step.neighbour));
                reached.push_back({step.neighbour, step.relationship, at, hops});
                return true;
            });
        if (truncated) break;
        if (!all) return spending.refusal();
    }
    return Neighbourhood{reached, truncated};
}

namespace {

/// The nodes one step from `level`, each once, into `next`.
bool advance(Scratch::Rooms& rooms, const Passage& passage, Direction direction,
             Spending& spending) {
    rooms.next.clear();
    for (const auto node : rooms.level) {
        if (!passage.steps(node, direction, spending, [&](const Adjacent& step) {
                if (rooms.seen.add(index(step.neighbour))) rooms.next.push_back(step.neighbour);
                return true;
            })) {
            return false;
        }
    }
    return true;
}

/// Counts the nodes one step from `level`, each once, without a branch where nothing but types is
/// asked.
///
/// Most of the time would go to waiting for rows that lie far apart in memory: so all rows are
/// found first, then read while those after them are being fetched.
bool count_next(Scratch::Rooms& rooms, const Passage& passage, Direction direction,
                Spending& spending, std::size_t& count) {
    constexpr std::size_t ahead = 6;
    auto* const marks = rooms.seen.data();
    const auto round = rooms.seen.round();
    rooms.spans.clear();
    for (const auto node : rooms.level) {
        passage.spans(node, direction, [&](std::span<const Adjacent> span) {
            if (!span.empty()) rooms.spans.push_back(span);
            return true;
        });
    }
    for (std::size_t i = 0; i < rooms.spans.size(); ++i) {
        if (i + ahead < rooms.spans.size()) {
            const auto& later = rooms.spans[i + ahead];
            __builtin_prefetch(later.data());
            __builtin_prefetch(later.data() + later.size() / 2);
        }
        if (!spending.spend(rooms.spans[i].size())) return false;
        for (const auto& step : rooms.spans[i]) {
            if (!passage.plain() && !passage.lets(step)) continue;
            auto& mark = marks[index(step.neighbour)];
            count += static_cast<std::size_t>(mark != round);
            mark = round;
        }
    }
    return true;
}

}  // namespace

Result<std::size_t> count_ends(Scratch& scratch, const Snapshot& graph, NodeId start,
                               const TraversalFilter& filter, std::uint32_t hops,
                               const Budget& budget) {
    if (hops < 1 || hops > 6) return refuse_parameter("hops", "hops is 1 to 6.");
    auto& rooms = scratch.rooms();
    const Passage passage(graph, filter);
    Spending spending(budget);
    rooms.level.assign(1, start);
    for (std::uint32_t hop = 1; hop < hops; ++hop) {
        rooms.seen.begin(graph.node_id_limit());
        if (!advance(rooms, passage, filter.direction, spending)) return spending.refusal();
        std::swap(rooms.level, rooms.next);
    }
    rooms.seen.begin(graph.node_id_limit());
    rooms.seen.add(index(start));
    std::size_t count = 0;
    if (!count_next(rooms, passage, filter.direction, spending, count)) return spending.refusal();
    return count;
}

namespace {

// A count and the round it belongs to share 32 bits, so that nothing is cleared between two
// questions.
constexpr std::uint32_t count_bits = 24;
constexpr std::uint32_t count_most = (1U << count_bits) - 1;

std::uint32_t begin_counting(Scratch::Rooms& rooms, std::size_t size) {
    if (rooms.counts.size() < size || rooms.counts_round == Scratch::Rooms::last_round) {
        rooms.counts.assign(std::max(size, rooms.counts.size()), 0);
        rooms.counts_round = 0;
    }
    return ++rooms.counts_round << count_bits;
}

/// Counts for the nodes one step back from `shared`, each once for this `shared`.
bool count_back(Scratch::Rooms& rooms, const Passage& back, const TraversalFilter& filter,
                NodeId shared, std::uint32_t base, std::uint32_t wanted, Spending& spending) {
    const bool may_repeat_over_spans =
        filter.types.size() != 1 || filter.direction == Direction::both;
    if (may_repeat_over_spans) rooms.again.begin(rooms.counts.size());
    return back.spans(shared, reversed(filter.direction), [&](std::span<const Adjacent> span) {
        if (!spending.spend(span.size())) return false;
        const Adjacent* before = nullptr;
        for (const auto& step : span) {
            if (!back.plain() && !back.lets(step)) continue;
            if (may_repeat_over_spans ? !rooms.again.add(index(step.neighbour))
                                      : before != nullptr && before->neighbour == step.neighbour) {
                continue;  // parallel: the thing shared counts once
            }
            before = &step;
            auto& count = rooms.counts[index(step.neighbour)];
            count = std::max(count, base) + 1;
            if (count - base == wanted) rooms.shared.push_back({step.neighbour, 0});
        }
        return true;
    });
}

}  // namespace

Result<std::span<const Shared>> sharing(Scratch& scratch, const Snapshot& graph, NodeId start,
                                        const TraversalFilter& filter, const Sharing& wanted,
                                        const Budget& budget) {
    auto& rooms = scratch.rooms();
    const Passage there(graph, filter);
    const Passage back(graph, filter, NodesAre::free);
    Budget capped = budget;
    capped.hops = std::min<std::uint64_t>(budget.hops, count_most);
    Spending spending(capped);

    const auto base = begin_counting(rooms, graph.node_id_limit());
    rooms.seen.begin(graph.node_id_limit());
    rooms.shared.clear();
    rooms.level.assign(1, start);
    if (!advance(rooms, there, filter.direction, spending)) return spending.refusal();
    const auto at_least = std::max(wanted.at_least, 1U);
    for (const auto shared : rooms.next) {
        if (!count_back(rooms, back, filter, shared, base, at_least, spending)) {
            return spending.refusal();
        }
    }
    std::erase_if(rooms.shared, [&](const Shared& other) { return other.node == start; });
    for (auto& other : rooms.shared) other.count = rooms.counts[index(other.node)] - base;
    const auto kept = std::min(wanted.limit, rooms.shared.size());
    std::partial_sort(
        rooms.shared.begin(), rooms.shared.begin() + static_cast<std::ptrdiff_t>(kept),
        rooms.shared.end(), [](const Shared& left, const Shared& right) {
            return left.count != right.count ? left.count > right.count : left.node < right.node;
        });
    return std::span<const Shared>(rooms.shared).first(kept);
}

}  // namespace khom::graph
