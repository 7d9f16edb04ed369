#include <string>

#include "query/cypher/lexer.h"
#include "query/cypher/walk.h"
#include "query/functions/aggregate.h"
#include "query/functions/function.h"
#include "query/semantics/binder_private.h"

namespace khom::query::semantics {

using namespace cypher;
using graph::RefusalCode;
using graph::Span;

namespace {

constexpr Type kBoolean{TypeKind::boolean, 0};
constexpr Type kUnknown{};

[[noreturn]] void wrong_type(const char* wanted, Type got, const Span& span) {
    syntax("InvalidArgumentType",
           std::string(wanted) + " was expected, and this is " + words_for(got) + ".", span);
}

void require(Type type, TypeSet set, const char* wanted, const Span& span) {
    if (!may_be(type, set)) wrong_type(wanted, type, span);
}

std::string count_words(int count) {
    return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

bool is_volatile(const Expression& expression) {
    const auto* call = expression.as<Call>();
    bool found = call != nullptr && same_keyword(call->name, "rand");
    for_each_child(expression,
                   [&](const Expression& child) { found = found || is_volatile(child); });
    return found;
}

}  // namespace

bool has_aggregation(const Expression& expression) {
    if (expression.as<CountStar>() != nullptr) return true;
    const auto* call = expression.as<Call>();
    bool found = call != nullptr && functions::find_aggregate(call->name).has_value();
    for_each_child(expression,
                   [&](const Expression& child) { found = found || has_aggregation(child); });
    return found;
}

const Symbol& Binder::require_variable(const std::string& name, const Span& span) const {
    const auto* symbol = scope_.find(name);
    if (symbol == nullptr) {
        syntax("UndefinedVariable", "The variable '" + name + "' is not defined here.", span);
    }
    return *symbol;
}

template <class Bind>
Type Binder::with_variable(Variable& variable, Type type, Bind bind) {
    const auto size = scope_.size();
    variable.slot = declare(variable.name, type);
    const auto result = bind();
    scope_.shrink(size);
    return result;
}

/// The element type of a list expression; what is certainly no list is refused.
Type Binder::element_of(Expression& list, const char* what) {
    const auto type = expression(list);
    require(type, kListBit, what, list.span);
    return type.element();
}

Type Binder::predicate(Expression& condition) {
    pattern_allowed_ = true;
    const auto type = expression(condition);
    pattern_allowed_ = false;
    require(type, one(TypeKind::boolean), "A predicate", condition.span);
    return type;
}

Type Binder::logical(Expression& operand) {
    const auto type = expression(operand);
    require(type, one(TypeKind::boolean), "A boolean", operand.span);
    return type;
}

Type Binder::unary(Unary& form) {
    if (form.op == UnaryOperator::logical_not) {
        logical(*form.operand);
        return kBoolean;
    }
    pattern_allowed_ = false;
    const auto type = expression(*form.operand);
    if (form.op == UnaryOperator::is_null || form.op == UnaryOperator::is_not_null) return kBoolean;
    require(type, kNumbers | one(TypeKind::duration), "A number", form.operand->span);
    return type;
}

Type Binder::binary(Binary& form, const Span& span) {
    const auto numeric = [&](TypeSet also) {
        const auto left = expression(*form.left);
        const auto right = expression(*form.right);
        require(left, kNumbers | also, "A number", form.left->span);
        require(right, kNumbers | also, "A number", form.right->span);
        if (left.unknown() || right.unknown()) return kUnknown;
        if (left == right && left.is(TypeKind::integer)) return left;
        const bool both = may_be(left, kNumbers) && may_be(right, kNumbers);
        if (!both) return kUnknown;
        const bool floating = left.is(TypeKind::floating) || right.is(TypeKind::floating);
        return Type{floating ? TypeKind::floating : TypeKind::number, 0};
    };
    const auto op = form.op;
    if (op == BinaryOperator::logical_or || op == BinaryOperator::logical_xor ||
        op == BinaryOperator::logical_and) {
        const bool allowed = pattern_allowed_;
        logical(*form.left);
        pattern_allowed_ = allowed;
        logical(*form.right);
        return kBoolean;
    }
    pattern_allowed_ = false;
    switch (form.op) {
        case BinaryOperator::add: {
            const auto left = expression(*form.left);
            const auto right = expression(*form.right);
            if (left.is_list() && right.is_list()) return common(left, right);
            if (left.is_list() || right.is_list()) return {TypeKind::any, 1};
            if (left == right && (left.is(TypeKind::integer) || left.is(TypeKind::floating) ||
                                  left.is(TypeKind::string))) {
                return left;
            }
            const bool booleans = left.is(TypeKind::boolean) || right.is(TypeKind::boolean);
            if (booleans && !left.unknown() && !right.unknown())
                wrong_type("A number", kBoolean, span);
            return kUnknown;
        }
        case BinaryOperator::subtract:
            return numeric(kMoments | one(TypeKind::duration));
        case BinaryOperator::multiply:
        case BinaryOperator::divide:
            return numeric(one(TypeKind::duration));
        case BinaryOperator::modulo:
            return numeric(0);
        case BinaryOperator::power: {
            const auto type = numeric(0);
            return type.unknown() ? type : Type{TypeKind::floating, 0};
        }
        case BinaryOperator::in:
            expression(*form.left);
            element_of(*form.right, "A list");
            return kBoolean;
        case BinaryOperator::starts_with:
        case BinaryOperator::ends_with:
        case BinaryOperator::contains:
        case BinaryOperator::matches:
        case BinaryOperator::logical_or:
        case BinaryOperator::logical_xor:
        case BinaryOperator::logical_and:
            expression(*form.left);
            expression(*form.right);
            return kBoolean;
    }
    return kUnknown;
}

Type Binder::property(Property& form, const Span& span) {
    const auto type = expression(*form.subject);
    constexpr auto kWithParts = one(TypeKind::map) | one(TypeKind::node) |
                                one(TypeKind::relationship) | kMoments | one(TypeKind::duration);
    if (!may_be(type, kWithParts)) {
        reject(type.is(TypeKind::path) ? RefusalCode::syntax_error : RefusalCode::type_error,
               "InvalidArgumentType",
               "Only nodes, relationships, maps and temporal values have properties, and this is " +
                   words_for(type) + ".",
               span);
    }
    return kUnknown;
}

Type Binder::call(Call& form, const Span& span) {
    if (functions::find_aggregate(form.name)) return aggregate_call(form, span);
    form.function = functions::find_function(form.name);
    if (form.function == nullptr) {
        syntax("UnknownFunction", "There is no function '" + form.name + "'.", span);
    }
    const auto& function = *form.function;
    const auto count = static_cast<int>(form.arguments.size());
    if (count < function.min_arguments || count > function.max_arguments) {
        syntax("InvalidNumberOfArguments",
               form.name + "() takes " + count_words(function.min_arguments) +
                   (function.max_arguments > function.min_arguments
                        ? " to " + std::to_string(function.max_arguments)
                        : "") +
                   ", and was given " + std::to_string(count) + ".",
               span);
    }
    const bool pattern = form.function->name == "exists";
    auto result = function.result;
    for (std::size_t i = 0; i < form.arguments.size(); ++i) {
        pattern_allowed_ = pattern;
        const auto type = expression(*form.arguments[i]);
        pattern_allowed_ = false;
        if (!may_be(type, function.accepts[std::min<std::size_t>(i, 2)])) {
            syntax("InvalidArgumentType",
                   form.name + "() does not take " + words_for(type) + " here.",
                   form.arguments[i]->span);
        }
        if (function.name == "coalesce") result = i == 0 ? type : common(result, type);
        if (function.name == "reverse" || function.name == "tail") result = type;
        if (function.name == "head" || function.name == "last") result = type.element();
    }
    return result;
}

Type Binder::aggregate_call(Call& form, const Span& span) {
    const auto kind = *functions::find_aggregate(form.name);
    if (aggregation_ == AggregationPlace::within) {
        syntax("NestedAggregation", "An aggregating function cannot stand inside another.", span);
    }
    if (aggregation_ == AggregationPlace::forbidden) {
        syntax("InvalidAggregation",
               form.name + "() aggregates rows and may only stand in WITH and RETURN.", span);
    }
    if (static_cast<int>(form.arguments.size()) != functions::aggregate_arguments(kind)) {
        syntax("InvalidNumberOfArguments",
               form.name + "() takes " + count_words(functions::aggregate_arguments(kind)) + ".",
               span);
    }
    aggregation_ = AggregationPlace::within;
    Type type;
    for (auto& argument : form.arguments) {
        if (is_volatile(*argument)) {
            syntax("NonConstantExpression", "rand() cannot be aggregated.", argument->span);
        }
        const auto its = expression(*argument);
        if (&argument == &form.arguments.front()) type = its;
    }
    aggregation_ = AggregationPlace::allowed;
    return functions::aggregate_result(kind, type);
}

Type Binder::subquery(Subquery& form, const Span& span) {
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
    return form.kind == SubqueryKind::count ? Type{TypeKind::integer, 0} : kBoolean;
}

Type Binder::pattern_comprehension(PatternComprehension& form) {
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

template <class Form>
Type Binder::bind_form(Form& form, const Span& span) {
    if constexpr (std::is_same_v<Form, Literal>) {
        return type_of(form.value);
    } else if constexpr (std::is_same_v<Form, Parameter>) {
        parameters_.insert(form.name);
        return kUnknown;
    } else if constexpr (std::is_same_v<Form, Variable>) {
        if (form.slot != kNoSlot) return kUnknown;  // put there by the binder itself
        const auto& symbol = require_variable(form.name, span);
        form.slot = symbol.slot;
        return symbol.type;
    } else if constexpr (std::is_same_v<Form, HasLabels>) {
        const auto type = expression(*form.subject);
        require(type, one(TypeKind::node) | one(TypeKind::relationship), "A node", span);
        return kBoolean;
    } else if constexpr (std::is_same_v<Form, ListLiteral>) {
        Type element{TypeKind::null, 0};
        for (auto& each : form.elements) element = common(element, expression(*each));
        return element.is(TypeKind::null) ? Type{TypeKind::any, 1} : element.listed();
    } else if constexpr (std::is_same_v<Form, MapLiteral>) {
        for (auto& [key, value] : form.entries) expression(*value);
        return {TypeKind::map, 0};
    } else if constexpr (std::is_same_v<Form, MapProjection>) {
        const auto type = expression(*form.subject);
        require(type, one(TypeKind::map) | one(TypeKind::node) | one(TypeKind::relationship),
                "A node or a map", span);
        for (auto& [key, value] : form.entries) expression(*value);
        return {TypeKind::map, 0};
    } else if constexpr (std::is_same_v<Form, Comparison>) {
        for (auto& operand : form.operands) expression(*operand);
        return kBoolean;
    } else if constexpr (std::is_same_v<Form, Subscript>) {
        const auto subject = expression(*form.subject);
        expression(*form.index);
        return subject.element();
    } else if constexpr (std::is_same_v<Form, Slice>) {
        const auto subject = expression(*form.subject);
        require(subject, kListBit, "A list", form.subject->span);
        if (form.from != nullptr) expression(*form.from);
        if (form.to != nullptr) expression(*form.to);
        return subject.is_list() ? subject : Type{TypeKind::any, 1};
    } else if constexpr (std::is_same_v<Form, Case>) {
        if (form.subject != nullptr) expression(*form.subject);
        Type result{TypeKind::null, 0};
        for (auto& [condition, value] : form.alternatives) {
            pattern_allowed_ = form.subject == nullptr;
            expression(*condition);
            pattern_allowed_ = false;
            result = common(result, expression(*value));
        }
        if (form.otherwise != nullptr) result = common(result, expression(*form.otherwise));
        return result;
    } else if constexpr (std::is_same_v<Form, CountStar>) {
        if (aggregation_ == AggregationPlace::within) {
            syntax("NestedAggregation", "An aggregating function cannot stand inside another.",
                   span);
        }
        if (aggregation_ == AggregationPlace::forbidden) {
            syntax("InvalidAggregation",
                   "count(*) aggregates rows and may only stand in WITH and RETURN.", span);
        }
        return {TypeKind::integer, 0};
    } else {
        const auto element = element_of(*form.list, "A list");
        const auto place = aggregation_;
        if (place == AggregationPlace::allowed) aggregation_ = AggregationPlace::forbidden;
        Type result = kBoolean;
        if constexpr (std::is_same_v<Form, ListComprehension>) {
            result = with_variable(form.variable, element, [&] {
                         if (form.where != nullptr) predicate(*form.where);
                         return form.result == nullptr ? element : expression(*form.result);
                     }).listed();
        } else if constexpr (std::is_same_v<Form, Quantifier>) {
            with_variable(form.variable, element, [&] { return predicate(*form.where); });
        } else {
            const auto initial = expression(*form.initial);
            result = with_variable(form.accumulator, kUnknown, [&] {
                return with_variable(form.variable, element,
                                     [&] { return expression(*form.step); });
            });
            result = common(initial, result);
        }
        aggregation_ = place;
        return result;
    }
}

Type Binder::expression(Expression& expression) {
    return std::visit(
        [&](auto& form) -> Type {
            using Form = std::decay_t<decltype(form)>;
            if constexpr (std::is_same_v<Form, Unary>) {
                return unary(form);
            } else if constexpr (std::is_same_v<Form, Binary>) {
                return binary(form, expression.span);
            } else if constexpr (std::is_same_v<Form, Subquery>) {
                return subquery(form, expression.span);
            } else {
                pattern_allowed_ = false;
                if constexpr (std::is_same_v<Form, Property>)
                    return property(form, expression.span);
                else if constexpr (std::is_same_v<Form, Call>)
                    return call(form, expression.span);
                else if constexpr (std::is_same_v<Form, PatternComprehension>)
                    return pattern_comprehension(form);
                else
                    return bind_form(form, expression.span);
            }
        },
        expression.form);
}

}  // namespace khom::query::semantics
