// Whole cells are judged, never parts of a text: a summary may well speak of "Nov-24".

#include "corpus/damage.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <vector>

namespace khom::corpus {

namespace {

constexpr int buddhist_offset = 543;
constexpr int last_common_year = 2400;

struct Month {
    std::string_view english, thai, thai_short;
};
constexpr std::array<Month, 12> months = {{{"january", "มกราคม", "ม.ค."},
                                           {"february", "กุมภาพันธ์", "ก.พ."},
                                           {"march", "มีนาคม", "มี.ค."},
                                           {"april", "เมษายน", "เม.ย."},
                                           {"may", "พฤษภาคม", "พ.ค."},
                                           {"june", "มิถุนายน", "มิ.ย."},
                                           {"july", "กรกฎาคม", "ก.ค."},
                                           {"august", "สิงหาคม", "ส.ค."},
                                           {"september", "กันยายน", "ก.ย."},
                                           {"october", "ตุลาคม", "ต.ค."},
                                           {"november", "พฤศจิกายน", "พ.ย."},
                                           {"december", "ธันวาคม", "ธ.ค."}}};

std::string small(std::string_view text) {
    std::string made(text);
    std::transform(made.begin(), made.end(), made.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return made;
}

/// 1 to 12 for a month's name, whole or short, in either language; 0 if it is none.
int month_of(std::string_view word) {
    const auto name = small(word);
    for (std::size_t i = 0; i < months.size(); ++i) {
        const bool english =
            name.size() >= 3 && months.at(i).english.substr(0, name.size()) == name;
        if (english || months.at(i).thai == name || months.at(i).thai_short == name) {
            return static_cast<int>(i) + 1;
        }
    }
    return 0;
}

std::optional<int> number_in(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = !text.empty() && error == std::errc() && end == text.data() + text.size();
    return whole && number >= 0 ? std::optional(number) : std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, std::string_view at) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(at), text.size());
        if (end > 0) {
            parts.push_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::optional<std::string> edtf(int year, int month, int day) {
    year -= year > last_common_year ? buddhist_offset : 0;
    if (year < 1000 || year > last_common_year || month > 12 || day > 31) {
        return std::nullopt;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(),
                  day > 0     ? "%04d-%02d-%02d"
                  : month > 0 ? "%04d-%02d"
                              : "%04d",
                  year, month, day);
    return std::string(text.data());
}

bool is_sign(std::string_view cell) {
    constexpr std::array<std::string_view, 8> signs = {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!",
                                                       "#N/A",  "#NUM!",  "#NULL!",  "#SPILL!"};
    return std::find(signs.begin(), signs.end(), cell) != signs.end() ||
           (cell.size() >= 3 && cell.find_first_not_of('#') == std::string_view::npos);
}

/// "2.565E3", "1E+05": digits, a point, a capital E and an exponent, as spreadsheets write;
/// programs write a small e.
bool is_scientific(std::string_view cell) {
    const auto e = cell.find('E');
    if (e == std::string_view::npos || e == 0 || e + 1 == cell.size()) {
        return false;
    }
    auto exponent = cell.substr(e + 1);
    if (exponent.front() == '+' || exponent.front() == '-') {
        exponent.remove_prefix(1);
    }
    return number_in(exponent) &&
           cell.substr(0, e).find_first_not_of("0123456789.,-") == std::string_view::npos;
}

/// "Nov-24", "24-Nov", "พ.ย.-67": a short month and two digits.
bool is_short_date(std::string_view cell) {
    const auto parts = split(cell, "-");
    if (parts.size() != 2 || cell.size() > 24) {
        return false;
    }
    const auto is_short = [](std::string_view word) {
        return word.size() == 3 || word.find('.') != std::string_view::npos;
    };
    const auto fits = [&](std::string_view name, std::string_view digits) {
        return month_of(name) > 0 && is_short(name) && digits.size() <= 2 &&
               number_in(digits).has_value();
    };
    return fits(parts[0], parts[1]) || fits(parts[1], parts[0]);
}

/// UTF-8 that was read as Latin-1 or Windows-1252 ("à¸¢à¸µ") or as Windows-874 ("เธขเธต"): Thai
/// begins with the bytes E0 B8 or E0 B9, so every third character is the same two.
bool is_misread(std::string_view cell) {
    constexpr std::array<std::string_view, 4> heads = {"à¸", "à¹", "เธ", "เน"};
    for (std::size_t at = 0, run = 0, last = 0; at < cell.size(); ++at) {
        for (const auto head : heads) {
            if (cell.substr(at, head.size()) == head) {
                run = last != 0 && at - last <= head.size() + 3 ? run + 1 : 1;
                last = at + 1;
                if (run == 4) {
                    return true;
                }
            }
        }
    }
    return false;
}

bool is_lost(std::string_view cell) {
    return cell.find("\xEF\xBF\xBD") != std::string_view::npos ||
           (cell.size() >= 3 && cell.find("???") != std::string_view::npos &&
            cell.find_first_not_of("? .,()-0123456789") == std::string_view::npos);
}

std::string quoted(std::string_view cell) {
    return "'" + std::string(cell.substr(0, 60)) + "' ";
}

}  // namespace

std::optional<std::string> damage_in(std::string_view cell) {
    if (is_sign(cell)) {
        return quoted(cell) + "is a spreadsheet's error sign, not a value.";
    }
    if (is_scientific(cell)) {
        return quoted(cell) +
               "is a number that a spreadsheet has shortened; format the column as text and write "
               "its digits.";
    }
    if (is_short_date(cell)) {
        return quoted(cell) +
               "is a date that a spreadsheet has shortened: whether the digits are a day or a year "
               "is lost. Format the column as "
               "text and write the year first, such as 2024-11.";
    }
    if (is_misread(cell)) {
        return quoted(cell) +
               "is Thai that was saved as UTF-8 and read as another encoding; export it again as "
               "'CSV UTF-8'.";
    }
    if (is_lost(cell)) {
        return quoted(cell) +
               "has lost its letters when it was saved; export it again as 'CSV UTF-8'.";
    }
    return std::nullopt;
}

std::optional<std::string> date_meant(std::string_view cell) {
    if (const auto serial = number_in(cell); serial && *serial >= 30000 && *serial <= 80000) {
        // Days since 1899-12-30, as spreadsheets count: 1982 to 2119. (Howard Hinnant,
        // "civil_from_days".)
        const int z = *serial - 25569 + 719468, era = z / 146097, of_era = z - era * 146097;
        const int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
        const int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        const int shifted = (5 * of_year + 2) / 153,
                  month = shifted < 10 ? shifted + 3 : shifted - 9;
        return edtf(year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
                    of_year - (153 * shifted + 2) / 5 + 1);
    }
    auto parts = split(cell, " /\t,");
    std::erase_if(parts, [](std::string_view part) {
        return part == "พ.ศ." || part == "ค.ศ." || part == "วันที่" || part == "AD" || part == "BE";
    });
    if (parts.empty() || parts.size() > 3) {
        return std::nullopt;
    }
    const auto year = number_in(parts.back());
    if (!year || parts.back().size() != 4) {
        return std::nullopt;
    }
    const auto month_at = [&](std::size_t at) {
        return number_in(parts[at]).value_or(month_of(parts[at]));
    };
    if (parts.size() == 1) {
        return edtf(*year, 0, 0);
    }
    if (parts.size() == 2) {
        const int month = month_at(0);
        return month > 0 ? edtf(*year, month, 0) : std::nullopt;
    }
    const auto first = number_in(parts[0]);
    if (first && number_in(parts[1])) {  // 15/11/2567; 11/15/2024 where only that can be meant
        return *number_in(parts[1]) > 12 ? edtf(*year, *first, *number_in(parts[1]))
                                         : edtf(*year, *number_in(parts[1]), *first);
    }
    return first ? (month_of(parts[1]) > 0 ? edtf(*year, month_of(parts[1]), *first) : std::nullopt)
                 : (month_of(parts[0]) > 0 && number_in(parts[1])
                        ? edtf(*year, month_of(parts[0]), *number_in(parts[1]))
                        : std::nullopt);
}

}  // namespace khom::corpus
