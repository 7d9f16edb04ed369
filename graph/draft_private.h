#pragma once

#include <string_view>

#include "graph/failure.h"
#include "graph/value.h"

namespace khom::graph {

// What a draft and a bulk load refuse alike.
Result<void> check_storable(std::string_view key, const Value& value);
tl::unexpected<Refusal> refuse_taken(std::string_view public_id);
tl::unexpected<Refusal> refuse_deleted();

}  // namespace khom::graph
