#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/added_words.h"

namespace khom::index {

/// Words and phrases that mean the same, in any script: มช. = มหาวิทยาลัยเชียงใหม่ = Chiang Mai
/// University. A question with one of them also looks for the others. Immutable; safe from any
/// thread.
class Synonyms {
  public:
    Synonyms() = default;
    /// Groups of canonical texts; a text may be in several. `words` cut as they cut the documents.
    Synonyms(const std::vector<std::vector<std::string>>& groups, const AddedWords& words);

    /// One text of a group.
    struct Member {
        std::string text;                ///< canonical
        std::vector<std::string> forms;  ///< its words as they are indexed, in order
    };
    /// A stretch of words that has synonyms.
    struct Found {
        std::size_t begin = 0, end = 0;
        std::vector<const Member*> others;  ///< valid while these synonyms live
    };
    /// The longest stretches from the left, not overlapping. Cost: linear in the forms.
    std::vector<Found> find(const std::vector<std::string>& forms) const;

    static constexpr std::size_t most_words = 16;  ///< of one member

  private:
    struct Place {
        std::size_t group = 0, member = 0;
    };
    std::vector<std::vector<Member>> groups_;
    std::unordered_map<std::string, std::vector<Place>> by_forms_;  // joined by spaces
};

}  // namespace khom::index
