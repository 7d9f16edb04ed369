#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/curated_words.h"
#include "index/query_syntax.h"

namespace khom::index {

/// What a part of a question tells about a document.
enum class Signal { word, pair, clusters };

/// Terms that stand for one thing: a document's count of it is their weighted sum.
struct TermGroup {
    struct Alternative {
        std::string term;  ///< with its kind's letter
        double weight = 1;
        std::vector<std::string> with = {};  ///< terms a document must have besides: a phrase
        double certainty = 1;  ///< how surely it means what was asked: less for translations
    };
    std::vector<Alternative> alternatives;
    Signal signal = Signal::word;
    bool counts = true;  ///< whether a document should have it: not so for "the", ของ
};

/// A property that a node must have, or must not.
struct PropertyFilter {
    std::string property;
    std::string value;  ///< canonical: the whole of the property, or words of it
    bool excluded = false;
};

/// What a person typed, taken apart.
struct SearchWords {
    std::vector<std::string> wanted;    ///< words, canonical, in order, each once
    std::vector<std::string> excluded;  ///< what stands after a minus, canonical
    std::vector<std::string> in_names;  ///< words that a name or alias must have
    std::vector<std::string> phrases;   ///< between quotes, canonical: must occur as they are
    std::vector<PropertyFilter> filters;
    std::string plain;                  ///< canonical, without operators and excluded words
    std::vector<TermGroup> groups;      ///< what is looked up
    std::vector<std::string> synonyms;  ///< texts looked for besides, canonical
    bool is_synonym = false;            ///< the whole of it is one text that has those synonyms
    bool every_word =
        false;  ///< a document must have all of them: the less is sure, the more is asked

    bool translated = false;

    bool has_no_operators() const {
        return excluded.empty() && in_names.empty() && phrases.empty() && filters.empty();
    }
    /// How many of the words a document should have: without "the", ของ.
    std::size_t words_that_count() const;
};

/// Questions of so few words find nothing by halves.
inline constexpr std::size_t short_question = 4;

/// Whether words are also looked for by their translations.
enum class Languages { as_typed, both };

/// Never refuses text. Shape: at most 40 wanted words.
SearchWords search_words(const std::vector<Piece>& pieces,
                         Languages languages = Languages::as_typed,
                         const CuratedWords& curated = *CuratedWords::shipped());
/// The first of its readings.
SearchWords search_words(std::string_view text, Languages languages = Languages::as_typed,
                         const CuratedWords& curated = *CuratedWords::shipped());

}  // namespace khom::index
