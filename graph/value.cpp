#include "graph/value.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace khom::graph {

Value::Value(std::string value) : held_(std::make_shared<const std::string>(std::move(value))) {}
Value::Value(List value) : held_(std::make_shared<const List>(std::move(value))) {}
Value::Value(Map value) : held_(std::make_shared<const Map>(std::move(value))) {}
Value::Value(DateTime value) : held_(std::make_shared<const DateTime>(std::move(value))) {}
Value::Value(Duration value) : held_(std::make_shared<const Duration>(value)) {}
Value::Value(Path value) : held_(std::make_shared<const Path>(std::move(value))) {}

bool Value::is_storable() const {
    switch (kind()) {
        case ValueKind::map:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            return false;
        case ValueKind::list:
            return std::ranges::all_of(list(), [](const Value& element) {
                return !element.is(ValueKind::list) && element.is_storable();
            });
        case ValueKind::null:
        case ValueKind::boolean:
        case ValueKind::integer:
        case ValueKind::floating:
        case ValueKind::string:
        case ValueKind::date:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
            return true;
    }
    return false;
}

bool operator==(const Value& left, const Value& right) {
    if (left.kind() != right.kind()) {
        return false;
    }
    return std::visit(
        [&right](const auto& mine) {
            using Held = std::decay_t<decltype(mine)>;
            const auto& other = std::get<Held>(right.held_);
            if constexpr (std::is_same_v<Held, double>) {
                return mine == other || (std::isnan(mine) && std::isnan(other));
            } else if constexpr (requires { *mine; }) {
                return mine == other || *mine == *other;
            } else {
                return mine == other;
            }
        },
        left.held_);
}

std::string_view string_or_empty(const Value& value) {
    return value.is(ValueKind::string) ? value.string() : std::string_view();
}

std::string string_or_empty(Value&& value) {
    return std::string(string_or_empty(std::as_const(value)));
}

std::vector<std::string_view> strings_of(const Value& value) {
    std::vector<std::string_view> strings;
    if (value.is(ValueKind::list)) {
        for (const Value& element : value.list()) {
            if (element.is(ValueKind::string)) {
                strings.push_back(element.string());
            }
        }
    }
    return strings;
}

}  // namespace khom::graph
