#include "index/demands.h"

#include <algorithm>
#include <string_view>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/document.h"
#include "index/fields.h"
#include "index/highlight.h"
#include "index/segmenter.h"

namespace khom::index {

namespace {

std::set<graph::NodeId> having(const TextIndex& texts, TermKind kind, const std::string& word) {
    const auto all = texts.having(term(kind, word_form(word)));
    return {all.begin(), all.end()};
}

}  // namespace

DemandsView::DemandsView(const graph::Snapshot& graph, const TextIndex& texts,
                         const SearchWords& words)
    : graph_(graph), words_(words) {
    for (const auto& piece : words.excluded) {
        const auto tokens = segment(piece);
        for (const auto node : tokens.empty() ? std::set<graph::NodeId>{}
                                              : having(texts, TermKind::word, tokens[0].text)) {
            // Of several words written together, what has them so.
            if (tokens.size() == 1 || has_phrases(node, {piece})) {
                excluded_.insert(node);
            }
        }
    }
    for (const auto& word : words.in_names) {
        named_.push_back(having(texts, TermKind::name_word, word));
    }
}

bool DemandsView::has_phrases(graph::NodeId node, const std::vector<std::string>& phrases) const {
    const auto texts = canonical_texts(graph_, node);
    return std::all_of(phrases.begin(), phrases.end(), [&](const auto& phrase) {
        return std::any_of(texts.begin(), texts.end(),
                           [&](const auto& text) { return occurs(text, phrase); });
    });
}

bool DemandsView::meets(graph::NodeId node, const PropertyFilter& filter) const {
    const auto value = graph_.property(node, filter.property);
    if (value.is(graph::ValueKind::integer)) {
        return std::to_string(value.integer()) == word_form(filter.value);
    }
    const auto texts = texts_of(value);
    return std::any_of(texts.begin(), texts.end(),
                       [&](const auto text) { return occurs(canonical(text).text, filter.value); });
}

bool DemandsView::met_by(graph::NodeId node) const {
    return !excluded_.contains(node) &&
           std::all_of(named_.begin(), named_.end(),
                       [&](const auto& named) { return named.contains(node); }) &&
           std::all_of(
               words_.filters.begin(), words_.filters.end(),
               [&](const auto& filter) { return meets(node, filter) != filter.excluded; }) &&
           (words_.phrases.empty() || has_phrases(node, words_.phrases));
}

}  // namespace khom::index
