#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace khom::corpus {

/// What a spreadsheet or a wrong encoding has done to a cell, as a sentence with the way to mend
/// it: a date turned into "Nov-24", a number into "2.565E3", "#REF!", Thai into "à¸¢" or "????".
/// None if the cell looks whole.
std::optional<std::string> damage_in(std::string_view cell);

/// A date that is not EDTF but can be read: "15/11/2567", "15 พ.ย. 2567", "November 2024", a
/// spreadsheet's day number. As EDTF, CE, for a hint; none if it cannot be told.
std::optional<std::string> date_meant(std::string_view cell);

}  // namespace khom::corpus
