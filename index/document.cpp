#include "index/document.h"

#include <algorithm>
#include <vector>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/fields.h"
#include "index/text_index.h"

namespace khom::index {

namespace {

FieldRole role_of(std::string_view property) {
    const auto field = std::find_if(fields().begin(), fields().end(),
                                    [&](const auto& one) { return one.property == property; });
    return field == fields().end() ? FieldRole::text : field->role;
}

class Builder {
  public:
    Builder(const Gazetteer& names, const AddedWords& words) : names_(names), words_(words) {}

    void add_own(std::string_view property, std::string_view text, unsigned weight) {
        const auto plain = canonical(text).text;
        const auto terms = terms_of(plain, words_);
        const bool long_text = role_of(property) == FieldRole::text;
        add(terms.words, TermKind::word, weight, long_text ? lead_words : 0);
        add(terms.pairs, TermKind::pair, weight, long_text ? lead_words : 0);
        add(terms.clusters, TermKind::clusters, weight, long_text ? lead_clusters : 0);
        if (role_of(property) <= FieldRole::alias) {
            add(terms.words, TermKind::name_word, 0);
        }
        for (const auto& found : names_.mentions(plain)) {
            for (const auto node : found.nodes) {
                add({std::to_string(graph::number(node))}, TermKind::entity, weight);
            }
        }
    }
    void add_neighbour(std::string_view name) {
        add(terms_of(canonical(name).text, words_).words, TermKind::neighbour_word, 1);
    }
    void add_year(std::int64_t year) { add({std::to_string(year)}, TermKind::word, 1); }

    IndexedDocument take() { return std::move(document_); }

  private:
    void add(const std::vector<std::string>& all, TermKind kind, unsigned weight,
             std::size_t lead = 0) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            document_.terms[term(kind, all[i])] += weight + (i < lead ? lead_weight : 0);
        }
    }

    const Gazetteer& names_;
    const AddedWords& words_;
    IndexedDocument document_;
};

void add_neighbours(Builder& builder, const graph::Snapshot& graph, graph::NodeId node) {
    for (const auto direction : {graph::Direction::out, graph::Direction::in}) {
        const auto all = graph.adjacent(node, direction);
        for (const auto& adjacent : all.first(std::min(all.size(), most_neighbours))) {
            if (graph.degree(adjacent.neighbour) > most_neighbours ||
                graph.name(adjacent.type) == "DOCUMENTED_IN") {
                continue;
            }
            for (const auto* property : {"name_en", "name_th", "aliases_en", "aliases_th"}) {
                const auto names = graph.property(adjacent.neighbour, property);
                for (const auto text : texts_of(names)) {
                    builder.add_neighbour(text);
                }
            }
        }
    }
}

}  // namespace

std::vector<std::string_view> texts_of(const graph::Value& value) {
    auto texts = graph::strings_of(value);
    if (value.is(graph::ValueKind::string)) {
        texts.push_back(value.string());
    }
    return texts;
}

IndexedDocument document_of(const graph::Snapshot& graph, const Gazetteer& names,
                            const AddedWords& words, graph::NodeId node) {
    Builder builder(names, words);
    for (const auto& [property, value] : graph.properties(node)) {
        if (const auto weight = field_weight(property); weight > 0) {
            for (const auto text : texts_of(value)) {
                builder.add_own(property, text, weight);
            }
        }
        if (property == "year" && value.is(graph::ValueKind::integer)) {
            builder.add_year(value.integer());
        }
    }
    add_neighbours(builder, graph, node);
    return builder.take();
}

std::vector<std::string> canonical_texts(const graph::Snapshot& graph, graph::NodeId node) {
    std::vector<std::string> all;
    for (const auto& [property, value] : graph.properties(node)) {
        if (field_weight(property) > 0) {
            for (const auto text : texts_of(value)) {
                all.push_back(canonical(text).text);
            }
        }
    }
    return all;
}

}  // namespace khom::index
