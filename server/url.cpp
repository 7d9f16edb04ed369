#include "server/url.h"

#include <cstdint>

namespace khom::server {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

/// How many bytes the sequence that a lead byte opens has; 0 if none starts so.
std::size_t sequence_length(std::uint8_t lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if ((lead & 0xF0U) == 0xE0) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/// The second byte's range is narrower after four lead bytes (Unicode, table 3-7).
bool second_byte_fits(std::uint8_t lead, std::uint8_t second) {
    switch (lead) {
        case 0xE0:
            return second >= 0xA0;
        case 0xED:
            return second <= 0x9F;
        case 0xF0:
            return second >= 0x90;
        case 0xF4:
            return second <= 0x8F;
        default:
            return true;
    }
}

bool parse_query(std::string_view text, Pairs& query) {
    while (!text.empty()) {
        const auto end = text.find('&');
        const auto part = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (part.empty()) {
            continue;
        }
        const auto equals = part.find('=');
        const auto value =
            equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
        auto name = percent_decoded(part.substr(0, equals), Plus::is_space);
        auto decoded = percent_decoded(value, Plus::is_space);
        if (!name || !decoded) {
            return false;
        }
        query.emplace_back(std::move(*name), std::move(*decoded));
    }
    return true;
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<std::uint8_t>(text[at]);
        const auto length = sequence_length(lead);
        if (length == 0 || at + length > text.size()) {
            return false;
        }
        for (std::size_t next = 1; next < length; ++next) {
            if ((static_cast<std::uint8_t>(text[at + next]) & 0xC0U) != 0x80) {
                return false;
            }
        }
        if (length > 1 && !second_byte_fits(lead, static_cast<std::uint8_t>(text[at + 1]))) {
            return false;
        }
        at += length;
    }
    return true;
}

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+' && plus == Plus::is_space) {
            decoded += ' ';
        } else if (text[at] != '%') {
            decoded += text[at];
        } else {
            const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
            const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
            if (low < 0) {
                return std::nullopt;
            }
            decoded += static_cast<char>(high * 16 + low);
            at += 2;
        }
    }
    if (decoded.find('\0') != std::string::npos || !is_utf8(decoded)) {
        return std::nullopt;
    }
    return decoded;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~' ||
                           c == ':';
        if (plain) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte / 16];
            encoded += digits[byte % 16];
        }
    }
    return encoded;
}

std::optional<Target> parse_target(std::string_view target) {
    Target parsed;
    const auto mark = target.find('?');
    auto path = target.substr(0, mark);
    if (path.empty() || path.front() != '/') {
        return std::nullopt;
    }
    path.remove_prefix(1);
    while (!path.empty()) {
        const auto end = path.find('/');
        auto segment = percent_decoded(path.substr(0, end), Plus::kept);
        if (!segment || *segment == "." || *segment == "..") {
            return std::nullopt;
        }
        parsed.segments.push_back(std::move(*segment));
        path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
    }
    if (mark != std::string_view::npos && !parse_query(target.substr(mark + 1), parsed.query)) {
        return std::nullopt;
    }
    return parsed;
}

}  // namespace khom::server
