#pragma once

#include "index/ranking.h"
#include "index/search_text.h"

namespace khom::index {

/// Whether a document has so much of a question, by the rarity of its words, that the question has
/// an answer. README.md shows where questions and nonsense part.
bool is_an_answer(const TextMatch& match, const SearchWords& words);
/// Whether it has so much that it is a hit where another document is an answer.
bool is_a_hit(const TextMatch& match, const SearchWords& words);
/// Whether all clusters of a short question are in it: they must stand together, else it is chance.
bool may_have_it_whole(const TextMatch& match, const SearchWords& words);

}  // namespace khom::index
