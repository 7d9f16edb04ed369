#include <algorithm>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/romanisation.h"
#include "index/stop_words.h"
#include "index/thai_cutter.h"
#include "index/translation.h"
#include "index/view.h"
#include "index/word_sources.h"

namespace khom::index {

namespace {

const char* script_of(std::string_view token) {
    const auto lead = static_cast<unsigned char>(token.front());
    const bool digit = lead >= '0' && lead <= '9';
    const bool thai = token.size() >= 3 && token.substr(0, 1) == "\xE0" &&
                      static_cast<unsigned char>(token[1]) >= 0xB8 &&
                      static_cast<unsigned char>(token[1]) <= 0xB9;
    return digit ? "Common" : lead < 0x80 ? "Latin" : thai ? "Thai" : "Common";
}

/// Which list has a word; null if none has.
const char* list_with(const std::string& word, const AddedWords& added) {
    if (added.contains(word)) {
        return "dictionary";
    }
    if (std::all_of(word.begin(), word.end(),
                    [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; })) {
        return "number";
    }
    const bool known = ThaiCutter::shipped().knows(word) || is_stop_word(word) ||
                       !translations(word_form(word)).empty();
    return known ? "lexicon" : nullptr;
}

std::vector<std::string> romanised(const std::string& word) {
    constexpr std::size_t most_shown = 3;
    constexpr double most_dearer = 0.7;
    auto all = spellings(Romanisation::shipped().read(word), most_dearer);
    all.resize(std::min(all.size(), most_shown));
    return all;
}

}  // namespace

Analysis PublishedView::analyse(std::string_view text) const {
    const auto plain = canonical(text);
    const auto names = gazetteer_->mentions(plain.text);
    Analysis analysis;
    analysis.normalised = plain.text;
    for (const auto& token : words_->words.segment(plain.text)) {
        AnalysedToken one;
        one.text = token.text;
        one.begin_bytes = plain.source[token.begin_bytes];
        one.end_bytes = cluster_end(text, plain.source[token.end_bytes]);
        one.script = script_of(token.text);
        one.in_dictionary = list_with(token.text, words_->words) != nullptr;
        for (const auto& name : names) {
            if (name.begin_bytes <= token.begin_bytes && token.end_bytes <= name.end_bytes) {
                for (const auto node : name.nodes) {
                    one.name_of.emplace_back(id(node));
                }
            }
        }
        if (one.script == "Thai") {
            one.romanised = romanised(token.text);
        }
        analysis.tokens.push_back(std::move(one));
    }
    return analysis;
}

std::vector<WordSource> word_sources(const View& view, const Analysis& analysis) {
    const auto curated = CuratedWords::of(*view.snapshot());
    std::vector<WordSource> all;
    std::vector<std::string> forms;
    for (const auto& token : analysis.tokens) {
        const auto* list = list_with(token.text, curated->words);
        all.push_back({list != nullptr ? list : token.name_of.empty() ? "none" : "name", {}});
        forms.push_back(word_form(token.text));
    }
    for (const auto& found : curated->synonyms.find(forms)) {
        for (auto i = found.begin; i < found.end; ++i) {
            for (const auto* other : found.others) {
                all[i].synonyms.push_back(other->text);
            }
        }
    }
    return all;
}

}  // namespace khom::index
