#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace khom::index {

/// A word that many names are made of, found in a text.
struct GenericWord {
    std::size_t begin_bytes = 0, end_bytes = 0;
    std::vector<std::uint16_t> meanings;  ///< rising; two words mean the same if they share one
    bool light = false;                   ///< may be left out of a name without much loss
};

/// Words of names in Thai and in English: วัด is a temple, ประตู a gate.
class GenericWords {
  public:
    /// `lines`: Thai forms, tab, English forms (each with | between), tab, "light" or nothing.
    explicit GenericWords(std::string_view lines);
    /// The words that ship in lexicon/generic_words.tsv.
    static const GenericWords& shipped();

    /// The Thai words in a canonical name, longest first from the left, at cluster borders.
    std::vector<GenericWord> in_thai(std::string_view canonical) const;
    /// The English words and phrases in a canonical text, longest first from the left.
    std::vector<GenericWord> in_english(std::string_view canonical) const;
    /// A canonical text with its Thai abbreviations (ถ., รร.) as the words they stand for.
    std::string written_out(std::string_view canonical) const;
    /// Whether a canonical text is nothing but such words of one language.
    bool are_all_of(std::string_view canonical) const;

  private:
    struct Meanings {
        std::vector<std::uint16_t> ids;
        bool light = false;
    };
    using Forms = std::unordered_map<std::string, Meanings>;
    static void learn(Forms& forms, std::string_view names, std::uint16_t id, bool light);
    void learn_abbreviations(std::string_view names);

    Forms thai_, english_;
    std::vector<std::pair<std::string, std::string>> abbreviations_;  // and what they stand for
    std::size_t longest_thai_ = 0;
};

}  // namespace khom::index
