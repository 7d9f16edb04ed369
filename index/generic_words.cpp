#include "index/generic_words.h"

#include <algorithm>
#include <utility>

#include "index/canonical.h"

namespace khom::embedded {
extern const std::string_view generic_words;
}

namespace khom::index {

namespace {

constexpr std::size_t most_words_in_phrase = 4;

/// Takes the text up to `mark` off the front of `text`.
std::string_view take(std::string_view& text, char mark) {
    const auto end = std::min(text.find(mark), text.size());
    const auto taken = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return taken;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Byte ranges of the words of a text.
std::vector<std::pair<std::size_t, std::size_t>> words(std::string_view text) {
    std::vector<std::pair<std::size_t, std::size_t>> all;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = at;
        while (at < text.size() && is_letter(text[at])) {
            ++at;
        }
        if (at > begin) {
            all.emplace_back(begin, at);
        } else {
            ++at;
        }
    }
    return all;
}

/// ม. is no part of กม., nor ต. of ก.ต.
bool begins_abbreviation(std::string_view text, std::size_t at) {
    return at == 0 || (!is_letter(text[at - 1]) && text[at - 1] != '.');
}

bool are_all_of_text(const std::vector<GenericWord>& words, std::string_view text) {
    std::size_t at = 0;
    for (const auto& word : words) {
        if (!squashed(text.substr(at, word.begin_bytes - at)).empty()) {
            return false;
        }
        at = word.end_bytes;
    }
    return !words.empty() && squashed(text.substr(at)).empty();
}

}  // namespace

const GenericWords& GenericWords::shipped() {
    static const GenericWords words(embedded::generic_words);
    return words;
}

GenericWords::GenericWords(std::string_view lines) {
    std::uint16_t id = 0;
    while (!lines.empty()) {
        auto line = take(lines, '\n');
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const auto thai = take(line, '\t'), english = take(line, '\t');
        const bool light = line == "light";
        learn(thai_, thai, id, light);
        learn(english_, english, id, light);
        learn_abbreviations(thai);
        ++id;
    }
    for (const auto& [form, meanings] : thai_) {
        longest_thai_ = std::max(longest_thai_, form.size());
    }
}

void GenericWords::learn(Forms& forms, std::string_view names, std::uint16_t id, bool light) {
    while (!names.empty()) {
        auto& known = forms[canonical(take(names, '|')).text];
        if (known.ids.empty() || known.ids.back() != id) {
            known.ids.push_back(id);
        }
        known.light = light;
    }
}

void GenericWords::learn_abbreviations(std::string_view names) {
    const auto word = canonical(take(names, '|')).text;
    while (!names.empty()) {
        auto form = canonical(take(names, '|')).text;
        if (form.ends_with('.')) {
            abbreviations_.emplace_back(std::move(form), word);
        }
    }
}

std::string GenericWords::written_out(std::string_view canonical) const {
    std::string out;
    for (std::size_t at = 0; at < canonical.size();) {
        const auto found =
            begins_abbreviation(canonical, at)
                ? std::find_if(abbreviations_.begin(), abbreviations_.end(),
                               [&](const auto& abbreviation) {
                                   return canonical.substr(at).starts_with(abbreviation.first);
                               })
                : abbreviations_.end();
        if (found == abbreviations_.end()) {
            out += canonical[at++];
        } else {
            out += found->second;
            at += found->first.size();
        }
    }
    return out;
}

std::vector<GenericWord> GenericWords::in_thai(std::string_view text) const {
    std::vector<GenericWord> all;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t step = 1;
        if (cluster_begin(text, at) == at) {
            for (auto length = std::min(longest_thai_, text.size() - at); length >= 3; --length) {
                const auto known = thai_.find(std::string(text.substr(at, length)));
                if (known != thai_.end() && cluster_end(text, at + length) == at + length &&
                    (!known->first.ends_with('.') || begins_abbreviation(text, at))) {
                    all.push_back({at, at + length, known->second.ids, known->second.light});
                    step = length;
                    break;
                }
            }
        }
        at += step;
    }
    return all;
}

std::vector<GenericWord> GenericWords::in_english(std::string_view text) const {
    const auto ranges = words(text);
    std::vector<GenericWord> all;
    for (std::size_t i = 0; i < ranges.size();) {
        std::size_t step = 0;
        std::string phrase;
        GenericWord longest;
        for (std::size_t j = i; j < std::min(i + most_words_in_phrase, ranges.size()); ++j) {
            const auto [begin, end] = ranges[j];
            phrase += (j > i ? " " : "") + std::string(text.substr(begin, end - begin));
            const auto known = english_.find(phrase);
            if (known != english_.end()) {
                longest = {ranges[i].first, end, known->second.ids, known->second.light};
                step = j - i + 1;
            }
        }
        if (step > 0) {
            all.push_back(std::move(longest));
        }
        i += std::max<std::size_t>(step, 1);
    }
    return all;
}

bool GenericWords::are_all_of(std::string_view canonical) const {
    return are_all_of_text(in_thai(canonical), canonical) ||
           are_all_of_text(in_english(canonical), canonical);
}

}  // namespace khom::index
