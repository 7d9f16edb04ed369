#include <string>

#include "query/nearest.h"
#include "query/semantics/binder_private.h"

namespace khom::query::semantics {

using namespace cypher;
using graph::RefusalCode;
using graph::Span;

namespace {

constexpr Type boolean_type{TypeKind::boolean, 0};
constexpr Type unknown_type{};

[[noreturn]] void wrong_type(const char* wanted, Type got, const Span& span) {
    syntax("InvalidArgumentType",
           std::string(wanted) + " was expected, and this is " + words_for(got) + ".", span);
}

void require(Type type, TypeSet set, const char* wanted, const Span& span) {
    if (!may_be(type, set)) wrong_type(wanted, type, span);
}

}  // namespace

std::string did_you_mean(std::string_view given, const std::vector<std::string>& known) {
    const auto near = nearest(given, known);
    return near.empty() ? near : " Did you mean '" + near + "'?";
}

const Symbol& Binder::require_variable(const std::string& name, const Span& span) const {
    const auto* symbol = scope_.find(name);
    if (symbol == nullptr) {
        std::vector<std::string> names;
        for (const auto& [known, _] : scope_.symbols()) names.push_back(known);
        syntax("UndefinedVariable",
               "The variable '" + name + "' is not defined here." + did_you_mean(name, names),
               span);
    }
    return *symbol;
}

/// The element type of a list expression; what is certainly no list is refused.
Type Binder::element_of(Expression& list, const char* what) {
    const auto type = expression(list);
    require(type, list_bit, what, list.span);
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

Type Binder::bind(Unary& form, const Span&) {
    if (form.op == UnaryOperator::logical_not) {
        logical(*form.operand);
        return boolean_type;
    }
    pattern_allowed_ = false;
    const auto type = expression(*form.operand);
    if (form.op == UnaryOperator::is_null || form.op == UnaryOperator::is_not_null)
        return boolean_type;
    require(type, number_types | one(TypeKind::duration), "A number", form.operand->span);
    return type;
}

/// Both operands are numbers, or of the kinds in `also`.
Type Binder::numeric(Binary& form, TypeSet also) {
    const auto left = expression(*form.left);
    const auto right = expression(*form.right);
    require(left, number_types | also, "A number", form.left->span);
    require(right, number_types | also, "A number", form.right->span);
    if (left.unknown() || right.unknown()) return unknown_type;
    if (left == right && left.is(TypeKind::integer)) return left;
    if (!may_be(left, number_types) || !may_be(right, number_types)) return unknown_type;
    const bool floating = left.is(TypeKind::floating) || right.is(TypeKind::floating);
    return Type{floating ? TypeKind::floating : TypeKind::number, 0};
}

Type Binder::sum(Binary& form, const Span& span) {
    const auto left = expression(*form.left);
    const auto right = expression(*form.right);
    if (left.is_list() && right.is_list()) return common(left, right);
    if (left.is_list() || right.is_list()) return {TypeKind::any, 1};
    const bool kept =
        left.is(TypeKind::integer) || left.is(TypeKind::floating) || left.is(TypeKind::string);
    if (left == right && kept) return left;
    const bool booleans = left.is(TypeKind::boolean) || right.is(TypeKind::boolean);
    if (booleans && !left.unknown() && !right.unknown()) wrong_type("A number", boolean_type, span);
    return unknown_type;
}

Type Binder::bind(Binary& form, const Span& span) {
    const bool allowed = pattern_allowed_;
    pattern_allowed_ = false;
    switch (form.op) {
        case BinaryOperator::logical_or:
        case BinaryOperator::logical_xor:
        case BinaryOperator::logical_and:
            pattern_allowed_ = allowed;
            logical(*form.left);
            pattern_allowed_ = allowed;
            logical(*form.right);
            return boolean_type;
        case BinaryOperator::add:
            return sum(form, span);
        case BinaryOperator::subtract:
            return numeric(form, moments | one(TypeKind::duration));
        case BinaryOperator::multiply:
        case BinaryOperator::divide:
            return numeric(form, one(TypeKind::duration));
        case BinaryOperator::modulo:
            return numeric(form, 0);
        case BinaryOperator::power: {
            const auto type = numeric(form, 0);
            return type.unknown() ? type : Type{TypeKind::floating, 0};
        }
        case BinaryOperator::in:
            expression(*form.left);
            element_of(*form.right, "A list");
            return boolean_type;
        case BinaryOperator::starts_with:
        case BinaryOperator::ends_with:
        case BinaryOperator::contains:
        case BinaryOperator::matches:
            expression(*form.left);
            expression(*form.right);
            return boolean_type;
    }
    return unknown_type;
}

Type Binder::bind(Property& form, const Span& span) {
    const auto type = expression(*form.subject);
    constexpr auto with_parts = one(TypeKind::map) | one(TypeKind::node) |
                                one(TypeKind::relationship) | moments | one(TypeKind::duration);
    if (!may_be(type, with_parts)) {
        reject(type.is(TypeKind::path) ? RefusalCode::syntax_error : RefusalCode::type_error,
               "InvalidArgumentType",
               "Only nodes, relationships, maps and temporal values have properties, and this is " +
                   words_for(type) + ".",
               span);
    }
    form.key_number = number_of(form.key, keys_);
    return unknown_type;
}

Type Binder::bind(Literal& form, const Span&) {
    return type_of(form.value);
}

Type Binder::bind(Parameter& form, const Span&) {
    form.number = number_of(form.name, parameters_);
    return unknown_type;
}

Type Binder::bind(Variable& form, const Span& span) {
    if (form.slot != no_slot) return unknown_type;  // put there by the binder itself
    const auto& symbol = require_variable(form.name, span);
    form.slot = symbol.slot;
    read_.insert(symbol.slot);
    return symbol.type;
}

Type Binder::bind(HasLabels& form, const Span& span) {
    const auto type = expression(*form.subject);
    require(type, one(TypeKind::node) | one(TypeKind::relationship), "A node", span);
    return boolean_type;
}

Type Binder::bind(ListLiteral& form, const Span&) {
    Type element{TypeKind::null, 0};
    for (auto& each : form.elements) element = common(element, expression(*each));
    return element.is(TypeKind::null) ? Type{TypeKind::any, 1} : element.listed();
}

Type Binder::bind(MapLiteral& form, const Span&) {
    for (auto& [key, value] : form.entries) expression(*value);
    return {TypeKind::map, 0};
}

Type Binder::bind(MapProjection& form, const Span& span) {
    constexpr auto keyed = one(TypeKind::map) | one(TypeKind::node) | one(TypeKind::relationship);
    const auto type = expression(*form.subject);
    require(type, keyed, "A node or a map", span);
    for (auto& [key, value] : form.entries) expression(*value);
    return {TypeKind::map, 0};
}

Type Binder::bind(Comparison& form, const Span&) {
    for (auto& operand : form.operands) expression(*operand);
    return boolean_type;
}

Type Binder::bind(Subscript& form, const Span&) {
    const auto subject = expression(*form.subject);
    expression(*form.index);
    return subject.element();
}

Type Binder::bind(Slice& form, const Span&) {
    const auto subject = expression(*form.subject);
    require(subject, list_bit, "A list", form.subject->span);
    if (form.from != nullptr) expression(*form.from);
    if (form.to != nullptr) expression(*form.to);
    return subject.is_list() ? subject : Type{TypeKind::any, 1};
}

Type Binder::bind(Case& form, const Span&) {
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
}

Type Binder::bind(CountStar&, const Span& span) {
    require_aggregation_here("count(*)", span);
    return {TypeKind::integer, 0};
}

Type Binder::expression(Expression& expression) {
    const bool passes_on = expression.as<Unary>() != nullptr ||
                           expression.as<Binary>() != nullptr ||
                           expression.as<Subquery>() != nullptr;
    if (!passes_on) pattern_allowed_ = false;
    return std::visit([&](auto& form) { return bind(form, expression.span); }, expression.form);
}

}  // namespace khom::query::semantics
