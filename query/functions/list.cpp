#include <algorithm>
#include <string>

#include "query/functions/function.h"
#include "query/functions/text.h"
#include "query/functions/value_size.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::List;
using graph::RefusalCode;
using graph::Value;
using graph::ValueKind;
using semantics::anything;
using semantics::list_bit;
using semantics::one;
using semantics::TypeKind;

const List& list_of(std::string_view function, const Value& value) {
    if (!value.is(ValueKind::list)) wrong_argument(function, "a list", value);
    return value.list();
}

Value size(const Environment&, Arguments arguments) {
    if (arguments[0].is(ValueKind::string)) {
        return static_cast<std::int64_t>(character_count(arguments[0].string()));
    }
    return static_cast<std::int64_t>(list_of("size()", arguments[0]).size());
}

Value head(const Environment&, Arguments arguments) {
    const auto& list = list_of("head()", arguments[0]);
    return list.empty() ? Value() : list.front();
}

Value last(const Environment&, Arguments arguments) {
    const auto& list = list_of("last()", arguments[0]);
    return list.empty() ? Value() : list.back();
}

Value tail(const Environment&, Arguments arguments) {
    const auto& list = list_of("tail()", arguments[0]);
    return list.empty() ? List() : List(list.begin() + 1, list.end());
}

Value reverse(const Environment&, Arguments arguments) {
    if (arguments[0].is(ValueKind::string)) return reversed_text(arguments[0].string());
    const auto& list = list_of("reverse()", arguments[0]);
    return List(list.rbegin(), list.rend());
}

Value range(const Environment&, Arguments arguments) {
    for (const auto& argument : arguments) {
        if (!argument.is(ValueKind::integer)) {
            reject(RefusalCode::argument_error, "InvalidArgumentType",
                   "range() takes integers, and was given " + words_for(argument) + ".");
        }
    }
    const auto from = arguments[0].integer();
    const auto to = arguments[1].integer();
    const auto step = arguments.size() == 3 ? arguments[2].integer() : 1;
    if (step == 0) {
        reject(RefusalCode::argument_error, "NumberOutOfRange", "range() cannot go in steps of 0.");
    }
    List list;
    if (step > 0 ? from > to : from < to) return list;
    const auto distance = step > 0
                              ? static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from)
                              : static_cast<std::uint64_t>(from) - static_cast<std::uint64_t>(to);
    const auto stride =
        step > 0 ? static_cast<std::uint64_t>(step) : 0 - static_cast<std::uint64_t>(step);
    const auto count = distance / stride + 1;
    check_part_count(count);
    list.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        list.emplace_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(from) +
                                                    i * static_cast<std::uint64_t>(step)));
    }
    return list;
}

Value coalesce(const Environment&, Arguments arguments) {
    const auto found =
        std::ranges::find_if(arguments, [](const Value& value) { return !value.is_null(); });
    return found == arguments.end() ? Value() : *found;
}

Value is_empty(const Environment&, Arguments arguments) {
    if (arguments[0].is(ValueKind::string)) return arguments[0].string().empty();
    if (arguments[0].is(ValueKind::map)) return arguments[0].map().empty();
    return list_of("isEmpty()", arguments[0]).empty();
}

Value exists(const Environment&, Arguments arguments) {
    return !arguments[0].is_null();
}

constexpr auto sequence = list_bit | one(TypeKind::string);

constexpr Function function_table[] = {
    {"size", 1, 1, {sequence}, {TypeKind::integer, 0}, size},
    {"char_length", 1, 1, {one(TypeKind::string)}, {TypeKind::integer, 0}, size},
    {"character_length", 1, 1, {one(TypeKind::string)}, {TypeKind::integer, 0}, size},
    {"head", 1, 1, {list_bit}, {}, head},
    {"last", 1, 1, {list_bit}, {}, last},
    {"tail", 1, 1, {list_bit}, {TypeKind::any, 1}, tail},
    {"reverse", 1, 1, {sequence}, {}, reverse},
    {"range", 2, 3, {anything, anything, anything}, {TypeKind::integer, 1}, range},
    {"coalesce", 1, 100, {anything, anything, anything}, {}, coalesce, false},
    {"isempty", 1, 1, {sequence | one(TypeKind::map)}, {TypeKind::boolean, 0}, is_empty},
    {"exists", 1, 1, {anything}, {TypeKind::boolean, 0}, exists, false},
};

}  // namespace

std::span<const Function> list_functions() {
    return function_table;
}

}  // namespace khom::query::functions
