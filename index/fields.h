#pragma once

#include <span>
#include <string>
#include <string_view>

namespace khom::index {

/// What a property is to a search.
enum class FieldRole { name, alias, summary, text };

/// One property that is searched: how much an occurrence in it counts, and what the API calls it.
struct Field {
    const char* property;
    const char* api;
    FieldRole role;
    unsigned weight;  ///< occurrences are counted so many times
};

/// The fields with a name of their own, in the order in which passages are shown.
std::span<const Field> fields();

/// The beginning of a text says what it is about: its first words count so much more.
inline constexpr unsigned lead_weight = 1;
inline constexpr std::size_t lead_words = 45, lead_clusters = 110;

/// The weight of any property of a node; 0 where it is no text for a reader (ids, numbers, links).
unsigned field_weight(std::string_view property);

/// Every term of the index, by its first letter. A change here is a new `index_format`.
///
///     W word       of the entity's own fields, stemmed; wdf counts the field's weight
///     A word       of its names and aliases, without counting: for `name:` in a question
///     N word       of the names of its neighbours
///     P two words  that stand together, hashed to 21 bits
///     C clusters   two neighbouring Thai character clusters
///     E number     a node whose name or alias occurs in the text; wdf counts the field's weight
enum class TermKind : char {
    word = 'W',
    name_word = 'A',
    neighbour_word = 'N',
    pair = 'P',
    clusters = 'C',
    entity = 'E'
};

/// Changes whenever the same graph would be indexed otherwise: an index of another format is made
/// anew.
inline constexpr const char* index_format = "khom-text-4";

/// The term for a text of a kind; cut at a whole character where Xapian would refuse it.
std::string term(TermKind kind, std::string_view text);

}  // namespace khom::index
