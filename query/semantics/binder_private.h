#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "query/cypher/statement.h"
#include "query/procedures.h"
#include "query/refused.h"
#include "query/semantics/binder.h"
#include "query/semantics/scope.h"

namespace khom::query::semantics {

/// Walks a statement once. Clauses are in bind_clauses.cpp, patterns in bind_patterns.cpp, WITH and
/// RETURN in bind_projection.cpp, expressions in bind_expression.cpp. Every member throws Refused.
class Binder {
  public:
    explicit Binder(const Procedures& procedures) : procedures_(procedures) {}
    Binding statement(cypher::Statement& statement);

  private:
    // Queries and clauses.
    enum class QueryPlace { statement, exists, call };
    void query(cypher::Query& query, QueryPlace place);
    void union_columns(cypher::Query& query);
    void single_query(cypher::SingleQuery& single, QueryPlace place);
    void composition(const cypher::SingleQuery& single, QueryPlace place) const;
    void clause(cypher::Clause& clause, QueryPlace place);
    void match(cypher::Match& match);
    void unwind(cypher::Unwind& unwind);
    void create(cypher::Create& create);
    void merge(cypher::Merge& merge);
    void set_items(std::vector<cypher::SetItem>& items);
    void delete_targets(cypher::Delete& clause);
    void call_procedure(cypher::ProcedureCall& call, const graph::Span& span);
    void call_arguments(cypher::ProcedureCall& call, const graph::Span& span);
    void yield(cypher::ProcedureCall& call, const graph::Span& span);
    void call_subquery(cypher::CallSubquery& call);

    // Patterns.
    enum class PatternUse { match, create, merge, predicate, comprehension };
    void pattern(std::vector<cypher::PathPattern>& paths, PatternUse use);
    static void limit_nodes(std::size_t nodes, const graph::Span& span);
    void declare_path(cypher::PathPattern& path, PatternUse use,
                      std::set<std::string>& seen_relationships);
    void declare_node(cypher::NodePattern& node, PatternUse use, bool alone);
    void declare_relationship(cypher::RelationshipPattern& relationship, PatternUse use,
                              std::set<std::string>& seen_relationships);
    void declare_quantified(cypher::RelationshipPattern& relationship, PatternUse use);
    void declare_groups(cypher::RelationshipPattern& relationship, const Scope& inside);
    void check_written(const cypher::RelationshipPattern& relationship, PatternUse use) const;
    void pattern_properties(cypher::PathPattern& path, PatternUse use);

    // WITH and RETURN.
    void projection(cypher::Projection& projection);
    void expand_star(cypher::Projection& projection) const;
    void bind_items(cypher::Projection& projection, std::vector<Type>& types);
    void lift_items(cypher::Projection& projection);
    void bind_order_and_where(cypher::Projection& projection, const std::vector<Type>& types);
    void sort_expression(cypher::Projection& projection, cypher::ExpressionPtr& expression);
    void replace_projected(const cypher::Projection& projection,
                           cypher::ExpressionPtr& expression) const;
    void sort_by_aggregation(const cypher::Projection& projection,
                             cypher::ExpressionPtr& expression);
    void lift_aggregations(cypher::Projection& projection, cypher::ExpressionPtr& expression);
    void require_grouped(const cypher::Projection& projection, cypher::ExpressionPtr& expression);
    void with_locals(cypher::Expression& expression,
                     const std::function<void(cypher::ExpressionPtr&)>& visit);
    void row_count(cypher::ExpressionPtr& expression, const char* clause);

    // Expressions.
    enum class AggregationPlace { forbidden, allowed, within };
    Type expression(cypher::Expression& expression);
    Type predicate(cypher::Expression& expression);
    Type bind(cypher::Literal& form, const graph::Span& span);
    Type bind(cypher::Parameter& form, const graph::Span& span);
    Type bind(cypher::Variable& form, const graph::Span& span);
    Type bind(cypher::Property& form, const graph::Span& span);
    Type bind(cypher::HasLabels& form, const graph::Span& span);
    Type bind(cypher::ListLiteral& form, const graph::Span& span);
    Type bind(cypher::MapLiteral& form, const graph::Span& span);
    Type bind(cypher::MapProjection& form, const graph::Span& span);
    Type bind(cypher::Unary& form, const graph::Span& span);
    Type bind(cypher::Binary& form, const graph::Span& span);
    Type bind(cypher::Comparison& form, const graph::Span& span);
    Type bind(cypher::Subscript& form, const graph::Span& span);
    Type bind(cypher::Slice& form, const graph::Span& span);
    Type bind(cypher::Case& form, const graph::Span& span);
    Type bind(cypher::Call& form, const graph::Span& span);
    Type bind(cypher::CountStar& form, const graph::Span& span);
    Type bind(cypher::ListComprehension& form, const graph::Span& span);
    Type bind(cypher::Quantifier& form, const graph::Span& span);
    Type bind(cypher::Reduce& form, const graph::Span& span);
    Type bind(cypher::PatternComprehension& form, const graph::Span& span);
    Type bind(cypher::Subquery& form, const graph::Span& span);
    Type aggregate_call(cypher::Call& call, const graph::Span& span);
    void require_aggregation_here(const std::string& name, const graph::Span& span) const;
    Type numeric(cypher::Binary& binary, TypeSet also);
    Type sum(cypher::Binary& binary, const graph::Span& span);
    Type logical(cypher::Expression& operand);
    Type element_of(cypher::Expression& list, const char* what);
    template <class Bind>
    Type with_variable(cypher::Variable& variable, Type type, Bind bind);
    template <class Each>
    Type over_list(cypher::Expression& list, Each each);

    cypher::Slot new_slot() { return slot_count_++; }
    static int number_of(const std::string& name, std::vector<std::string>& names);
    cypher::Slot declare(const std::string& name, Type type);
    const Symbol& require_variable(const std::string& name, const graph::Span& span) const;
    std::vector<cypher::Slot> live_slots() const;

    const Procedures& procedures_;
    Scope scope_;
    const Scope* before_pattern_ = nullptr;  ///< what was visible before the pattern being bound
    int slot_count_ = 0;
    int subplan_count_ = 0;
    bool writes_ = false;
    AggregationPlace aggregation_ = AggregationPlace::forbidden;
    bool pattern_allowed_ = false;  ///< whether a bare pattern may stand here as a predicate
    std::vector<std::string> parameters_;
    std::vector<std::string> keys_;
    std::set<cypher::Slot> read_;
    std::set<std::string>
        locals_;  ///< variables of comprehensions inside expressions that aggregate
};

/// Whether an aggregating call stands anywhere in the expression.
bool has_aggregation(const cypher::Expression& expression);

/// " Did you mean 'toUpper'?", or nothing.
std::string did_you_mean(std::string_view given, const std::vector<std::string>& known);

[[noreturn]] inline void syntax(const char* detail, std::string message, const graph::Span& span) {
    reject(graph::RefusalCode::syntax_error, detail, std::move(message), span);
}

}  // namespace khom::query::semantics
