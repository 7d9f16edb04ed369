// Calls of functions, and where aggregating ones may stand.

#include <algorithm>
#include <string>

#include "query/cypher/lexer.h"
#include "query/cypher/walk.h"
#include "query/functions/aggregate.h"
#include "query/functions/function.h"
#include "query/semantics/binder_private.h"

namespace khom::query::semantics {

using namespace cypher;
using graph::Span;

namespace {

std::string count_words(int count) {
    return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

/// Whether a new call gives a new value.
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

void Binder::require_aggregation_here(const std::string& name, const Span& span) const {
    if (aggregation_ == AggregationPlace::within) {
        syntax("NestedAggregation", "An aggregating function cannot stand inside another.", span);
    }
    if (aggregation_ == AggregationPlace::forbidden) {
        syntax("InvalidAggregation",
               name + " aggregates rows and may only stand in WITH and RETURN.", span);
    }
}

Type Binder::bind(Call& form, const Span& span) {
    if (functions::find_aggregate(form.name)) return aggregate_call(form, span);
    form.function = functions::find_function(form.name);
    if (form.function == nullptr) {
        syntax("UnknownFunction",
               "There is no function '" + form.name + "'." +
                   did_you_mean(form.name, functions::function_names()),
               span);
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
    require_aggregation_here(form.name + "()", span);
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

}  // namespace khom::query::semantics
