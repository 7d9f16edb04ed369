#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "index/name_tables.h"
#include "index/segmenter.h"

namespace khom::index {

/// Words that the cutter does not know, so that they stand whole wherever they occur: new words,
/// names that are no entity, abbreviations with their points (มช.). Immutable; safe from any
/// thread.
class AddedWords {
  public:
    AddedWords() = default;
    /// `words`: canonical, of at least `NamesInText::least_bytes` bytes, without blanks.
    explicit AddedWords(const std::vector<std::string>& words);

    /// The words of a canonical text: added words first, longest first from the left, at cluster
    /// borders; what lies between them as `index::segment` cuts it. An added word's token has its
    /// letters only: "มช" for "มช.".
    std::vector<Token> segment(std::string_view canonical_text) const;

    /// Whether a token is an added word.
    bool contains(std::string_view token) const { return letters_.contains(std::string(token)); }

  private:
    std::shared_ptr<const NamesInText> in_text_;  // none without words
    std::unordered_set<std::string> letters_;
};

}  // namespace khom::index
