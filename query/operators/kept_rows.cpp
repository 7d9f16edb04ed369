#include "query/operators/kept_rows.h"

#include <algorithm>

#include "graph/value_order.h"

namespace khom::query::operators {

using graph::Value;
using graph::ValueKind;

std::size_t size_of(const Value& value) {
    std::size_t size = sizeof(Value);
    if (value.is(ValueKind::string)) size += 48 + value.string().size();
    if (value.is(ValueKind::list)) size += 48 + value.list().size() * sizeof(Value);
    if (value.is(ValueKind::map)) size += 48 + value.map().size() * 96;
    if (value.is(ValueKind::path)) size += 64 + value.path().nodes.size() * 16;
    return size;
}

KeptRow keep(const std::vector<cypher::Slot>& slots, Execution& execution) {
    KeptRow row;
    row.reserve(slots.size());
    std::size_t bytes = sizeof(KeptRow);
    for (const auto slot : slots) {
        row.push_back(execution[slot]);
        bytes += size_of(row.back());
    }
    execution.meter.hold(bytes);
    return row;
}

void restore(const KeptRow& row, const std::vector<cypher::Slot>& slots, Execution& execution) {
    for (std::size_t i = 0; i < slots.size(); ++i) execution[slots[i]] = row[i];
}

std::size_t RowHash::operator()(const KeptRow& row) const {
    std::size_t hash = row.size();
    for (const auto& value : row)
        hash = hash * 1'099'511'628'211ULL ^ graph::equivalence_hash(value);
    return hash;
}

bool RowSame::operator()(const KeptRow& left, const KeptRow& right) const {
    return std::ranges::equal(left, right, graph::equivalent);
}

}  // namespace khom::query::operators
