// From time to time what is newer is settled: a new base is made from a snapshot while writers go
// on, and what they wrote meanwhile is put on top of it.

#include <algorithm>
#include <vector>

#include "graph/base_file.h"
#include "graph/batch.h"
#include "graph/failure.h"
#include "graph/reading_private.h"
#include "graph/snapshot_private.h"

namespace khom::graph {

namespace {

/// Makes a base array by array: what is finished goes to the file, where there is one, so that the
/// largest array is all the memory it takes.
class Rebuilding {
  public:
    Rebuilding(const SnapshotData& data, const RebuildInto& into) : data_(data), into_(into) {}

    std::shared_ptr<const Base> base() {
        make_labels();
        make_ends();
        make_rows();
        base_->id_key = key_of(public_id_key);
        base_->time_key = key_of(valid_time_key);
        make_columns(data_.nodes, data_.base->node_columns, data_.node_limit,
                     {base_->node_columns, base_->node_slots, base_->node_days});
        make_columns(
            data_.relationships, data_.base->relationship_columns, data_.relationship_limit,
            {base_->relationship_columns, base_->relationship_slots, base_->relationship_days});
        base_->revision = data_.revision;
        base_->alive_nodes = data_.alive_nodes;
        base_->alive_relationships = data_.alive_relationships;
        return base_;
    }

  private:
    void claim(std::size_t bytes) const {
        if (kept_ + bytes > into_.memory_bytes) {
            throw Fault("settling what is newer takes more than the " +
                        std::to_string(into_.memory_bytes) + " bytes it may use");
        }
    }
    template <class T>
    void take(Flat<T>& array) {
        if (into_.file != nullptr) {
            into_.file->write(array);
            array = {};
        } else {
            kept_ += array.size() * sizeof(T);
        }
    }
    void make_labels();
    void make_ends();
    void make_rows();
    /// The columns of nodes or of relationships, and what is made of two of them.
    struct Columns {
        std::vector<Column>& all;
        Flat<std::uint32_t>& slots;
        Flat<DaySpan>& days;
    };
    PropertyKeyId key_of(const char* name) const {
        const auto found = data_.keys->numbers.find(name);
        return PropertyKeyId{found == data_.keys->numbers.end() ? Base::nothing : found->second};
    }
    template <class Record>
    void make_columns(const Trie<Record>& records, const std::vector<Column>& settled,
                      std::size_t limit, Columns made);
    template <class Record>
    Column column(const Trie<Record>& records, const Column* settled, std::size_t limit,
                  PropertyKeyId key) const;

