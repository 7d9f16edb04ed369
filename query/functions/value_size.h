#pragma once

#include <cstddef>
#include <cstdint>

#include "graph/value.h"

namespace khom::query::functions {

/// What one value may be: an expression as short as `reduce(s = 'a', x IN range(1, 60) | s + s)`
/// would else fill any memory.
inline constexpr std::size_t max_text_bytes = 16U << 20U;
inline constexpr std::uint64_t max_parts = 10'000'000;

/// How many values a value has inside, at any depth, itself included; shared parts count each time
/// they occur, as they would be printed. Refuses (limit_exceeded) what is larger than one value may
/// be. Cost: linear in the answer.
std::uint64_t checked_parts(const graph::Value& value);

/// Refuses a text or list of that size.
void check_text_size(std::size_t bytes);
void check_part_count(std::uint64_t parts);

}  // namespace khom::query::functions
