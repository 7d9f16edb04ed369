#pragma once

#include <string>
#include <vector>

#include "index/index.h"

namespace khom::index {

/// What is known of one token of an analysis, for curators.
struct WordSource {
    /// Which list has it: "lexicon" (shipped), "dictionary" (added), "number", or only a name of
    /// the graph: "name"; "none" where nothing knows it.
    std::string source;
    std::vector<std::string> synonyms;  ///< what a search for it also looks for, canonical
};

/// For each token of an analysis by `view`, in order.
std::vector<WordSource> word_sources(const View& view, const Analysis& analysis);

}  // namespace khom::index
