// Dictionaries cut names and new words wrongly, letters alone do not know words: the model weighs
// both. It was trained by tests/relevance/cutter_train.cpp; lexicon/README.md says on what.

#include "index/thai_cutter.h"

#include <algorithm>

#include <unicode/utf8.h>

namespace khom::embedded {
extern const std::string_view thai_words;
extern const std::string_view thai_weights;
}  // namespace khom::embedded

namespace khom::index {

namespace {

constexpr std::size_t slot_count = std::size_t{1} << 18U;
constexpr std::size_t longest_word = 24;
constexpr std::uint32_t none = 0xFFFFFFFFU;

std::uint32_t mixed(std::uint32_t value) {
    value *= 0x9E3779B1U;
    return value ^ (value >> 15U);
}

/// The letters of a line of the word list; empty if it is no run of Thai letters.
std::vector<std::uint8_t> letters_of(std::string_view line) {
    std::vector<std::uint8_t> letters;
    const auto size = static_cast<std::int32_t>(line.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(line.data()), at, size, c);
        if (c < 0x0E00 || c > 0x0E7F) {
            return {};
        }
        letters.push_back(static_cast<std::uint8_t>(c - 0x0E00));
    }
    return letters;
}

bool is_leading_vowel(std::uint8_t letter) {
    return letter >= 0x40 && letter <= 0x44;
}

/// Vowels and signs that belong to the letter before them.
bool is_following(std::uint8_t letter) {
    return (letter >= 0x30 && letter <= 0x3A) || letter == 0x45 ||
           (letter >= 0x47 && letter <= 0x4E);
}

}  // namespace

bool may_cut(const std::vector<std::uint8_t>& letters, std::size_t at) {
    // A silenced letter ends a word, it begins none: ศาสตร์.
    const bool silenced = at + 1 < letters.size() && letters[at + 1] == 0x4C;
    return !is_following(letters[at]) && !is_leading_vowel(letters[at - 1]) && !silenced;
}

ThaiCutter::ThaiCutter(std::string_view words, std::string_view weights)
    : slots_(slot_count), ends_word_(1, false), weights_(feature_count, 0) {
    for (std::size_t begin = 0; begin < words.size();) {
        const auto end = std::min(words.find('\n', begin), words.size());
        const auto letters = letters_of(words.substr(begin, end - begin));
        begin = end + 1;
        if (letters.empty() || letters.size() > longest_word) {
            continue;
        }
        std::uint32_t state = 0;
        for (const auto letter : letters) {
            state = make_step(state, letter);
        }
        ends_word_[state] = true;
    }
    for (std::size_t i = 0; i < std::min(weights.size(), feature_count); ++i) {
        weights_[i] = static_cast<std::int8_t>(weights[i]);
    }
}

const ThaiCutter& ThaiCutter::shipped() {
    static const ThaiCutter cutter(embedded::thai_words, embedded::thai_weights);
    return cutter;
}

std::uint32_t ThaiCutter::step(std::uint32_t state, std::uint8_t letter) const {
    const auto key = ((state << 7U) | (letter & 0x7FU)) + 1;
    for (auto at = mixed(key) % slot_count; slots_[at].key != 0; at = (at + 1) % slot_count) {
        if (slots_[at].key == key) {
            return slots_[at].next;
        }
    }
    return none;
}

std::uint32_t ThaiCutter::make_step(std::uint32_t state, std::uint8_t letter) {
    if (const auto known = step(state, letter); known != none) {
        return known;
    }
    const auto key = ((state << 7U) | (letter & 0x7FU)) + 1;
    auto at = mixed(key) % slot_count;
    while (slots_[at].key != 0) {
        at = (at + 1) % slot_count;
    }
    slots_[at] = {key, static_cast<std::uint32_t>(ends_word_.size())};
    ends_word_.push_back(false);
    return slots_[at].next;
}

bool ThaiCutter::is_word(const std::vector<std::uint8_t>& letters, std::size_t begin,
                         std::size_t end) const {
    std::uint32_t state = 0;
    for (auto at = begin; at < end && state != none; ++at) {
        state = step(state, letters[at]);
    }
    return state != none && ends_word_[state];
}

bool ThaiCutter::knows(std::string_view word) const {
    const auto letters = letters_of(word);
    return !letters.empty() && is_word(letters, 0, letters.size());
}

