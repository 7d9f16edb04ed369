#include "graph/snapshot_private.h"

#include <algorithm>

#include "graph/entity.h"

namespace khom::graph {

namespace {

std::size_t index_of(NodeId id) {
    return static_cast<std::size_t>(number(id));
}

std::size_t index_of(RelationshipId id) {
    return static_cast<std::size_t>(number(id));
}

template <class T>
void insert_sorted(std::vector<T>& list, const T& item) {
    list.insert(std::lower_bound(list.begin(), list.end(), item), item);
}

template <class T>
void erase_sorted(std::vector<T>& list, const T& item) {
    const auto at = std::lower_bound(list.begin(), list.end(), item);
    if (at != list.end() && *at == item) {
        list.erase(at);
    }
}

std::uint32_t symbol(std::shared_ptr<Symbols>& symbols, std::string_view name) {
    const auto known = symbols->numbers.find(name);
    return known != symbols->numbers.end() ? known->second : own(symbols).number_of(name);
}

/// Puts or, for null, removes; returns what was there.
Value exchange(Properties& properties, PropertyKeyId key, const Value& value) {
    const auto at = std::lower_bound(
        properties.begin(), properties.end(), key,
        [](const auto& pair, PropertyKeyId wanted) { return pair.first < wanted; });
    const bool present = at != properties.end() && at->first == key;
    Value before = present ? at->second : Value();
    if (present && value.is_null()) {
        properties.erase(at);
    } else if (present) {
        at->second = value;
    } else if (!value.is_null()) {
        properties.insert(at, {key, value});
    }
    return before;
}

void renumber(PublicIds& ids, const Value& before, const Value& after, std::uint64_t number) {
    if (before.is(ValueKind::string)) {
        ids.remove(std::string(before.string()));
    }
    if (after.is(ValueKind::string)) {
        ids.put(std::string(after.string()), number);
    }
}

}  // namespace

std::uint32_t Symbols::number_of(std::string_view name) {
    const auto [at, is_new] = numbers.emplace(name, static_cast<std::uint32_t>(names.size()));
    if (is_new) {
        names.emplace_back(name);
    }
    return at->second;
}

PublicIds::PublicIds() {
    for (auto& shard : shards_) {
        shard = std::make_shared<Shard>();
    }
}

std::size_t PublicIds::shard_of(std::string_view id) {
    return std::hash<std::string_view>{}(id) % shard_count;
}

const std::uint64_t* PublicIds::find(std::string_view id) const {
    const auto& shard = *shards_[shard_of(id)];
    const auto found = shard.find(id);
    return found == shard.end() ? nullptr : &found->second;
}

void PublicIds::put(const std::string& id, std::uint64_t number) {
    own(shards_[shard_of(id)])[id] = number;
}

void PublicIds::remove(const std::string& id) {
    own(shards_[shard_of(id)]).erase(id);
}

void put_property(SnapshotData& data, NodeId id, std::string_view key, const Value& value) {
    const PropertyKeyId key_id{symbol(data.keys, key)};
    const auto before = exchange(data.nodes.edit(index_of(id)).properties, key_id, value);
    if (key == kPublicId) {
        renumber(data.node_ids, before, value, number(id));
    }
}

void put_property(SnapshotData& data, RelationshipId id, std::string_view key, const Value& value) {
    const PropertyKeyId key_id{symbol(data.keys, key)};
    const auto before = exchange(data.relationships.edit(index_of(id)).properties, key_id, value);
    if (key == kPublicId) {
        renumber(data.relationship_ids, before, value, number(id));
    }
}

void put_label(SnapshotData& data, NodeId id, std::string_view label) {
    const LabelId label_id{symbol(data.labels, label)};
    auto& labels = data.nodes.edit(index_of(id)).labels;
    if (std::binary_search(labels.begin(), labels.end(), label_id)) {
        return;
    }
    insert_sorted(labels, label_id);
    while (data.by_label.size() < data.labels->names.size()) {
        data.by_label.push_back(std::make_shared<std::vector<NodeId>>());
    }
    insert_sorted(own(data.by_label[number(label_id)]), id);
}

void drop_label(SnapshotData& data, NodeId id, std::string_view label) {
    const auto known = data.labels->numbers.find(label);
    if (known == data.labels->numbers.end()) {
        return;
    }
    erase_sorted(data.nodes.edit(index_of(id)).labels, LabelId{known->second});
    erase_sorted(own(data.by_label[known->second]), id);
}

void put_node(SnapshotData& data, NodeId id, const std::vector<std::string>& labels,
              const Map& properties) {
    data.nodes.grow_to(index_of(id) + 1);
    data.nodes.edit(index_of(id)).alive = true;
    ++data.alive_nodes;
    for (const auto& label : labels) {
        put_label(data, id, label);
    }
    for (const auto& [key, value] : properties) {
        put_property(data, id, key, value);
    }
}

void put_relationship(SnapshotData& data, RelationshipId id, NodeId from, std::string_view type,
                      NodeId to, const Map& properties) {
    const TypeId type_id{symbol(data.types, type)};
    data.relationships.grow_to(index_of(id) + 1);
    auto& record = data.relationships.edit(index_of(id));
    record.alive = true;
    record.ends = {from, type_id, to};
    insert_sorted(data.nodes.edit(index_of(from)).out, Adjacent{type_id, to, id});
    insert_sorted(data.nodes.edit(index_of(to)).in, Adjacent{type_id, from, id});
    ++data.alive_relationships;
    data.by_type.resize(data.types->names.size());
    ++data.by_type[number(type_id)];
    for (const auto& [key, value] : properties) {
        put_property(data, id, key, value);
    }
}

void remove_node(SnapshotData& data, NodeId id) {
    const auto record = data.nodes.at(index_of(id));
    for (const auto label : record.labels) {
        drop_label(data, id, data.labels->names[number(label)]);
    }
    for (const auto& [key, value] : record.properties) {
        put_property(data, id, std::string(data.keys->names[number(key)]), Value());
    }
    data.nodes.edit(index_of(id)).alive = false;
    --data.alive_nodes;
}

void remove_relationship(SnapshotData& data, RelationshipId id) {
    const auto record = data.relationships.at(index_of(id));
    const auto [from, type, to] = record.ends;
    erase_sorted(data.nodes.edit(index_of(from)).out, Adjacent{type, to, id});
    erase_sorted(data.nodes.edit(index_of(to)).in, Adjacent{type, from, id});
    for (const auto& [key, value] : record.properties) {
        put_property(data, id, std::string(data.keys->names[number(key)]), Value());
    }
    data.relationships.edit(index_of(id)).alive = false;
    --data.alive_relationships;
    --data.by_type[number(type)];
}

}  // namespace khom::graph
