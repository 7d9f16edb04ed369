#include "graph/base.h"

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <utility>

#include "graph/failure.h"
#include "graph/value_order.h"

namespace khom::graph {

namespace {

std::optional<std::uint64_t> find(const Flat<std::uint32_t>& slots,
                                  const std::vector<Column>& columns, PropertyKeyId key,
                                  std::string_view public_id) {
    if (slots.empty()) {
        return std::nullopt;
    }
    const auto& ids = columns[number(key)];
    const auto mask = slots.size() - 1;
    for (auto at = stable_hash(public_id) & mask; slots[at] != Base::nothing;
         at = (at + 1) & mask) {
        const auto cell = ids.at(slots[at]);
        if (cell.kind == ValueKind::string && cell.bytes == public_id) {
            return slots[at];
        }
    }
    return std::nullopt;
}

}  // namespace

/// Where kinds are mixed, what was collected on the way does not hold: so from the finished column.
Flat<std::uint32_t> slots_of(const Column& ids) {
    if (ids.count == 0) {
        return {};
    }
    std::vector<std::uint32_t> slots(std::bit_ceil(ids.count + ids.count / 3 + 1), Base::nothing);
    const auto mask = slots.size() - 1;
    for (std::uint32_t row = 0; row < ids.rows; ++row) {
        const auto cell = ids.at(row);
        if (cell.kind == ValueKind::string) {
            auto at = stable_hash(cell.bytes) & mask;
            while (slots[at] != Base::nothing) {
                at = (at + 1) & mask;
            }
            slots[at] = row;
        }
    }
    return Flat(std::move(slots));
}

Flat<DaySpan> days_of(const Column& times) {
    // Times repeat, and equal texts lie in one place.
    std::unordered_map<const char*, DaySpan> known;
    std::vector<DaySpan> days;
    days.reserve(times.count);
    for (std::size_t index = 0; index < times.count; ++index) {
        const auto cell = times.cell(index);
        const auto text = cell.kind == ValueKind::string ? cell.bytes : std::string_view();
        const auto [at, is_new] = known.try_emplace(text.data());
        if (is_new) {
            at->second = days_of(text);
        }
        days.push_back(at->second);
    }
    return Flat(std::move(days));
}

std::optional<std::uint64_t> Base::find_node(std::string_view public_id) const {
    return find(node_slots, node_columns, id_key, public_id);
}

std::optional<std::uint64_t> Base::find_relationship(std::string_view public_id) const {
    return find(relationship_slots, relationship_columns, id_key, public_id);
}

std::vector<std::uint32_t> Base::candidates(PropertyKeyId key, std::size_t hash) const {
    if (number(key) >= node_columns.size() || node_columns[number(key)].count == 0) {
        return {};
    }
    const std::vector<Entry>* index = nullptr;
    {
        const std::lock_guard lock(indexing_);
        auto& made = indexes_[key];
        if (made.empty()) {
            const auto& column = node_columns[number(key)];
            made.reserve(column.count);
            for (std::uint32_t row = 0; row < column.rows; ++row) {
                if (const auto cell = column.at(row); !cell.is_null()) {
                    made.push_back({equivalence_hash(value_of(cell)), row});
                }
            }
            std::sort(made.begin(), made.end(), [](const Entry& left, const Entry& right) {
                return std::pair(left.hash, left.node) < std::pair(right.hash, right.node);
            });
        }
        index = &made;  // never changed again
    }
    std::vector<std::uint32_t> found;
    for (auto at = std::lower_bound(
             index->begin(), index->end(), hash,
             [](const Entry&entry, std::size_t wanted) { return entry.hash < wanted; });
         at != index->end() && at->hash == hash; ++at) {
        found.push_back(at->node);
    }
    return found;
}

void LabelSets::add(std::uint64_t id, std::span<const LabelId> labels) {
    of_node_.resize(static_cast<std::size_t>(id), Base::nothing);
    const auto next = static_cast<std::uint32_t>(numbers_.size());
    of_node_.push_back(numbers_.try_emplace({labels.begin(), labels.end()}, next).first->second);
}

void LabelSets::finish(Base& base, std::size_t node_limit) {
    of_node_.resize(node_limit, Base::nothing);
    std::vector<const std::vector<LabelId>*> sets(numbers_.size());
    for (const auto& [labels, number] : numbers_) {
        sets[number] = &labels;
    }
    std::vector<std::uint32_t> set_begins = {0};
    std::vector<LabelId> set_labels;
    std::size_t label_limit = 0;
    for (const auto* labels : sets) {
        set_labels.insert(set_labels.end(), labels->begin(), labels->end());
        set_begins.push_back(static_cast<std::uint32_t>(set_labels.size()));
        for (const auto label : *labels) {
            label_limit = std::max<std::size_t>(label_limit, number(label) + 1);
        }
    }
    std::vector<std::vector<std::uint32_t>> nodes_of(label_limit);
    for (std::uint32_t node = 0; node < of_node_.size(); ++node) {
        if (of_node_[node] != Base::nothing) {
            for (const auto label : *sets[of_node_[node]]) {
                nodes_of[number(label)].push_back(node);
            }
        }
    }
    std::vector<std::uint64_t> label_begins = {0};
    std::vector<std::uint32_t> label_nodes;
    for (const auto& nodes : nodes_of) {
        label_nodes.insert(label_nodes.end(), nodes.begin(), nodes.end());
        label_begins.push_back(label_nodes.size());
    }
    base.set_begins = Flat(std::move(set_begins));
    base.set_labels = Flat(std::move(set_labels));
    base.label_begins = Flat(std::move(label_begins));
    base.label_nodes = Flat(std::move(label_nodes));
    base.label_sets = Flat(std::exchange(of_node_, {}));
}

ColumnBuilder& BaseBuilder::column(std::vector<ColumnBuilder>& columns, PropertyKeyId key) const {
    while (columns.size() <= number(key)) {
        columns.emplace_back(PropertyKeyId{static_cast<std::uint32_t>(columns.size())} == id_key_
                                 ? ColumnBuilder::Repeats::distinct
                                 : ColumnBuilder::Repeats::possible);
    }
    return columns[number(key)];
}

void BaseBuilder::node(std::uint64_t id, std::span<const LabelId> labels) {
    label_sets_.add(id, labels);
    ++alive_nodes_;
}

void BaseBuilder::node_value(PropertyKeyId key, const Cell& cell) {
    auto& values = column(node_columns_, key);
    values.add(label_sets_.limit() - 1, cell);
    if (key == id_key_ && cell.kind == ValueKind::string && values.kind() == ValueKind::string) {
        node_ids_.put(values, static_cast<std::uint32_t>(label_sets_.limit() - 1));
    }
}

void BaseBuilder::relationship(std::uint64_t id, const Endpoints& ends) {
    ends_.resize(static_cast<std::size_t>(id), Ends{0, Base::nothing, 0});
    ends_.push_back({static_cast<std::uint32_t>(number(ends.from)), number(ends.type),
                     static_cast<std::uint32_t>(number(ends.to))});
    ++alive_relationships_;
}

void BaseBuilder::relationship_value(PropertyKeyId key, const Cell& cell) {
    auto& values = column(relationship_columns_, key);
    values.add(ends_.size() - 1, cell);
    if (key == id_key_ && cell.kind == ValueKind::string && values.kind() == ValueKind::string) {
        relationship_ids_.put(values, static_cast<std::uint32_t>(ends_.size() - 1));
    }
}

/// A counting sort by node and direction, then each row by type and neighbour; relationships come
/// in rising order.
void BaseBuilder::finish_rows(Base& base) const {
    std::vector<std::uint64_t> begins(2 * base.node_limit() + 1);
    const auto out_of = [](const Ends& ends) { return 2 * std::size_t{ends.from}; };
    const auto into = [](const Ends& ends) { return 2 * std::size_t{ends.to} + 1; };
    for (const auto& ends : ends_) {
        if (ends.type != Base::nothing) {
            ++begins[out_of(ends) + 1];
            ++begins[into(ends) + 1];
        }
    }
    for (std::size_t i = 1; i < begins.size(); ++i) {
        begins[i] += begins[i - 1];
    }
    std::vector<Adjacent> rows(2 * alive_relationships_);
    auto place = begins;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
        if (const auto& ends = ends_[i]; ends.type != Base::nothing) {
            const TypeId type{ends.type};
            rows[place[out_of(ends)]++] = {type, NodeId{ends.to}, RelationshipId{i}};
            rows[place[into(ends)]++] = {type, NodeId{ends.from}, RelationshipId{i}};
        }
    }
    for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
        std::sort(rows.begin() + static_cast<std::ptrdiff_t>(begins[i]),
                  rows.begin() + static_cast<std::ptrdiff_t>(begins[i + 1]));
    }
    base.begins = Flat(std::move(begins));
    base.rows = Flat(std::move(rows));
}