    const SnapshotData& data_;
    RebuildInto into_;
    std::shared_ptr<Base> base_ = std::make_shared<Base>();
    std::size_t kept_ = 0;
};

void Rebuilding::make_labels() {
    claim(3 * data_.node_limit * sizeof(std::uint32_t));
    LabelSets sets;
    for (std::size_t i = 0; i < data_.node_limit; ++i) {
        if (const auto* record = data_.nodes.find(i); record != nullptr) {
            if (record->alive) {
                sets.add(i, record->labels);
            }
        } else if (data_.base->has_node(i)) {
            sets.add(i, data_.base->labels(i));
        }
    }
    sets.finish(*base_, data_.node_limit);
    take(base_->label_sets);
    take(base_->label_nodes);
}

void Rebuilding::make_ends() {
    claim(data_.relationship_limit * sizeof(Ends));
    std::vector<Ends> all(data_.relationship_limit, Ends{0, Base::nothing, 0});
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (const auto* record = data_.relationships.find(i); record == nullptr) {
            all[i] = data_.base->has_relationship(i) ? data_.base->ends[i] : all[i];
        } else if (record->alive) {
            all[i] = {static_cast<std::uint32_t>(number(record->ends.from)),
                      number(record->ends.type),
                      static_cast<std::uint32_t>(number(record->ends.to))};
        }
    }
    base_->ends = Flat(std::move(all));
    take(base_->ends);
    base_->type_counts =
        Flat(std::vector<std::uint64_t>(data_.by_type.begin(), data_.by_type.end()));
}

/// Each row is sorted already, whether it is settled or newer.
void Rebuilding::make_rows() {
    claim(2 * data_.alive_relationships * sizeof(Adjacent) +
          2 * data_.node_limit * sizeof(std::uint64_t));
    std::vector<std::uint64_t> begins = {0};
    begins.reserve(2 * data_.node_limit + 1);
    std::vector<Adjacent> rows;
    rows.reserve(2 * data_.alive_relationships);
    for (std::size_t i = 0; i < data_.node_limit; ++i) {
        const auto* record = data_.nodes.find(i);
        for (const std::size_t direction : {0U, 1U}) {
            if (record != nullptr) {
                const auto& row = record->rows.at(direction);
                rows.insert(rows.end(), row.begin(), row.end());
            } else if (i < data_.base->node_limit()) {
                const auto row = data_.base->row(i, direction);
                rows.insert(rows.end(), row.begin(), row.end());
            }
            begins.push_back(rows.size());
        }
    }
    base_->begins = Flat(std::move(begins));
    base_->rows = Flat(std::move(rows));
    take(base_->rows);
    take(base_->begins);
}

template <class Record>
Column Rebuilding::column(const Trie<Record>& records, const Column* settled, std::size_t limit,
                          PropertyKeyId key) const {
    constexpr std::size_t rows_between_claims = 4096;
    ColumnBuilder builder(key == base_->id_key ? ColumnBuilder::Repeats::distinct
                                               : ColumnBuilder::Repeats::possible);
    if (settled != nullptr) {
        builder.expect_like(*settled);
    }
    std::string encoded;
    for (std::size_t i = 0; i < limit; ++i) {
        if (const auto* record = records.find(i); record != nullptr) {
            const auto* value = record->alive ? find_value(record->properties, key) : nullptr;
            builder.add(i, value == nullptr ? Cell() : cell_of(*value, encoded));
        } else if (settled != nullptr) {
            builder.add(i, settled->at(i));
        }
        if (i % rows_between_claims == 0) {
            claim(builder.bytes());
        }
    }
    claim(builder.bytes());
    return builder.finish(limit);
}

template <class Record>
void Rebuilding::make_columns(const Trie<Record>& records, const std::vector<Column>& settled,
                              std::size_t limit, Columns made) {
    made.all.resize(data_.keys->names.size());  // at once: the file knows arrays by their place
    for (std::uint32_t i = 0; i < made.all.size(); ++i) {
        const PropertyKeyId key{i};
        auto& one = made.all[i] =
            column(records, i < settled.size() ? &settled[i] : nullptr, limit, key);
        if (key == base_->id_key) {
            claim(one.heap.size() * sizeof(i) + 4 * one.count * sizeof(i));
            made.slots = slots_of(one);
            take(made.slots);
        }
        if (key == base_->time_key) {
            claim(one.heap.size() * sizeof(i) + one.count * sizeof(DaySpan));
            made.days = days_of(one);
            take(made.days);
        }
        for (auto* array : {&one.narrow, &one.heap, &one.ranks}) {
            take(*array);
        }
        take(one.wide);
        take(one.present);
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
    const auto key = data.keys->numbers.find(public_id_key);
    const auto* value = key == data.keys->numbers.end()
                            ? nullptr
                            : find_value(record.properties, PropertyKeyId{key->second});
    return value == nullptr ? Value() : *value;
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

std::shared_ptr<const Base> rebuilt(const SnapshotData& data, const RebuildInto& into) {
    if (std::max(data.node_limit, data.relationship_limit) >= Base::nothing) {
        throw Fault("a graph of more than 2^32 - 2 nodes or relationships");
    }
    return Rebuilding(data, into).base();
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
