#include "index/cross_script.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include "index/canonical.h"
#include "index/sound.h"
#include "index/thai_reading.h"

namespace khom::index {

namespace {

constexpr std::size_t most_candidates = 250, most_words_taken = 4, most_letters = 80;
/// Prices of a word that both have, of one that only the name or only what was typed has, and the
/// same of a light word.
constexpr double shared_word = 0.5, words_own = 4, words_typed = 6, light_own = 2, light_typed = 2;
/// Of names that are read alike, the plainer one is meant: for each tone mark that the other has.
constexpr double unspelt_sign = 0.05;
/// What a spelling costs that stops before the name does.
constexpr Rest rest_of_whole = {3.5F, 0.35F}, rest_of_beginning = {0.2F, 0.04F};
/// How improbable a spelling may be to count among the grams of a name.
constexpr double other_spellings = 2.5;

/// A letter of the coarse alphabet: consonants in capitals, vowels small.
char coarse_letter(char c, char next) {
    switch (c) {
        case 'a':
            return 'a';
        case 'e':
        case 'i':
        case 'y':
            return 'e';
        case 'o':
        case 'u':
            return 'o';
        case 'c':
            return next == 'h' ? 'C' : next == 'e' || next == 'i' || next == 'y' ? 'S' : 'K';
        case 'j':
            return 'C';
        case 'k':
        case 'q':
        case 'g':
            return 'K';
        case 'b':
        case 'p':
        case 'f':
            return 'P';
        case 'd':
        case 't':
            return 'T';
        case 's':
        case 'x':
        case 'z':
            return 'S';
        case 'l':
        case 'r':
            return 'L';
        case 'v':
        case 'w':
            return 'W';
        case 'm':
            return 'M';
        case 'n':
            return next == 'g' ? 'G' : 'N';
        case 'h':
            return 0;
        default:
            return c >= '0' && c <= '9' ? c : '\0';
    }
}

std::string coarse(std::string_view letters) {
    std::string out;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const char c = coarse_letter(letters[i], i + 1 < letters.size() ? letters[i + 1] : ' ');
        if (c != 0 && (out.empty() || out.back() != c)) {
            out += c;
        }
        i += c == 'G' ? 1 : 0;
    }
    return out;
}

std::uint32_t gram(char kind, std::string_view letters) {
    std::uint32_t code = static_cast<unsigned char>(kind);
    for (const char c : letters) {
        code = code * 101 + static_cast<unsigned char>(c);
    }
    return code;
}

/// A spelling in the coarse alphabet, with its ends.
struct Coarse {
    std::string whole, consonants;

    Coarse() = default;
    explicit Coarse(std::string_view spelling) : whole('^' + coarse(spelling) + '$') {
        std::copy_if(whole.begin(), whole.end(), std::back_inserter(consonants),
                     [](char c) { return c < 'a' || c > 'z'; });
    }
};

/// All stretches of so many letters, less those that lie where `text` is as `other`, before or
/// behind all that differs.
void add_stretches(char kind, std::size_t size, std::string_view text, std::string_view other,
                   std::vector<std::uint32_t>& all) {
    const auto shorter = std::min(text.size(), other.size());
    std::size_t begin = 0, end = 0;  // how much is the same at either
    while (begin < shorter && text[begin] == other[begin]) {
        ++begin;
    }
    while (end < shorter - begin && text[text.size() - end - 1] == other[other.size() - end - 1]) {
        ++end;
    }
    for (auto at = begin >= size ? begin - size + 1 : 0;
         at + size <= text.size() && at + end < text.size(); ++at) {
        all.push_back(gram(kind, text.substr(at, size)));
    }
}

/// Pairs of consonants and triples of all letters of a spelling, and its consonants; less what it
/// has from another one that differs in one place.
void add_grams(const Coarse& spelling, const Coarse& other, std::vector<std::uint32_t>& all) {
    all.push_back(gram('1', spelling.consonants));
    add_stretches('2', 2, spelling.consonants, other.consonants, all);
    add_stretches('3', 3, spelling.whole, other.whole, all);
}

bool mean_the_same(const GenericWord& a, const GenericWord& b) {
    return std::any_of(a.meanings.begin(), a.meanings.end(), [&](auto id) {
        return std::binary_search(b.meanings.begin(), b.meanings.end(), id);
    });
}

/// What the words of a name and of what was typed cost beside each other; nothing when they share
/// none and nothing else is left to compare.
double cost_of_words(const std::vector<GenericWord>& own, const std::vector<GenericWord>& typed) {
    double sum = 0;
    for (const auto& word : own) {
        const bool shared = std::any_of(typed.begin(), typed.end(), [&](const auto& other) {
            return mean_the_same(word, other);
        });
        sum += shared ? shared_word : word.light ? light_own : words_own;
    }
    for (const auto& word : typed) {
        const bool shared = std::any_of(
            own.begin(), own.end(), [&](const auto& other) { return mean_the_same(word, other); });
        sum += shared ? 0 : word.light ? light_typed : words_typed;
    }
    return sum;
}

/// The text without some words.
std::string without(std::string_view text, const std::vector<GenericWord>& words) {
    std::string rest;
    std::size_t at = 0;
    for (const auto& word : words) {
        rest += std::string(text.substr(at, word.begin_bytes - at)) + ' ';
        at = word.end_bytes;
    }
    return rest + std::string(text.substr(at));
}

/// Which words may be taken as meanings together: none, all, each alone, the first with the light
/// ones, those in a row from the first.
std::vector<std::vector<GenericWord>> choices(const std::vector<GenericWord>& words) {
    std::vector<std::vector<GenericWord>> all = {{}};
    if (words.empty()) {
        return all;
    }
    all.push_back(words);
    if (words.size() > 1) {
        for (std::size_t i = 0; i < std::min(words.size(), most_words_taken); ++i) {
            all.push_back({words[i]});
        }
        std::vector<GenericWord> row = {words.front()};
        for (std::size_t i = 1; i < words.size() && words[i].begin_bytes == row.back().end_bytes;
             ++i) {
            row.push_back(words[i]);
        }
        auto first_and_light = words;
        first_and_light.erase(std::remove_if(first_and_light.begin() + 1, first_and_light.end(),
                                             [](const auto& word) { return !word.light; }),
                              first_and_light.end());
        for (auto* more : {&row, &first_and_light}) {
            if (more->size() > 1 && more->size() < words.size()) {
                all.push_back(std::move(*more));
            }
        }
    }
    return all;
}

}  // namespace

