#include "index/coverage.h"

#include <algorithm>

namespace khom::index {

namespace {

/// How much of a question's information is asked of the document that has most of it, and of each
/// other.
struct Least {
    double best = 0, each = 0;
};

Least least(const SearchWords& words) {
    const auto count = words.words_that_count();
    return count <= 2
               ? (words.wanted.size() <= short_question ? Least{0.99, 0.99} : Least{0.55, 0.4})
           : count <= 4 ? Least{0.52, 0.4}
           : count < 10 ? Least{0.24, 0.12}
                        : Least{0.1, 0.03};
}

/// Of what is met by translation only, whose probabilities are far below 1.
Least least_translated(const SearchWords& words) {
    return words.words_that_count() <= short_question ? Least{0.14, 0.05} : Least{0.1, 0.03};
}

/// Names are cut otherwise in a question than in a text: then their clusters tell, alone, or in
/// accord with the words.
bool covers(const TextMatch& match, const SearchWords& words, double Least::*share) {
    constexpr double many_clusters = 0.4, half = 0.5, quarter = 0.25;
    const auto size = words.wanted.size();
    return match.coverage >= least(words).*share ||
           (words.translated && match.translated >= least_translated(words).*share) ||
           (size > short_question && match.clusters >= many_clusters) ||
           (size > short_question + 1 && std::min(match.coverage, match.clusters) >= quarter) ||
           (words.words_that_count() > 2 && (match.coverage + match.clusters) / 2 >= half);
}

}  // namespace

bool is_an_answer(const TextMatch& match, const SearchWords& words) {
    return covers(match, words, &Least::best);
}

bool is_a_hit(const TextMatch& match, const SearchWords& words) {
    return covers(match, words, &Least::each);
}

bool may_have_it_whole(const TextMatch& match, const SearchWords& words) {
    return words.words_that_count() <= short_question && match.clusters >= 0.99;
}

}  // namespace khom::index
