#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace khom::corpus {

/// What is wrong, for those who say it in words of their own.
enum class FindingCode {
    unreadable,  ///< a file or a row is not what its format says
    damaged,     ///< a spreadsheet, an encoding or hidden characters have changed the cell
    not_listed,  ///< not one of a closed list
    not_a_number,
    not_a_date,
    buddhist_year,   ///< where one of the Common Era is meant
    not_a_source,    ///< no id of a source
    not_an_address,  ///< no address of the web
    not_an_id,
    outside_the_globe,  ///< no degrees
    unknown_column,
    unknown_type,    ///< no relationship type
    unknown_entity,  ///< neither in the files nor in the data
    several_of_the_name,
    wrong_kind,  ///< the id says another kind, or the relationship does not lead there
    no_name,
    no_source,
    differs,   ///< from another row of the same id
    repeated,  ///< the same statement twice
    merged,    ///< a warning: another id stands for it
    other
};
/// "not_a_date": as the API says it.
std::string_view name(FindingCode code);

/// One thing wrong with one place of one file.
struct Finding {
    std::string file;
    std::size_t line = 0;  ///< 1 is the first; of a record over several lines, its first
    std::string column;    ///< header name or JSON pointer; empty if the whole row
    std::string detail;    ///< what was found and what was expected, a sentence
    FindingCode code = FindingCode::unreadable;

    bool operator==(const Finding&) const = default;
};

}  // namespace khom::corpus
