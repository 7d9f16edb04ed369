#include "query/functions/value_size.h"

#include <string>

#include "query/refused.h"

namespace khom::query::functions {

using graph::Value;
using graph::ValueKind;

namespace {

void count_parts(const Value& value, std::uint64_t& parts) {
    check_part_count(++parts);
    if (value.is(ValueKind::list)) {
        for (const auto& each : value.list()) count_parts(each, parts);
    } else if (value.is(ValueKind::map)) {
        for (const auto& [key, each] : value.map()) count_parts(each, parts);
    } else if (value.is(ValueKind::string)) {
        check_text_size(value.string().size());
    }
}

}  // namespace

void check_text_size(std::size_t bytes) {
    if (bytes <= max_text_bytes) return;
    reject(graph::RefusalCode::limit_exceeded, "",
           "A text may have " + std::to_string(max_text_bytes >> 20U) +
               " MiB, and this one would have more.");
}

void check_part_count(std::uint64_t parts) {
    if (parts <= max_parts) return;
    reject(
        graph::RefusalCode::limit_exceeded, "",
        "A value may have " + std::to_string(max_parts) + " parts, and this one would have more.");
}

std::uint64_t checked_parts(const Value& value) {
    std::uint64_t parts = 0;
    count_parts(value, parts);
    return parts;
}

}  // namespace khom::query::functions
