#pragma once

// The tables behind names.h.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/name_tables.h"
#include "index/names.h"
#include "index/spelling.h"

namespace khom::index {

/// An alias is worth so much of a name.
inline constexpr double alias_share = 0.97;

/// How much a start answers `letters` typed letters of completion.
double start_score(const NameStart& start, const Name& name, std::size_t letters);

/// Ways to find names by number: of all names from one on. Immutable.
struct Names::Tables {
    /// Of the names from number `first` on.
    Tables(const std::vector<Name>& names, std::uint32_t first, Learnt learnt);

    /// All starts that go on with a text; of a text that too many go on with, the best of them.
    std::span<const NameStart> starts_with(std::string_view squashed) const;

    using Numbers = std::vector<std::uint32_t>;
    std::uint32_t first = 0;
    std::unordered_map<std::string, Numbers> by_squashed, by_sound, by_era;
    NameStarts starts, sounds;
    NamesInText in_squashed;
    Vocabulary spellings, sound_spellings;
    CrossScript across;

  private:
    /// Texts that so many starts go on with that looking at each would take milliseconds.
    void choose_best(const std::vector<Name>& names);
    std::unordered_map<std::string, std::vector<NameStart>> best_;
};

}  // namespace khom::index
