// A name is read into its units (thai_reading.h) and each unit is given the letters it was written
// as between these neighbours, or between fewer of them where those were never seen. Thai alone
// decides, so a name is read once and compared with any spelling by a small table.

#include "index/romanisation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <map>
#include <utility>

#include "index/sound.h"
#include "index/thai_reading.h"

namespace khom::embedded {
extern const std::string_view romanisation_pairs;
}

namespace khom::index {

namespace {

/// As many sightings a narrower context counts as, by its width.
constexpr float trust[] = {0.5F, 1.0F, 1.0F, 1.5F, 1.5F, 1.5F};
constexpr float least_probability = 3e-4F;

/// What kind of letter a neighbour is, where the letter itself is not known.
char32_t kind(char32_t unit) {
    if (unit == U'$' || std::u32string_view(U"หอวั").find(unit) != std::u32string_view::npos) {
        return unit;
    }
    if (std::u32string_view(U"งณนมยรลญฬ").find(unit) != std::u32string_view::npos) {
        return U'N';
    }
    if (unit >= U'ก' && unit <= U'ฮ' && unit != U'ฤ') {
        return U'C';
    }
    return spoken_letter(unit) != unit ? U'S' : U'V';
}

constexpr std::size_t chain_length = 6;
using Chain = std::array<std::uint64_t, chain_length>;

/// FNV-1a over code points.
std::uint64_t hash(std::initializer_list<char32_t> context) {
    std::uint64_t value = 14695981039346656037ULL;
    for (const char32_t c : context) {
        value = (value ^ c) * 1099511628211ULL;
        value ^= value >> 29U;
    }
    return value;
}

/// Two chains, each from narrow to wide: by the letters beside the unit, and by their kinds first.
std::array<Chain, 2> contexts(std::u32string_view units, std::size_t at) {
    const auto unit = [&](std::size_t i) { return i < units.size() ? units[i] : U'$'; };
    const char32_t here = units[at], b = unit(at - 1), a = unit(at + 1), b2 = unit(at - 2),
                   a2 = unit(at + 2);
    const auto alone = hash({here}), wide = hash({here, b, a, a2, b2}),
               widest = hash({here, b, a, a2, b2, unit(at + 3), unit(at - 3)});
    return {Chain{alone, hash({here, a}), hash({here, b, a}), hash({here, b, a, a2}), wide, widest},
            Chain{alone, hash({1, here, kind(b), kind(a)}),
                  hash({2, here, kind(b), kind(a), kind(b2), kind(a2)}),
                  hash({3, here, b, a, kind(b2), kind(a2)}), wide, widest}};
}

struct Ear {
    std::string_view written, also;
    float cost;
};

/// What is written by ear instead of the rules, either way.
constexpr std::array<Ear, 40> by_ear = {{
    {"i", "ee", 3},   {"i", "y", 4},   {"u", "oo", 3},  {"u", "ou", 4},   {"ph", "p", 2},
    {"th", "t", 2},   {"kh", "k", 2},  {"ch", "j", 3},  {"k", "g", 3},    {"p", "b", 3.5F},
    {"t", "d", 3.5F}, {"a", "ar", 4},  {"a", "aa", 3},  {"a", "u", 3.5F}, {"a", "ah", 4},
    {"ae", "a", 3},   {"ae", "e", 3},  {"ae", "ea", 4}, {"ae", "air", 4}, {"o", "or", 3},
    {"o", "aw", 3},   {"o", "oh", 4},  {"ue", "u", 2},  {"ue", "eu", 2},  {"uea", "ua", 2},
    {"uea", "ue", 3}, {"oe", "er", 2}, {"oe", "e", 3},  {"oe", "eo", 4},  {"w", "v", 3},
    {"o", "w", 3},    {"i", "y", 2},   {"ao", "aw", 3}, {"ao", "ow", 3},  {"ia", "ea", 3},
    {"r", "l", 4},    {"l", "", 5},    {"ai", "i", 4},  {"ua", "uo", 3},  {"ch", "c", 3.5F},
}};

void add_by_ear(std::map<std::string, float>& writings) {
    const auto known = writings;
    const auto offer = [&](const std::string& letters, std::string_view from, std::string_view to,
                           float price) {
        const auto at = letters.find(from);
        if (at == std::string::npos || from.empty()) {
            return;
        }
        auto changed = letters;
        changed.replace(at, from.size(), to);
        const float whole = known.at(letters) + price;
        const auto [entry, is_new] = writings.emplace(changed, whole);
        if (!is_new) {
            entry->second = std::min(entry->second, whole);
        }
    };
    for (const auto& [letters, price] : known) {
        if (price < 4) {
            for (const auto& ear : by_ear) {
                offer(letters, ear.written, ear.also, ear.cost);
                offer(letters, ear.also, ear.written, ear.cost);
            }
        }
    }
}

bool is_thai(char32_t unit) {
    return (unit >= 0x0E00 && unit < 0x0E80) || unit >= 0xE000;
}

bool is_vowel(char32_t unit) {
    return (unit >= U'ะ' && unit <= U'ู') || (unit >= U'เ' && unit <= U'ไ') ||
           (unit >= 0xE000 && unit < 0xE100);
}

}  // namespace

const Romanisation& Romanisation::shipped() {
    static const Romanisation romanisation(embedded::romanisation_pairs);
    return romanisation;
}

Romanisation::Romanisation(std::string_view pairs) {
    while (!pairs.empty()) {
        const auto end = std::min(pairs.find('\n'), pairs.size());
        const auto line = pairs.substr(0, end);
        const auto tab = line.find('\t');
        if (tab != std::string_view::npos && line.front() != '#') {
            learn(reading_units(code_points(line.substr(0, tab))), line.substr(tab + 1));
        }
        pairs.remove_prefix(std::min(end + 1, pairs.size()));
    }
    count();
}

void Romanisation::learn(std::u32string_view units, std::string_view letters) {
    if (static_cast<std::size_t>(std::count(letters.begin(), letters.end(), '|')) + 1 !=
        units.size()) {
        return;
    }
    for (std::size_t at = 0; at < units.size(); ++at) {
        const auto end = std::min(letters.find('|'), letters.size());
        const auto [known, is_new] = letters_id_.emplace(letters.substr(0, end), letters_.size());
        if (is_new) {
            letters_.push_back(known->first);
        }
        const auto [by_letter, by_kind] = contexts(units, at);
        for (const auto context : by_letter) {
            seen_.push_back({context, known->second});
        }
        for (std::size_t level = 1; level < 4; ++level) {  // the others are in both chains
            seen_.push_back({by_kind[level], known->second});
        }
        letters.remove_prefix(std::min(end + 1, letters.size()));
    }
}

void Romanisation::count() {
    std::sort(seen_.begin(), seen_.end());
    std::size_t last = 0;
    for (std::size_t i = 1; i < seen_.size(); ++i) {
        if (seen_[last].context == seen_[i].context && seen_[last].letters == seen_[i].letters) {
            ++seen_[last].count;
        } else {
            seen_[++last] = seen_[i];
        }
    }
    seen_.resize(std::min(seen_.size(), last + 1));
    seen_.shrink_to_fit();
}

std::span<const Romanisation::Seen> Romanisation::seen(std::uint64_t context) const {
    const auto begin = std::lower_bound(seen_.begin(), seen_.end(), Seen{context, 0, 0});
    auto end = begin;
    while (end != seen_.end() && end->context == context) {
        ++end;
    }
    return {begin, end};
}

std::map<std::string, float> Romanisation::mixed(std::span<const std::uint64_t> chain) const {
    std::map<std::string, float> probable;
    for (std::size_t level = 0; level < chain.size(); ++level) {
        const auto sightings = seen(chain[level]);
        float whole = trust[level];
        for (const auto& sighting : sightings) {
            whole += static_cast<float>(sighting.count);
        }
        for (auto& [letters, probability] : probable) {
            probability *= trust[level] / whole;
        }
        for (const auto& sighting : sightings) {
            probable[letters_[sighting.letters]] += static_cast<float>(sighting.count) / whole;
        }
    }
    return probable;
}

std::shared_ptr<const Writings> Romanisation::writings(std::u32string_view units,
                                                       std::size_t at) const {
    if (!is_thai(units[at])) {
        const std::string letters(1, units[at] < 0x80 ? static_cast<char>(units[at]) : '?');
        return writings_of({{letters, 0}}, false);
    }
    const auto chains = contexts(units, at);
    const bool vowel = is_vowel(units[at]) && at > 0 && units[at - 1] != U'อ';
    std::array<std::size_t, 2> known{};
    std::array<std::uint64_t, 3> key = {0, 0, vowel ? 1U : 0U};
    for (std::size_t i = 0; i < 2; ++i) {
        while (known[i] < chain_length && !seen(chains[i][known[i]]).empty()) {
            ++known[i];
        }
        key[i] = known[i] == 0 ? 0 : chains[i][known[i] - 1];
    }
    const std::lock_guard lock(mutex_);
    auto& kept = read_[key];
    if (kept == nullptr) {
        std::map<std::string, float> probable, costs;
        for (std::size_t i = 0; i < 2; ++i) {
            for (const auto& [letters, probability] : mixed({chains[i].data(), known[i]})) {
                probable[letters] += probability / 2;
            }
        }
        for (const auto& [letters, probability] : probable) {
            if (probability >= least_probability) {
                costs[letters] = -std::log(probability);
            }
        }
        add_by_ear(costs);
        kept = writings_of(costs, vowel);
    }
    return kept;
}

Reading Romanisation::read(std::string_view canonical) const {
    const auto units = reading_units(code_points(canonical));
    Reading reading;
    for (std::size_t at = 0; at < units.size(); ++at) {
        reading.push_back(writings(units, at));
    }
    return reading;
}

}  // namespace khom::index
