// Operators bind as in the openCypher grammar, loosest first:
//   OR  XOR  AND  NOT  = <> < <= > >=  (STARTS WITH, ENDS WITH, CONTAINS, IN, =~, IS NULL)  + -  *
//   / %  ^  unary  [..] .key :Label
// The binary levels differ only by their symbols, so one table and one function (`binary`) climb
// through them.

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <limits>

#include "query/cypher/parser_private.h"
#include "query/refused.h"

namespace khom::query::cypher {
namespace {

using graph::RefusalCode;

struct BinarySign {
    int level;
    const char* sign;
    BinaryOperator op;
    bool keyword;
};

constexpr int loosest = 0;
constexpr int not_level = 3;
constexpr int tightest = 6;

constexpr BinarySign binary_signs[] = {
    {0, "OR", BinaryOperator::logical_or, true},   {1, "XOR", BinaryOperator::logical_xor, true},
    {2, "AND", BinaryOperator::logical_and, true}, {4, "+", BinaryOperator::add, false},
    {4, "-", BinaryOperator::subtract, false},     {5, "*", BinaryOperator::multiply, false},
    {5, "/", BinaryOperator::divide, false},       {5, "%", BinaryOperator::modulo, false},
    {6, "^", BinaryOperator::power, false}};

struct RelationSign {
    const char* sign;
    Relation relation;
};
constexpr RelationSign relation_signs[] = {
    {"=", Relation::equal},          {"<>", Relation::unequal}, {"<=", Relation::less_equal},
    {">=", Relation::greater_equal}, {"<", Relation::less},     {">", Relation::greater}};

}  // namespace

ExpressionPtr Parser::expression() {
    const Nested nested(*this);
    return binary(loosest);
}

ExpressionPtr Parser::binary(int level) {
    if (level == not_level) return logical_not();
    if (level > tightest) return unary();
    const auto begin = at_;
    auto left = binary(level + 1);
    int operators = 0;
    for (bool found = true; found;) {
        found = false;
        for (const auto& [its_level, sign, op, keyword] : binary_signs) {
            if (its_level != level || !(keyword ? take_keyword(sign) : take_symbol(sign))) continue;
            count_operator(operators);
            auto right = binary(level + 1);
            left = make_expression(Binary{op, std::move(left), std::move(right)}, span_from(begin));
            found = true;
            break;
        }
    }
    return left;
}

ExpressionPtr Parser::logical_not() {
    const auto begin = at_;
    if (!take_keyword("NOT")) return comparison();
    const Nested nested(*this);
    auto operand = logical_not();
    return make_expression(Unary{UnaryOperator::logical_not, std::move(operand)}, span_from(begin));
}

ExpressionPtr Parser::comparison() {
    const auto begin = at_;
    auto first = predicate();
    Comparison chain;
    int operators = 0;
    for (bool found = true; found;) {
        found = false;
        for (const auto& [sign, relation] : relation_signs) {
            if (!take_symbol(sign)) continue;
            count_operator(operators);
            if (chain.operands.empty()) chain.operands.push_back(std::move(first));
            chain.relations.push_back(relation);
            chain.operands.push_back(predicate());
            found = true;
            break;
        }
    }
    if (chain.operands.empty()) return first;
    return make_expression(std::move(chain), span_from(begin));
}

ExpressionPtr Parser::predicate() {
    const auto begin = at_;
    auto left = binary(not_level + 1);
    for (int operators = 0;; count_operator(operators)) {
        auto op = BinaryOperator::in;
        if (at_keyword("IS")) {
            const bool negated = at_keyword("NOT", 1);
            at_ += negated ? 2 : 1;
            expect_keyword("NULL");
            left =
                make_expression(Unary{negated ? UnaryOperator::is_not_null : UnaryOperator::is_null,
                                      std::move(left)},
                                span_from(begin));
            continue;
        }
        if (take_keyword("IN")) {
            op = BinaryOperator::in;
        } else if (take_keyword("CONTAINS")) {
            op = BinaryOperator::contains;
        } else if (take_symbol("=~")) {
            op = BinaryOperator::matches;
        } else if (at_keyword("STARTS") || at_keyword("ENDS")) {
            op = at_keyword("STARTS") ? BinaryOperator::starts_with : BinaryOperator::ends_with;
            ++at_;
            expect_keyword("WITH");
        } else {
            return left;
        }
        auto right = binary(not_level + 1);
        left = make_expression(Binary{op, std::move(left), std::move(right)}, span_from(begin));
    }
}

ExpressionPtr Parser::unary() {
    const auto begin = at_;
    if (!at_symbol("-") && !at_symbol("+")) return postfix();
    const Nested nested(*this);
    const bool minus = at_symbol("-");
    ++at_;
    if (minus && peek().kind == LexemeKind::integer && !at_symbol(".", 1) && !at_symbol("[", 1)) {
        return number(true, begin);
    }
    auto operand = unary();
    return make_expression(
        Unary{minus ? UnaryOperator::negate : UnaryOperator::plus, std::move(operand)},
        span_from(begin));
}

ExpressionPtr Parser::postfix() {
    const auto begin = at_;
    auto subject = atom();
    for (int operators = 0;; count_operator(operators)) {
        if (take_symbol(".")) {
            auto key = schema_name("a property key");
            subject =
                make_expression(Property{std::move(subject), std::move(key)}, span_from(begin));
        } else if (at_symbol("[")) {
            subject = subscript(std::move(subject), begin);
        } else if (at_symbol(":")) {
            auto names = labels();
            subject =
                make_expression(HasLabels{std::move(subject), std::move(names)}, span_from(begin));
        } else if (at_symbol("{") && subject->as<Variable>() != nullptr) {
            subject = map_projection(std::move(subject), begin);
        } else {
            return subject;
        }
    }
}

ExpressionPtr Parser::subscript(ExpressionPtr subject, std::size_t begin) {
    expect_symbol("[");
    auto from = at_symbol("..") ? nullptr : expression();
    if (from != nullptr && take_symbol("]")) {
        return make_expression(Subscript{std::move(subject), std::move(from)}, span_from(begin));
    }
    if (!take_symbol("..")) unexpected("']' or '..'");
    auto to = at_symbol("]") ? nullptr : expression();
    expect_symbol("]");
    return make_expression(Slice{std::move(subject), std::move(from), std::move(to)},
                           span_from(begin));
}

ExpressionPtr Parser::atom() {
    const auto begin = at_;
    switch (peek().kind) {
        case LexemeKind::integer:
        case LexemeKind::floating:
            return number(false, begin);
        case LexemeKind::malformed_number:
            reject(RefusalCode::syntax_error, "InvalidNumberLiteral",
                   "'" + peek().text +
                       "' is not a number: digits, 0x and 0o numbers and exponents are.",
                   peek().span);
        case LexemeKind::string:
            ++at_;
            return make_expression(Literal{graph::Value(lexemes_[begin].text)}, span_from(begin));
        case LexemeKind::word:
        case LexemeKind::quoted_word:
            return word_atom();
        case LexemeKind::symbol:
        case LexemeKind::end:
            break;
    }
    if (at_symbol("(")) return parenthesised();
    if (at_symbol("[")) return brackets();
    if (at_symbol("{")) return map_literal();
    if (take_symbol("$")) {
        std::string name;
        if (peek().kind == LexemeKind::integer) {
            name = lexemes_[at_++].text;
        } else {
            name = schema_name("the name of a parameter");
        }
        return make_expression(Parameter{std::move(name)}, span_from(begin));
    }
    unexpected("an expression");
}

ExpressionPtr Parser::number(bool negative, std::size_t begin) {
    const auto& lexeme = lexemes_[at_++];
    if (lexeme.kind == LexemeKind::floating) {
        double value = 0;
        const auto* end = lexeme.text.data() + lexeme.text.size();
        const auto [stop, error] = std::from_chars(lexeme.text.data(), end, value);
        if (error == std::errc::result_out_of_range &&
            std::strtod(lexeme.text.c_str(), nullptr) > 1) {
            reject(RefusalCode::syntax_error, "FloatingPointOverflow",
                   lexeme.text + " is beyond the largest floating point number (about 1.8e308).",
                   lexeme.span);
        }
        return make_expression(Literal{negative ? -value : value}, span_from(begin));
    }
    const bool prefixed = lexeme.text.size() > 2 && (lexeme.text[1] | 0x20) > '9';
    const int base = !prefixed ? 10 : (lexeme.text[1] | 0x20) == 'x' ? 16 : 8;
    std::uint64_t magnitude = 0;
    const auto* end = lexeme.text.data() + lexeme.text.size();
    const auto [stop, error] =
        std::from_chars(lexeme.text.data() + (prefixed ? 2 : 0), end, magnitude, base);
    const auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (error != std::errc() || stop != end || magnitude > largest + (negative ? 1 : 0)) {
        reject(RefusalCode::syntax_error, "IntegerOverflow",
               lexeme.text + " does not fit 64 bits (9223372036854775807 is the largest integer).",
               lexeme.span);
    }
    const auto value = static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
    return make_expression(Literal{graph::Value(value)}, span_from(begin));
}

ExpressionPtr Parser::parenthesised() {
    if (auto pattern = pattern_predicate_opt()) return pattern;
    expect_symbol("(");
    auto inner = expression();
    expect_symbol(")");
    return inner;
}

ExpressionPtr Parser::brackets() {
    const auto begin = at_;
    if ((peek(1).kind == LexemeKind::word || peek(1).kind == LexemeKind::quoted_word) &&
        at_keyword("IN", 2)) {
        return list_comprehension(begin);
    }
    if (auto comprehension = pattern_comprehension_opt()) return comprehension;
    expect_symbol("[");
    ListLiteral list;
    if (!take_symbol("]")) {
        do {
            list.elements.push_back(expression());
        } while (take_symbol(","));
        if (!at_symbol("]")) unexpected("',' or ']'");
        ++at_;
    }
    return make_expression(std::move(list), span_from(begin));
}

ExpressionPtr Parser::map_literal() {
    const auto begin = at_;
    expect_symbol("{");
    MapLiteral map;
    if (!take_symbol("}")) {
        do {
            auto key = schema_name("a key");
            expect_symbol(":");
            map.entries.emplace_back(std::move(key), expression());
        } while (take_symbol(","));
        if (!at_symbol("}")) unexpected("',' or '}'");
        ++at_;
    }
    return make_expression(std::move(map), span_from(begin));
}

}  // namespace khom::query::cypher
