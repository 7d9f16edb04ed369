#include <algorithm>
#include <string>

#include "query/functions/function.h"
#include "query/functions/text.h"
#include "query/functions/value_size.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::List;
using graph::Value;
using graph::ValueKind;
using semantics::one;
using semantics::Type;
using semantics::TypeKind;

constexpr auto string_type = one(TypeKind::string);
constexpr auto integer_type = one(TypeKind::integer);
constexpr Type text_type{TypeKind::string, 0};

std::string_view text_of(std::string_view function, const Value& value) {
    if (!value.is(ValueKind::string)) wrong_argument(function, "a string", value);
    return value.string();
}

std::size_t length_of(std::string_view function, const Value& value) {
    if (!value.is(ValueKind::integer)) wrong_argument(function, "an integer", value);
    if (value.integer() < 0) {
        reject(graph::RefusalCode::argument_error, "NumberOutOfRange",
               std::string(function) + " takes a number of characters, which is not below 0.");
    }
    return static_cast<std::size_t>(value.integer());
}

Value left(const Environment&, Arguments arguments) {
    const auto text = text_of("left()", arguments[0]);
    return text.substr(0, byte_of_character(text, length_of("left()", arguments[1])));
}

Value right(const Environment&, Arguments arguments) {
    const auto text = text_of("right()", arguments[0]);
    const auto count = character_count(text);
    const auto wanted = std::min(count, length_of("right()", arguments[1]));
    return text.substr(byte_of_character(text, count - wanted));
}

Value substring(const Environment&, Arguments arguments) {
    auto text = text_of("substring()", arguments[0]);
    text = text.substr(byte_of_character(text, length_of("substring()", arguments[1])));
    if (arguments.size() == 3) {
        text = text.substr(0, byte_of_character(text, length_of("substring()", arguments[2])));
    }
    return text;
}

Value replace(const Environment&, Arguments arguments) {
    const auto text = text_of("replace()", arguments[0]);
    const auto search = text_of("replace()", arguments[1]);
    const auto with = text_of("replace()", arguments[2]);
    if (search.empty()) return arguments[0];
    std::string result;
    std::size_t at = 0;
    for (auto found = text.find(search); found != std::string_view::npos;
         found = text.find(search, at)) {
        check_text_size(result.size() + found - at + with.size());
        result.append(text.substr(at, found - at)).append(with);
        at = found + search.size();
    }
    return result.append(text.substr(at));
}

Value split(const Environment&, Arguments arguments) {
    const auto text = text_of("split()", arguments[0]);
    const auto delimiter = text_of("split()", arguments[1]);
    check_part_count(text.size() / std::max<std::size_t>(delimiter.size(), 1));
    List parts;
    std::size_t at = 0;
    if (delimiter.empty()) {
        for (std::size_t i = 0; at < text.size(); ++i) {
            const auto end = at + byte_of_character(text.substr(at), 1);
            parts.emplace_back(text.substr(at, end - at));
            at = end;
        }
        return parts;
    }
    for (auto found = text.find(delimiter); found != std::string_view::npos;
         found = text.find(delimiter, at)) {
        parts.emplace_back(text.substr(at, found - at));
        at = found + delimiter.size();
    }
    parts.emplace_back(text.substr(at));
    return parts;
}

std::string_view trimmed(std::string_view text, bool front, bool back) {
    constexpr std::string_view blanks = " \t\n\v\f\r";
    if (front) text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (back) text = text.substr(0, text.find_last_not_of(blanks) + 1);
    return text;
}

Value trim(const Environment&, Arguments arguments) {
    return trimmed(text_of("trim()", arguments[0]), true, true);
}
Value trim_left(const Environment&, Arguments arguments) {
    return trimmed(text_of("lTrim()", arguments[0]), true, false);
}
Value trim_right(const Environment&, Arguments arguments) {
    return trimmed(text_of("rTrim()", arguments[0]), false, true);
}
Value to_upper(const Environment&, Arguments arguments) {
    return with_case(text_of("toUpper()", arguments[0]), LetterCase::upper);
}
Value to_lower(const Environment&, Arguments arguments) {
    return with_case(text_of("toLower()", arguments[0]), LetterCase::lower);
}

constexpr Function function_table[] = {
    {"left", 2, 2, {string_type, integer_type}, text_type, left},
    {"right", 2, 2, {string_type, integer_type}, text_type, right},
    {"substring", 2, 3, {string_type, integer_type, integer_type}, text_type, substring},
    {"replace", 3, 3, {string_type, string_type, string_type}, text_type, replace},
    {"split", 2, 2, {string_type, string_type}, {TypeKind::string, 1}, split},
    {"trim", 1, 1, {string_type}, text_type, trim},
    {"btrim", 1, 1, {string_type}, text_type, trim},
    {"ltrim", 1, 1, {string_type}, text_type, trim_left},
    {"rtrim", 1, 1, {string_type}, text_type, trim_right},
    {"toupper", 1, 1, {string_type}, text_type, to_upper},
    {"upper", 1, 1, {string_type}, text_type, to_upper},
    {"tolower", 1, 1, {string_type}, text_type, to_lower},
    {"lower", 1, 1, {string_type}, text_type, to_lower},
};

}  // namespace

std::span<const Function> string_functions() {
    return function_table;
}

}  // namespace khom::query::functions
