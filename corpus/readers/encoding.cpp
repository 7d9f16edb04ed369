#include <cstdint>

#include "corpus/readers/readers.h"

namespace khom::corpus {

namespace {

bool is_continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<std::uint8_t>(text[at]) & 0xC0U) == 0x80;
}

/// Length of the well-formed sequence at `at`, 0 if there is none (Unicode, table 3-7).
std::size_t sequence(std::string_view text, std::size_t at) {
    const auto lead = static_cast<std::uint8_t>(text[at]);
    const auto second =
        at + 1 < text.size() ? static_cast<std::uint8_t>(text[at + 1]) : std::uint8_t{0};
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return is_continuation(text, at + 1) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool fits = (lead != 0xE0 || second >= 0xA0) && (lead != 0xED || second <= 0x9F);
        return fits && is_continuation(text, at + 1) && is_continuation(text, at + 2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool fits = (lead != 0xF0 || second >= 0x90) && (lead != 0xF4 || second <= 0x8F);
        return fits && is_continuation(text, at + 1) && is_continuation(text, at + 2) &&
                       is_continuation(text, at + 3)
                   ? 4
                   : 0;
    }
    return 0;
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto length = sequence(text, at);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

void append(std::string& out, std::uint32_t code_point) {
    out += static_cast<char>(0xE0U | (code_point >> 12U));
    out += static_cast<char>(0x80U | ((code_point >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code_point & 0x3FU));
}

void append_any(std::string& out, std::uint32_t code_point) {
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        out += static_cast<char>(0xC0U | (code_point >> 6U));
        out += static_cast<char>(0x80U | (code_point & 0x3FU));
    } else if (code_point < 0x10000) {
        append(out, code_point);
    } else {
        out += static_cast<char>(0xF0U | (code_point >> 18U));
        out += static_cast<char>(0x80U | ((code_point >> 12U) & 0x3FU));
        out += static_cast<char>(0x80U | ((code_point >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (code_point & 0x3FU));
    }
}

/// What spreadsheets call "Unicode text"; the byte-order mark is taken off already.
graph::Result<std::string> from_utf16(std::string_view bytes, bool big_endian) {
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<std::uint8_t>(bytes[at]);
        const auto second = static_cast<std::uint8_t>(bytes[at + 1]);
        return static_cast<std::uint32_t>(big_endian ? first << 8U | second : second << 8U | first);
    };
    const auto is_half = [](std::uint32_t code, std::uint32_t head) {
        return (code & 0xFC00U) == head;
    };
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        auto code = unit(at);
        if (is_half(code, 0xD800) && at + 3 < bytes.size() && is_half(unit(at + 2), 0xDC00)) {
            code = 0x10000U + ((code & 0x3FFU) << 10U) + (unit(at + 2) & 0x3FFU);
            at += 2;
        } else if (is_half(code, 0xD800) || is_half(code, 0xDC00)) {
            return graph::refuse(graph::RefusalCode::invalid_data,
                                 "The file is damaged UTF-16; save it as 'CSV UTF-8'.");
        }
        append_any(text, code);
    }
    return text;
}

/// Windows-874 above 0x7F: Thai at 0xA1 to 0xFB as in TIS-620, and some punctuation below.
std::uint32_t windows_874(std::uint8_t byte) {
    switch (byte) {
        case 0x80:
            return 0x20AC;
        case 0x85:
            return 0x2026;
        case 0x91:
            return 0x2018;
        case 0x92:
            return 0x2019;
        case 0x93:
            return 0x201C;
        case 0x94:
            return 0x201D;
        case 0x95:
            return 0x2022;
        case 0x96:
            return 0x2013;
        case 0x97:
            return 0x2014;
        default:
            break;
    }
    const bool thai = (byte >= 0xA1 && byte <= 0xDA) || (byte >= 0xDF && byte <= 0xFB);
    return thai ? 0x0E00U + (byte - 0xA0U) : 0;
}

}  // namespace

graph::Result<std::string> to_utf8(std::string_view bytes) {
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") {
        bytes.remove_prefix(3);
    }
    if (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF") {
        return from_utf16(bytes.substr(2), bytes.front() == '\xFE');
    }
    if (is_utf8(bytes)) {
        return std::string(bytes);
    }
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        if (byte < 0x80) {
            text += c;
        } else if (byte == 0xA0) {
            text += "\xC2\xA0";
        } else if (const auto code_point = windows_874(byte); code_point != 0) {
            append(text, code_point);
        } else {
            return graph::refuse(
                graph::RefusalCode::invalid_data,
                "The file is neither UTF-8 nor Windows-874; save it as 'CSV UTF-8'.");
        }
    }
    return text;
}

}  // namespace khom::corpus
