#include "index/coverage.h"

#include <algorithm>

namespace khom::index {

Coverage::Coverage(const SearchWords& words)
    : size_(words.wanted.size()),
      count_(words.words_that_count()),
      translated_(words.translated),
      every_word_(words.every_word) {
    const bool is_sentence = size_ > short_question;
    best_.words = count_ <= 2   ? (is_sentence ? 0.55 : all_words)
                  : count_ <= 4 ? 0.52
                  : count_ < 10 ? 0.24
                                : 0.1;
    each_.words = count_ <= 2   ? (is_sentence ? 0.4 : all_words)
                  : count_ <= 4 ? 0.4
                  : count_ < 10 ? 0.12
                                : 0.03;
    // What is met by translation only has probabilities far below 1.
    best_.translated = count_ <= short_question ? 0.14 : 0.1;
    each_.translated = count_ <= short_question ? 0.05 : 0.03;
}

/// Names are cut otherwise in a question than in a text: then their clusters tell, alone, or in
/// accord with the words.
bool Coverage::covers(const TextMatch& match, const Least& least) const {
    constexpr double many_clusters = 0.4, half = 0.5, quarter = 0.25;
    return match.coverage >= least.words || (translated_ && match.translated >= least.translated) ||
           (size_ > short_question && match.clusters >= many_clusters) ||
           (size_ > short_question + 1 && std::min(match.coverage, match.clusters) >= quarter) ||
           (count_ > 2 && (match.coverage + match.clusters) / 2 >= half);
}

}  // namespace khom::index
