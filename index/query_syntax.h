#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khom::index {

/// One piece of what a person typed: what stands between spaces, or between quotes.
struct Piece {
    std::string text;       ///< canonical, without operators
    std::string field;      ///< `kind` of `kind:place`; empty for most
    bool quoted = false;    ///< must occur as it is
    bool excluded = false;  ///< a minus stood before it
    bool operator==(const Piece&) const = default;
};

/// The question in each way its ORs can be read: `a OR b c` is `a c`, then `b c`. Without OR, one.
///
/// Shape: one to eight readings; whatever is no operator is text, nothing is refused.
///     "two words"   a phrase; a quote without its partner is no quote, nor are “ ” of pasted text
///     -word         without it; also -"two words" and -kind:place
///     a OR b        in capitals, or `|`: either of the pieces beside it
///     field:value   or field:"two words", where `is_question_field(field)`
std::vector<std::vector<Piece>> readings(std::string_view text);

/// What may stand before a colon: `name` asks for words of names and aliases, each other for a
/// property of the node. Of any other word the colon is text.
bool is_question_field(std::string_view name);

}  // namespace khom::index
