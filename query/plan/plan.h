#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "query/cypher/statement.h"

namespace khom::query::plan {

using cypher::Expression;
using cypher::Slot;
struct Step;
using StepPtr = std::unique_ptr<Step>;

// What a filter asks of a row. Patterns become the two special forms, so that neither needs an
// expression of its own.

/// The property equals the value.
struct PropertyEquals {
    Slot subject{};
    std::string key;
    int key_number = -1;
    const Expression* value = nullptr;
};
/// The node has all labels.
struct LabelsPresent {
    Slot node{};
    std::vector<std::string> labels;
};
using Predicate = std::variant<const Expression*, PropertyEquals, LabelsPresent>;

// Steps. Each takes the rows of its source (Step::source); expressions belong to the statement.

/// The frame as it stands: one row.
struct Argument {};
/// All nodes, or those with a label.
struct NodeScan {
    Slot node{};
    std::string label;    ///< empty: all
    std::string pattern;  ///< as written, for messages
};
/// How many nodes have a label, or relationships a type, without looking at them: one row.
struct StoredCount {
    enum class What { nodes, relationships };
    Slot count{};
    What what = What::nodes;
    std::vector<std::string> names;  ///< a label, or types; none: all
};
/// Which values of a property are looked up: those equal to a value or to an element of a list,
/// those with a prefix, or those in a range, whose ends may be absent.
struct PropertyLookup {
    enum class Kind { equal, any_of, prefix, range };
    Kind kind = Kind::equal;
    std::string key;
    const Expression* value = nullptr;  ///< but for `range`
    const Expression *low = nullptr, *high = nullptr;
};
/// The node whose public id is the value, or an element of it. A value that is no string is looked
/// up among the properties `id`.
struct NodeById {
    Slot node{};
    std::string label;  ///< where the pattern has one
    PropertyLookup lookup;
};
/// The nodes of a label by a property index. It may give more nodes than are wanted: the predicates
/// it stands for follow as a filter.
struct NodeByProperty {
    Slot node{};
    std::string label;
    PropertyLookup lookup;
};
/// The ends of a relationship that is bound already; an end that is bound too must be the right
/// one.
struct Ends {
    Slot relationship{}, from{}, to{};
    std::vector<std::string> types;
    graph::Direction direction = graph::Direction::both;
    bool from_bound = false, to_bound = false;
    std::vector<Slot> distinct_from;
};
/// The relationships of a node. `into`: the other end is bound already, and only those that meet it
/// count.
struct Expand {
    Slot from{}, relationship{}, to{};
    std::vector<std::string> types;
    graph::Direction direction = graph::Direction::both;
    bool into = false;
    std::vector<Slot> distinct_from;  ///< relationships of the same MATCH it must differ from
    std::string pattern;              ///< the path as written, for messages
};
/// Trails of `min` to `max` relationships from a node; the slot gets their list in the order of the
/// pattern.
struct VarExpand {
    Expand hop;
    std::int64_t min = 1;
    std::optional<std::int64_t> max;
    bool reversed = false;    ///< walked against the order of the pattern
    bool list_bound = false;  ///< the relationships are given and are only followed
    std::vector<std::pair<std::string, const Expression*>>
        properties;  ///< every relationship has these
};
/// A path walked `min` to `max` times, each time from where it ended before, no relationship twice.
struct Repeat {
    StepPtr inner;  ///< one walk, from the node in `entry`
    Slot entry{}, exit{};
    Slot from{}, to{};
    Slot relationships{};  ///< gets the list of all, in the order of the pattern
    std::int64_t min = 1;
    std::optional<std::int64_t> max;
    bool into = false;                ///< `to` is bound already
    bool reversed = false;            ///< walked against the order of the pattern
    std::vector<Slot> distinct_from;  ///< as in Expand
    std::vector<Slot> walked;  ///< the relationships of one walk, in the order of the pattern
    std::vector<std::pair<Slot, Slot>> groups;  ///< a variable inside, its list outside
    std::string pattern;
};
/// Shortest trails between two bound nodes.
struct ShortestPath {
    Expand hop;
    std::int64_t min = 1;
    std::optional<std::int64_t> max;
    bool all = false;
    std::vector<std::pair<std::string, const Expression*>> properties;
};
struct Filter {
    std::vector<Predicate> predicates;
};
struct BuildPath {
    Slot path{};
    Slot start{};
    std::vector<Slot> relationships;  ///< single relationships and lists
};
/// The rows of `inner` for each row of the source; where there are none, `nulls` become null
/// (OPTIONAL MATCH).
struct Optional {
    StepPtr inner;
    std::vector<Slot> nulls;
};
struct Apply {
    StepPtr inner;
};
struct Unwind {
    const Expression* list = nullptr;
    Slot variable{};
};
struct Project {
    std::vector<std::pair<const Expression*, Slot>> items;
};
struct Aggregate {
    std::vector<std::pair<const Expression*, Slot>> keys;
    std::vector<std::pair<const Expression*, Slot>> aggregations;
};
struct Distinct {
    std::vector<Slot> columns;
};
struct SortKey {
    const Expression* expression = nullptr;
    bool descending = false;
};
struct Sort {
    std::vector<SortKey> keys;
    std::vector<Slot> kept;
    const Expression* skip = nullptr;  ///< with a limit: only the best skip + limit rows are held
    const Expression* limit = nullptr;
};
struct Skip {
    const Expression* count = nullptr;
};
struct Limit {
    const Expression* count = nullptr;
    bool writes_below =
        false;  ///< the source must run to its end for its effects, even if no row is wanted
};
/// Rows of several plans, one after the other, with their columns moved into common slots.
struct Union {
    struct Part {
        StepPtr plan;
        std::vector<std::pair<Slot, Slot>> moves;  ///< from, to
    };
    std::vector<Part> parts;
};
struct CallProcedure {
    const cypher::ProcedureCall* call = nullptr;
    /// Of a LIMIT that follows with nothing between: no more rows than both together are wanted.
    const Expression *skip = nullptr, *limit = nullptr;
};

// Steps that write take all their rows before they write the first: what they write is not seen by
// what they read.

struct Create {
    const std::vector<cypher::PathPattern>* paths = nullptr;
    std::vector<Slot> kept;
};
struct Merge {
    const cypher::Merge* merge = nullptr;
    StepPtr inner;  ///< finds the pattern
    std::vector<Slot> kept;
};
struct SetItems {
    const std::vector<cypher::SetItem>* items = nullptr;
    bool remove = false;
    std::vector<Slot> kept;
};
struct Delete {
    const cypher::Delete* clause = nullptr;
    std::vector<Slot> kept;
};

using Form = std::variant<Argument, NodeScan, StoredCount, NodeById, NodeByProperty, Ends, Expand,
                          VarExpand, Repeat, ShortestPath, Filter, BuildPath, Optional, Apply,
                          Unwind, Project, Aggregate, Distinct, Sort, Skip, Limit, Union,
                          CallProcedure, Create, Merge, SetItems, Delete>;

/// One step of a plan and where its rows come from. Immutable once planned; shared between
/// executions.
struct Step {
    Form form;
    StepPtr source;       ///< none for Argument and Union
    int number = 0;       ///< for PROFILE: in the order of plan_text
    double estimate = 0;  ///< rows, as far as the planner can tell
};

/// A statement ready to run.
struct Plan {
    cypher::Statement statement;  ///< owns all expressions
    StepPtr root;
    std::vector<StepPtr> subplans;  ///< of subqueries within expressions, by number
    int slot_count = 0;
    int step_count = 0;
    std::size_t node_count = 0;  ///< of the graph it was planned for
    bool writes = false;
    std::vector<std::string> columns;
    std::vector<Slot> column_slots;
    std::vector<std::string> parameters;  ///< that are read somewhere, by number
    std::vector<std::string> keys;        ///< property keys that are read, by number
};

}  // namespace khom::query::plan
