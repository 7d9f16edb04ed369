#pragma once

#include <string_view>

namespace khom::index {

/// Whether a document need not have a canonical word to answer a question: "the", ของ, "who".
bool is_stop_word(std::string_view word);

}  // namespace khom::index
