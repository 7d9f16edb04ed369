#include "query/operators/value_table.h"

#include <algorithm>

#include "graph/value_order.h"

namespace khom::query::operators {
namespace {

constexpr std::size_t fewest = 16;

/// Ids and small numbers are most of what is grouped by: these two ways round the general functions
/// keep them to a few instructions.
bool same(const graph::Value& left, const graph::Value& right) {
    using graph::ValueKind;
    if (left.is(ValueKind::node) && right.is(ValueKind::node)) return left.node() == right.node();
    if (left.is(ValueKind::integer) && right.is(ValueKind::integer))
        return left.integer() == right.integer();
    return graph::equivalent(left, right);
}

std::uint32_t hash_of(std::span<const graph::Value> row) {
    std::uint64_t hash = row.size();
    for (const auto& value : row) {
        const std::uint64_t part = value.is(graph::ValueKind::node)
                                       ? number(value.node())
                                       : graph::equivalence_hash(value);
        hash = (hash ^ part) * 0x9e3779b97f4a7c15ULL;
        hash ^= hash >> 32U;
    }
    return static_cast<std::uint32_t>(hash);
}

}  // namespace

ValueTable::Place ValueTable::add(std::span<const graph::Value> row) {
    if ((size() + 1) * 4 > slots_.size() * 3) grow();
    const auto hash = hash_of(row);
    const auto mask = slots_.size() - 1;
    auto at = hash & mask;
    for (; slots_[at] != 0; at = (at + 1) & mask) {
        const std::size_t number = slots_[at] - 1;
        if (hashes_[number] != hash) continue;
        if (std::equal(row.begin(), row.end(), this->row(number).begin(), same))
            return {number, false};
    }
    const auto number = size();
    slots_[at] = static_cast<std::uint32_t>(number + 1);
    hashes_.push_back(hash);
    values_.insert(values_.end(), row.begin(), row.end());
    return {number, true};
}

void ValueTable::grow() {
    const auto count = std::max(fewest, slots_.size() * 2);
    slots_.assign(count, 0);
    const auto mask = count - 1;
    for (std::size_t number = 0; number < hashes_.size(); ++number) {
        auto at = hashes_[number] & mask;
        while (slots_[at] != 0) at = (at + 1) & mask;
        slots_[at] = static_cast<std::uint32_t>(number + 1);
    }
}

void ValueTable::clear() {
    if (hashes_.empty()) return;
    values_.clear();
    hashes_.clear();
    std::ranges::fill(slots_, 0);
}

}  // namespace khom::query::operators
