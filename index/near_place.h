#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace khom::index {

/// A text in characters, with where a place in it may begin and end: at borders of clusters, and
/// not inside a word of Latin letters or digits.
struct BorderedText {
    std::u32string letters;
    std::vector<char> borders;  ///< before each letter and at the end: whether there is one

    explicit BorderedText(std::string_view canonical_text);
};

/// Where something stands in a text, nearly.
struct NearPlace {
    std::size_t begin = 0, end = 0;  ///< in letters
    double distance = 0;             ///< see `spelling_distance`
};

/// The place that is spelt most nearly as `typed`, of equals the first; none within `most`.
///
/// Shape:  none for what is typed in more than 60 letters, or in so few that it may stand nowhere.
/// Cost:   about one step for each letter of the text, more where it is like what was typed.
/// Source: approximate matching (Sellers 1980) with the cut-off of Ukkonen (1985).
std::optional<NearPlace> nearest_place(const BorderedText& text, std::u32string_view typed,
                                       double most);

}  // namespace khom::index
