#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/failure.h"
#include "graph/value.h"

namespace khom::query::functions {
struct Function;
}

namespace khom::query::cypher {

struct Expression;
struct PathPattern;
struct Query;
using ExpressionPtr = std::unique_ptr<Expression>;

/// A place in the frame of values that a statement computes with; given by the binder.
using Slot = int;
inline constexpr Slot no_slot = -1;

struct Literal {
    graph::Value value;
};
struct Parameter {
    std::string name;
    int number = -1;  ///< among the statement's parameters (binder)
};
/// A variable, or after binding any value that stands in a slot.
struct Variable {
    std::string name;
    Slot slot = no_slot;
};
struct Property {
    ExpressionPtr subject;
    std::string key;
    int key_number = -1;  ///< among the keys the statement reads (binder)
};
struct HasLabels {
    ExpressionPtr subject;
    std::vector<std::string> labels;
};
struct ListLiteral {
    std::vector<ExpressionPtr> elements;
};
struct MapLiteral {
    std::vector<std::pair<std::string, ExpressionPtr>> entries;
};
/// `subject {.key, .*, name: value}`
struct MapProjection {
    ExpressionPtr subject;
    bool all_properties = false;
    std::vector<std::pair<std::string, ExpressionPtr>> entries;
};

enum class UnaryOperator { negate, plus, logical_not, is_null, is_not_null };
struct Unary {
    UnaryOperator op{};
    ExpressionPtr operand;
};

enum class BinaryOperator {
    logical_or,
    logical_xor,
    logical_and,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    power,
    starts_with,
    ends_with,
    contains,
    in,
    matches
};
struct Binary {
    BinaryOperator op{};
    ExpressionPtr left, right;
};

enum class Relation { equal, unequal, less, less_equal, greater, greater_equal };
/// `a < b <= c`: holds where every neighbouring pair does.
struct Comparison {
    std::vector<ExpressionPtr> operands;
    std::vector<Relation> relations;  ///< one less than operands
};

struct Subscript {
    ExpressionPtr subject, index;
};
struct Slice {
    ExpressionPtr subject, from, to;  ///< either end may be absent
};
struct Case {
    ExpressionPtr subject;  ///< absent in the searched form
    std::vector<std::pair<ExpressionPtr, ExpressionPtr>> alternatives;
    ExpressionPtr otherwise;  ///< may be absent
};
struct Call {
    std::string name;
    bool distinct = false;
    std::vector<ExpressionPtr> arguments;
    const functions::Function* function = nullptr;  ///< found by the binder
};
struct CountStar {};
/// `[variable IN list WHERE where | result]`
struct ListComprehension {
    Variable variable;
    ExpressionPtr list, where, result;
};
enum class QuantifierKind { all, any, none, single };
struct Quantifier {
    QuantifierKind kind{};
    Variable variable;
    ExpressionPtr list, where;
};
struct Reduce {
    Variable accumulator;
    ExpressionPtr initial;
    Variable variable;
    ExpressionPtr list, step;
};
/// `[path = (a)-->(b) WHERE where | result]`
struct PatternComprehension {
    std::unique_ptr<PathPattern> pattern;
    ExpressionPtr where, result;
    int subplan = -1;
};
enum class SubqueryKind { pattern, exists, count };
/// `(a)-->(b)` as a predicate, `EXISTS {…}`, `COUNT {…}`
struct Subquery {
    SubqueryKind kind{};
    std::unique_ptr<Query> query;
    int subplan = -1;
};

using ExpressionVariant =
    std::variant<Literal, Parameter, Variable, Property, HasLabels, ListLiteral, MapLiteral,
                 MapProjection, Unary, Binary, Comparison, Subscript, Slice, Case, Call, CountStar,
                 ListComprehension, Quantifier, Reduce, PatternComprehension, Subquery>;

/// One expression and where it stands in the statement. The parser makes it, the binder fills slots
/// and functions, the evaluator only reads it: from then on it may be shared between threads.
struct Expression {
    ExpressionVariant form;
    graph::Span span;

    Expression(ExpressionVariant variant, graph::Span where);
    ~Expression();
    Expression(const Expression&) = delete;
    Expression& operator=(const Expression&) = delete;

    template <class Form>
    const Form* as() const {
        return std::get_if<Form>(&form);
    }
    template <class Form>
    Form* as() {
        return std::get_if<Form>(&form);
    }
};

template <class Form>
ExpressionPtr make_expression(Form form, graph::Span span) {
    return std::make_unique<Expression>(ExpressionVariant(std::move(form)), span);
}

}  // namespace khom::query::cypher
