#pragma once

// The settled part of a snapshot: compressed sparse rows and columns, never changed once made.
// What is newer lies beside it, in tries (snapshot_private.h).

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "graph/columns.h"
#include "graph/edtf.h"
#include "graph/snapshot.h"

namespace khom::graph {

/// Ends and type of a relationship in twelve bytes; ids in a base are below 2^32 - 1.
struct Ends {
    std::uint32_t from = 0, type = 0, to = 0;
};

struct Base {
    static constexpr std::uint32_t nothing = 0xFFFFFFFFU;

    Revision revision{};
    std::size_t alive_nodes = 0, alive_relationships = 0;
    Flat<std::uint32_t> label_sets;    ///< of each node the number of its set; `nothing`: dead
    Flat<std::uint32_t> set_begins;    ///< where each set begins in set_labels, and the end
    Flat<LabelId> set_labels;          ///< rising in each set
    Flat<std::uint64_t> label_begins;  ///< where each label begins in label_nodes, and the end
    Flat<std::uint32_t> label_nodes;   ///< rising in each label
    Flat<Ends> ends;                   ///< of each relationship; type `nothing`: dead
    Flat<std::uint64_t> type_counts;
    /// Rows of neighbours, each node's out-row right before its in-row, so that one place in memory
    /// answers for both: where each begins, two a node, and the end.
    Flat<std::uint64_t> begins;
    Flat<Adjacent> rows;               ///< sorted in each row
    std::vector<Column> node_columns;  ///< by number of key; empty ones where there is none
    std::vector<Column> relationship_columns;
    Flat<std::uint32_t> node_slots;  ///< public id → node: open addressing; `nothing`: free
    Flat<std::uint32_t> relationship_slots;
    PropertyKeyId time_key{nothing};  ///< the number of `time`, if anything has one
    Flat<DaySpan> node_days;          ///< of each value in the column of `time`, parsed
    Flat<DaySpan> relationship_days;
    PropertyKeyId id_key{nothing};        ///< the number of `id`, if anything has one
    std::shared_ptr<const void> storage;  ///< the mapped file, if it lies in one

    std::size_t node_limit() const { return label_sets.size(); }
    std::size_t relationship_limit() const { return ends.size(); }
    bool has_node(std::size_t i) const { return i < label_sets.size() && label_sets[i] != nothing; }
    bool has_relationship(std::size_t i) const {
        return i < ends.size() && ends[i].type != nothing;
    }
    std::span<const LabelId> labels(std::size_t node) const {
        const auto set = label_sets[node];
        return set_labels.part(set_begins[set], set_begins[set + 1]);
    }
    std::span<const std::uint32_t> nodes_with(LabelId label) const {
        const auto i = number(label);
        return i + 1 < label_begins.size() ? label_nodes.part(label_begins[i], label_begins[i + 1])
                                           : std::span<const std::uint32_t>();
    }
    std::span<const Adjacent> row(std::size_t node, std::size_t direction) const {
        const auto at = 2 * node + direction;
        return rows.part(begins[at], begins[at + 1]);
    }
    Cell node_cell(std::size_t node, PropertyKeyId key) const {
        return number(key) < node_columns.size() ? node_columns[number(key)].at(node) : Cell();
    }
    Cell relationship_cell(std::size_t relationship, PropertyKeyId key) const {
        return number(key) < relationship_columns.size()
                   ? relationship_columns[number(key)].at(relationship)
                   : Cell();
    }
    /// None without a `time`.
    std::optional<DaySpan> days_of_node(std::size_t node) const {
        return days_at(node_columns, node_days, node);
    }
    std::optional<DaySpan> days_of_relationship(std::size_t relationship) const {
        return days_at(relationship_columns, relationship_days, relationship);
    }
    std::optional<std::uint64_t> find_node(std::string_view public_id) const;
    std::optional<std::uint64_t> find_relationship(std::string_view public_id) const;