void BaseBuilder::IdTable::put(const ColumnBuilder& ids, std::uint32_t row) {
    const auto insert = [&](const Slot& slot) {
        const auto mask = slots.size() - 1;
        auto at = stable_hash(ids.text_at(slot.place)) & mask;
        while (slots[at].row != Base::nothing) {
            at = (at + 1) & mask;
        }
        slots[at] = slot;
    };
    if (4 * (count + 1) > 3 * slots.size()) {  // ten million ids in 134 MB
        const auto old = std::exchange(
            slots,
            std::vector<Slot>(std::max<std::size_t>(64, slots.size() * 2), Slot{0, Base::nothing}));
        for (const auto& slot : old) {
            if (slot.row != Base::nothing) {
                insert(slot);
            }
        }
    }
    insert({ids.last_place(), row});
    ++count;
}

std::optional<std::uint64_t> BaseBuilder::IdTable::find(const std::vector<ColumnBuilder>& columns,
                                                        PropertyKeyId key,
                                                        std::string_view public_id) const {
    if (slots.empty() || columns[number(key)].kind() != ValueKind::string) {
        return std::nullopt;
    }
    const auto& ids = columns[number(key)];
    const auto mask = slots.size() - 1;
    for (auto at = stable_hash(public_id) & mask; slots[at].row != Base::nothing;
         at = (at + 1) & mask) {
        if (ids.text_at(slots[at].place) == public_id) {
            return slots[at].row;
        }
    }
    return std::nullopt;
}

