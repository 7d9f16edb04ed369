#include "query/operators/kept_rows.h"

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

std::size_t size_of(const KeptRow& row) {
    std::size_t size = sizeof(KeptRow);
    for (const auto& value : row) size += size_of(value);
    return size;
}

KeptRow keep(const std::vector<cypher::Slot>& slots, Execution& execution) {
    KeptRow row;
    row.reserve(slots.size());
    for (const auto slot : slots) row.push_back(execution[slot]);
    execution.meter.hold(size_of(row));
    return row;
}

void restore(const KeptRow& row, const std::vector<cypher::Slot>& slots, Execution& execution) {
    for (std::size_t i = 0; i < slots.size(); ++i) execution[slots[i]] = row[i];
}

}  // namespace khom::query::operators
