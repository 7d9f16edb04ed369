#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace khom::index {

/// A word of the vocabulary that is spelt nearly as what was typed.
struct NearWord {
    std::string word;
    std::uint32_t frequency = 0;
    double distance = 0;  ///< see `spelling_distance`
};

/// How far two spellings are apart: 1 for a letter left out, added or changed; less for what is
/// easily confused: 0.3 for a tone or other mark left out or changed, 0.4 for letters of one sound
/// (ข, ค; c, k) or one typed twice, 0.6 for keys side by side, 0.7 for two letters swapped.
/// `most` + 1 if it is more than `most`. Shape: of canonical text.
double spelling_distance(std::u32string_view a, std::u32string_view b, double most);

/// How much a word of this many characters may be misspelt and still be it: nothing worth a letter
/// below four characters, one letter below eight, else two.
double allowed_distance(std::size_t characters);

/// A sentence for people on why `typed` is taken for `meant`, in English.
std::string reason(std::string_view typed, std::string_view meant);

/// The words that are in use, each with how often. Immutable; safe from any thread.
class Vocabulary {
  public:
    using Word = std::pair<std::string, std::uint32_t>;

    /// `words`: canonical, in any order; of one word the frequencies add up.
    explicit Vocabulary(std::vector<Word> words);

    /// How often the word is used; 0 if it is none.
    std::uint32_t frequency(std::string_view word) const;

    /// The words at most `most` away, the nearest first, of equals the most frequent first. The
    /// word itself is among them. Cost: of the trie's nodes that begin like the word; about a
    /// millisecond at 300,000 words.
    std::vector<NearWord> nearest(std::string_view word, double most, std::size_t limit) const;

    /// The words that begin with something at most `most` away from what was typed.
    std::vector<NearWord> beginning_nearly(std::string_view word, double most,
                                           std::size_t limit) const;

    /// The two or more words that were glued together: the fewest, then the most frequent; empty
    /// when it is no such row.
    std::vector<std::string> split(std::string_view glued) const;

  private:
    /// One character of a trie in an array: children stand side by side, behind their parent.
    struct Node {
        char32_t letter = 0;
        std::uint32_t first_child = 0;
        std::uint32_t word = 0;  ///< 1 + which of `words_`; 0 if none ends here
        std::uint16_t children = 0;
        std::uint8_t shortest = 0, longest = 0;  ///< characters of the words from here on, or 255
    };
    struct Walk;
    std::vector<NearWord> walked(std::string_view word, double most, std::size_t limit,
                                 bool whole) const;
    void grow(std::size_t node, std::size_t begin, std::size_t end, std::size_t depth);

    std::vector<Word> words_;  // sorted
    std::vector<std::u32string> points_;
    std::vector<Node> nodes_;
};

}  // namespace khom::index
