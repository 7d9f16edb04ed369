// A cursor is "1", the offset and the hash of question and offset, in hexadecimal with fixed
// widths: 1 + 8 + 16 characters. The hash keeps honest clients from taking a cursor to another
// question; it is no secret.

#include "query/cursor.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace khom::query {

namespace {

constexpr std::size_t length = 25;

std::uint64_t bound(std::size_t offset, std::uint64_t question) {
    return QuestionHash().add(std::to_string(question)).add(std::to_string(offset)).value();
}

}  // namespace

QuestionHash& QuestionHash::add(std::string_view text) {
    const auto mix = [&](unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3U; };
    for (const char c : text) {
        mix(static_cast<unsigned char>(c));
    }
    mix(0xFF);  // no byte of UTF-8: keeps "ab","c" apart from "a","bc"
    return *this;
}

QuestionHash& QuestionHash::add(const std::vector<std::string>& texts) {
    for (const auto& text : texts) {
        add(text);
    }
    return add("");
}

std::string cursor_at(std::size_t offset, std::uint64_t question) {
    std::array<char, length + 1> text{};
    std::snprintf(text.data(), text.size(), "1%08llx%016llx",
                  static_cast<unsigned long long>(offset & 0xFFFFFFFFU),
                  static_cast<unsigned long long>(bound(offset, question)));
    return {text.data(), length};
}

graph::Result<std::size_t> offset_of(std::string_view cursor, std::uint64_t question) {
    if (cursor.empty()) {
        return std::size_t{0};
    }
    std::size_t offset = 0;
    if (cursor.size() == length) {
        std::from_chars(cursor.data() + 1, cursor.data() + 9, offset, 16);
    }
    if (cursor != cursor_at(offset, question)) {
        return graph::refuse_parameter(
            "cursor",
            "This cursor is not of this question. Take next_cursor of the answer before, and ask "
            "the same again.");
    }
    return offset;
}

}  // namespace khom::query
