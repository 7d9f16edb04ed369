#pragma once

#include <string>

#include "graph/value.h"

namespace khom::query::functions {

/// A temporal value in ISO 8601, the shortest form that reads back as the same: "1984-10-11",
/// "12:31:14.645+01:00", "1984-10-11T12:31+02:00[Europe/Stockholm]", "P1Y2M10DT2H30M".
std::string temporal_text(const graph::Value& value);

/// "Z", "+07:00", "-02:05:07".
std::string offset_text(std::int32_t offset_s);

}  // namespace khom::query::functions
