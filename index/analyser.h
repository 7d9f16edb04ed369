#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/added_words.h"

namespace khom::index {

/// What a text gives to the index, and a question asks of it: the same for both.
struct Terms {
    std::vector<std::string> words;     ///< as indexed: stemmed, years in the common era; in order
    std::vector<std::string> pairs;     ///< of words that stand together, hashed
    std::vector<std::string> clusters;  ///< pairs of neighbouring character clusters
};

/// The terms of a canonical text, without their kind's letter. Cost: linear.
Terms terms_of(std::string_view canonical_text, const AddedWords& words = {});

/// A word as it is indexed: stemmed, a Buddhist year in the common era (2567 → 2024).
std::string word_form(const std::string& word);

/// Thai and its neighbours write words together, from U+0E00 on; Latin, Greek, Cyrillic … do not.
bool writes_words_together(std::string_view cluster);

/// Two words in one short hash: 2 million values serve for ranking, not for proof.
std::string pair_form(std::string_view first, std::string_view second);

}  // namespace khom::index
