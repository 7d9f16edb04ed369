// Expressions with variables of their own: comprehensions, quantifiers, reduce() and subqueries.

#include "query/semantics/binder_private.h"

namespace khom::query::semantics {

using namespace cypher;
using graph::Span;

namespace {

constexpr Type boolean_type{TypeKind::boolean, 0};

}  // namespace

template <class Bind>
Type Binder::with_variable(Variable& variable, Type type, Bind bind) {
    const auto size = scope_.size();
    variable.slot = declare(variable.name, type);
    const auto result = bind();
    scope_.shrink(size);
    return result;
}

/// Binds the list, then what is done with each element: there nothing may aggregate.
template <class Each>
Type Binder::over_list(Expression& list, Each each) {
    const auto element = element_of(list, "A list");
    const auto place = aggregation_;
    if (place == AggregationPlace::allowed) aggregation_ = AggregationPlace::forbidden;
    const auto result = each(element);
    aggregation_ = place;
    return result;
}

Type Binder::bind(ListComprehension& form, const Span&) {
    return over_list(*form.list, [&](Type element) {
        return with_variable(form.variable, element,
                             [&] {
                                 if (form.where != nullptr) predicate(*form.where);
                                 return form.result == nullptr ? element : expression(*form.result);
                             })
            .listed();
    });
}

Type Binder::bind(Quantifier& form, const Span&) {
    return over_list(*form.list, [&](Type element) {
        with_variable(form.variable, element, [&] { return predicate(*form.where); });
        return boolean_type;
    });
}

Type Binder::bind(Reduce& form, const Span&) {
    const auto initial = expression(*form.initial);
    const auto step = over_list(*form.list, [&](Type element) {
        return with_variable(form.accumulator, Type{}, [&] {
            return with_variable(form.variable, element, [&] { return expression(*form.step); });
        });
    });
    return common(initial, step);
}

Type Binder::bind(Subquery& form, const Span& span) {
    if (form.kind == SubqueryKind::pattern && !pattern_allowed_) {
        syntax(
            "UnexpectedSyntax",
            "A pattern is a predicate: it may stand in WHERE, in exists() and in comprehensions.",
            span);
    }
    const auto outer_scope = scope_;
    const auto outer_place = aggregation_;
    const bool outer_allowed = pattern_allowed_;
    aggregation_ = AggregationPlace::forbidden;
    pattern_allowed_ = false;
    if (form.kind == SubqueryKind::pattern) {
        auto& clause = form.query->parts[0].clauses[0];
        clause.live = live_slots();
        pattern(std::get<Match>(clause.form).paths, PatternUse::predicate);
    } else {
        query(*form.query, QueryPlace::exists);
    }
    scope_ = outer_scope;
    aggregation_ = outer_place;
    pattern_allowed_ = outer_allowed;
    form.subplan = subplan_count_++;
    return form.kind == SubqueryKind::count ? Type{TypeKind::integer, 0} : boolean_type;
}

Type Binder::bind(PatternComprehension& form, const Span&) {
    const auto outer_scope = scope_;
    std::vector<PathPattern> paths;
    paths.push_back(std::move(*form.pattern));
    pattern(paths, PatternUse::comprehension);
    *form.pattern = std::move(paths[0]);
    const auto outer_place = aggregation_;
    if (aggregation_ == AggregationPlace::allowed) aggregation_ = AggregationPlace::forbidden;
    if (form.where != nullptr) predicate(*form.where);
    const auto type = expression(*form.result);
    aggregation_ = outer_place;
    scope_ = outer_scope;
    form.subplan = subplan_count_++;
    return type.listed();
}

}  // namespace khom::query::semantics
