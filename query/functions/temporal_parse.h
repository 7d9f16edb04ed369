#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "graph/value.h"
#include "query/functions/moment.h"

namespace khom::query::functions {

/// "Z", "+07", "+0700", "+07:00", "+07:00:30": seconds east of UTC, at most 18 hours. None for
/// anything else.
std::optional<std::int32_t> parse_offset(std::string_view text);

/// ISO 8601 as openCypher takes it: calendar, week, quarter and ordinal dates, basic and extended,
/// shortened from the right; a time after 'T' or alone; an offset; a zone name in brackets. `kind`
/// says what is expected. Refuses: argument_error (InvalidArgumentValue) for what does not read as
/// that.
Moment parse_moment(std::string_view text, graph::ValueKind kind);

/// "P1Y2M3W4DT5H6M7.8S" with signs and fractions, or "P2012-02-02T14:37:21.545".
graph::Duration parse_duration(std::string_view text);

}  // namespace khom::query::functions
