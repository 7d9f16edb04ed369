#include "graph/graph_builder.h"

#include <algorithm>

#include "graph/failure.h"

namespace khom::graph {

GraphBuilder::GraphBuilder() {
    base_.set_id_key(PropertyKeyId{names_.keys->number_of(public_id_key)});
}

void GraphBuilder::add(const Node& node) {
    labels_.clear();
    for (const auto& label : node.labels) {
        labels_.emplace_back(LabelId{names_.labels->number_of(label)});
    }
    std::sort(labels_.begin(), labels_.end());
    base_.node(number(node.id), labels_);
    for (const auto& [key, value] : node.properties) {
        base_.node_value(PropertyKeyId{names_.keys->number_of(key)}, cell_of(value, encoded_));
    }
}

void GraphBuilder::add(const Relationship& relationship) {
    if (!base_.has_node(number(relationship.from)) || !base_.has_node(number(relationship.to))) {
        throw Fault("a stored relationship leads to no node");
    }
    base_.relationship(
        number(relationship.id),
        {relationship.from, TypeId{names_.types->number_of(relationship.type)}, relationship.to});
    for (const auto& [key, value] : relationship.properties) {
        base_.relationship_value(PropertyKeyId{names_.keys->number_of(key)},
                                 cell_of(value, encoded_));
    }
}

std::shared_ptr<SnapshotData> GraphBuilder::finish(std::size_t node_limit,
                                                   std::size_t relationship_limit,
                                                   Revision revision) {
    if (const auto time = names_.keys->numbers.find(valid_time_key);
        time != names_.keys->numbers.end()) {
        base_.set_time_key(PropertyKeyId{time->second});
    }
    auto data = SnapshotData::settled(base_.finish(node_limit, relationship_limit, revision));
    data->labels = names_.labels;
    data->types = names_.types;
    data->keys = names_.keys;
    return data;
}

}  // namespace khom::graph
