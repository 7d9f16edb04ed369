#include "query/operators/evaluate.h"

#include <algorithm>
#include <array>
#include <string>

#include "graph/value_order.h"
#include "query/functions/arithmetic.h"
#include "query/functions/entity_access.h"
#include "query/functions/temporal.h"
#include "query/functions/value_size.h"
#include "query/operators/evaluate_private.h"
#include "query/refused.h"

namespace khom::query::operators {

using namespace cypher;
using graph::List;
using graph::Map;
using graph::RefusalCode;
using graph::Value;
using graph::ValueKind;

namespace {

using Truth = std::optional<bool>;

[[noreturn]] void wrong_type(std::string message) {
    reject(RefusalCode::type_error, "InvalidArgumentType", std::move(message));
}

Value from_truth(Truth truth) {
    return truth ? Value(*truth) : Value();
}

Truth truth_of(const Value& value) {
    if (value.is_null()) return std::nullopt;
    if (!value.is(ValueKind::boolean))
        wrong_type("A boolean was expected, and this is " + functions::words_for(value) + ".");
    return value.boolean();
}

Truth logical(const Binary& form, Execution& execution) {
    const auto left = truth(*form.left, execution);
    if (form.op == BinaryOperator::logical_and && left == false) return false;
    if (form.op == BinaryOperator::logical_or && left == true) return true;
    const auto right = truth(*form.right, execution);
    if (form.op == BinaryOperator::logical_and) {
        if (right == false) return false;
        return left && right ? Truth(true) : std::nullopt;
    }
    if (form.op == BinaryOperator::logical_or) {
        if (right == true) return true;
        return left && right ? Truth(false) : std::nullopt;
    }
    return left && right ? Truth(*left != *right) : std::nullopt;
}

Value binary(const Binary& form, Execution& execution) {
    const auto op = form.op;
    if (op == BinaryOperator::logical_or || op == BinaryOperator::logical_and ||
        op == BinaryOperator::logical_xor) {
        return from_truth(logical(form, execution));
    }
    const auto left = evaluate(*form.left, execution);
    const auto right = evaluate(*form.right, execution);
    switch (op) {
        case BinaryOperator::add:
            return checked(functions::add(left, right), execution);
        case BinaryOperator::subtract:
            return functions::subtract(left, right);
        case BinaryOperator::multiply:
            return functions::multiply(left, right);
        case BinaryOperator::divide:
            return functions::divide(left, right);
        case BinaryOperator::modulo:
            return functions::modulo(left, right);
        case BinaryOperator::power:
            return functions::power(left, right);
        case BinaryOperator::in:
            return from_truth(contained(left, right));
        case BinaryOperator::starts_with:
        case BinaryOperator::ends_with:
        case BinaryOperator::contains:
        case BinaryOperator::matches:
            return from_truth(text_predicate(op, left, right));
        case BinaryOperator::logical_or:
        case BinaryOperator::logical_xor:
        case BinaryOperator::logical_and:
            break;
    }
    return {};
}

Value unary(const Unary& form, Execution& execution) {
    if (form.op == UnaryOperator::logical_not) {
        const auto operand = truth(*form.operand, execution);
        return operand ? Value(!*operand) : Value();
    }
    auto operand = evaluate(*form.operand, execution);
    if (form.op == UnaryOperator::is_null) return operand.is_null();
    if (form.op == UnaryOperator::is_not_null) return !operand.is_null();
    if (form.op == UnaryOperator::negate) return functions::negate(operand);
    if (!operand.is_null() && !operand.is_number()) wrong_type("+ takes a number.");
    return operand;
}

Value subscript(const Subscript& form, Execution& execution) {
    const auto subject = evaluate(*form.subject, execution);
    const auto index = evaluate(*form.index, execution);
    if (subject.is_null() || index.is_null()) return {};
    if (subject.is(ValueKind::list)) {
        if (!index.is(ValueKind::integer))
            wrong_type("A list is indexed by an integer, and this is " +
                       functions::words_for(index) + ".");
        const auto size = static_cast<std::int64_t>(subject.list().size());
        const auto place = index.integer() < 0 ? index.integer() + size : index.integer();
        return place < 0 || place >= size ? Value()
                                          : subject.list()[static_cast<std::size_t>(place)];
    }
    const bool keyed = subject.is(ValueKind::map) || subject.is(ValueKind::node) ||
                       subject.is(ValueKind::relationship);
    if (!keyed)
        wrong_type("Only lists, maps, nodes and relationships take an index, and this is " +
                   functions::words_for(subject) + ".");
    if (!index.is(ValueKind::string))
        wrong_type("A key is a string, and this is " + functions::words_for(index) + ".");
    return property_of(subject, index.string(), execution);
}

Value slice(const Slice& form, Execution& execution) {
    const auto subject = evaluate(*form.subject, execution);
    const auto from = form.from == nullptr ? Value(0) : evaluate(*form.from, execution);
    if (subject.is_null()) return {};
    if (!subject.is(ValueKind::list))
        wrong_type("Only a list can be sliced, and this is " + functions::words_for(subject) + ".");
    const auto size = static_cast<std::int64_t>(subject.list().size());
    const auto to = form.to == nullptr ? Value(size) : evaluate(*form.to, execution);
    if (from.is_null() || to.is_null()) return {};
    if (!from.is(ValueKind::integer) || !to.is(ValueKind::integer))
        wrong_type("A slice is bounded by integers.");
    const auto place = [size](std::int64_t index) {
        return std::clamp<std::int64_t>(index < 0 ? index + size : index, 0, size);
    };
    const auto begin = place(from.integer());
    const auto end = place(to.integer());
    if (begin >= end) return List();
    return List(subject.list().begin() + begin, subject.list().begin() + end);
}

Value case_of(const Case& form, Execution& execution) {
    const auto subject = form.subject == nullptr ? Value() : evaluate(*form.subject, execution);
    for (const auto& [condition, result] : form.alternatives) {
        const bool chosen = form.subject == nullptr
                                ? holds(*condition, execution)
                                : graph::equals(subject, evaluate(*condition, execution)) == true;
        if (chosen) return evaluate(*result, execution);
    }
    return form.otherwise == nullptr ? Value() : evaluate(*form.otherwise, execution);
}

Value call(const Call& form, Execution& execution) {
    constexpr std::size_t handful = 4;
    std::array<Value, handful> few;
    List many;
    const auto count = form.arguments.size();
    if (count > handful) many.resize(count);
    const std::span<Value> arguments =
        count > handful ? std::span(many) : std::span(few).first(count);
    bool null = false;
    for (std::size_t i = 0; i < count; ++i) {
        arguments[i] = evaluate(*form.arguments[i], execution);
        null |= arguments[i].is_null();
    }
    if (null && form.function->null_gives_null) return {};
    return form.function->evaluate(execution, arguments);
}

Value has_labels(const HasLabels& form, Execution& execution) {
    const auto subject = evaluate(*form.subject, execution);
    if (subject.is_null()) return {};
    const auto& graph = *execution.graph;
    if (subject.is(ValueKind::relationship)) {
        const auto type = graph.name(functions::endpoints(execution, subject.relationship()).type);
        return std::ranges::all_of(form.labels,
                                   [&](const std::string& label) { return label == type; });
    }
    if (!subject.is(ValueKind::node))
        wrong_type("Only nodes have labels, and this is " + functions::words_for(subject) + ".");
    functions::require_alive(execution, subject);
    return std::ranges::all_of(form.labels, [&](const std::string& label) {
        const auto id = graph.label(label);
        return id && graph.has_label(subject.node(), *id);
    });
}

Value parameter(const Parameter& form, const Execution& execution) {
    const auto* given = execution.parameters[static_cast<std::size_t>(form.number)];
    if (given == nullptr) {
        reject(RefusalCode::parameter_missing, "MissingParameter",
               "The parameter $" + form.name + " was not given.");
    }
    return *given;
}

Value map_projection(const MapProjection& form, Execution& execution) {
    const auto subject = evaluate(*form.subject, execution);
    if (subject.is_null()) return {};
    auto map = form.all_properties ? functions::property_map(execution, subject, "A map projection")
                                   : Map();
    for (const auto& [key, value] : form.entries)
        map.insert_or_assign(key, evaluate(*value, execution));
    return map;
}

struct Evaluator {
    Execution& execution;

