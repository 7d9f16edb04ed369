#pragma once

#include <optional>
#include <string>

#include "index/search_text.h"
#include "index/text_index.h"

namespace khom::index {

/// The question with words that no text has cut in two, or written as one with the next, so that
/// texts have them: "lanternfestival", "lan tern". None if a word is left that no text has, or if
/// nothing had to be changed. For questions without operators that nothing answers.
///
/// Throws: graph::Fault if the index cannot be read. Cost: a look-up for each letter of such words.
std::optional<std::string> respelt(const SearchWords& words, const TextIndex& texts);

}  // namespace khom::index
