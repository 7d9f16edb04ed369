#pragma once

#include <string_view>

#include "graph/value.h"
#include "query/functions/moment.h"

namespace khom::query::functions {

/// `date({…})` and its kin: fields from the map, what they leave open from the `date`, `time` or
/// `datetime` in it. Refuses: argument_error for fields out of range, unknown or without a year.
Moment construct(const graph::Map& fields, graph::ValueKind kind);

/// `date.truncate(unit, moment, fields)` and its kin: the moment at the begin of its unit, then
/// changed by the fields.
Moment truncate(std::string_view unit, Moment moment, graph::ValueKind kind,
                const graph::Map& fields);

/// `duration({…})`.
graph::Duration construct_duration(const graph::Map& fields);

/// `value.year`, `value.weekDay`, `duration.seconds` …; null for a part the value does not have.
graph::Value temporal_part(const graph::Value& value, std::string_view part);

}  // namespace khom::query::functions
