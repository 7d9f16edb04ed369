#include "index/search_text.h"

#include <algorithm>
#include <map>
#include <set>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/fields.h"
#include "index/stop_words.h"
#include "index/translation.h"

namespace khom::index {

namespace {

constexpr std::size_t most_words = 40;
constexpr double synonym_weight = 0.5, neighbour_weight = 0.3, translation_weight = 0.7;

using Alternatives = std::vector<TermGroup::Alternative>;

/// A synonym, as documents that have it can be found: a word by itself, a phrase by its words and
/// the pairs of them; a long text in Thai, which may be cut otherwise there, by its clusters.
TermGroup::Alternative synonym(const Synonyms::Member& member) {
    constexpr std::size_t least_clusters = 4;  // fewer stand in a long text by chance
    if (const auto clusters = terms_of(member.text).clusters;
        clusters.size() >= least_clusters &&
        std::all_of(clusters.begin(), clusters.end(), writes_words_together)) {
        TermGroup::Alternative all{term(TermKind::clusters, clusters.front()), synonym_weight};
        for (const auto& pair : clusters) {
            all.with.push_back(term(TermKind::clusters, pair));
        }
        return all;
    }
    const auto& forms = member.forms;
    TermGroup::Alternative all{term(TermKind::word, forms.front()), synonym_weight};
    for (std::size_t i = 1; i < forms.size(); ++i) {
        all.with.push_back(term(TermKind::word, forms[i]));
        all.with.push_back(term(TermKind::pair, pair_form(forms[i - 1], forms[i])));
    }
    return all;
}

/// The synonyms of each word, by form: a phrase's go to each of its words, so that a document with
/// one of them lacks none.
std::map<std::string, Alternatives> synonyms_of(SearchWords& words, const Synonyms& synonyms) {
    std::vector<std::string> forms;
    for (const auto& word : words.wanted) {
        forms.push_back(word_form(word));
    }
    std::map<std::string, Alternatives> all;
    for (const auto& found : synonyms.find(forms)) {
        words.is_synonym = found.begin == 0 && found.end == forms.size();
        for (const auto* other : found.others) {
            words.synonyms.push_back(other->text);
            for (auto i = found.begin; i < found.end; ++i) {
                all[forms[i]].push_back(synonym(*other));
            }
        }
    }
    return all;
}

/// One wanted word, wherever it stands; its synonyms count half, a neighbour's name less.
TermGroup word_group(const std::string& word, Languages languages,
                     const std::map<std::string, Alternatives>& synonyms) {
    TermGroup group;
    const auto form = word_form(word);
    group.alternatives = {{term(TermKind::word, form), 1},
                          {term(TermKind::neighbour_word, form), neighbour_weight}};
    if (const auto found = synonyms.find(form); found != synonyms.end()) {
        group.alternatives.insert(group.alternatives.end(), found->second.begin(),
                                  found->second.end());
    }
    if (languages == Languages::both) {
        for (const auto& [other, weight] : translations(form)) {
            group.alternatives.push_back(
                {term(TermKind::word, other), translation_weight * weight, {}, weight});
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

std::size_t SearchWords::words_that_count() const {
    return static_cast<std::size_t>(std::count_if(
        groups.begin(), groups.end(),
        [](const auto& group) { return group.counts && group.signal == Signal::word; }));
}

SearchWords search_words(const std::vector<Piece>& pieces, Languages languages,
                         const CuratedWords& curated) {
    SearchWords words;
    std::size_t quoted_words = 0;
    for (const auto& piece : pieces) {
        if (!piece.field.empty() && piece.field != "name") {
            words.filters.push_back({piece.field, piece.text, piece.excluded});
            continue;
        }
        std::vector<std::string> terms;
        for (const auto& token : curated.words.segment(piece.text)) {
            if (token.text != "ๆ" && token.text != "ฯ") {
                terms.push_back(token.text);
            }
        }
        if (piece.excluded) {
            words.excluded.push_back(piece.text);
            continue;
        }
        words.plain += (words.plain.empty() ? "" : " ") + piece.text;
        words.wanted.insert(words.wanted.end(), terms.begin(), terms.end());
        if (piece.field == "name") {
            words.in_names.insert(words.in_names.end(), terms.begin(), terms.end());
        }
        if (piece.quoted && !terms.empty()) {
            words.phrases.push_back(piece.text);
            quoted_words += terms.size();
        }
    }
    // A sentence that quotes something is no demand for these very words.
    if (2 * quoted_words < words.wanted.size()) {
        words.phrases.clear();
    }
    const auto synonyms = synonyms_of(words, curated.synonyms);
    std::set<std::string> seen;
    std::erase_if(words.wanted,
                  [&](const auto& word) { return !seen.insert(word_form(word)).second; });
    words.wanted.resize(std::min(words.wanted.size(), most_words));
    words.translated = languages == Languages::both;
    words.every_word = languages == Languages::both && words.wanted.size() <= short_question;
    for (const auto& word : words.wanted) {
        words.groups.push_back(word_group(word, languages, synonyms));
    }
    const bool only_stop_words = std::none_of(words.groups.begin(), words.groups.end(),
                                              [](const auto& group) { return group.counts; });
    for (auto& group : words.groups) {
        group.counts = group.counts || only_stop_words;
    }
    add_groups(words, terms_of(words.plain, curated.words));
    return words;
}

SearchWords search_words(std::string_view text, Languages languages, const CuratedWords& curated) {
    return search_words(readings(text).front(), languages, curated);
}

}  // namespace khom::index
