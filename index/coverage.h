#pragma once

#include "index/ranking.h"
#include "index/search_text.h"

namespace khom::index {

/// How much of one question a document must have, by the rarity of its words. README.md shows where
/// questions and nonsense part.
class Coverage {
  public:
    explicit Coverage(const SearchWords& words);

    /// Whether the question has an answer if a document has so much.
    bool is_an_answer(const TextMatch& match) const { return covers(match, best_); }
    /// Whether it has so much that it is a hit where another document is an answer.
    bool is_a_hit(const TextMatch& match) const {
        return every_word_ ? match.met > all_words : covers(match, each_);
    }
    /// Whether all clusters of a short question are in it: they must stand together, else it is
    /// chance.
    bool may_have_it_whole(const TextMatch& match) const {
        return count_ <= short_question && match.clusters >= all_words;
    }

    bool may_be_found(const TextMatch& match) const {
        return is_a_hit(match) || may_have_it_whole(match);
    }

    static constexpr double all_words = 0.99;

  private:
    struct Least {
        double words = 0, translated = 0;
    };

    bool covers(const TextMatch& match, const Least& least) const;

    Least best_, each_;
    std::size_t size_ = 0, count_ = 0;
    bool translated_ = false, every_word_ = false;
};

}  // namespace khom::index