CrossScript::CrossScript(const Romanisation& romanisation, const GenericWords& words)
    : romanisation_(romanisation), generic_(words) {}

std::vector<CrossScript::Form> CrossScript::forms(std::string_view text, bool thai) const {
    std::vector<Form> all;
    for (auto& words : choices(thai ? generic_.in_thai(text) : generic_.in_english(text))) {
        const auto rest = without(text, words);
        Form form;
        if (thai) {
            form.reading = romanisation_.read(rest);
            form.unspelt_signs = unspelt_signs(code_points(rest));
        } else {
            form.spelling = Spelling(rest);
        }
        form.words = std::move(words);
        all.push_back(std::move(form));
    }
    return all;
}

std::vector<std::uint32_t> CrossScript::grams(const Form& form, double more) const {
    std::vector<std::uint32_t> all;
    const Coarse nothing;
    for (const auto& word : form.words) {
        for (const auto meaning : word.meanings) {
            all.push_back(gram('w', {}) * 100'000'000U + meaning);
        }
    }
    if (!form.reading.empty()) {
        const auto written = spellings(form.reading, more);
        const Coarse cheapest(written.front());
        add_grams(cheapest, nothing, all);
        for (std::size_t i = 1; i < written.size(); ++i) {
            add_grams(Coarse(written[i]), cheapest, all);
        }
    } else if (!form.spelling.letters.empty()) {
        add_grams(Coarse(form.spelling.letters), nothing, all);
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

void CrossScript::add(std::uint32_t name, std::string_view text) {
    const bool thai = has_thai(text);
    auto& script = thai ? thai_ : latin_;
    for (auto& form : forms(text, thai)) {
        form.name = name;
        const auto number = static_cast<std::uint32_t>(script.forms.size());
        const auto all = grams(form, other_spellings);
        for (const auto one : all) {
            script.by_gram[one].push_back(number);
        }
        script.grams.push_back(static_cast<std::uint32_t>(all.size()));
        script.forms.push_back(std::move(form));
    }
}

std::vector<std::uint32_t> CrossScript::candidates(const Script& script,
                                                   const std::vector<std::uint32_t>& typed_grams,
                                                   Typed typed) const {
    std::vector<float> shared(script.forms.size());
    std::vector<std::uint32_t> touched;
    const auto count = static_cast<float>(script.forms.size()) + 1;
    for (const auto one : typed_grams) {
        const auto list = script.by_gram.find(one);
        if (list == script.by_gram.end()) {
            continue;
        }
        const auto weight = std::log(count / static_cast<float>(list->second.size())) + 0.1F;
        for (const auto form : list->second) {
            if (shared[form] == 0) {
                touched.push_back(form);
            }
            shared[form] += weight;
        }
    }
    if (typed == Typed::whole) {
        for (const auto form : touched) {
            shared[form] /= std::sqrt(static_cast<float>(script.grams[form]) + 4);
        }
    }
    const auto kept = std::min(most_candidates, touched.size());
    std::nth_element(
        touched.begin(), touched.begin() + static_cast<std::ptrdiff_t>(kept), touched.end(),
        [&](auto a, auto b) { return shared[a] != shared[b] ? shared[a] > shared[b] : a < b; });
    touched.resize(kept);
    return touched;
}

std::vector<CrossMatch> CrossScript::find(std::string_view text, Typed typed, double most) const {
    std::unordered_map<std::uint32_t, double> best;
    const bool thai = has_thai(text);
    const auto& script = thai ? latin_ : thai_;
    if (script.forms.empty() || text.size() > most_letters * 3) {
        return {};
    }
    const auto rest = typed == Typed::whole ? rest_of_whole : rest_of_beginning;
    for (const auto& form : forms(text, thai)) {
        for (const auto number : candidates(script, grams(form, thai ? 1 : 0), typed)) {
            const auto& known = script.forms[number];
            const auto words =
                cost_of_words(known.words, form.words) +
                unspelt_sign * static_cast<double>((thai ? form : known).unspelt_signs);
            if (words > most) {
                continue;
            }
            const auto& reading = thai ? form.reading : known.reading;
            const auto& spelling = thai ? known.spelling : form.spelling;
            if (reading.empty() && spelling.letters.empty() && form.words.empty()) {
                continue;
            }
            const auto whole = words + cost(reading, spelling, thai ? no_rest : rest, most - words);
            const auto [entry, is_new] = best.emplace(known.name, whole);
            entry->second = std::min(entry->second, whole);
        }
    }
    std::vector<CrossMatch> all;
    for (const auto& [name, price] : best) {
        if (std::isfinite(price)) {
            all.push_back({name, price});
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return a.cost != b.cost ? a.cost < b.cost : a.name < b.name;
    });
    return all;
}

}  // namespace khom::index