    Value operator()(const Literal& form) const { return form.value; }
    Value operator()(const Parameter& form) const { return parameter(form, execution); }
    Value operator()(const Variable& form) const { return execution[form.slot]; }
    Value operator()(const Property& form) const {
        if (const auto* variable = form.subject->as<Variable>()) {
            return property_of(execution[variable->slot], form.key, form.key_number, execution);
        }
        return property_of(evaluate(*form.subject, execution), form.key, form.key_number,
                           execution);
    }
    Value operator()(const HasLabels& form) const { return has_labels(form, execution); }
    Value operator()(const ListLiteral& form) const {
        List list;
        list.reserve(form.elements.size());
        for (const auto& element : form.elements) list.push_back(evaluate(*element, execution));
        return checked(std::move(list), execution);
    }
    Value operator()(const MapLiteral& form) const {
        Map map;
        for (const auto& [key, value] : form.entries)
            map.insert_or_assign(key, evaluate(*value, execution));
        return checked(std::move(map), execution);
    }
    Value operator()(const MapProjection& form) const { return map_projection(form, execution); }
    Value operator()(const Unary& form) const { return unary(form, execution); }
    Value operator()(const Binary& form) const { return binary(form, execution); }
    Value operator()(const Comparison& form) const {
        return from_truth(comparison(form, execution));
    }
    Value operator()(const Subscript& form) const { return subscript(form, execution); }
    Value operator()(const Slice& form) const { return slice(form, execution); }
    Value operator()(const Case& form) const { return case_of(form, execution); }
    Value operator()(const Call& form) const { return call(form, execution); }
    Value operator()(const CountStar&) const {
        throw graph::Fault("count(*) was not lifted out of its expression");
    }
    Value operator()(const ListComprehension& form) const {
        return list_comprehension(form, execution);
    }
    Value operator()(const Quantifier& form) const {
        return from_truth(quantifier(form, execution));
    }
    Value operator()(const Reduce& form) const { return reduce(form, execution); }
    Value operator()(const PatternComprehension& form) const {
        return pattern_comprehension(form, execution);
    }
    Value operator()(const Subquery& form) const { return subquery(form, execution); }
};

}  // namespace

Value property_of(const Value& subject, std::string_view key, const Execution& execution) {
    switch (subject.kind()) {
        case ValueKind::null:
            return {};
        case ValueKind::node:
            functions::require_alive(execution, subject);
            return execution.graph->property(subject.node(), key);
        case ValueKind::relationship:
            functions::require_alive(execution, subject);
            return execution.graph->property(subject.relationship(), key);
        case ValueKind::map: {
            const auto found = subject.map().find(key);
            return found == subject.map().end() ? Value() : found->second;
        }
        case ValueKind::date:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
            return functions::temporal_part(subject, key);
        case ValueKind::boolean:
        case ValueKind::integer:
        case ValueKind::floating:
        case ValueKind::string:
        case ValueKind::list:
        case ValueKind::path:
            break;
    }
    wrong_type("Only nodes, relationships, maps and temporal values have properties, and this is " +
               functions::words_for(subject) + ".");
}

Value property_of(const Value& subject, std::string_view name, int key_number,
                  const Execution& execution) {
    const auto& graph = *execution.graph;
    if (subject.is(ValueKind::node) && graph.has(subject.node())) {
        const auto key = execution.key(key_number);
        return key ? graph.property(subject.node(), *key) : Value();
    }
    if (subject.is(ValueKind::relationship) && graph.has(subject.relationship())) {
        const auto key = execution.key(key_number);
        return key ? graph.property(subject.relationship(), *key) : Value();
    }
    return property_of(subject, name, execution);
}

Value checked(Value value, Execution& execution) {
    const bool large =
        value.is(ValueKind::list) || value.is(ValueKind::map) || value.is(ValueKind::string);
    if (large) execution.meter.steps(functions::checked_parts(value) / 8);
    return value;
}

Value evaluate(const Expression& expression, Execution& execution) {
    return std::visit(Evaluator{execution}, expression.form);
}

std::optional<bool> truth(const Expression& expression, Execution& execution) {
    if (const auto* chain = expression.as<Comparison>()) return comparison(*chain, execution);
    return truth_of(evaluate(expression, execution));
}

}  // namespace khom::query::operators
