#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khom::index {

/// Escaped HTML of `text` with `<mark>` around every occurrence of the needles (canonical texts),
/// at cluster borders only; of a long text the passage around the first. Empty if none occurs.
std::string highlight(std::string_view text, const std::vector<std::string>& needles,
                      std::size_t most_bytes = 400);

}  // namespace khom::index
