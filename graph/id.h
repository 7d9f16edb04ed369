#pragma once

#include <cstdint>

namespace khom::graph {

/// A node of this store. Dense and small: safe as an array index; never given again after a delete.
enum class NodeId : std::uint64_t {};
/// A relationship of this store; dense, never given again.
enum class RelationshipId : std::uint64_t {};

/// Labels, relationship types and property keys are numbered in order of first use (see symbols.h).
enum class LabelId : std::uint32_t {};
enum class TypeId : std::uint32_t {};
enum class PropertyKeyId : std::uint32_t {};

/// The number of a batch: 0 is the empty store, each commit adds one.
enum class Revision : std::uint64_t {};

/// The plain number of an id, for array indexes, keys on disk and messages.
template <class Id>
constexpr auto number(Id id) {
    if constexpr (sizeof(Id) == sizeof(std::uint64_t)) {
        return static_cast<std::uint64_t>(id);
    } else {
        return static_cast<std::uint32_t>(id);
    }
}

}  // namespace khom::graph
