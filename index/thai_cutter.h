#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace khom::index {

/// Cuts a run of Thai letters into words: at each border of a character cluster a linear model over
/// the letters around it and the words of a lexicon says whether a word ends there.
///
/// Immutable; safe from any thread.
class ThaiCutter {
  public:
    /// One feature of a place is one number below this: the hash of what was seen.
    static constexpr std::size_t feature_count = std::size_t{1} << 17U;
    using Features = std::array<std::uint32_t, 18>;

    /// `words`: one a line, those with # first are passed over; `weights`: one signed byte a
    /// feature.
    ThaiCutter(std::string_view words, std::string_view weights);
    /// The lexicon and weights that ship in lexicon/.
    static const ThaiCutter& shipped();

    /// Where words end: letters from the beginning, rising, the last is `letters.size()`.
    /// `letters` are code points less U+0E00. Cost: linear.
    void cut(const std::vector<std::uint8_t>& letters, std::vector<std::uint32_t>& ends) const;

    /// Whether the lexicon has a word, given as UTF-8.
    bool knows(std::string_view word) const;

    /// For training: tells `decide(at, features)` each place where a word may end, in order, and
    /// takes what it answers as the truth for the places behind it.
    template <class Decide>
    void walk(const std::vector<std::uint8_t>& letters, Decide decide) const;

  private:
    /// What the lexicon says of each place of a run.
    struct Places {
        std::vector<std::uint8_t> longest_from, longest_to;  ///< in letters, 0 for none
        std::vector<std::uint8_t> best_path;                 ///< 1 where the fewest words meet
    };
    struct Slot {
        std::uint32_t key = 0, next = 0;
    };

    std::uint32_t step(std::uint32_t state, std::uint8_t letter) const;
    std::uint32_t make_step(std::uint32_t state, std::uint8_t letter);
    void look_up(const std::vector<std::uint8_t>& letters, Places& places) const;
    bool is_word(const std::vector<std::uint8_t>& letters, std::size_t begin,
                 std::size_t end) const;
    Features features(const std::vector<std::uint8_t>& letters, const Places& places,
                      std::size_t last, std::size_t at) const;

    std::vector<Slot> slots_;      // a hash table of the lexicon's trie: (state, letter) → state
    std::vector<bool> ends_word_;  // by state
    std::vector<std::int8_t> weights_;
};

/// Whether a word may end before letter `at`: not within a character cluster.
bool may_cut(const std::vector<std::uint8_t>& letters, std::size_t at);

template <class Decide>
void ThaiCutter::walk(const std::vector<std::uint8_t>& letters, Decide decide) const {
    Places places;
    look_up(letters, places);
    std::size_t last = 0;
    for (std::size_t at = 1; at < letters.size(); ++at) {
        if (may_cut(letters, at) && decide(at, features(letters, places, last, at))) {
            last = at;
        }
    }
}

}  // namespace khom::index
