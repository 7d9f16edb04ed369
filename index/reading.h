#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace khom::index {

/// One way to write a unit of a Thai name in Latin letters: one to eight bytes.
struct Writing {
    std::uint64_t letters = 0;  ///< the first in the lowest byte, zeros behind the last
    std::uint8_t size = 0;
    float cost = 0;  ///< -log of its probability here

    Writing(std::string_view text, float price);
    std::string text() const;
};

/// All ways to write one unit.
struct Writings {
    std::vector<Writing> all;              ///< by first letter, then cheapest first; none is empty
    float silent = 0;                      ///< what it costs to write nothing
    float least = 0;                       ///< what the cheapest of both costs
    std::array<std::uint8_t, 28> begin{};  ///< where each first letter begins: a–z, others, the end
    bool vowel = false;                    ///< a word of the spelling cannot begin here
};

/// The writings with these costs, the cheapest of them, without those of more than eight bytes.
/// `vowel`: see `Writings`.
std::shared_ptr<const Writings> writings_of(const std::map<std::string, float>& costs, bool vowel);

/// All that a name may look like in Latin letters: for each of its reading units what it may be
/// written as. Units that read alike share one object.
using Reading = std::vector<std::shared_ptr<const Writings>>;

/// A spelling to compare with readings: letters, and where its words begin.
struct Spelling {
    std::string letters;
    std::vector<bool> word_begins;

    /// Shape: of canonical text; spaces and punctuation end words.
    explicit Spelling(std::string_view canonical);
};

/// What it costs that a spelling ends before the name does: once, and for each unit that is left.
struct Rest {
    float begun = 0, each = 0;
};
constexpr Rest no_rest = {1e9F, 0};

/// -log P(spelling | name), with a price for each letter that is left out, added or changed;
/// infinite when it is more than `most`. Cost: units × letters.
double cost(const Reading& reading, const Spelling& spelling, Rest rest, double most);

/// The most probable spelling, then the same with one unit written otherwise, as far as that costs
/// at most `more`.
std::vector<std::string> spellings(const Reading& reading, double more);

}  // namespace khom::index
