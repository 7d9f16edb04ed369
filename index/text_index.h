#pragma once

#include <memory>
#include <string>
#include <vector>

#include "graph/snapshot.h"

namespace khom::index {

/// What a person typed, taken apart.
struct SearchWords {
    std::vector<std::string> wanted;    ///< terms, in order
    std::vector<std::string> excluded;  ///< terms after a minus
    std::vector<std::vector<std::string>> phrases;
    std::string plain;  ///< canonical, without operators and excluded words
};
SearchWords search_words(std::string_view text);

/// One document that has some of the words.
struct TextMatch {
    graph::NodeId node{};
    double weight = 0;    ///< BM25
    double coverage = 0;  ///< share of the wanted words that it has, 0 to 1
};

/// The words of all entities, in Xapian's memory. Immutable; safe from any thread.
class TextIndex {
  public:
    explicit TextIndex(const graph::Snapshot& graph);
    ~TextIndex();
    TextIndex(const TextIndex&) = delete;
    TextIndex& operator=(const TextIndex&) = delete;

    /// All documents with any wanted word and none excluded. Throws: graph::Fault.
    std::vector<TextMatch> match(const SearchWords& words) const;
    /// Documents with an excluded word.
    std::vector<graph::NodeId> excluded(const SearchWords& words) const;

  private:
    struct Xapian;  // the library stays in text_index.cpp
    std::unique_ptr<Xapian> xapian_;
};

}  // namespace khom::index
