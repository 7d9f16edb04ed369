#include "graph/value_order.h"

#include <cmath>
#include <functional>
#include <string_view>
#include <tuple>

namespace khom::graph {
namespace {

using std::partial_ordering;
using std::strong_ordering;

constexpr double two_to63 = 9223372036854775808.0;

/// Exact, also where the integer has more bits than a double's fraction.
partial_ordering compare_mixed(std::int64_t left, double right) {
    if (std::isnan(right)) return partial_ordering::unordered;
    if (right >= two_to63) return partial_ordering::less;
    if (right < -two_to63) return partial_ordering::greater;
    const auto whole = static_cast<std::int64_t>(right);
    if (left != whole) return left <=> whole;
    return 0.0 <=> right - static_cast<double>(whole);
}

partial_ordering reversed(partial_ordering order) {
    if (order == partial_ordering::less) return partial_ordering::greater;
    if (order == partial_ordering::greater) return partial_ordering::less;
    return order;
}

partial_ordering compare_numbers(const Value& left, const Value& right) {
    if (left.is(ValueKind::integer)) {
        return right.is(ValueKind::integer) ? partial_ordering(left.integer() <=> right.integer())
                                            : compare_mixed(left.integer(), right.floating());
    }
    return right.is(ValueKind::integer) ? reversed(compare_mixed(right.integer(), left.floating()))
                                        : left.floating() <=> right.floating();
}

auto clock_key(const Time& time) {
    return std::tuple(time.nanoseconds - std::int64_t{time.offset_s} * 1'000'000'000,
                      time.offset_s);
}

strong_ordering order_of_instants(const DateTime& left, const DateTime& right) {
    return std::tie(left.seconds, left.nanoseconds, left.offset_s, left.zone) <=>
           std::tie(right.seconds, right.nanoseconds, right.offset_s, right.zone);
}

strong_ordering order_of_durations(const Duration& left, const Duration& right) {
    const auto key =
        [](const Duration& duration) {  // by average length, a month being 30.436875 days
            const auto seconds = static_cast<long double>(duration.months) * 2'629'746 +
                                 static_cast<long double>(duration.days) * 86'400 +
                                 static_cast<long double>(duration.seconds);
            return std::tuple(seconds, duration.nanoseconds, duration.months, duration.days);
        };
    const auto mine = key(left);
    const auto other = key(right);
    return mine < other   ? strong_ordering::less
           : other < mine ? strong_ordering::greater
                          : strong_ordering::equal;
}

/// Two values of one kind whose order is total and also their comparison.
strong_ordering order_of_scalars(const Value& left, const Value& right) {
    switch (left.kind()) {
        case ValueKind::boolean:
            return left.boolean() <=> right.boolean();
        case ValueKind::string:
            return left.string().compare(right.string()) <=> 0;
        case ValueKind::date:
            return left.date().days <=> right.date().days;
        case ValueKind::local_time:
            return left.local_time().nanoseconds <=> right.local_time().nanoseconds;
        case ValueKind::time:
            return clock_key(left.time()) <=> clock_key(right.time());
        case ValueKind::local_date_time: {
            const auto a = left.local_date_time();
            const auto b = right.local_date_time();
            return std::tie(a.seconds, a.nanoseconds) <=> std::tie(b.seconds, b.nanoseconds);
        }
        case ValueKind::date_time:
            return order_of_instants(left.date_time(), right.date_time());
        case ValueKind::duration:
            return order_of_durations(left.duration(), right.duration());
        case ValueKind::node:
            return number(left.node()) <=> number(right.node());
        case ValueKind::relationship:
            return number(left.relationship()) <=> number(right.relationship());
        case ValueKind::path:
            if (const auto nodes = left.path().nodes <=> right.path().nodes; nodes != 0)
                return nodes;
            return left.path().relationships <=> right.path().relationships;
        case ValueKind::null:
        case ValueKind::integer:
        case ValueKind::floating:
        case ValueKind::list:
        case ValueKind::map:
            break;
    }
    return strong_ordering::equal;
}

std::optional<bool> equal_lists(const List& left, const List& right) {
    if (left.size() != right.size()) return false;
    bool unknown = false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const auto same = equals(left[i], right[i]);
        if (same == false) return false;
        unknown |= !same;
    }
    return unknown ? std::nullopt : std::optional(true);
}

std::optional<bool> equal_maps(const Map& left, const Map& right) {
    if (left.size() != right.size()) return false;
    bool unknown = false;
    for (auto mine = left.begin(), other = right.begin(); mine != left.end(); ++mine, ++other) {
        if (mine->first != other->first) return false;
        const auto same = equals(mine->second, other->second);
        if (same == false) return false;
        unknown |= !same;
    }
    return unknown ? std::nullopt : std::optional(true);
}

std::optional<partial_ordering> compare_lists(const List& left, const List& right) {
    for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
        const auto same = equals(left[i], right[i]);
        if (!same) return std::nullopt;
        if (!*same) return compare(left[i], right[i]);
    }
    return left.size() <=> right.size();
}

