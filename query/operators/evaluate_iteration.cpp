#include "query/operators/evaluate.h"
#include "query/operators/evaluate_private.h"
#include "query/refused.h"

namespace khom::query::operators {

using namespace cypher;
using graph::List;
using graph::Value;
using graph::ValueKind;

namespace {

/// The list to go through; null has none. The value is kept alive by the caller.
const List* list_of(const Value& value) {
    if (value.is_null()) return nullptr;
    if (!value.is(ValueKind::list)) {
        reject(graph::RefusalCode::type_error, "InvalidArgumentType",
               "A list was expected, and this is " + functions::words_for(value) + ".");
    }
    return &value.list();
}

Operator& subplan(Execution& execution, int number) {
    return *execution.subplans[static_cast<std::size_t>(number)];
}

}  // namespace

Value list_comprehension(const ListComprehension& form, Execution& execution) {
    const auto source = evaluate(*form.list, execution);
    const auto* list = list_of(source);
    if (list == nullptr) return {};
    List result;
    for (const auto& element : *list) {
        execution.meter.step();
        execution[form.variable.slot] = element;
        if (form.where != nullptr && !holds(*form.where, execution)) continue;
        result.push_back(form.result == nullptr ? element : evaluate(*form.result, execution));
    }
    return checked(std::move(result), execution);
}

std::optional<bool> quantifier(const Quantifier& form, Execution& execution) {
    const auto source = evaluate(*form.list, execution);
    const auto* list = list_of(source);
    if (list == nullptr) return std::nullopt;
    std::size_t held = 0;
    std::size_t failed = 0;
    std::size_t unknown = 0;
    for (const auto& element : *list) {
        execution.meter.step();
        execution[form.variable.slot] = element;
        const auto each = truth(*form.where, execution);
        ++(!each ? unknown : *each ? held : failed);
    }
    switch (form.kind) {
        case QuantifierKind::all:
            return failed > 0    ? std::optional(false)
                   : unknown > 0 ? std::nullopt
                                 : std::optional(true);
        case QuantifierKind::any:
            return held > 0      ? std::optional(true)
                   : unknown > 0 ? std::nullopt
                                 : std::optional(false);
        case QuantifierKind::none:
            return held > 0      ? std::optional(false)
                   : unknown > 0 ? std::nullopt
                                 : std::optional(true);
        case QuantifierKind::single:
            return held > 1      ? std::optional(false)
                   : unknown > 0 ? std::nullopt
                                 : std::optional(held == 1);
    }
    return std::nullopt;
}

Value reduce(const Reduce& form, Execution& execution) {
    const auto source = evaluate(*form.list, execution);
    const auto* list = list_of(source);
    if (list == nullptr) return {};
    auto accumulator = evaluate(*form.initial, execution);
    for (const auto& element : *list) {
        execution.meter.step();
        execution[form.accumulator.slot] = accumulator;
        execution[form.variable.slot] = element;
        accumulator = evaluate(*form.step, execution);
    }
    return accumulator;
}

Value pattern_comprehension(const PatternComprehension& form, Execution& execution) {
    auto& plan = subplan(execution, form.subplan);
    List result;
    plan.open(execution);
    while (plan.next(execution)) result.push_back(evaluate(*form.result, execution));
    return checked(std::move(result), execution);
}

Value subquery(const Subquery& form, Execution& execution) {
    auto& plan = subplan(execution, form.subplan);
    plan.open(execution);
    if (form.kind != SubqueryKind::count) return plan.next(execution);
    std::int64_t count = 0;
    while (plan.next(execution)) ++count;
    return count;
}

}  // namespace khom::query::operators
