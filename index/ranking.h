#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/id.h"
#include "index/search_text.h"

namespace khom::index {

/// Where one term occurs, by rising node.
struct Posting {
    std::uint32_t node = 0;
    std::uint32_t count = 0;
};
using Postings = std::shared_ptr<const std::vector<Posting>>;
using Counts = std::vector<std::uint32_t>;

/// What a list says of each of these nodes, which rise.
/// Cost: the list, or a search in it for each node, whichever is less.
Counts counts_in(const std::vector<Posting>& list, std::span<const std::uint32_t> nodes);

/// All documents: what ranking needs to know of them.
struct Collection {
    std::size_t documents = 0;
    double mean_length = 1;
    std::vector<std::uint32_t> lengths;  ///< by node; 0 where there is no document
    std::function<std::size_t(const std::string& term)> frequency;
    std::function<Postings(const std::string& term)> postings;  ///< the whole list: dear
    /// How often each of these nodes, which rise, has the term.
    std::function<Counts(const std::string& term, std::span<const std::uint32_t> nodes)> counts;
};

/// One document that has some of the words.
struct TextMatch {
    graph::NodeId node{};
    double weight = 0;      ///< BM25 over words, pairs and clusters
    double coverage = 0;    ///< share of the words asked for that it has, by rarity, 0 to 1
    double met = 0;         ///< the same with translations, however sure
    double translated = 0;  ///< the same by their translations, each by its probability
    double clusters = 0;    ///< share of the cluster pairs asked for, by rarity, 0 to 1
};

/// Whether a document with so much of a question may be found. What is true of one must be true of
/// each that has as much or more.
using MayBeFound = std::function<bool(const TextMatch& match)>;

/// The documents that may be found by the groups that count; in no order.
///
/// Cost: the postings of the rarest groups, until a document with none of them cannot be found;
/// then some steps in each other list for each document that has any of them. Source: BM25
/// (Robertson and Zaragoza 2009); alternatives as one term, their counts and document
///         frequencies weighted (Darwish and Oard 2003); lists that find nothing by themselves are
///         read for what others found (MaxScore, Turtle and Flood 1995), here by what a match must
///         have instead of by its weight.
std::vector<TextMatch> ranked(const Collection& collection, const std::vector<TermGroup>& groups,
                              const MayBeFound& may_be_found);

/// The documents that share most with these terms, by the rarity of each and by how much they say
/// it, names before long texts: at most `most`, best first, of equals by node. Documents with none
/// of the rare ones may be missing.
///
/// Cost: some ten thousand postings of the rarest terms, then a few steps for each other term.
std::vector<graph::NodeId> sharing_most(const Collection& collection,
                                        const std::vector<std::string>& terms, std::size_t most);

}  // namespace khom::index
