#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khom::index {

/// A word in the other language, as it is indexed, and how sure that is, 0 to 1.
struct Translation {
    std::string_view form;
    double weight = 0;
};

/// Translations of an indexed word, English or Thai, surest first; lexicon/translations.tsv. Valid
/// for ever.
const std::vector<Translation>& translations(const std::string& form);

}  // namespace khom::index
