// From time to time what is newer is settled: a new base is made from a snapshot while writers go
// on, and what they wrote meanwhile is put on top of it.

#include <algorithm>
#include <vector>

#include "graph/batch.h"
#include "graph/snapshot_private.h"

namespace khom::graph {

namespace {

void add_node(BaseBuilder& builder, const SnapshotData& data, std::size_t i) {
    if (const auto* record = data.nodes.find(i); record != nullptr) {
        if (record->alive) {
            builder.node(i, record->labels);
            std::string encoded;
            for (const auto& [key, value] : record->properties) {
                builder.node_value(key, cell_of(value, encoded));
            }
        }
    } else if (data.base->has_node(i)) {
        builder.node(i, data.base->labels(i));
        const auto& columns = data.base->node_columns;
        for (std::uint32_t key = 0; key < columns.size(); ++key) {
            builder.node_value(PropertyKeyId{key}, columns[key].at(i));
        }
    }
}

void add_relationship(BaseBuilder& builder, const SnapshotData& data, std::size_t i) {
    if (const auto* record = data.relationships.find(i); record != nullptr) {
        if (record->alive) {
            builder.relationship(i, record->ends);
            std::string encoded;
            for (const auto& [key, value] : record->properties) {
                builder.relationship_value(key, cell_of(value, encoded));
            }
        }
    } else if (data.base->has_relationship(i)) {
        const auto& ends = data.base->ends[i];
        builder.relationship(i, {NodeId{ends.from}, TypeId{ends.type}, NodeId{ends.to}});
        const auto& columns = data.base->relationship_columns;
        for (std::uint32_t key = 0; key < columns.size(); ++key) {
            builder.relationship_value(PropertyKeyId{key}, columns[key].at(i));
        }
    }
}

/// What the record of `id` changes over a base that has an older one: labels and public ids, which
/// are indexed apart.
void take_over(SnapshotData& data, const SnapshotData& newest, NodeId id) {
    const auto& names = newest.labels->names;
    const auto before = record_of(data, id);
    const auto after = record_of(newest, id);
    for (const auto label : before.labels) {
        if (!std::binary_search(after.labels.begin(), after.labels.end(), label)) {
            drop_label(data, id, names[number(label)]);
        }
    }
    for (const auto label : after.labels) {
        put_label(data, id, names[number(label)]);
    }
}

template <class Records>
Value public_id(const Records& record, const SnapshotData& data) {
    const auto key = data.keys->numbers.find(kPublicId);
    if (key != data.keys->numbers.end()) {
        for (const auto& [number_of_key, value] : record.properties) {
            if (number(number_of_key) == key->second) {
                return value;
            }
        }
    }
    return {};
}

template <class Id>
struct Renamed {
    Id id;
    Value before, after;
};

/// All old ids go before any new one comes: two may have changed places.
template <class Id>
void rename(PublicIds& ids, const std::vector<Renamed<Id>>& all) {
    for (const auto& one : all) {
        if (one.before.is(ValueKind::string)) {
            ids.put(one.before.string(), std::nullopt);
        }
    }
    for (const auto& one : all) {
        if (one.after.is(ValueKind::string)) {
            ids.put(one.after.string(), number(one.id));
        }
    }
}

template <class Id>
void drop_properties(SnapshotData& data, Id id, const Properties& before, const Map& after) {
    for (const auto& [key, value] : before) {
        const auto name = data.keys->names[number(key)];
        if (!after.contains(name)) {
            put_property(data, id, name, Value());
        }
    }
}

template <class Id>
void put_properties(SnapshotData& data, Id id, const Map& after) {
    for (const auto& [key, value] : after) {
        put_property(data, id, key, value);
    }
}

/// All but the properties it gets.
void apply_labels_and_losses(SnapshotData& data, const NodeChange& change) {
    const auto before = record_of(data, change.id);
    if (!change.after) {
        if (before.alive) {
            remove_node(data, change.id);
        }
        return;
    }
    if (!before.alive) {
        put_node(data, change.id, {}, {});
    }
    const auto& labels = change.after->labels;
    for (const auto label : before.labels) {
        const auto name = data.labels->names[number(label)];
        if (!std::binary_search(labels.begin(), labels.end(), name)) {
            drop_label(data, change.id, name);
        }
    }
    for (const auto& label : labels) {
        put_label(data, change.id, label);
    }
    drop_properties(data, change.id, before.properties, change.after->properties);
}

void apply_after(SnapshotData& data, RelationshipId id, const Relationship& after) {
    const auto before = record_of(data, id);
    if (!before.alive) {
        put_relationship(data, id, after.from, after.type, after.to, after.properties);
        return;
    }
    drop_properties(data, id, before.properties, after.properties);
    put_properties(data, id, after.properties);
}

}  // namespace

std::shared_ptr<const Base> rebuilt(const SnapshotData& data) {
    BaseBuilder builder;
    if (const auto key = data.keys->numbers.find(kPublicId); key != data.keys->numbers.end()) {
        builder.set_id_key(PropertyKeyId{key->second});
    }
    for (std::size_t i = 0; i < data.node_limit; ++i) {
        add_node(builder, data, i);
    }
    for (std::size_t i = 0; i < data.relationship_limit; ++i) {
        add_relationship(builder, data, i);
    }
    return builder.finish(data.node_limit, data.relationship_limit, data.revision);
}

std::shared_ptr<SnapshotData> rebased(const SnapshotData& newest, const SnapshotData& older,
                                      std::shared_ptr<const Base> base) {
    auto data = SnapshotData::settled(std::move(base));
    data->revision = newest.revision;
    data->labels = newest.labels;
    data->types = newest.types;
    data->keys = newest.keys;
    data->redirects = newest.redirects;
    std::vector<Renamed<NodeId>> renamed_nodes;
    newest.nodes.each_newer(older.nodes, [&](std::size_t i) {
        const NodeId id{i};
        renamed_nodes.push_back({id, public_id(record_of(*data, id), newest),
                                 public_id(record_of(newest, id), newest)});
        take_over(*data, newest, id);
        data->nodes.share(i, newest.nodes);
    });
    rename(data->node_ids, renamed_nodes);
    std::vector<Renamed<RelationshipId>> renamed_relationships;
    newest.relationships.each_newer(older.relationships, [&](std::size_t i) {
        const RelationshipId id{i};
        renamed_relationships.push_back({id, public_id(record_of(*data, id), newest),
                                         public_id(record_of(newest, id), newest)});
        data->relationships.share(i, newest.relationships);
    });
    rename(data->relationship_ids, renamed_relationships);
    data->newer = renamed_nodes.size() + renamed_relationships.size();
    data->node_limit = newest.node_limit;
    data->relationship_limit = newest.relationship_limit;
    data->alive_nodes = newest.alive_nodes;
    data->alive_relationships = newest.alive_relationships;
    data->by_type = newest.by_type;
    return data;
}

void apply(SnapshotData& data, const Batch& batch) {
    // Relationships that go, go first; nodes that come, come before what leads to them; public ids
    // are set after all that lose theirs have lost them.
    for (const auto& change : batch.relationships) {
        if (!change.after && record_of(data, change.id).alive) {
            remove_relationship(data, change.id);
        }
    }
    for (const auto& change : batch.nodes) {
        apply_labels_and_losses(data, change);
    }
    for (const auto& change : batch.nodes) {
        if (change.after) {
            put_properties(data, change.id, change.after->properties);
        }
    }
    for (const auto& change : batch.relationships) {
        if (change.after) {
            apply_after(data, change.id, *change.after);
        }
    }
    for (const auto& redirect : batch.redirects) {
        if (redirect.into.empty()) {
            own(data.redirects).erase(redirect.from);
        } else {
            own(data.redirects)[redirect.from] = redirect.into;
        }
    }
}

}  // namespace khom::graph
