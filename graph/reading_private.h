#pragma once

// How one property is read: from a record that is newer than the base, or from the base's column.

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/columns.h"
#include "graph/snapshot_private.h"

namespace khom::graph {

inline const Value* find_value(const Properties& properties, PropertyKeyId key) {
    const auto at = std::lower_bound(
        properties.begin(), properties.end(), key,
        [](const auto& pair, PropertyKeyId wanted) { return pair.first < wanted; });
    return at != properties.end() && at->first == key ? &at->second : nullptr;
}

/// The days a record's own time may cover; none without one.
inline std::optional<DaySpan> days_in(const Properties& properties,
                                      std::optional<PropertyKeyId> time) {
    const auto* value = time ? find_value(properties, *time) : nullptr;
    return value == nullptr ? std::nullopt : std::optional(days_of(string_or_empty(*value)));
}

/// What a record or, without one, a column says.
template <class Record>
Value value_at(const Record* record, PropertyKeyId key, const std::vector<Column>& columns,
               std::size_t row) {
    if (record == nullptr) {
        return number(key) < columns.size() ? value_of(columns[number(key)].at(row)) : Value();
    }
    const auto* value = find_value(record->properties, key);
    return value == nullptr ? Value() : *value;
}

/// The usual case, of which one hop is made: nothing newer, and every row has a value, in 32 bits.
/// Null where it is not so.
inline const Column* dense_column(const void* record, PropertyKeyId key, ValueKind kind,
                                  const std::vector<Column>& columns, std::size_t row) {
    if (record != nullptr || number(key) >= columns.size()) {
        return nullptr;
    }
    const auto& column = columns[number(key)];
    const bool is_dense =
        column.kind == kind && row < column.rows && column.present.empty() && column.wide.empty();
    return is_dense ? &column : nullptr;
}

/// Any other case; never inline, so that the usual one saves no registers for it.
template <class Record>
[[gnu::noinline]] std::optional<std::string_view> any_text_at(const Record* record,
                                                              PropertyKeyId key,
                                                              const std::vector<Column>& columns,
                                                              std::size_t row) {
    if (record != nullptr) {
        const auto* value = find_value(record->properties, key);
        return value != nullptr && value->is(ValueKind::string) ? std::optional(value->string())
                                                                : std::nullopt;
    }
    const auto cell = number(key) < columns.size() ? columns[number(key)].at(row) : Cell();
    return cell.kind == ValueKind::string ? std::optional(cell.bytes) : std::nullopt;
}

template <class Record>
[[gnu::noinline]] std::optional<std::int64_t> any_integer_at(const Record* record,
                                                             PropertyKeyId key,
                                                             const std::vector<Column>& columns,
                                                             std::size_t row) {
    if (record != nullptr) {
        const auto* value = find_value(record->properties, key);
        return value != nullptr && value->is(ValueKind::integer) ? std::optional(value->integer())
                                                                 : std::nullopt;
    }
    const auto cell = number(key) < columns.size() ? columns[number(key)].at(row) : Cell();
    return cell.kind == ValueKind::integer ? std::optional(static_cast<std::int64_t>(cell.bits))
                                           : std::nullopt;
}

/// What a record or, without one, a column says; strings are not copied.
template <class Record>
inline std::optional<std::string_view> text_at(const Record* record, PropertyKeyId key,
                                               const std::vector<Column>& columns,
                                               std::size_t row) {
    const auto* column = dense_column(record, key, ValueKind::string, columns, row);
    if (column == nullptr) {
        return any_text_at(record, key, columns, row);
    }
    const auto* words = column->heap.data() + column->narrow[row];
    return std::string_view(reinterpret_cast<const char*>(words + 1), *words);
}

template <class Record>
inline std::optional<std::int64_t> integer_at(const Record* record, PropertyKeyId key,
                                              const std::vector<Column>& columns, std::size_t row) {
    const auto* column = dense_column(record, key, ValueKind::integer, columns, row);
    if (column == nullptr) {
        return any_integer_at(record, key, columns, row);
    }
    return static_cast<std::int32_t>(column->narrow[row]);
}

}  // namespace khom::graph
