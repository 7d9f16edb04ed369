#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/generic_words.h"
#include "index/reading.h"
#include "index/romanisation.h"

namespace khom::index {

/// Whether what is typed is a whole name or the beginning of one.
enum class Typed { whole, beginning };

/// A name that what was typed in the other script may be a spelling of.
struct CrossMatch {
    std::uint32_t name = 0;
    double cost = 0;  ///< -log of a probability: the less, the better; see `reading.h`
};

/// Names in one script, found by spellings in the other: Thai names by Latin letters and Latin
/// names by Thai ones. Words that names are made of (วัด, temple) stand for each other, in any
/// order.
///
/// Few names are compared letter by letter: those whose consonants and vowels, made coarse, share
/// the most pairs and triples with what was typed.
class CrossScript {
  public:
    CrossScript(const Romanisation& romanisation, const GenericWords& words);

    /// Names are numbered by the caller. All are added before the first search.
    void add(std::uint32_t name, std::string_view canonical);

    /// The best match of each name, the cheapest first, none above `most`. Cost: microseconds for
    /// each name that shares much, and the lists of what is shared.
    std::vector<CrossMatch> find(std::string_view canonical, Typed typed, double most) const;

  private:
    /// A name or what was typed, with none, some or all of its generic words taken as meanings.
    struct Form {
        std::uint32_t name = 0;
        std::vector<GenericWord> words;  ///< taken as meanings
        Reading reading;                 ///< the rest, of a Thai form
        std::size_t unspelt_signs = 0;   ///< of the rest, of a Thai form
        Spelling spelling{""};           ///< the rest, of a Latin form
    };
    /// The forms of one script, and which of them have a gram.
    struct Script {
        std::vector<Form> forms;
        std::vector<std::uint32_t> grams;  ///< how many each form has
        std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_gram;
    };

    std::vector<Form> forms(std::string_view canonical, bool thai) const;
    std::vector<std::uint32_t> grams(const Form& form, double more) const;
    std::vector<std::uint32_t> candidates(const Script& script,
                                          const std::vector<std::uint32_t>& grams,
                                          Typed typed) const;

    const Romanisation& romanisation_;
    const GenericWords& generic_;
    Script thai_, latin_;
};

}  // namespace khom::index
