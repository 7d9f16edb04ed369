#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khom::index {

/// Escaped HTML of `text` with `<mark>` around every occurrence of the needles (canonical texts),
/// at cluster borders only; of a long text the passage around the first. Empty if none occurs.
std::string highlight(std::string_view text, const std::vector<std::string>& needles,
                      std::size_t most_bytes = 400);

/// Whether a canonical text has `needle`, at cluster borders and, in Latin, as whole words.
bool occurs(std::string_view canonical_text, std::string_view needle);

}  // namespace khom::index
