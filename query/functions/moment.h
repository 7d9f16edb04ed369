#pragma once

#include <cstdint>
#include <string>

#include "graph/value.h"

namespace khom::query::functions {

/// Instants reach from minus this many seconds to this many: the year has at most nine digits.
inline constexpr std::int64_t largest_epoch_s = 31'556'889'864'403'199;

/// Any temporal value but a duration, taken apart: what all temporal functions compute with.
/// The clock fields are local; a zone is an offset, and a name where one was given.
struct Moment {
    bool has_date = false;
    bool has_time = false;
    bool has_zone = false;
    std::int64_t days = 0;         ///< since 1970-01-01
    std::int64_t nanoseconds = 0;  ///< since midnight
    std::int32_t offset_s = 0;
    std::string zone;  ///< IANA name or empty

    std::int64_t local_seconds() const;
    std::int64_t instant_seconds() const { return local_seconds() - offset_s; }
    std::int64_t nanoseconds_of_second() const;
};

/// Whether `moment_of` takes it.
bool is_moment(const graph::Value& value);
Moment moment_of(const graph::Value& value);

/// The value of `kind` (date … date_time) with what the moment has of it; absent parts are 0 and
/// UTC.
graph::Value value_of(const Moment& moment, graph::ValueKind kind);

/// Puts the same local time into a zone: `name` is an IANA name, or an offset as in ISO 8601
/// ("+07:00", "Z").
Moment with_zone(Moment moment, const std::string& name);
/// The same instant as seen in another zone.
Moment in_zone(const Moment& moment, const std::string& name);
/// Sets the instant, keeping the zone.
Moment at_instant(Moment moment, std::int64_t instant_seconds, std::int64_t nanoseconds_of_second);
/// Sets the local clock, keeping the zone (whose offset may change).
Moment at_local(Moment moment, std::int64_t days, std::int64_t nanoseconds);

/// The instant now, in UTC.
Moment now();

}  // namespace khom::query::functions
