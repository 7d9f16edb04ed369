#include "graph/snapshot.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "graph/snapshot_private.h"

namespace khom::graph {

namespace {

Value value_of(const Properties& properties, PropertyKeyId key) {
    const auto at = std::lower_bound(
        properties.begin(), properties.end(), key,
        [](const auto& pair, PropertyKeyId wanted) { return pair.first < wanted; });
    return at != properties.end() && at->first == key ? at->second : Value();
}

Map map_of(const SnapshotData& data, const Properties& properties) {
    Map map;
    for (const auto& [key, value] : properties) {
        map.emplace(data.keys->names[number(key)], value);
    }
    return map;
}

template <class Id>
std::optional<Id> symbol(const Symbols& symbols, std::string_view name) {
    const auto found = symbols.numbers.find(name);
    return found == symbols.numbers.end() ? std::nullopt : std::optional(Id{found->second});
}

const NodeRecord& record(const SnapshotData& data, NodeId node) {
    return data.nodes.at(static_cast<std::size_t>(number(node)));
}

const RelationshipRecord& record(const SnapshotData& data, RelationshipId relationship) {
    return data.relationships.at(static_cast<std::size_t>(number(relationship)));
}

}  // namespace

Snapshot::Snapshot(std::shared_ptr<const SnapshotData> data) : data_(std::move(data)) {}
Snapshot::~Snapshot() = default;

Revision Snapshot::revision() const {
    return data_->revision;
}

std::size_t Snapshot::node_count() const {
    return data_->alive_nodes;
}

std::size_t Snapshot::relationship_count() const {
    return data_->alive_relationships;
}

std::size_t Snapshot::node_id_limit() const {
    return data_->nodes.size();
}

std::size_t Snapshot::relationship_id_limit() const {
    return data_->relationships.size();
}

bool Snapshot::has(NodeId node) const {
    return number(node) < data_->nodes.size() && record(*data_, node).alive;
}

bool Snapshot::has(RelationshipId relationship) const {
    return number(relationship) < data_->relationships.size() && record(*data_, relationship).alive;
}

std::optional<NodeId> Snapshot::find(std::string_view public_id) const {
    const auto* found = data_->node_ids.find(public_id);
    return found == nullptr ? std::nullopt : std::optional(NodeId{*found});
}

std::optional<RelationshipId> Snapshot::find_relationship(std::string_view public_id) const {
    const auto* found = data_->relationship_ids.find(public_id);
    return found == nullptr ? std::nullopt : std::optional(RelationshipId{*found});
}

std::optional<std::string> Snapshot::redirected(std::string_view public_id) const {
    // A merged node may have been merged further; a circle cannot be walked longer than there are
    // redirects.
    std::optional<std::string> now;
    for (std::size_t step = 0; step < data_->redirects->size(); ++step) {
        const auto found = data_->redirects->find(now ? std::string_view(*now) : public_id);
        if (found == data_->redirects->end()) {
            break;
        }
        now = found->second;
    }
    return now;
}

std::optional<LabelId> Snapshot::label(std::string_view name) const {
    return symbol<LabelId>(*data_->labels, name);
}

std::optional<TypeId> Snapshot::type(std::string_view name) const {
    return symbol<TypeId>(*data_->types, name);
}

std::optional<PropertyKeyId> Snapshot::property_key(std::string_view name) const {
    return symbol<PropertyKeyId>(*data_->keys, name);
}

std::string_view Snapshot::name(LabelId label) const {
    return data_->labels->names[number(label)];
}

std::string_view Snapshot::name(TypeId type) const {
    return data_->types->names[number(type)];
}

std::string_view Snapshot::name(PropertyKeyId key) const {
    return data_->keys->names[number(key)];
}

std::size_t Snapshot::label_count() const {
    return data_->labels->names.size();
}

std::size_t Snapshot::type_count() const {
    return data_->types->names.size();
}

std::size_t Snapshot::property_key_count() const {
    return data_->keys->names.size();
}

std::vector<NodeId> Snapshot::nodes() const {
    std::vector<NodeId> all;
    all.reserve(data_->alive_nodes);
    for (std::size_t i = 0; i < data_->nodes.size(); ++i) {
        if (data_->nodes.at(i).alive) {
            all.push_back(NodeId{i});
        }
    }
    return all;
}

std::vector<NodeId> Snapshot::nodes(LabelId label) const {
    return number(label) < data_->by_label.size() ? *data_->by_label[number(label)]
                                                  : std::vector<NodeId>();
}

std::size_t Snapshot::count(LabelId label) const {
    return number(label) < data_->by_label.size() ? data_->by_label[number(label)]->size() : 0;
}

std::size_t Snapshot::count(TypeId type) const {
    return number(type) < data_->by_type.size() ? data_->by_type[number(type)] : 0;
}

std::vector<RelationshipId> Snapshot::relationships() const {
    std::vector<RelationshipId> all;
    all.reserve(data_->alive_relationships);
    for (std::size_t i = 0; i < data_->relationships.size(); ++i) {
        if (data_->relationships.at(i).alive) {
            all.push_back(RelationshipId{i});
        }
    }
    return all;
}

std::vector<RelationshipId> Snapshot::relationships(TypeId type) const {
    auto all = relationships();
    std::erase_if(all, [&](RelationshipId id) { return record(*data_, id).ends.type != type; });
    return all;
}

std::span<const LabelId> Snapshot::labels(NodeId node) const {
    return record(*data_, node).labels;
}

bool Snapshot::has_label(NodeId node, LabelId label) const {
    const auto all = labels(node);
    return std::binary_search(all.begin(), all.end(), label);
}

std::span<const Adjacent> Snapshot::adjacent(NodeId node, Direction direction) const {
    assert(direction != Direction::both);
    return direction == Direction::out ? record(*data_, node).out : record(*data_, node).in;
}

std::span<const Adjacent> Snapshot::adjacent(NodeId node, Direction direction, TypeId type) const {
    const auto all = adjacent(node, direction);
    struct ByType {
        bool operator()(const Adjacent& adjacent, TypeId wanted) const {
            return adjacent.type < wanted;
        }
        bool operator()(TypeId wanted, const Adjacent& adjacent) const {
            return wanted < adjacent.type;
        }
    };
    const auto [begin, end] = std::equal_range(all.begin(), all.end(), type, ByType{});
    return {begin, end};
}

std::size_t Snapshot::degree(NodeId node) const {
    return record(*data_, node).out.size() + record(*data_, node).in.size();
}

Endpoints Snapshot::endpoints(RelationshipId relationship) const {
    return record(*data_, relationship).ends;
}

Value Snapshot::property(NodeId node, PropertyKeyId key) const {
    return value_of(record(*data_, node).properties, key);
}

Value Snapshot::property(RelationshipId relationship, PropertyKeyId key) const {
    return value_of(record(*data_, relationship).properties, key);
}

Value Snapshot::property(NodeId node, std::string_view key) const {
    const auto id = property_key(key);
    return id ? property(node, *id) : Value();
}

Value Snapshot::property(RelationshipId relationship, std::string_view key) const {
    const auto id = property_key(key);
    return id ? property(relationship, *id) : Value();
}

Map Snapshot::properties(NodeId node) const {
    return map_of(*data_, record(*data_, node).properties);
}

Map Snapshot::properties(RelationshipId relationship) const {
    return map_of(*data_, record(*data_, relationship).properties);
}

Node Snapshot::node(NodeId node) const {
    Node copy{node, {}, properties(node)};
    for (const auto label : labels(node)) {
        copy.labels.emplace_back(name(label));
    }
    std::sort(copy.labels.begin(), copy.labels.end());
    return copy;
}

Relationship Snapshot::relationship(RelationshipId relationship) const {
    const auto [from, type, to] = endpoints(relationship);
    return {relationship, from, std::string(name(type)), to, properties(relationship)};
}

}  // namespace khom::graph
