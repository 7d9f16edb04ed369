#include "index/entity_terms.h"

#include <algorithm>
#include <string>

#include "index/analyser.h"
#include "index/fields.h"
#include "index/segmenter.h"

namespace khom::index {

namespace {

/// A mention that is cut as in the question has its words besides, so it counts half.
constexpr double entity_weight = 0.5;
/// A name of more than this many entities says little of any.
constexpr std::size_t most_bearers = 8;

void add(TermGroup& group, const Gazetteer::Mention& mention) {
    for (const auto node : mention.nodes) {
        group.alternatives.push_back(
            {term(TermKind::entity, std::to_string(graph::number(node))), entity_weight});
    }
}

}  // namespace

void add_entities(SearchWords& words, const Gazetteer& names) {
    const auto tokens = segment(words.plain);
    for (const auto& mention : names.mentions(words.plain)) {
        if (mention.nodes.size() > most_bearers) {
            continue;
        }
        for (const auto& token : tokens) {
            const auto begin = std::max(token.begin_bytes, mention.begin_bytes);
            const auto end = std::min(token.end_bytes, mention.end_bytes);
            if (begin >= end || 2 * (end - begin) < token.end_bytes - token.begin_bytes) {
                continue;
            }
            const auto own = term(TermKind::word, word_form(token.text));
            const auto group =
                std::find_if(words.groups.begin(), words.groups.end(),
                             [&](const auto& one) { return one.alternatives.front().term == own; });
            if (group != words.groups.end()) {
                add(*group, mention);
            }
        }
    }
}

}  // namespace khom::index
