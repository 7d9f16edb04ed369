#include "query/semantics/type.h"

namespace khom::query::semantics {

using graph::ValueKind;

namespace {

bool is_numeric(TypeKind kind) {
    return (one(kind) & number_types) != 0;
}

TypeKind kind_of(ValueKind kind) {
    switch (kind) {
        case ValueKind::null:
            return TypeKind::null;
        case ValueKind::boolean:
            return TypeKind::boolean;
        case ValueKind::integer:
            return TypeKind::integer;
        case ValueKind::floating:
            return TypeKind::floating;
        case ValueKind::string:
            return TypeKind::string;
        case ValueKind::list:
            return TypeKind::any;
        case ValueKind::map:
            return TypeKind::map;
        case ValueKind::date:
            return TypeKind::date;
        case ValueKind::local_time:
            return TypeKind::local_time;
        case ValueKind::time:
            return TypeKind::time;
        case ValueKind::local_date_time:
            return TypeKind::local_date_time;
        case ValueKind::date_time:
            return TypeKind::date_time;
        case ValueKind::duration:
            return TypeKind::duration;
        case ValueKind::node:
            return TypeKind::node;
        case ValueKind::relationship:
            return TypeKind::relationship;
        case ValueKind::path:
            return TypeKind::path;
    }
    return TypeKind::any;
}

}  // namespace

Type common(Type left, Type right) {
    if (left == right || right.is(TypeKind::null)) return left;
    if (left.is(TypeKind::null)) return right;
    if (left.depth != right.depth)
        return left.is_list() && right.is_list() ? Type{TypeKind::any, 1} : Type{};
    if (is_numeric(left.kind) && is_numeric(right.kind)) return {TypeKind::number, left.depth};
    return {TypeKind::any, left.depth};
}

Type type_of(const graph::Value& value) {
    if (!value.is(ValueKind::list)) return {kind_of(value.kind()), 0};
    Type element{TypeKind::null, 0};
    for (const auto& each : value.list()) element = common(element, type_of(each));
    return element.is(TypeKind::null) ? Type{TypeKind::any, 1} : element.listed();
}

bool may_be(Type type, TypeSet set) {
    if (type.unknown()) return true;
    if (type.is_list()) return (set & list_bit) != 0;
    if (type.kind == TypeKind::number) return (set & number_types) != 0;
    return (set & one(type.kind)) != 0;
}

std::string words_for(Type type) {
    if (type.is_list()) return "a list";
    switch (type.kind) {
        case TypeKind::any:
            return "any value";
        case TypeKind::null:
            return "null";
        case TypeKind::boolean:
            return "a boolean";
        case TypeKind::integer:
            return "an integer";
        case TypeKind::floating:
            return "a floating point number";
        case TypeKind::number:
            return "a number";
        case TypeKind::string:
            return "a string";
        case TypeKind::map:
            return "a map";
        case TypeKind::date:
            return "a date";
        case TypeKind::local_time:
            return "a local time";
        case TypeKind::time:
            return "a time";
        case TypeKind::local_date_time:
            return "a local datetime";
        case TypeKind::date_time:
            return "a datetime";
        case TypeKind::duration:
            return "a duration";
        case TypeKind::node:
            return "a node";
        case TypeKind::relationship:
            return "a relationship";
        case TypeKind::path:
            return "a path";
        case TypeKind::none:
            return "nothing";
    }
    return "a value";
}

}  // namespace khom::query::semantics
