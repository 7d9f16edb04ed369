#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/curated_words.h"

namespace khom::index {

/// What a part of a question tells about a document.
enum class Signal { word, pair, clusters };

/// Terms that stand for one thing: a document's count of it is their weighted sum.
struct TermGroup {
    struct Alternative {
        std::string term;  ///< with its kind's letter
        double weight = 1;
        std::vector<std::string> with = {};  ///< terms a document must have besides: a phrase
    };
    std::vector<Alternative> alternatives;
    Signal signal = Signal::word;
    bool counts = true;  ///< whether a document should have it: not so for "the", ของ
};

/// What a person typed, taken apart.
struct SearchWords {
    std::vector<std::string> wanted;    ///< words, canonical, in order, each once
    std::vector<std::string> excluded;  ///< words after a minus
    std::vector<std::string> phrases;   ///< between quotes, canonical: must occur as they are
    std::string plain;                  ///< canonical, without operators and excluded words
    std::vector<TermGroup> groups;      ///< what is looked up
    std::vector<std::string> synonyms;  ///< texts looked for besides, canonical
    bool is_synonym = false;            ///< the whole of it is one text that has those synonyms
    bool every_word =
        false;  ///< a document must have all of them: the less is sure, the more is asked
};

/// Questions of so few words find nothing by halves.
inline constexpr std::size_t short_question = 4;

/// Whether words are also looked for by their translations.
enum class Languages { as_typed, both };

/// Never refuses text. Shape: at most 40 wanted words.
SearchWords search_words(std::string_view text, Languages languages = Languages::as_typed,
                         const CuratedWords& curated = *CuratedWords::shipped());

}  // namespace khom::index
