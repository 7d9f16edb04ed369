#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/id.h"

namespace khom::graph {

class Value;
using List = std::vector<Value>;
/// Keys in byte order, so that printing and hashing are the same everywhere.
using Map = std::map<std::string, Value, std::less<>>;

/// A calendar day of the proleptic Gregorian calendar; 0 is 1970-01-01.
struct Date {
    std::int64_t days = 0;
    bool operator==(const Date&) const = default;
};

/// A time of day without zone, in nanoseconds since midnight, below 86,400 s.
struct LocalTime {
    std::int64_t nanoseconds = 0;
    bool operator==(const LocalTime&) const = default;
};

/// A time of day at an offset from UTC in seconds.
struct Time {
    std::int64_t nanoseconds = 0;
    std::int32_t offset_s = 0;
    bool operator==(const Time&) const = default;
};

/// A day and time without zone, in seconds since 1970-01-01T00:00 of the same clock.
struct LocalDateTime {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
    bool operator==(const LocalDateTime&) const = default;
};

/// An instant (seconds since the epoch, UTC), shown at an offset; `zone` is an IANA name or empty.
struct DateTime {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
    std::int32_t offset_s = 0;
    std::string zone;
    bool operator==(const DateTime&) const = default;
};

/// openCypher's duration: its parts do not carry into each other, but nanoseconds (0 to
/// 999,999,999) into seconds.
struct Duration {
    std::int64_t months = 0;
    std::int64_t days = 0;
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
    bool operator==(const Duration&) const = default;
};

/// A walk through the graph: `nodes` has one more than `relationships`.
struct Path {
    std::vector<NodeId> nodes;
    std::vector<RelationshipId> relationships;
    bool operator==(const Path&) const = default;
};

/// Which alternative a Value holds.
enum class ValueKind {
    null,
    boolean,
    integer,
    floating,
    string,
    list,
    map,
    date,
    local_time,
    time,
    local_date_time,
    date_time,
    duration,
    node,
    relationship,
    path
};

/// One openCypher value. Copying is cheap: strings, lists, maps and paths are shared and never
/// change.
///
/// Properties hold null, boolean, integer, floating, string, temporal values and lists of these
/// (`is_storable`); maps, nodes, relationships and paths occur in queries only.
/// `==` is sameness (1 and 1.0 differ, NaN is itself, null is null); openCypher's own comparison,
/// equivalence and order are in `value_order.h`.
class Value {
  public:
    Value() = default;
    // What a property may hold converts by itself: maps of properties are written as they read.
    // NOLINTBEGIN(google-explicit-constructor)
    Value(bool value) : held_(value) {}
    Value(std::int64_t value) : held_(value) {}
    Value(int value) : held_(static_cast<std::int64_t>(value)) {}
    Value(double value) : held_(value) {}
    Value(std::string value);
    Value(std::string_view value) : Value(std::string(value)) {}
    Value(const char* value) : Value(std::string(value)) {}
    Value(List value);
    Value(Map value);
    Value(Date value) : held_(value) {}
    Value(LocalTime value) : held_(value) {}
    Value(Time value) : held_(value) {}
    Value(LocalDateTime value) : held_(value) {}
    Value(DateTime value);
    Value(Duration value);
    Value(NodeId value) : held_(value) {}
    Value(RelationshipId value) : held_(value) {}
    Value(Path value);
    // NOLINTEND(google-explicit-constructor)

    ValueKind kind() const { return static_cast<ValueKind>(held_.index()); }
    bool is(ValueKind wanted) const { return kind() == wanted; }
    bool is_null() const { return kind() == ValueKind::null; }
    bool is_number() const { return is(ValueKind::integer) || is(ValueKind::floating); }

    /// The held alternative. Asking for another than `kind()` is a programmer's error (throws
    /// std::bad_variant_access).
    bool boolean() const { return std::get<bool>(held_); }
    std::int64_t integer() const { return std::get<std::int64_t>(held_); }
    double floating() const { return std::get<double>(held_); }
    std::string_view string() const { return *std::get<Shared<std::string>>(held_); }
    const List& list() const { return *std::get<Shared<List>>(held_); }
    const Map& map() const { return *std::get<Shared<Map>>(held_); }
    Date date() const { return std::get<Date>(held_); }
    LocalTime local_time() const { return std::get<LocalTime>(held_); }
    Time time() const { return std::get<Time>(held_); }
    LocalDateTime local_date_time() const { return std::get<LocalDateTime>(held_); }
    const DateTime& date_time() const { return *std::get<Shared<DateTime>>(held_); }
    const Duration& duration() const { return *std::get<Shared<Duration>>(held_); }
    NodeId node() const { return std::get<NodeId>(held_); }
    RelationshipId relationship() const { return std::get<RelationshipId>(held_); }
    const Path& path() const { return *std::get<Shared<Path>>(held_); }

    /// Whether a property can hold it.
    bool is_storable() const;

    friend bool operator==(const Value& left, const Value& right);

  private:
    template <class T>
    using Shared = std::shared_ptr<const T>;

    std::variant<std::monostate, bool, std::int64_t, double, Shared<std::string>, Shared<List>,
                 Shared<Map>, Date, LocalTime, Time, LocalDateTime, Shared<DateTime>,
                 Shared<Duration>, NodeId, RelationshipId, Shared<Path>>
        held_;
};

/// The string of a string value, else empty: for properties that are strings by rule.
std::string_view string_or_empty(const Value& value);
std::string string_or_empty(Value&& value);

/// The strings of a list of strings, else none.
std::vector<std::string_view> strings_of(const Value& value);
std::vector<std::string_view> strings_of(Value&& value) = delete;  // nobody would own them

}  // namespace khom::graph