Flat<std::uint32_t> BaseBuilder::IdTable::rows_only() const {
    std::vector<std::uint32_t> rows;
    rows.reserve(slots.size());
    for (const auto& slot : slots) {
        rows.push_back(slot.row);
    }
    return Flat(std::move(rows));
}

std::optional<std::uint64_t> BaseBuilder::find_node(std::string_view public_id) const {
    return node_ids_.find(node_columns_, id_key_, public_id);
}

std::optional<std::uint64_t> BaseBuilder::find_relationship(std::string_view public_id) const {
    return relationship_ids_.find(relationship_columns_, id_key_, public_id);
}

std::shared_ptr<const Base> BaseBuilder::finish(std::size_t node_limit,
                                                std::size_t relationship_limit, Revision revision) {
    if (std::max(node_limit, relationship_limit) >= Base::nothing) {
        throw Fault("a graph of more than 2^32 - 2 nodes or relationships");
    }
    const auto base = std::make_shared<Base>();
    ends_.resize(relationship_limit, Ends{0, Base::nothing, 0});
    base->revision = revision;
    base->alive_nodes = alive_nodes_;
    base->alive_relationships = alive_relationships_;
    base->id_key = id_key_;
    label_sets_.finish(*base, node_limit);
    for (auto& column : std::exchange(node_columns_, {})) {
        base->node_columns.push_back(column.finish(node_limit));
    }
    for (auto& column : std::exchange(relationship_columns_, {})) {
        base->relationship_columns.push_back(column.finish(relationship_limit));
    }
    const auto slots = [&](const std::vector<Column>& columns, IdTable& table) {
        const auto collected = std::exchange(table, {});
        if (number(id_key_) >= columns.size()) {
            return Flat<std::uint32_t>();
        }
        const auto& ids = columns[number(id_key_)];
        return ids.kind == ValueKind::string ? collected.rows_only() : slots_of(ids);
    };
    base->time_key = time_key_;
    if (number(time_key_) < base->node_columns.size()) {
        base->node_days = days_of(base->node_columns[number(time_key_)]);
    }
    if (number(time_key_) < base->relationship_columns.size()) {
        base->relationship_days = days_of(base->relationship_columns[number(time_key_)]);
    }
    // Before the rows, which take much memory, the tables give theirs back.
    base->node_slots = slots(base->node_columns, node_ids_);
    base->relationship_slots = slots(base->relationship_columns, relationship_ids_);
    finish_rows(*base);
    std::vector<std::uint64_t> type_counts;
    for (const auto& ends : ends_) {
        if (ends.type != Base::nothing) {
            type_counts.resize(std::max<std::size_t>(type_counts.size(), ends.type + 1));
            ++type_counts[ends.type];
        }
    }
    base->type_counts = Flat(std::move(type_counts));
    base->ends = Flat(std::exchange(ends_, {}));
    return base;
}

}  // namespace khom::graph
