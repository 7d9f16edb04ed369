#include "graph/property_index.h"

#include <algorithm>
#include <numeric>

#include "graph/snapshot.h"
#include "graph/value_order.h"

namespace khom::graph {
namespace {

/// All indexes of a snapshot together: enough for ten properties of a million nodes.
constexpr std::size_t kMostNodes = 10'000'000;

}  // namespace

PropertyIndex::PropertyIndex(const Snapshot& graph, LabelId label, PropertyKeyId key)
    : label_(label) {
    std::vector<std::pair<Value, NodeId>> pairs;
    for (const auto node : graph.nodes(label)) {
        if (auto value = graph.property(node, key); !value.is_null())
            pairs.emplace_back(std::move(value), node);
    }
    std::ranges::sort(pairs, [](const auto& left, const auto& right) {
        const auto values = order(left.first, right.first);
        return values != 0 ? values < 0 : left.second < right.second;
    });
    values_.reserve(pairs.size());
    nodes_.reserve(pairs.size());
    for (auto& [value, node] : pairs) {
        distinct_ += values_.empty() || order(values_.back(), value) != 0 ? 1 : 0;
        values_.push_back(std::move(value));
        nodes_.push_back(node);
    }
}

std::span<const NodeId> PropertyIndex::between(std::size_t begin, std::size_t end) const {
    return begin < end ? std::span(nodes_).subspan(begin, end - begin) : std::span<const NodeId>();
}

std::span<const NodeId> PropertyIndex::equal(const Value& value) const {
    return range(value, value);
}

std::span<const NodeId> PropertyIndex::range(const Value& low, const Value& high) const {
    const auto place = [&](auto before) {
        return static_cast<std::size_t>(std::ranges::partition_point(values_, before) -
                                        values_.begin());
    };
    const auto& one_end = low.is_null() ? high : low;
    if (one_end.is_null()) return nodes_;
    // Values of one kind stand together, and only these compare with the ends.
    const auto begin = place([&](const Value& each) {
        return order(each, one_end) < 0 && (!low.is_null() || !compare(each, one_end));
    });
    const auto end = place([&](const Value& each) {
        if (!high.is_null()) return order(each, high) <= 0;
        return order(each, low) <= 0 || compare(each, low).has_value();
    });
    return between(begin, end);
}

std::span<const NodeId> PropertyIndex::with_prefix(std::string_view prefix) const {
    const Value first(prefix);
    const auto begin = std::ranges::partition_point(
        values_, [&](const Value& each) { return order(each, first) < 0; });
    const auto end = std::partition_point(begin, values_.end(), [&](const Value& each) {
        return each.is(ValueKind::string) && each.string().starts_with(prefix);
    });
    return between(static_cast<std::size_t>(begin - values_.begin()),
                   static_cast<std::size_t>(end - values_.begin()));
}

std::shared_ptr<const PropertyIndex> PropertyIndexes::find(const Snapshot& graph, LabelId label,
                                                           PropertyKeyId key) {
    const std::lock_guard lock(mutex_);
    auto& entry = entries_[{label, key}];
    if (entry.index != nullptr) return entry.index;
    if (!std::exchange(entry.asked, true)) return nullptr;
    const auto count = graph.count(label);
    if (nodes_ + count > kMostNodes) return nullptr;
    nodes_ += count;
    entry.index = std::make_shared<const PropertyIndex>(graph, label, key);
    return entry.index;
}

}  // namespace khom::graph
