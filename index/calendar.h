#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace khom::index {

/// A canonical text with the years of the Buddhist era (2400 to 2600, or any after พ.ศ. or B.E.)
/// written in the common era and the words for both eras left out: "พ.ศ. 2567", "2567" and "ค.ศ.
/// 2024" are 2024. Numbers of more or fewer digits stay as they are.
std::string in_common_era(std::string_view canonical);

/// The year of the common era (1000 to 2400) that a canonical text names, in either era; none if it
/// names none, or several.
std::optional<int> year_in(std::string_view canonical);

}  // namespace khom::index