    /// Nodes that may have a value equal to one of this equivalence_hash, rising. Made at the first
    /// question about a key.
    std::vector<std::uint32_t> candidates(PropertyKeyId key, std::size_t hash) const;

  private:
    std::optional<DaySpan> days_at(const std::vector<Column>& columns, const Flat<DaySpan>& days,
                                   std::size_t row) const {
        if (days.empty()) {
            return std::nullopt;
        }
        const auto index = columns[number(time_key)].index_of(row);
        return index == Column::none ? std::nullopt : std::optional(days[index]);
    }
    struct Entry {
        std::size_t hash;
        std::uint32_t node;
    };
    mutable std::mutex indexing_;
    mutable std::map<PropertyKeyId, std::vector<Entry>> indexes_;  // by hash, then node
};

/// Which labels the nodes have, each combination kept once.
class LabelSets {
  public:
    /// Nodes come in rising order of id.
    void add(std::uint64_t id, std::span<const LabelId> labels);
    std::size_t limit() const { return of_node_.size(); }
    bool has(std::uint64_t id) const {
        return id < of_node_.size() && of_node_[static_cast<std::size_t>(id)] != Base::nothing;
    }
    /// Sets what a base knows of labels; used up.
    void finish(Base& base, std::size_t node_limit);

  private:
    std::map<std::vector<LabelId>, std::uint32_t> numbers_;
    std::vector<std::uint32_t> of_node_;  // `nothing`: dead
};

/// What a finished column of times says in days, each value after the other.
Flat<DaySpan> days_of(const Column& times);

/// Public id → row of a finished column, as `Base::node_slots`; empty if it holds no text.
Flat<std::uint32_t> slots_of(const Column& ids);

/// Makes a base. Nodes come in rising order of id, then relationships in rising order; each with
/// its values right after it.
class BaseBuilder {
  public:
    void node(std::uint64_t id, std::span<const LabelId> labels);
    void node_value(PropertyKeyId key, const Cell& cell);
    void relationship(std::uint64_t id, const Endpoints& ends);
    void relationship_value(PropertyKeyId key, const Cell& cell);

    /// What was added so far.
    std::optional<std::uint64_t> find_node(std::string_view public_id) const;
    std::optional<std::uint64_t> find_relationship(std::string_view public_id) const;
    std::size_t node_limit() const { return label_sets_.limit(); }
    std::size_t relationship_limit() const { return ends_.size(); }
    bool has_node(std::uint64_t id) const { return label_sets_.has(id); }

    /// The key whose values are distinct.
    void set_id_key(PropertyKeyId key) { id_key_ = key; }
    /// The key whose values are times.
    void set_time_key(PropertyKeyId key) { time_key_ = key; }
    /// Ids below the limits that did not come are dead. The builder is used up.
    std::shared_ptr<const Base> finish(std::size_t node_limit, std::size_t relationship_limit,
                                       Revision revision);

  private:
    /// Public id → row, while building: open addressing over where the id lies in its column.
    struct IdTable {
        struct Slot {
            std::uint32_t place, row;
        };
        std::vector<Slot> slots;  // row `nothing`: free
        std::size_t count = 0;

        void put(const ColumnBuilder& ids, std::uint32_t row);
        std::optional<std::uint64_t> find(const std::vector<ColumnBuilder>& columns,
                                          PropertyKeyId key, std::string_view public_id) const;
        Flat<std::uint32_t> rows_only() const;
    };

    ColumnBuilder& column(std::vector<ColumnBuilder>& columns, PropertyKeyId key) const;
    void finish_rows(Base& base) const;

    LabelSets label_sets_;
    std::vector<Ends> ends_;
    std::vector<ColumnBuilder> node_columns_, relationship_columns_;
    IdTable node_ids_, relationship_ids_;
    std::size_t alive_nodes_ = 0, alive_relationships_ = 0;
    PropertyKeyId id_key_{Base::nothing}, time_key_{Base::nothing};
};

}  // namespace khom::graph
