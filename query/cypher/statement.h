#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "graph/snapshot.h"
#include "query/cypher/expression.h"

namespace khom::query {
struct Procedure;
}

namespace khom::query::cypher {

/// `(variable:Label {properties})`
struct NodePattern {
    Variable variable;  ///< name empty where the pattern gives none
    std::vector<std::string> labels;
    ExpressionPtr properties;
    graph::Span span;
    bool bound = false;  ///< by an earlier clause or an earlier part of the pattern (binder)
};

/// Hops of a variable-length relationship; no `max` is unbounded.
struct HopRange {
    std::int64_t min = 1;
    std::optional<std::int64_t> max;
};

struct QuantifiedPath;

/// `-[variable:TYPE|TYPE *1..3 {properties}]->`, or in its place a quantified path.
struct RelationshipPattern {
    Variable variable;
    std::vector<std::string> types;
    graph::Direction direction = graph::Direction::both;
    bool both_arrows = false;  ///< written `<-->`
    std::optional<HopRange> hops;
    ExpressionPtr properties;
    graph::Span span;
    bool bound = false;
    /// GQL's `((a)-[:X]->(b) WHERE …){1,3}`: `hops` counts how often it is walked, the variable,
    /// which has no name, is the list of all its relationships.
    std::shared_ptr<QuantifiedPath> quantified;
};

enum class PathSearch { every, any_shortest, all_shortest };

/// One path: a node, and relationships each followed by a node.
struct PathPattern {
    Variable variable;
    PathSearch search = PathSearch::every;
    std::vector<NodePattern> nodes;
    std::vector<RelationshipPattern> relationships;
    graph::Span span;
};

/// A path that is walked several times, each time from where it ended before.
struct QuantifiedPath {
    PathPattern path;
    ExpressionPtr where;
    /// Outside, each named variable is the list of what it was each time (binder).
    std::vector<std::pair<Slot, Variable>> groups;
};

struct Match {
    bool optional = false;
    std::vector<PathPattern> paths;
    ExpressionPtr where;
};
struct Unwind {
    ExpressionPtr list;
    Variable variable;
};

struct ProjectionItem {
    ExpressionPtr expression;
    std::string name;  ///< the alias, or the expression as written
    bool aliased = false;
    Slot slot = no_slot;
};
struct SortItem {
    ExpressionPtr expression;
    bool descending = false;
};
/// An aggregating call lifted out of an expression: the value stands in `slot` afterwards.
struct Aggregation {
    ExpressionPtr call;
    Slot slot = no_slot;
};
/// WITH and RETURN.
struct Projection {
    bool is_return = false;
    bool distinct = false;
    bool star = false;  ///< `*` is replaced by items in the binder
    std::vector<ProjectionItem> items;
    std::vector<SortItem> order;
    ExpressionPtr skip, limit;
    ExpressionPtr where;

    // Filled by the binder.
    std::vector<Aggregation> aggregations;
    std::vector<std::pair<ExpressionPtr, Slot>>
        grouping;  ///< key expressions and where their values go
    bool aggregates = false;
};

struct Create {
    std::vector<PathPattern> paths;
};

struct SetProperty {
    ExpressionPtr subject;
    std::string key;
    ExpressionPtr value;
};
struct SetProperties {
    ExpressionPtr subject;  ///< a variable
    ExpressionPtr value;
    bool merge = false;  ///< `+=`
};
struct SetLabels {
    ExpressionPtr subject;
    std::vector<std::string> labels;
};
using SetItem = std::variant<SetProperty, SetProperties, SetLabels>;
struct Set {
    std::vector<SetItem> items;
};
/// Removing a property is setting it to null; the labels of `SetLabels` are taken away.
struct Remove {
    std::vector<SetItem> items;
};
struct Merge {
    PathPattern path;
    std::vector<SetItem> on_create, on_match;
};
struct Delete {
    bool detach = false;
    std::vector<ExpressionPtr> targets;
};

struct YieldItem {
    std::string field;
    Variable variable;
};
struct ProcedureCall {
    std::string name;
    bool implicit_arguments = false;  ///< written without parentheses
    std::vector<ExpressionPtr> arguments;
    bool yields = false;  ///< YIELD is there
    bool yield_star = false;
    std::vector<YieldItem> items;
    ExpressionPtr where;
    bool standalone = false;               ///< the whole statement
    const Procedure* procedure = nullptr;  ///< found by the binder
    std::vector<std::pair<std::size_t, Slot>>
        outputs;  ///< which output column goes to which slot (binder)
};
/// `CALL { … }`
struct CallSubquery {
    std::unique_ptr<Query> query;
};

using ClauseVariant = std::variant<Match, Unwind, Projection, Create, Merge, Set, Remove, Delete,
                                   ProcedureCall, CallSubquery>;
struct Clause {
    ClauseVariant form;
    graph::Span span;
    std::vector<Slot> live;  ///< slots of the variables that are visible before the clause (binder)
};

struct SingleQuery {
    std::vector<Clause> clauses;

    // Filled by the binder: what it returns, if it does.
    std::vector<std::string> columns;
    std::vector<Slot> column_slots;
};
/// Single queries joined by UNION.
struct Query {
    std::vector<SingleQuery> parts;
    bool union_all = false;
    bool mixed_union = false;  ///< UNION and UNION ALL in one statement: refused by the binder
    graph::Span span;

    // Filled by the binder: of a UNION the first part's columns, in slots of their own.
    std::vector<std::string> columns;
    std::vector<Slot> column_slots;
};

enum class StatementMode { run, explain, profile };
struct Statement {
    StatementMode mode = StatementMode::run;
    Query query;
    std::string text;  ///< what was parsed; spans point into it
};

}  // namespace khom::query::cypher
