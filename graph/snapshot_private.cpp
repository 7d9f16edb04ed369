#include "graph/snapshot_private.h"

#include <algorithm>

#include "graph/batch.h"

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

/// Whether it was there.
template <class T>
bool erase_sorted(std::vector<T>& list, const T& item) {
    const auto at = std::lower_bound(list.begin(), list.end(), item);
    const bool found = at != list.end() && *at == item;
    if (found) {
        list.erase(at);
    }
    return found;
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

/// `owner` is whose id `before` is now: two nodes of one batch may have changed places.
void renumber(PublicIds& ids, const Value& before, std::optional<std::uint64_t> owner,
              const Value& after, std::uint64_t number) {
    if (before.is(ValueKind::string) && owner == number) {
        ids.put(before.string(), std::nullopt);
    }
    if (after.is(ValueKind::string)) {
        ids.put(after.string(), number);
    }
}

Properties properties_of(const std::vector<Column>& columns, std::size_t row) {
    Properties properties;
    for (std::uint32_t key = 0; key < columns.size(); ++key) {
        if (const auto cell = columns[key].at(row); !cell.is_null()) {
            properties.emplace_back(PropertyKeyId{key}, value_of(cell));
        }
    }
    return properties;
}

/// The record for writing; taken over from the base at its first change.
NodeRecord& edit(SnapshotData& data, NodeId id) {
    return data.nodes.edit(index_of(id), [&] {
        ++data.newer;
        return record_of(data, id);
    });
}

RelationshipRecord& edit(SnapshotData& data, RelationshipId id) {
    return data.relationships.edit(index_of(id), [&] {
        ++data.newer;
        return record_of(data, id);
    });
}

LabelChanges& changes_of(SnapshotData& data, LabelId label) {
    while (data.by_label.size() <= number(label)) {
        data.by_label.push_back(std::make_shared<LabelChanges>());
    }
    return own(data.by_label[number(label)]);
}

void count_label(SnapshotData& data, LabelId label, NodeId node) {
    auto& changes = changes_of(data, label);
    if (!erase_sorted(changes.removed, node)) {
        insert_sorted(changes.added, node);
    }
}

void discount_label(SnapshotData& data, LabelId label, NodeId node) {
    auto& changes = changes_of(data, label);
    if (!erase_sorted(changes.added, node)) {
        insert_sorted(changes.removed, node);
    }
}

}  // namespace

std::uint32_t Symbols::number_of(std::string_view name) {
    if (const auto known = numbers.find(name); known != numbers.end()) {
        return known->second;
    }
    names.emplace_back(name);
    return numbers.emplace(name, static_cast<std::uint32_t>(names.size() - 1)).first->second;
}

PublicIds::PublicIds() {
    static const auto empty = std::make_shared<Shard>();
    shards_.fill(empty);
}

std::size_t PublicIds::shard_of(std::string_view id) {
    return stable_hash(id) % shard_count;
}

const std::optional<std::uint64_t>* PublicIds::find(std::string_view id) const {
    const auto& shard = *shards_[shard_of(id)];
    const auto found = shard.find(id);
    return found == shard.end() ? nullptr : &found->second;
}

void PublicIds::put(std::string_view id, std::optional<std::uint64_t> number) {
    own(shards_[shard_of(id)]).insert_or_assign(std::string(id), number);
}

std::shared_ptr<SnapshotData> SnapshotData::settled(std::shared_ptr<const Base> base) {
    auto data = std::make_shared<SnapshotData>();
    data->revision = base->revision;
    data->node_limit = base->node_limit();
    data->relationship_limit = base->relationship_limit();
    data->alive_nodes = base->alive_nodes;
    data->alive_relationships = base->alive_relationships;
    const auto counts = base->type_counts.values();
    data->by_type.assign(counts.begin(), counts.end());
    data->base = std::move(base);
    return data;
}

std::optional<std::uint64_t> SnapshotData::find_node(std::string_view public_id) const {
    const auto* newer_id = node_ids.find(public_id);
    return newer_id != nullptr ? *newer_id : base->find_node(public_id);
}

std::optional<std::uint64_t> SnapshotData::find_relationship(std::string_view public_id) const {
    const auto* newer_id = relationship_ids.find(public_id);
    return newer_id != nullptr ? *newer_id : base->find_relationship(public_id);
}

