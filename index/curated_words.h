#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/draft.h"
#include "graph/failure.h"
#include "graph/snapshot.h"
#include "index/added_words.h"
#include "index/synonyms.h"

namespace khom::index {

/// A list of words, and one of groups of synonyms.
using Words = std::vector<std::string>;
using WordGroups = std::vector<std::vector<std::string>>;

/// What curators know beyond the shipped lexicon: words of their own, and what means the same.
struct CuratedWords {
    AddedWords words;
    Synonyms synonyms;

    /// The shipped lists alone.
    static std::shared_ptr<const CuratedWords> shipped();
    /// The shipped lists, and those set in a store.
    static std::shared_ptr<const CuratedWords> of(const graph::Snapshot& graph);
};

// The lists as they were written, shipped in lexicon/ or set in a store.
Words shipped_dictionary();
Words dictionary(const graph::Snapshot& graph);
Words words_in_effect(const graph::Snapshot& graph);  ///< both
WordGroups shipped_synonyms();
WordGroups synonyms(const graph::Snapshot& graph);

/// Puts a list in place of the store's own; the shipped one stays. What stood there already changes
/// nothing.
/// Shape:    at most 5,000 words of 6 to 100 bytes, without blanks; at most 2,000 groups of 2 to
///           20 texts of at most 300 bytes and 16 words.
/// Refuses:  argument_error naming the place ("words/3") and what is expected there.
graph::Result<void> set_dictionary(graph::Draft& draft, const Words& words);
graph::Result<void> set_synonyms(graph::Draft& draft, const WordGroups& groups);

/// The words that only one of two lists has, canonical.
Words changed_words(const Words& before, const Words& after);

}  // namespace khom::index
