#include <charconv>
#include <chrono>
#include <cmath>
#include <string>

#include "query/cypher/lexer.h"
#include "query/functions/function.h"
#include "query/functions/temporal_text.h"
#include "query/functions/text.h"

namespace khom::query::functions {
namespace {

using graph::Value;
using graph::ValueKind;
using semantics::moments;
using semantics::number_types;
using semantics::one;
using semantics::TypeKind;

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

Value number_from(std::string_view text) {
    text = trimmed(text);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    double value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && stop == text.data() + text.size() ? Value(value) : Value();
}

Value truncated(double value) {
    constexpr double largest = 9223372036854775808.0;
    return std::isfinite(value) && value >= -largest && value < largest
               ? Value(static_cast<std::int64_t>(value))
               : Value();
}

Value to_integer(const Environment&, Arguments arguments) {
    const auto& value = arguments[0];
    if (value.is(ValueKind::integer)) return value;
    if (value.is(ValueKind::boolean)) return std::int64_t{value.boolean() ? 1 : 0};
    if (value.is(ValueKind::floating)) return truncated(value.floating());
    if (!value.is(ValueKind::string))
        wrong_argument("toInteger()", "a number, a string or a boolean", value);
    auto text = trimmed(value.string());
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    std::int64_t whole = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (error == std::errc() && stop == text.data() + text.size()) return whole;
    const auto number = number_from(text);
    return number.is_null() ? number : truncated(number.floating());
}

Value to_float(const Environment&, Arguments arguments) {
    const auto& value = arguments[0];
    if (value.is(ValueKind::floating)) return value;
    if (value.is(ValueKind::integer)) return static_cast<double>(value.integer());
    if (!value.is(ValueKind::string)) wrong_argument("toFloat()", "a number or a string", value);
    return number_from(value.string());
}

Value to_boolean(const Environment&, Arguments arguments) {
    const auto& value = arguments[0];
    if (value.is(ValueKind::boolean)) return value;
    if (value.is(ValueKind::integer)) return value.integer() != 0;
    if (!value.is(ValueKind::string))
        wrong_argument("toBoolean()", "a boolean, an integer or a string", value);
    const auto text = trimmed(value.string());
    if (cypher::same_keyword(text, "true")) return true;
    return cypher::same_keyword(text, "false") ? Value(false) : Value();
}

Value to_string(const Environment&, Arguments arguments) {
    const auto& value = arguments[0];
    switch (value.kind()) {
        case ValueKind::string:
            return value;
        case ValueKind::boolean:
            return value.boolean() ? "true" : "false";
        case ValueKind::integer:
            return std::to_string(value.integer());
        case ValueKind::floating:
            return floating_text(value.floating());
        case ValueKind::date:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
            return temporal_text(value);
        case ValueKind::null:
        case ValueKind::list:
        case ValueKind::map:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            break;
    }
    wrong_argument("toString()", "a number, a string, a boolean or a temporal value", value);
}

Value timestamp(const Environment& environment, Arguments) {
    return environment.now.instant_seconds() * 1000 +
           environment.now.nanoseconds_of_second() / 1'000'000;
}

constexpr auto scalar = number_types | one(TypeKind::string) | one(TypeKind::boolean);

constexpr Function function_table[] = {
    {"tointeger", 1, 1, {scalar}, {TypeKind::integer, 0}, to_integer},
    {"toint", 1, 1, {scalar}, {TypeKind::integer, 0}, to_integer},
    {"tofloat", 1, 1, {number_types | one(TypeKind::string)}, {TypeKind::floating, 0}, to_float},
    {"toboolean", 1, 1, {scalar}, {TypeKind::boolean, 0}, to_boolean},
    {"tostring",
     1,
     1,
     {scalar | moments | one(TypeKind::duration)},
     {TypeKind::string, 0},
     to_string},
    {"timestamp", 0, 0, {}, {TypeKind::integer, 0}, timestamp, true, false},
};

}  // namespace

std::span<const Function> conversion_functions() {
    return function_table;
}

}  // namespace khom::query::functions
