#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace khom::index {

/// One word of a text; offsets are bytes of it.
struct Token {
    std::string text;
    std::size_t begin_bytes = 0;
    std::size_t end_bytes = 0;
    bool operator==(const Token&) const = default;
};

/// The words of a canonical text: Thai by ICU's dictionary, others by UAX #29. Safe from any
/// thread.
std::vector<Token> segment(std::string_view canonical_text);

/// What two forms of one word share: "festivals" and "festival"; Thai words are as they are.
std::string stem(const std::string& word);

}  // namespace khom::index
