#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khom::query {

/// The word of a list that is spelt most like `given`, for "did you mean"; empty where none is
/// near: more than a third of the longer word differs. Cost: quadratic in the words' bytes, of
/// which 64 count.
std::string nearest(std::string_view given, const std::vector<std::string>& words);

/// "'persn' is no kind; did you mean 'person'? There are: person, place." `what` is "kind".
std::string unknown_word(std::string_view given, std::string_view what,
                         const std::vector<std::string>& words);

}  // namespace khom::query