int rank(const Value& value) {
    switch (value.kind()) {
        case ValueKind::map:
            return 0;
        case ValueKind::node:
            return 1;
        case ValueKind::relationship:
            return 2;
        case ValueKind::list:
            return 3;
        case ValueKind::path:
            return 4;
        case ValueKind::date_time:
            return 5;
        case ValueKind::local_date_time:
            return 6;
        case ValueKind::date:
            return 7;
        case ValueKind::time:
            return 8;
        case ValueKind::local_time:
            return 9;
        case ValueKind::duration:
            return 10;
        case ValueKind::string:
            return 11;
        case ValueKind::boolean:
            return 12;
        case ValueKind::integer:
            return 13;
        case ValueKind::floating:
            return std::isnan(value.floating()) ? 14 : 13;
        case ValueKind::null:
            return 15;
    }
    return 15;
}

strong_ordering order_of_lists(const List& left, const List& right) {
    for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
        if (const auto elements = order(left[i], right[i]); elements != 0) return elements;
    }
    return left.size() <=> right.size();
}

strong_ordering order_of_maps(const Map& left, const Map& right) {
    auto mine = left.begin();
    auto other = right.begin();
    for (; mine != left.end() && other != right.end(); ++mine, ++other) {
        if (const auto keys = mine->first.compare(other->first) <=> 0; keys != 0) return keys;
        if (const auto values = order(mine->second, other->second); values != 0) return values;
    }
    return left.size() <=> right.size();
}

std::size_t mix(std::size_t seed, std::size_t hash) {
    return seed ^ (hash + 0x9e3779b97f4a7c15ULL + (seed << 6U) + (seed >> 2U));
}

}  // namespace

std::optional<bool> equals(const Value& left, const Value& right) {
    if (left.is_null() || right.is_null()) return std::nullopt;
    if (left.is_number() && right.is_number()) return compare_numbers(left, right) == 0;
    if (left.kind() != right.kind()) return false;
    if (left.is(ValueKind::list)) return equal_lists(left.list(), right.list());
    if (left.is(ValueKind::map)) return equal_maps(left.map(), right.map());
    if (left.is(ValueKind::duration)) return left.duration() == right.duration();
    return order_of_scalars(left, right) == 0;
}

std::optional<partial_ordering> compare(const Value& left, const Value& right) {
    if (left.is_number() && right.is_number()) return compare_numbers(left, right);
    if (left.kind() != right.kind()) return std::nullopt;
    switch (left.kind()) {
        case ValueKind::list:
            return compare_lists(left.list(), right.list());
        case ValueKind::boolean:
        case ValueKind::string:
        case ValueKind::date:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
            return order_of_scalars(left, right);
        case ValueKind::null:
        case ValueKind::integer:
        case ValueKind::floating:
        case ValueKind::map:
        case ValueKind::duration:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            break;
    }
    return std::nullopt;
}

strong_ordering order(const Value& left, const Value& right) {
    const auto mine = rank(left);
    const auto other = rank(right);
    if (mine != other) return mine <=> other;
    if (left.is_number()) {
        const auto numbers = compare_numbers(left, right);
        return numbers < 0   ? strong_ordering::less
               : numbers > 0 ? strong_ordering::greater
                             : strong_ordering::equal;
    }
    if (left.is(ValueKind::list)) return order_of_lists(left.list(), right.list());
    if (left.is(ValueKind::map)) return order_of_maps(left.map(), right.map());
    return order_of_scalars(left, right);
}

bool equivalent(const Value& left, const Value& right) {
    return order(left, right) == 0;
}

std::size_t equivalence_hash(const Value& value) {
    const auto seed = static_cast<std::size_t>(rank(value));
    switch (value.kind()) {
        case ValueKind::null:
            return seed;
        case ValueKind::boolean:
            return mix(seed, value.boolean() ? 1 : 0);
        case ValueKind::integer:  // equal to the float of the same value, so hashed as one where it
                                  // has one
            return mix(seed, std::hash<double>()(static_cast<double>(value.integer())));
        case ValueKind::floating:
            return std::isnan(value.floating()) ? seed
                                                : mix(seed, std::hash<double>()(value.floating()));
        case ValueKind::string:
            return mix(seed, std::hash<std::string_view>()(value.string()));
        case ValueKind::list: {
            auto hash = seed;
            for (const auto& element : value.list()) hash = mix(hash, equivalence_hash(element));
            return hash;
        }
        case ValueKind::map: {
            auto hash = seed;
            for (const auto& [key, element] : value.map()) {
                hash = mix(mix(hash, std::hash<std::string>()(key)), equivalence_hash(element));
            }
            return hash;
        }
        case ValueKind::date:
            return mix(seed, std::hash<std::int64_t>()(value.date().days));
        case ValueKind::local_time:
            return mix(seed, std::hash<std::int64_t>()(value.local_time().nanoseconds));
        case ValueKind::time:
            return mix(seed, std::hash<std::int64_t>()(std::get<0>(clock_key(value.time()))));
        case ValueKind::local_date_time:
            return mix(seed, std::hash<std::int64_t>()(value.local_date_time().seconds));
        case ValueKind::date_time:
            return mix(seed, std::hash<std::int64_t>()(value.date_time().seconds));
        case ValueKind::duration:
            return mix(seed, std::hash<std::int64_t>()(value.duration().seconds));
        case ValueKind::node:
            return mix(seed, std::hash<std::uint64_t>()(number(value.node())));
        case ValueKind::relationship:
            return mix(seed, std::hash<std::uint64_t>()(number(value.relationship())));
        case ValueKind::path: {
            auto hash = seed;
            for (const auto node : value.path().nodes) hash = mix(hash, number(node));
            for (const auto relationship : value.path().relationships)
                hash = mix(hash, number(relationship));
            return hash;
        }
    }
    return seed;
}

}  // namespace khom::graph