void ThaiCutter::look_up(const std::vector<std::uint8_t>& letters, Places& places) const {
    const auto size = letters.size();
    places.longest_from.assign(size + 1, 0);
    places.longest_to.assign(size + 1, 0);
    places.best_path.assign(size + 1, 0);
    // The path of least cost: one for each word, more for each letter that is in none.
    thread_local std::vector<std::uint32_t> cost, from;
    cost.assign(size + 1, none);
    from.assign(size + 1, 0);
    cost[0] = 0;
    const auto offer = [&](std::size_t begin, std::size_t end, std::uint32_t price) {
        if (cost[begin] + price < cost[end]) {
            cost[end] = cost[begin] + price;
            from[end] = static_cast<std::uint32_t>(begin);
        }
    };
    for (std::size_t begin = 0; begin < size; ++begin) {
        if (begin > 0 && !may_cut(letters, begin)) {
            continue;
        }
        std::uint32_t state = 0;
        auto next = begin + 1;
        while (next < size && !may_cut(letters, next)) {
            ++next;
        }
        offer(begin, next, 10 + 8 * static_cast<std::uint32_t>(next - begin));
        for (auto end = begin; end < size;) {
            state = step(state, letters[end++]);
            if (state == none) {
                break;
            }
            if (ends_word_[state] && (end == size || may_cut(letters, end))) {
                const auto length = static_cast<std::uint8_t>(end - begin);
                places.longest_from[begin] = length;
                places.longest_to[end] = std::max(places.longest_to[end], length);
                offer(begin, end, 10);
            }
        }
    }
    for (auto at = size; at > 0; at = from[at]) {
        places.best_path[at] = 1;
    }
}

ThaiCutter::Features ThaiCutter::features(const std::vector<std::uint8_t>& letters,
                                          const Places& places, std::size_t last,
                                          std::size_t at) const {
    const auto letter = [&](std::ptrdiff_t offset) -> std::uint32_t {
        const auto i = static_cast<std::ptrdiff_t>(at) + offset;
        return i >= 0 && i < static_cast<std::ptrdiff_t>(letters.size())
                   ? letters[static_cast<std::size_t>(i)] + 1U
                   : 0;
    };
    Features all{};
    std::size_t count = 0;
    const auto put = [&](std::uint64_t value) {
        value = (value * 32 + count + 1) * 0x9E3779B97F4A7C15ULL;
        all[count++] = static_cast<std::uint32_t>(value >> 47U);
    };
    const auto gram = [&](int begin, int end) {
        std::uint64_t value = 0;
        for (auto i = begin; i < end; ++i) {
            value = (value << 7U) | letter(i);
        }
        put(value);
    };
    const auto chunk = [&](std::size_t begin, std::size_t end) {
        std::uint64_t value = 1469598103934665603ULL;
        for (auto i = begin; i < end; ++i) {
            value = (value ^ letters[i]) * 1099511628211ULL;
        }
        put(value >> 8U);
    };
    gram(-1, 1);
    gram(-2, 0);
    gram(0, 2);
    gram(-2, 1);
    gram(-1, 2);
    gram(-3, 0);
    gram(0, 3);
    gram(-2, 2);
    gram(-4, 0);
    gram(0, 4);
    gram(-3, 3);
    const auto to = places.longest_to[at], from = places.longest_from[at],
               path = places.best_path[at];
    put(((to * 32U + from) * 2U) + path);
    put(path);
    chunk(at - to, at);
    chunk(at, at + from);
    const auto length = std::min<std::size_t>(at - last, 15);
    const auto known = length < 15 && is_word(letters, last, at) ? 1U : 0U;
    put((length * 2 + known) * 32 + from);
    chunk(last, at);
    put(((places.longest_from[last] * 16U + length) * 2U + known) * 2U + path);
    return all;
}

void ThaiCutter::cut(const std::vector<std::uint8_t>& letters,
                     std::vector<std::uint32_t>& ends) const {
    ends.clear();
    walk(letters, [&](std::size_t at, const Features& features) {
        int sum = 0;
        for (const auto feature : features) {
            sum += weights_[feature];
        }
        if (sum > 0) {
            ends.push_back(static_cast<std::uint32_t>(at));
        }
        return sum > 0;
    });
    if (!letters.empty()) {
        ends.push_back(static_cast<std::uint32_t>(letters.size()));
    }
}

}  // namespace khom::index
