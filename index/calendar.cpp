#include "index/calendar.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "index/canonical.h"

namespace khom::index {

namespace {

constexpr int years_apart = 543, first_year = 2400, last_year = 2600;
constexpr std::size_t digits_of_year = 4;

struct Era {
    std::string_view word;
    bool buddhist;
};

/// As in canonical text, so in small letters; the longer first.
constexpr std::array<Era, 8> eras = {{{"พ.ศ.", true},
                                      {"พ.ศ", true},
                                      {"พศ", true},
                                      {"b.e.", true},
                                      {"ค.ศ.", false},
                                      {"ค.ศ", false},
                                      {"คศ", false},
                                      {"a.d.", false}}};

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t count = 0;
    while (at + count < text.size() && is_digit(text[at + count])) {
        ++count;
    }
    return count;
}

/// The era whose word stands at `at`, with a year behind it.
const Era* era_at(std::string_view text, std::size_t at) {
    for (const auto& era : eras) {
        if (text.compare(at, era.word.size(), era.word) == 0) {
            auto behind = at + era.word.size();
            while (behind < text.size() && text[behind] == ' ') {
                ++behind;
            }
            if (digits_at(text, behind) == digits_of_year) {
                return &era;
            }
        }
    }
    return nullptr;
}

}  // namespace

std::string in_common_era(std::string_view text) {
    std::string out;
    const Era* said = nullptr;
    for (std::size_t at = 0; at < text.size();) {
        if (const auto* era = era_at(text, at); era != nullptr) {
            said = era;
            at += era->word.size();
            while (at < text.size() && text[at] == ' ') {
                ++at;
            }
            continue;
        }
        const auto digits = digits_at(text, at);
        if (digits == 0) {
            out += text[at++];
            continue;
        }
        const auto number = text.substr(at, digits);
        if (digits == digits_of_year) {
            const int year = std::stoi(std::string(number));
            const bool buddhist = said != nullptr ? said->buddhist && year > years_apart
                                                  : year >= first_year && year <= last_year;
            out += buddhist ? std::to_string(year - years_apart) : std::string(number);
        } else {
            out += number;
        }
        said = nullptr;
        at += digits;
    }
    return out;
}

std::optional<int> year_in(std::string_view canonical) {
    constexpr int least = 1000, most = 2400;
    const auto text = in_common_era(canonical);
    std::optional<int> found;
    for (std::size_t at = 0; at < text.size();) {
        const auto digits = digits_at(text, at);
        const int year = digits == digits_of_year ? std::stoi(text.substr(at, digits)) : 0;
        if (year >= least && year <= most) {
            if (found && *found != year) {
                return std::nullopt;
            }
            found = year;
        }
        at += std::max<std::size_t>(digits, 1);
    }
    return found;
}

}  // namespace khom::index
