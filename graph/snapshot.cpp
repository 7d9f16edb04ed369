#include "graph/snapshot.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "graph/property_index.h"
#include "graph/reading_private.h"
#include "graph/settings.h"
#include "graph/snapshot_private.h"
#include "graph/value_order.h"

namespace khom::graph {

namespace {

std::size_t index_of(NodeId id) {
    return static_cast<std::size_t>(number(id));
}

std::size_t index_of(RelationshipId id) {
    return static_cast<std::size_t>(number(id));
}

template <class Record>
Map map_at(const SnapshotData& data, const Record* record, const std::vector<Column>& columns,
           std::size_t row) {
    Map map;
    if (record == nullptr) {
        for (std::size_t key = 0; key < columns.size(); ++key) {
            if (const auto cell = columns[key].at(row); !cell.is_null()) {
                map.emplace(data.keys->names[key], value_of(cell));
            }
        }
        return map;
    }
    for (const auto& [key, value] : record->properties) {
        map.emplace(data.keys->names[number(key)], value);
    }
    return map;
}

template <class Id>
std::optional<Id> symbol(const Symbols& symbols, std::string_view name) {
    const auto found = symbols.numbers.find(name);
    return found == symbols.numbers.end() ? std::nullopt : std::optional(Id{found->second});
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
    return data_->node_limit;
}

std::size_t Snapshot::relationship_id_limit() const {
    return data_->relationship_limit;
}

bool Snapshot::has(NodeId node) const {
    const auto* record = data_->newer_node(node);
    return record != nullptr ? record->alive : data_->base->has_node(index_of(node));
}

bool Snapshot::has(RelationshipId relationship) const {
    const auto* record = data_->newer_relationship(relationship);
    return record != nullptr ? record->alive
                             : data_->base->has_relationship(index_of(relationship));
}

std::optional<NodeId> Snapshot::find(std::string_view public_id) const {
    const auto found = data_->find_node(public_id);
    return found ? std::optional(NodeId{*found}) : std::nullopt;
}

std::optional<RelationshipId> Snapshot::find_relationship(std::string_view public_id) const {
    const auto found = data_->find_relationship(public_id);
    return found ? std::optional(RelationshipId{*found}) : std::nullopt;
}

std::optional<std::string> Snapshot::redirected(std::string_view public_id) const {
    // A merged node may have been merged further; a circle cannot be walked longer than there are
    // redirects.
    std::optional<std::string> now;
    if (setting_name(public_id)) {
        return now;
    }
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
    for (std::size_t i = 0; i < data_->node_limit; ++i) {
        if (has(NodeId{i})) {
            all.push_back(NodeId{i});
        }
    }
    return all;
}

std::vector<NodeId> Snapshot::nodes(LabelId label) const {
    static const LabelChanges none;
    const auto settled = data_->base->nodes_with(label);
    const auto& changes =
        number(label) < data_->by_label.size() ? *data_->by_label[number(label)] : none;
    std::vector<NodeId> all;
    all.reserve(settled.size() + changes.added.size());
    auto added = changes.added.begin();
    auto removed = changes.removed.begin();
    for (const auto i : settled) {
        const NodeId node{i};
        while (added != changes.added.end() && *added < node) {
            all.push_back(*added++);
        }
        while (removed != changes.removed.end() && *removed < node) {
            ++removed;
        }
        if (removed == changes.removed.end() || *removed != node) {
            all.push_back(node);
        }
    }
    all.insert(all.end(), added, changes.added.end());
    return all;
}

std::vector<NodeId> Snapshot::nodes_with(LabelId label, PropertyKeyId key,
                                         const Value& value) const {
    std::vector<NodeId> found;
    const auto add_if_it_is = [&](NodeId node) {
        if (has_label(node, label) && equals(property(node, key), value) == true) {
            found.push_back(node);
        }
    };
    if (data_->base->node_limit() == 0) {
        const auto all = nodes(label);
        std::for_each(all.begin(), all.end(), add_if_it_is);
        return found;
    }
    for (const auto i : data_->base->candidates(key, equivalence_hash(value))) {
        if (data_->newer_node(NodeId{i}) == nullptr) {
            add_if_it_is(NodeId{i});
        }
    }
    const auto settled = static_cast<std::ptrdiff_t>(found.size());
    data_->nodes.each([&](std::size_t i, const NodeRecord& record) {
        if (record.alive) {
            add_if_it_is(NodeId{i});
        }
    });
    std::inplace_merge(found.begin(), found.begin() + settled, found.end());
    return found;
}

std::size_t Snapshot::count(LabelId label) const {
    const auto settled = data_->base->nodes_with(label).size();
    if (number(label) >= data_->by_label.size()) {
        return settled;
    }
    const auto& changes = *data_->by_label[number(label)];
    return settled + changes.added.size() - changes.removed.size();
}

std::size_t Snapshot::count(TypeId type) const {
    return number(type) < data_->by_type.size() ? data_->by_type[number(type)] : 0;
}

std::vector<RelationshipId> Snapshot::relationships() const {
    std::vector<RelationshipId> all;
    all.reserve(data_->alive_relationships);
    for (std::size_t i = 0; i < data_->relationship_limit; ++i) {
        if (has(RelationshipId{i})) {
            all.push_back(RelationshipId{i});
        }
    }
    return all;
}

std::vector<RelationshipId> Snapshot::relationships(TypeId type) const {
    auto all = relationships();
    std::erase_if(all, [&](RelationshipId id) { return endpoints(id).type != type; });
    return all;
}

std::span<const LabelId> Snapshot::labels(NodeId node) const {
    const auto* record = data_->newer_node(node);
    return record != nullptr ? std::span<const LabelId>(record->labels)
                             : data_->base->labels(index_of(node));
}

bool Snapshot::has_label(NodeId node, LabelId label) const {
    const auto all = labels(node);
    return std::binary_search(all.begin(), all.end(), label);
}

std::span<const Adjacent> Snapshot::adjacent(NodeId node, Direction direction) const {
    assert(direction != Direction::both);
    const std::size_t way = direction == Direction::out ? 0 : 1;
    const auto* record = data_->newer_node(node);
    return record != nullptr ? std::span<const Adjacent>(record->rows[way])
                             : data_->base->row(index_of(node), way);
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
    return adjacent(node, Direction::out).size() + adjacent(node, Direction::in).size();
}

Endpoints Snapshot::endpoints(RelationshipId relationship) const {
    if (const auto* record = data_->newer_relationship(relationship); record != nullptr) {
        return record->ends;
    }
    const auto& ends = data_->base->ends[index_of(relationship)];
    return {NodeId{ends.from}, TypeId{ends.type}, NodeId{ends.to}};
}

Value Snapshot::property(NodeId node, PropertyKeyId key) const {
    return value_at(data_->newer_node(node), key, data_->base->node_columns, index_of(node));
}

std::optional<std::string_view> Snapshot::text(NodeId node, PropertyKeyId key) const {
    return text_at(data_->newer_node(node), key, data_->base->node_columns, index_of(node));
}

std::optional<std::int64_t> Snapshot::integer(NodeId node, PropertyKeyId key) const {
    return integer_at(data_->newer_node(node), key, data_->base->node_columns, index_of(node));
}

Value Snapshot::property(RelationshipId relationship, PropertyKeyId key) const {
    return value_at(data_->newer_relationship(relationship), key, data_->base->relationship_columns,
                    index_of(relationship));
}

std::optional<std::string_view> Snapshot::text(RelationshipId relationship,
                                               PropertyKeyId key) const {
    return text_at(data_->newer_relationship(relationship), key, data_->base->relationship_columns,
                   index_of(relationship));
}

std::optional<std::int64_t> Snapshot::integer(RelationshipId relationship,
                                              PropertyKeyId key) const {
    return integer_at(data_->newer_relationship(relationship), key,
                      data_->base->relationship_columns, index_of(relationship));
}

std::optional<DaySpan> Snapshot::days(NodeId node) const {
    const auto* record = data_->newer_node(node);
    return record != nullptr ? days_in(record->properties, property_key(valid_time_key))
                             : data_->base->days_of_node(index_of(node));
}

std::optional<DaySpan> Snapshot::days(RelationshipId relationship) const {
    const auto* record = data_->newer_relationship(relationship);
    return record != nullptr ? days_in(record->properties, property_key(valid_time_key))
                             : data_->base->days_of_relationship(index_of(relationship));
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
    return map_at(*data_, data_->newer_node(node), data_->base->node_columns, index_of(node));
}

Map Snapshot::properties(RelationshipId relationship) const {
    return map_at(*data_, data_->newer_relationship(relationship),
                  data_->base->relationship_columns, index_of(relationship));
}

std::shared_ptr<const PropertyIndex> Snapshot::index(LabelId label, PropertyKeyId key) const {
    return data_->indexes->find(*this, label, key);
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
