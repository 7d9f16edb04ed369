// What starts with a word or looks like a pattern: calls, CASE, quantifiers, comprehensions,
// subqueries.

#include "query/cypher/parser_private.h"
#include "query/refused.h"

namespace khom::query::cypher {

ExpressionPtr Parser::word_atom() {
    const auto begin = at_;
    const bool quoted = peek().kind == LexemeKind::quoted_word;
    if (!quoted) {
        if (take_keyword("true"))
            return make_expression(Literal{graph::Value(true)}, span_from(begin));
        if (take_keyword("false"))
            return make_expression(Literal{graph::Value(false)}, span_from(begin));
        if (take_keyword("null")) return make_expression(Literal{}, span_from(begin));
        if (at_keyword("CASE")) return case_expression();
        if (at_symbol("{", 1) && at_keyword("EXISTS")) return subquery(SubqueryKind::exists);
        if (at_symbol("{", 1) && at_keyword("COUNT")) return subquery(SubqueryKind::count);
        const bool quantified = at_symbol("(", 1) && at_keyword("IN", 3);
        if (quantified && at_keyword("all")) return quantifier(QuantifierKind::all);
        if (quantified && at_keyword("any")) return quantifier(QuantifierKind::any);
        if (quantified && at_keyword("none")) return quantifier(QuantifierKind::none);
        if (quantified && at_keyword("single")) return quantifier(QuantifierKind::single);
        if (at_symbol("(", 1) && at_keyword("reduce") && at_symbol("=", 3)) return reduce();
    }
    std::size_t ahead = 1;
    while (at_symbol(".", ahead) && (peek(ahead + 1).kind == LexemeKind::word ||
                                     peek(ahead + 1).kind == LexemeKind::quoted_word)) {
        ahead += 2;
    }
    if (at_symbol("(", ahead)) return call(begin);
    auto name = variable_name();
    return make_expression(Variable{std::move(name)}, span_from(begin));
}

ExpressionPtr Parser::call(std::size_t begin) {
    Call result;
    result.name = schema_name("a function");
    while (take_symbol(".")) result.name += "." + schema_name("a function");
    expect_symbol("(");
    if (same_keyword(result.name, "count") && at_symbol("*") && at_symbol(")", 1)) {
        at_ += 2;
        return make_expression(CountStar{}, span_from(begin));
    }
    result.distinct = take_keyword("DISTINCT");
    if (!take_symbol(")")) {
        do {
            result.arguments.push_back(expression());
        } while (take_symbol(","));
        expect_symbol(")");
    }
    // exists((a)-->(b)) asks for the pattern; of anything else exists() asks whether it is null.
    const bool one_argument = result.arguments.size() == 1 && same_keyword(result.name, "exists");
    if (auto* pattern = one_argument ? result.arguments[0]->as<Subquery>() : nullptr;
        pattern != nullptr && pattern->kind == SubqueryKind::pattern) {
        pattern->kind = SubqueryKind::exists;
        return std::move(result.arguments[0]);
    }
    return make_expression(std::move(result), span_from(begin));
}

ExpressionPtr Parser::case_expression() {
    const auto begin = at_;
    expect_keyword("CASE");
    Case result;
    if (!at_keyword("WHEN")) result.subject = expression();
    if (!at_keyword("WHEN")) unexpected("WHEN");
    while (take_keyword("WHEN")) {
        auto condition = expression();
        expect_keyword("THEN");
        result.alternatives.emplace_back(std::move(condition), expression());
    }
    if (take_keyword("ELSE")) result.otherwise = expression();
    expect_keyword("END");
    return make_expression(std::move(result), span_from(begin));
}

ExpressionPtr Parser::quantifier(QuantifierKind kind) {
    const auto begin = at_;
    at_ += 2;
    Quantifier result;
    result.kind = kind;
    result.variable.name = variable_name();
    expect_keyword("IN");
    result.list = expression();
    result.where = where_opt();
    expect_symbol(")");
    if (result.where == nullptr) {
        result.where = make_expression(Variable{result.variable.name}, span_from(begin));
    }
    return make_expression(std::move(result), span_from(begin));
}

ExpressionPtr Parser::reduce() {
    const auto begin = at_;
    at_ += 2;
    Reduce result;
    result.accumulator.name = variable_name();
    expect_symbol("=");
    result.initial = expression();
    expect_symbol(",");
    result.variable.name = variable_name();
    expect_keyword("IN");
    result.list = expression();
    expect_symbol("|");
    result.step = expression();
    expect_symbol(")");
    return make_expression(std::move(result), span_from(begin));
}

/// `EXISTS { MATCH … RETURN … }`, or with a bare pattern `EXISTS { (a)-->(b) WHERE … }`.
ExpressionPtr Parser::subquery(SubqueryKind kind) {
    const auto begin = at_;
    at_ += 2;
    Subquery result;
    result.kind = kind;
    if (at_symbol("(") || at_symbol("=", 1)) {
        const auto clause_begin = at_;
        Match match;
        match.paths = path_patterns();
        match.where = where_opt();
        result.query = std::make_unique<Query>();
        result.query->parts.emplace_back().clauses.push_back(
            {std::move(match), span_from(clause_begin), {}});
        result.query->span = span_from(clause_begin);
    } else {
        result.query = std::make_unique<Query>(query("}"));
    }
    expect_symbol("}");
    return make_expression(std::move(result), span_from(begin));
}

/// Whether the parenthesis `ahead` closes and a relationship follows: `(…)-[`, `(…)--`, `(…)<-[`,
/// `(…)<--`.
bool Parser::looks_like_pattern(std::size_t ahead) const {
    if (!at_symbol("(", ahead)) return false;
    std::size_t after = closing_[at_ + ahead] + 1 - at_;
    if (at_symbol("<", after)) ++after;
    return at_symbol("-", after) && (at_symbol("-", after + 1) || at_symbol("[", after + 1));
}

ExpressionPtr Parser::pattern_predicate_opt() {
    if (!looks_like_pattern(0) || no_pattern_.contains(at_)) return nullptr;
    const auto begin = at_;
    try {
        Match match;
        match.paths.push_back(path_pattern());
        Subquery result;
        result.kind = SubqueryKind::pattern;
        result.query = std::make_unique<Query>();
        result.query->parts.emplace_back().clauses.push_back(
            {std::move(match), span_from(begin), {}});
        result.query->span = span_from(begin);
        return make_expression(std::move(result), span_from(begin));
    } catch (const Refused& refused) {
        if (refused.refusal().detail != "UnexpectedSyntax") throw;
        no_pattern_.insert(begin);
        at_ = begin;
        return nullptr;
    }
}

ExpressionPtr Parser::list_comprehension(std::size_t begin) {
    expect_symbol("[");
    ListComprehension result;
    result.variable.name = variable_name();
    expect_keyword("IN");
    result.list = expression();
    result.where = where_opt();
    if (take_symbol("|")) result.result = expression();
    if (!at_symbol("]")) unexpected(result.result == nullptr ? "WHERE, '|' or ']'" : "']'");
    ++at_;
    return make_expression(std::move(result), span_from(begin));
}

ExpressionPtr Parser::pattern_comprehension_opt() {
    const bool named = at_symbol("=", 2) && at_symbol("(", 3);
    if ((!named && !looks_like_pattern(1)) || no_pattern_.contains(at_)) return nullptr;
    const auto begin = at_;
    try {
        PatternComprehension result;
        expect_symbol("[");
        result.pattern = std::make_unique<PathPattern>(path_pattern());
        result.where = where_opt();
        expect_symbol("|");
        result.result = expression();
        expect_symbol("]");
        return make_expression(std::move(result), span_from(begin));
    } catch (const Refused& refused) {
        if (refused.refusal().detail != "UnexpectedSyntax") throw;
        no_pattern_.insert(begin);
        at_ = begin;
        return nullptr;
    }
}

ExpressionPtr Parser::map_projection(ExpressionPtr subject, std::size_t begin) {
    expect_symbol("{");
    MapProjection result;
    result.subject = std::move(subject);
    if (!take_symbol("}")) {
        do {
            const auto entry = at_;
            if (take_symbol(".")) {
                if (take_symbol("*")) {
                    result.all_properties = true;
                    continue;
                }
                auto key = schema_name("a property key");
                auto name = result.subject->as<Variable>()->name;
                auto value = make_expression(Variable{std::move(name)}, result.subject->span);
                result.entries.emplace_back(
                    key, make_expression(Property{std::move(value), key}, span_from(entry)));
                continue;
            }
            auto key = schema_name("'.', a key or a variable");
            auto value =
                take_symbol(":") ? expression() : make_expression(Variable{key}, span_from(entry));
            result.entries.emplace_back(std::move(key), std::move(value));
        } while (take_symbol(","));
        expect_symbol("}");
    }
    return make_expression(std::move(result), span_from(begin));
}

}  // namespace khom::query::cypher
