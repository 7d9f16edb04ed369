#pragma once

#include <compare>
#include <cstddef>
#include <optional>

#include "graph/value.h"

namespace khom::graph {

/// openCypher's `=`: none is null (unknown). Numbers are equal across integer and float; other
/// kinds differ; lists and maps are equal element by element, unknown where an element is and
/// nothing differs. NaN equals nothing.
std::optional<bool> equals(const Value& left, const Value& right);

/// openCypher's `<` and its kin: none where the two cannot be compared (null, different kinds,
/// maps, nodes, durations …), `unordered` where NaN is involved.
std::optional<std::partial_ordering> compare(const Value& left, const Value& right);

/// Sameness for DISTINCT, grouping and UNION: as `equals`, but null is null and NaN is NaN.
bool equivalent(const Value& left, const Value& right);
/// Equal for equivalent values.
std::size_t equivalence_hash(const Value& value);

/// The total order of ORDER BY, ascending: map, node, relationship, list, path, temporal kinds,
/// string, boolean, number, NaN, null. Source: openCypher CIP2016-06-14, "Define comparability and
/// equality as well as orderability".
std::strong_ordering order(const Value& left, const Value& right);

}  // namespace khom::graph
