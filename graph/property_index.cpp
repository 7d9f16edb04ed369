#include "graph/property_index.h"

#include <algorithm>
#include <iterator>

#include "graph/snapshot.h"
#include "graph/value_order.h"

namespace khom::graph {
namespace {

/// All indexes of a snapshot together: enough for ten properties of a million nodes.
constexpr std::size_t most_nodes = 10'000'000;

/// After a commit of more nodes than this an index is made anew when it is next asked for.
constexpr std::size_t most_changed = 4096;

std::vector<NodeId> united(std::span<const NodeId> one, std::span<const NodeId> other) {
    std::vector<NodeId> all;
    all.reserve(one.size() + other.size());
    std::ranges::set_union(one, other, std::back_inserter(all));
    return all;
}

using Places = std::pair<std::size_t, std::size_t>;

template <class Before>
std::size_t place(const std::vector<Value>& values, Before before) {
    return static_cast<std::size_t>(std::partition_point(values.begin(), values.end(), before) -
                                    values.begin());
}

/// Values of one kind stand together, and only these compare with the ends.
Places places_of_range(const std::vector<Value>& values, const Value& low, const Value& high) {
    const auto& one_end = low.is_null() ? high : low;
    if (one_end.is_null()) return {0, values.size()};
    const auto begin = place(values, [&](const Value& each) {
        return order(each, one_end) < 0 && (!low.is_null() || !compare(each, one_end));
    });
    const auto end = place(values, [&](const Value& each) {
        if (!high.is_null()) return order(each, high) <= 0;
        return order(each, low) <= 0 || compare(each, low).has_value();
    });
    return {begin, end};
}

Places places_of_prefix(const std::vector<Value>& values, std::string_view prefix) {
    const Value first(prefix);
    const auto begin = place(values, [&](const Value& each) { return order(each, first) < 0; });
    const auto end = std::partition_point(
        values.begin() + static_cast<std::ptrdiff_t>(begin), values.end(), [&](const Value& each) {
            return each.is(ValueKind::string) && each.string().starts_with(prefix);
        });
    return {begin, static_cast<std::size_t>(end - values.begin())};
}

}  // namespace

PropertyIndex::Sorted PropertyIndex::sorted(const Snapshot& graph, LabelId label, PropertyKeyId key,
                                            std::span<const NodeId> nodes) {
    std::vector<std::pair<Value, NodeId>> pairs;
    for (const auto node : nodes) {
        if (!graph.has(node) || !graph.has_label(node, label)) continue;
        if (auto value = graph.property(node, key); !value.is_null())
            pairs.emplace_back(std::move(value), node);
    }
    std::ranges::sort(pairs, [](const auto& left, const auto& right) {
        const auto values = order(left.first, right.first);
        return values != 0 ? values < 0 : left.second < right.second;
    });
    Sorted all;
    all.values.reserve(pairs.size());
    all.nodes.reserve(pairs.size());
    for (auto& [value, node] : pairs) {
        all.values.push_back(std::move(value));
        all.nodes.push_back(node);
    }
    return all;
}

PropertyIndex::PropertyIndex(const Snapshot& graph, LabelId label, PropertyKeyId key)
    : label_(label),
      settled_(std::make_shared<const Sorted>(sorted(graph, label, key, graph.nodes(label)))) {}

PropertyIndex::PropertyIndex(const PropertyIndex& older, const Snapshot& graph, PropertyKeyId key,
                             std::span<const NodeId> changed)
    : label_(older.label_), settled_(older.settled_), stale_(united(older.stale_, changed)) {
    constexpr std::size_t handful = 64, part = 8;
    if (stale_.size() > handful + settled_->nodes.size() / part) {
        *this = PropertyIndex(graph, label_, key);
    } else {
        newer_ = sorted(graph, label_, key, stale_);
    }
}

template <class Find>
void PropertyIndex::append(Find find, std::vector<NodeId>& nodes) const {
    const auto [begin, end] = find(settled_->values);
    for (auto i = begin; i < end; ++i) {
        const auto node = settled_->nodes[i];
        if (stale_.empty() || !std::ranges::binary_search(stale_, node)) nodes.push_back(node);
    }
    const auto [newer_begin, newer_end] = find(newer_.values);
    for (auto i = newer_begin; i < newer_end; ++i) nodes.push_back(newer_.nodes[i]);
}

void PropertyIndex::equal(const Value& value, std::vector<NodeId>& nodes) const {
    range(value, value, nodes);
}

void PropertyIndex::range(const Value& low, const Value& high, std::vector<NodeId>& nodes) const {
    append([&](const auto& values) { return places_of_range(values, low, high); }, nodes);
}

void PropertyIndex::with_prefix(std::string_view prefix, std::vector<NodeId>& nodes) const {
    append([&](const auto& values) { return places_of_prefix(values, prefix); }, nodes);
}

PropertyIndexes::PropertyIndexes(PropertyIndexes& older, const std::set<NodeId>& changed) {
    const std::vector<NodeId> now(changed.begin(), changed.end());
    const std::lock_guard lock(older.mutex_);
    for (const auto& [of, entry] : older.entries_) {
        auto& own = entries_[of];
        own.asked = entry.asked;
        if (entry.index == nullptr || entry.changed.size() + now.size() > most_changed) continue;
        own.index = entry.index;
        own.changed = united(entry.changed, now);
        nodes_ += entry.index->size();
    }
}

std::shared_ptr<const PropertyIndex> PropertyIndexes::find(const Snapshot& graph, LabelId label,
                                                           PropertyKeyId key) {
    const std::lock_guard lock(mutex_);
    auto& entry = entries_[{label, key}];
    if (entry.index != nullptr) {
        if (!entry.changed.empty()) {
            entry.index =
                std::make_shared<const PropertyIndex>(*entry.index, graph, key, entry.changed);
            entry.changed.clear();
        }
        return entry.index;
    }
    if (!std::exchange(entry.asked, true)) return nullptr;
    const auto count = graph.count(label);
    if (nodes_ + count > most_nodes) return nullptr;
    nodes_ += count;
    entry.index = std::make_shared<const PropertyIndex>(graph, label, key);
    return entry.index;
}

}  // namespace khom::graph
