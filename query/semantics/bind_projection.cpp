// WITH and RETURN. Where an item aggregates, items without aggregation are the grouping keys; an
// aggregating call is lifted out of its expression into a slot of its own, and what is left of the
// expression may only speak of keys.

#include <algorithm>
#include <set>

#include "query/cypher/ast_text.h"
#include "query/cypher/walk.h"
#include "query/functions/aggregate.h"
#include "query/semantics/binder_private.h"

namespace khom::query::semantics {

using namespace cypher;
using graph::Span;

void Binder::projection(Projection& clause) {
    expand_star(clause);
    std::vector<Type> types;
    bind_items(clause, types);
    lift_items(clause);
    bind_order_and_where(clause, types);
    Scope after;
    for (std::size_t i = 0; i < clause.items.size(); ++i) {
        if (!clause.is_return && !clause.items[i].aliased) {
            syntax("NoExpressionAlias", "An expression in WITH needs a name: … AS name.",
                   clause.items[i].expression->span);
        }
        after.declare(clause.items[i].name, {clause.items[i].slot, types[i]});
    }
    scope_ = after;
}

void Binder::expand_star(Projection& clause) const {
    if (!clause.star) return;
    std::set<std::string> names;
    for (const auto& [name, symbol] : scope_.symbols()) {
        if (!name.empty()) names.insert(name);
    }
    if (names.empty() && clause.is_return) {
        syntax("NoVariablesInScope",
               "RETURN * needs at least one variable, and none is defined here.", Span{});
    }
    std::vector<ProjectionItem> items;
    for (const auto& name : names) {
        ProjectionItem item;
        item.expression = make_expression(Variable{name}, Span{});
        item.name = name;
        item.aliased = true;
        items.push_back(std::move(item));
    }
    for (auto& item : clause.items) items.push_back(std::move(item));
    clause.items = std::move(items);
}

void Binder::bind_items(Projection& clause, std::vector<Type>& types) {
    std::set<std::string> names;
    for (auto& item : clause.items) {
        if (!names.insert(item.name).second) {
            syntax("ColumnNameConflict", "Two columns are called '" + item.name + "'.",
                   item.expression->span);
        }
        aggregation_ = AggregationPlace::allowed;
        types.push_back(expression(*item.expression));
        aggregation_ = AggregationPlace::forbidden;
        clause.aggregates |= has_aggregation(*item.expression);
        const auto* variable = item.expression->as<Variable>();
        item.slot = variable != nullptr && !clause.aggregates ? variable->slot : new_slot();
    }
}

/// Keys keep their expression in `grouping` and stand as slots afterwards; the rest has its
/// aggregations lifted.
void Binder::lift_items(Projection& clause) {
    if (!clause.aggregates) return;
    for (auto& item : clause.items) {
        if (has_aggregation(*item.expression)) continue;
        const auto span = item.expression->span;
        clause.grouping.emplace_back(std::move(item.expression), item.slot);
        item.expression = make_expression(Variable{item.name, item.slot}, span);
    }
    for (auto& item : clause.items) {
        if (has_aggregation(*item.expression)) lift_aggregations(clause, item.expression);
    }
}

namespace {

bool is_aggregation(const Expression& expression) {
    const auto* call = expression.as<Call>();
    return expression.as<CountStar>() != nullptr ||
           (call != nullptr && functions::find_aggregate(call->name).has_value());
}

}  // namespace

void Binder::lift_aggregations(Projection& clause, ExpressionPtr& expression) {
    if (is_aggregation(*expression)) {
        const auto slot = new_slot();
        const auto span = expression->span;
        auto text = ast_text(*expression);
        clause.aggregations.push_back({std::move(expression), slot});
        expression = make_expression(Variable{std::move(text), slot}, span);
        return;
    }
    if (!has_aggregation(*expression)) {
        require_grouped(clause, expression);
        return;
    }
    with_locals(*expression, [&](ExpressionPtr& child) { lift_aggregations(clause, child); });
}

/// Visits the children while the variables that the expression binds itself count as local: they
/// are of no row.
void Binder::with_locals(Expression& expression, const std::function<void(ExpressionPtr&)>& visit) {
    const auto outer = locals_;
    if (const auto* form = expression.as<ListComprehension>()) locals_.insert(form->variable.name);
    if (const auto* form = expression.as<Quantifier>()) locals_.insert(form->variable.name);
    if (const auto* form = expression.as<Reduce>())
        locals_.insert({form->variable.name, form->accumulator.name});
    for_each_child(expression, visit);
    locals_ = outer;
}

namespace {

bool mentions(const Expression& expression, const std::string& variable) {
    const auto* form = expression.as<Variable>();
    bool found = form != nullptr && form->name == variable;
    for_each_child(expression,
                   [&](const Expression& child) { found = found || mentions(child, variable); });
    return found;
}

}  // namespace

/// A part of an expression that aggregates elsewhere: its variables and properties must be grouping
/// keys, or nobody knows which row they are of.
void Binder::require_grouped(const Projection& clause, ExpressionPtr& expression) {
    const auto* variable = expression->as<Variable>();
    if (variable != nullptr && locals_.contains(variable->name)) return;
    if (variable != nullptr || expression->as<Property>() != nullptr) {
        const auto text = ast_text(*expression);
        for (const auto& item : clause.items) {
            if (variable != nullptr && item.name == text && variable->slot == no_slot) {
                expression = make_expression(Variable{text, item.slot}, expression->span);
                return;
            }
        }
        for (const auto& [key, slot] : clause.grouping) {
            if (ast_text(*key) == text || (variable != nullptr && variable->slot == slot)) {
                expression = make_expression(Variable{text, slot}, expression->span);
                return;
            }
        }
        if (variable != nullptr) {
            const bool grouped_by = std::ranges::any_of(
                clause.grouping, [&](const auto& key) { return mentions(*key.first, text); });
            if (variable->slot == no_slot && !grouped_by) require_variable(text, expression->span);
            syntax("AmbiguousAggregationExpression",
                   "'" + text +
                       "' stands beside an aggregation and is no grouping key: return it as a "
                       "column of its own first.",
                   expression->span);
        }
    }
    with_locals(*expression, [&](ExpressionPtr& child) { require_grouped(clause, child); });
}

/// Parts that are spelt as a projected item are that item's column.
void Binder::replace_projected(const Projection& clause, ExpressionPtr& expression) const {
    const auto text = ast_text(*expression);
    for (const auto& item : clause.items) {
        const bool simple = item.expression->as<Variable>() != nullptr;
        if (!simple && ast_text(*item.expression) == text) {
            expression = make_expression(Variable{item.name, item.slot}, expression->span);
            return;
        }
    }
    for (const auto& [key, slot] : clause.grouping) {
        if (ast_text(*key) == text) {
            expression = make_expression(Variable{text, slot}, expression->span);
            return;
        }
    }
    for_each_child(*expression, [&](ExpressionPtr& child) { replace_projected(clause, child); });
}

void Binder::sort_expression(Projection& clause, ExpressionPtr& expression) {
    if (!has_aggregation(*expression)) {
        replace_projected(clause, expression);
        this->expression(*expression);
        return;
    }
    if (!clause.aggregates) {
        syntax("InvalidAggregation", "ORDER BY may only aggregate where the projection does.",
               expression->span);
    }
    sort_by_aggregation(clause, expression);
    this->expression(*expression);
}

/// ORDER BY may use the aggregations of the projection, and what stands beside them must be grouped
/// as there.
void Binder::sort_by_aggregation(const Projection& clause, ExpressionPtr& expression) {
    if (is_aggregation(*expression)) {
        const auto text = ast_text(*expression);
        for (const auto& aggregation : clause.aggregations) {
            if (ast_text(*aggregation.call) != text) continue;
            expression = make_expression(Variable{text, aggregation.slot}, expression->span);
            return;
        }
        // Any other would have to aggregate what is there after the projection.
        for_each_child(*expression, [&](ExpressionPtr& child) { this->expression(*child); });
        syntax("InvalidAggregation", "ORDER BY may only use aggregations that the projection has.",
               expression->span);
    }
    if (!has_aggregation(*expression)) {
        require_grouped(clause, expression);
        return;
    }
    with_locals(*expression, [&](ExpressionPtr& child) { sort_by_aggregation(clause, child); });
}

void Binder::bind_order_and_where(Projection& clause, const std::vector<Type>& types) {
    const auto before = scope_;
    const bool closed = clause.aggregates || clause.distinct;
    Scope visible = closed ? Scope() : before;
    for (std::size_t i = 0; i < clause.items.size(); ++i) {
        visible.declare(clause.items[i].name, {clause.items[i].slot, types[i]});
    }
    scope_ = visible;
    for (auto& item : clause.order) sort_expression(clause, item.expression);
    if (clause.where != nullptr) {
        replace_projected(clause, clause.where);
        predicate(*clause.where);
    }
    scope_ = before;
    if (clause.skip != nullptr) row_count(clause.skip, "SKIP");
    if (clause.limit != nullptr) row_count(clause.limit, "LIMIT");
}

void Binder::row_count(ExpressionPtr& count, const char* clause) {
    const auto outer = scope_;
    scope_ = Scope();
    Type type;
    try {
        type = expression(*count);
    } catch (const Refused& refused) {
        if (refused.refusal().detail != "UndefinedVariable") throw;
        syntax("NonConstantExpression",
               std::string(clause) + " takes a number that is the same for all rows.", count->span);
    }
    scope_ = outer;
    const auto* literal = count->as<Literal>();
    if (!may_be(type, one(TypeKind::integer)) || (literal != nullptr && literal->value.is_null())) {
        syntax("InvalidArgumentType", std::string(clause) + " takes an integer.", count->span);
    }
    if (literal != nullptr && literal->value.integer() < 0) {
        syntax("NegativeIntegerArgument",
               std::string(clause) + " takes a number that is not below 0.", count->span);
    }
}

}  // namespace khom::query::semantics
