#include "index/search_text.h"

#include <algorithm>
#include <map>
#include <set>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/fields.h"
#include "index/segmenter.h"
#include "index/stop_words.h"
#include "index/translation.h"

namespace khom::index {

namespace {

constexpr std::size_t most_words = 40;
constexpr double synonym_weight = 0.5, neighbour_weight = 0.3, translation_weight = 0.7;

/// Words that mean the same here, in both languages.
const std::map<std::string, std::vector<std::string>>& synonyms() {
    static const std::map<std::string, std::vector<std::string>> table = [] {
        std::map<std::string, std::vector<std::string>> all;
        for (const auto& group :
             std::vector<std::vector<std::string>>{{"lantern", "light", "โคม"},
                                                   {"temple", "wat", "วัด"},
                                                   {"canal", "khlong", "คลอง"},
                                                   {"market", "kad", "ตลาด", "กาด"},
                                                   {"gate", "pratu", "ประตู"},
                                                   {"bridge", "saphan", "สะพาน"},
                                                   {"festival", "เทศกาล", "ประเพณี"},
                                                   {"university", "มหาวิทยาลัย"},
                                                   {"community", "ชุมชน"},
                                                   {"school", "โรงเรียน"},
                                                   {"museum", "พิพิธภัณฑ์"},
                                                   {"municipality", "เทศบาล"},
                                                   {"river", "แม่น้ำ"},
                                                   {"city", "เมือง"},
                                                   {"learning", "เรียนรู้"}}) {
            for (const auto& word : group) {
                for (const auto& other : group) {
                    if (word != other) {
                        all[stem(word)].push_back(other);
                    }
                }
            }
        }
        return all;
    }();
    return table;
}

/// One wanted word, wherever it stands; its synonyms count half, a neighbour's name less.
TermGroup word_group(const std::string& word, Languages languages) {
    TermGroup group;
    const auto form = word_form(word);
    group.alternatives = {{term(TermKind::word, form), 1},
                          {term(TermKind::neighbour_word, form), neighbour_weight}};
    if (const auto found = synonyms().find(form); found != synonyms().end()) {
        for (const auto& other : found->second) {
            group.alternatives.push_back({term(TermKind::word, word_form(other)), synonym_weight});
        }
    }
    if (languages == Languages::both) {
        for (const auto& [other, weight] : translations(form)) {
            group.alternatives.push_back(
                {term(TermKind::word, other), translation_weight * weight});
        }
    }
    group.counts = !is_stop_word(word);
    return group;
}

void add_groups(SearchWords& words, const Terms& terms) {
    std::set<std::string> seen;
    const auto add = [&](const std::vector<std::string>& all, TermKind kind, Signal signal) {
        for (const auto& one : all) {
            auto text = term(kind, one);
            if (seen.size() < 8 * most_words && seen.insert(text).second) {
                // Any long Latin text has every pair of letters.
                const bool counts = signal == Signal::clusters && writes_words_together(one);
                words.groups.push_back({{{std::move(text), 1}}, signal, counts});
            }
        }
    };
    add(terms.pairs, TermKind::pair, Signal::pair);
    // Pairs of letters help where Latin stands within Thai; an English question would only meet
    // them by chance.
    if (std::any_of(terms.clusters.begin(), terms.clusters.end(),
                    [](const auto& pair) { return writes_words_together(pair); })) {
        add(terms.clusters, TermKind::clusters, Signal::clusters);
    }
}

}  // namespace

SearchWords search_words(std::string_view text, Languages languages) {
    SearchWords words;
    const auto plain = canonical(text).text;
    bool quoted = false;
    std::size_t quoted_words = 0;
    for (std::size_t begin = 0; begin <= plain.size();) {
        const auto end = std::min(
            quoted ? plain.find('"', begin) : plain.find_first_of(" \"", begin), plain.size());
        auto piece = plain.substr(begin, end - begin);
        const bool minus = !quoted && piece.size() > 1 && piece.front() == '-';
        std::vector<std::string> terms;
        for (const auto& token : segment(piece)) {
            if (token.text != "ๆ" && token.text != "ฯ") {
                terms.push_back(token.text);
            }
        }
        if (minus) {
            words.excluded.insert(words.excluded.end(), terms.begin(), terms.end());
        } else {
            words.plain += (words.plain.empty() || piece.empty() ? "" : " ") + piece;
            words.wanted.insert(words.wanted.end(), terms.begin(), terms.end());
            if (quoted && !terms.empty()) {
                words.phrases.push_back(piece);
                quoted_words += terms.size();
            }
        }
        if (end < plain.size() && plain[end] == '"') {
            quoted = !quoted;
        }
        begin = end + 1;
    }
    // A sentence that quotes something is no demand for these very words.
    if (2 * quoted_words < words.wanted.size()) {
        words.phrases.clear();
    }
    std::set<std::string> seen;
    std::erase_if(words.wanted,
                  [&](const auto& word) { return !seen.insert(word_form(word)).second; });
    words.wanted.resize(std::min(words.wanted.size(), most_words));
    words.every_word = languages == Languages::both && words.wanted.size() <= short_question;
    for (const auto& word : words.wanted) {
        words.groups.push_back(word_group(word, languages));
    }
    const bool only_stop_words = std::none_of(words.groups.begin(), words.groups.end(),
                                              [](const auto& group) { return group.counts; });
    for (auto& group : words.groups) {
        group.counts = group.counts || only_stop_words;
    }
    add_groups(words, terms_of(words.plain));
    return words;
}

}  // namespace khom::index
