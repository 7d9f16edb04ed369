#pragma once

#include <optional>
#include <string>

#include "graph/snapshot.h"
#include "index/search_text.h"
#include "index/text_index.h"

namespace khom::index {

/// A question as a text has it.
struct Mended {
    std::string text;
    std::string typed, meant;  ///< the first piece of it that is spelt otherwise
};

/// The question as the text has it that has each of its pieces (what stands between spaces) nearly:
/// the one that differs least. None if no text has all of them, or one has them as they are, or the
/// question is too long to be a few words. For questions without operators.
///
/// Throws: graph::Fault if the index cannot be read.
/// Cost:   the posting lists of its clusters, and reading some twenty texts.
std::optional<Mended> mended(const SearchWords& words, const TextIndex& texts,
                             const graph::Snapshot& graph);

}  // namespace khom::index
