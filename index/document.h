#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/snapshot.h"
#include "index/added_words.h"
#include "index/gazetteer.h"

namespace khom::index {

/// What one node gives to the index: each term with how much it counts, and their sum.
struct IndexedDocument {
    std::map<std::string, std::uint32_t> terms;
};

/// The document of a node: its own fields by weight, the names of its neighbours, and the entities
/// that its text names. Depends on nothing else, but on how it is cut, so that an index grown
/// equals one rebuilt.
IndexedDocument document_of(const graph::Snapshot& graph, const Gazetteer& names,
                            const AddedWords& words, graph::NodeId node);

/// The texts a property holds: itself, or those of a list. They live as long as the value.
std::vector<std::string_view> texts_of(const graph::Value& value);

/// The texts of a node that are searched, canonical, in the order of its properties.
std::vector<std::string> canonical_texts(const graph::Snapshot& graph, graph::NodeId node);

}  // namespace khom::index
