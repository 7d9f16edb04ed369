#pragma once

#include <cstdint>
#include <string>

#include "graph/value.h"

namespace khom::query::semantics {

/// What the binder knows of a value before it is there. `any` may be everything, `null` is always
/// null.
enum class TypeKind : std::uint8_t {
    any,
    null,
    boolean,
    integer,
    floating,
    number,
    string,
    map,
    date,
    local_time,
    time,
    local_date_time,
    date_time,
    duration,
    node,
    relationship,
    path,
    none
};

/// A kind, or lists of it `depth` levels deep: {integer, 1} is a list of integers, {any, 1} a list
/// of whatever.
struct Type {
    TypeKind kind = TypeKind::any;
    int depth = 0;

    bool is_list() const { return depth > 0; }
    bool is(TypeKind wanted) const { return depth == 0 && kind == wanted; }
    bool unknown() const { return depth == 0 && (kind == TypeKind::any || kind == TypeKind::null); }
    Type element() const { return depth > 0 ? Type{kind, depth - 1} : Type{}; }
    Type listed() const { return {kind, depth + 1}; }
    bool operator==(const Type&) const = default;
};

/// What covers both: equal types, number for integer and floating, else any. Null gives way.
Type common(Type left, Type right);
Type type_of(const graph::Value& value);
/// "an integer", "a list", as in messages.
std::string words_for(Type type);

/// A set of kinds; a list counts as one kind here.
using TypeSet = std::uint32_t;
constexpr TypeSet one(TypeKind kind) {
    return TypeSet{1} << static_cast<unsigned>(kind);
}
inline constexpr TypeSet list_bit = TypeSet{1} << 31U;
inline constexpr TypeSet number_types =
    one(TypeKind::integer) | one(TypeKind::floating) | one(TypeKind::number);
inline constexpr TypeSet moments = one(TypeKind::date) | one(TypeKind::local_time) |
                                   one(TypeKind::time) | one(TypeKind::local_date_time) |
                                   one(TypeKind::date_time);
inline constexpr TypeSet anything = ~TypeSet{0};

/// Whether a value of that type may turn out to be of the set: unknown types may.
bool may_be(Type type, TypeSet set);

}  // namespace khom::query::semantics