NodeRecord record_of(const SnapshotData& data, NodeId id) {
    if (const auto* record = data.newer_node(id); record != nullptr) {
        return *record;
    }
    const auto i = index_of(id);
    NodeRecord record;
    if (data.base->has_node(i)) {
        record.alive = true;
        const auto labels = data.base->labels(i);
        record.labels.assign(labels.begin(), labels.end());
        record.properties = properties_of(data.base->node_columns, i);
        for (std::size_t direction = 0; direction < 2; ++direction) {
            const auto row = data.base->row(i, direction);
            record.rows[direction].assign(row.begin(), row.end());
        }
    }
    return record;
}

RelationshipRecord record_of(const SnapshotData& data, RelationshipId id) {
    if (const auto* record = data.newer_relationship(id); record != nullptr) {
        return *record;
    }
    const auto i = index_of(id);
    RelationshipRecord record;
    if (data.base->has_relationship(i)) {
        record.alive = true;
        const auto& ends = data.base->ends[i];
        record.ends = {NodeId{ends.from}, TypeId{ends.type}, NodeId{ends.to}};
        record.properties = properties_of(data.base->relationship_columns, i);
    }
    return record;
}

void put_property(SnapshotData& data, NodeId id, std::string_view key, const Value& value) {
    const PropertyKeyId key_id{symbol(data.keys, key)};
    const auto before = exchange(edit(data, id).properties, key_id, value);
    if (key == public_id_key) {
        renumber(data.node_ids, before, data.find_node(string_or_empty(before)), value, number(id));
    }
}

void put_property(SnapshotData& data, RelationshipId id, std::string_view key, const Value& value) {
    const PropertyKeyId key_id{symbol(data.keys, key)};
    const auto before = exchange(edit(data, id).properties, key_id, value);
    if (key == public_id_key) {
        renumber(data.relationship_ids, before, data.find_relationship(string_or_empty(before)),
                 value, number(id));
    }
}

void put_label(SnapshotData& data, NodeId id, std::string_view label) {
    const LabelId label_id{symbol(data.labels, label)};
    auto& labels = edit(data, id).labels;
    if (!std::binary_search(labels.begin(), labels.end(), label_id)) {
        insert_sorted(labels, label_id);
        count_label(data, label_id, id);
    }
}

void drop_label(SnapshotData& data, NodeId id, std::string_view label) {
    const auto known = data.labels->numbers.find(label);
    if (known == data.labels->numbers.end()) {
        return;
    }
    const LabelId label_id{known->second};
    if (erase_sorted(edit(data, id).labels, label_id)) {
        discount_label(data, label_id, id);
    }
}

void put_node(SnapshotData& data, NodeId id, const std::vector<std::string>& labels,
              const Map& properties) {
    data.node_limit = std::max(data.node_limit, index_of(id) + 1);
    edit(data, id).alive = true;
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
    data.relationship_limit = std::max(data.relationship_limit, index_of(id) + 1);
    auto& record = edit(data, id);
    record.alive = true;
    record.ends = {from, type_id, to};
    insert_sorted(edit(data, from).rows[0], Adjacent{type_id, to, id});
    insert_sorted(edit(data, to).rows[1], Adjacent{type_id, from, id});
    ++data.alive_relationships;
    data.by_type.resize(std::max<std::size_t>(data.by_type.size(), number(type_id) + 1));
    ++data.by_type[number(type_id)];
    for (const auto& [key, value] : properties) {
        put_property(data, id, key, value);
    }
}

void remove_node(SnapshotData& data, NodeId id) {
    const auto record = record_of(data, id);
    for (const auto label : record.labels) {
        drop_label(data, id, data.labels->names[number(label)]);
    }
    for (const auto& [key, value] : record.properties) {
        put_property(data, id, std::string(data.keys->names[number(key)]), Value());
    }
    edit(data, id).alive = false;
    --data.alive_nodes;
}

void remove_relationship(SnapshotData& data, RelationshipId id) {
    const auto record = record_of(data, id);
    const auto [from, type, to] = record.ends;
    erase_sorted(edit(data, from).rows[0], Adjacent{type, to, id});
    erase_sorted(edit(data, to).rows[1], Adjacent{type, from, id});
    for (const auto& [key, value] : record.properties) {
        put_property(data, id, std::string(data.keys->names[number(key)]), Value());
    }
    edit(data, id).alive = false;
    --data.alive_relationships;
    --data.by_type[number(type)];
}

}  // namespace khom::graph
