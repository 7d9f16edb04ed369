#include <charconv>

#include "query/cypher/parser_private.h"
#include "query/refused.h"

namespace khom::query::cypher {

using graph::Direction;
using graph::RefusalCode;

std::vector<PathPattern> Parser::path_patterns() {
    std::vector<PathPattern> paths;
    do {
        paths.push_back(path_pattern());
    } while (take_symbol(","));
    return paths;
}

/// `p = shortestPath(…)`, `p = ALL SHORTEST …`, or a plain path; parentheses around a whole path
/// mean nothing.
PathPattern Parser::path_pattern() {
    const Nested nested(*this);
    const auto begin = at_;
    PathPattern path;
    if (at_variable() && at_symbol("=", 1)) {
        path.variable.name = variable_name();
        expect_symbol("=");
    }
    const bool all = at_keyword("ALL");
    if ((all || at_keyword("ANY")) && at_keyword("SHORTEST", 1)) {
        at_ += 2;
        path.search = all ? PathSearch::all_shortest : PathSearch::any_shortest;
        path = path_element(std::move(path));
    } else if (at_symbol("(", 1) &&
               (at_keyword("shortestPath") || at_keyword("allShortestPaths"))) {
        path.search =
            at_keyword("shortestPath") ? PathSearch::any_shortest : PathSearch::all_shortest;
        at_ += 2;
        path = path_element(std::move(path));
        expect_symbol(")");
    } else {
        path = path_element(std::move(path));
    }
    path.span = span_from(begin);
    if (path.search != PathSearch::every && path.relationships.size() != 1) {
        reject(RefusalCode::syntax_error, "UnexpectedSyntax",
               "A shortest path is searched between two nodes joined by one relationship, as in "
               "shortestPath((a)-[*..5]-(b)).",
               path.span);
    }
    return path;
}

PathPattern Parser::path_element(PathPattern path) {
    if (at_symbol("(") && at_symbol("(", 1)) {
        const Nested nested(*this);
        expect_symbol("(");
        path = path_element(std::move(path));
        expect_symbol(")");
        return path;
    }
    path.nodes.push_back(node_pattern());
    while (at_symbol("-") || (at_symbol("<") && at_symbol("-", 1))) {
        path.relationships.push_back(relationship_pattern());
        path.nodes.push_back(node_pattern());
    }
    return path;
}

NodePattern Parser::node_pattern() {
    const auto begin = at_;
    NodePattern node;
    expect_symbol("(");
    if (at_variable()) node.variable.name = variable_name();
    node.labels = labels();
    node.properties = properties_opt();
    if (!at_symbol(")")) unexpected("a variable, ':', '{' or ')'");
    ++at_;
    node.span = span_from(begin);
    return node;
}

/// A map, or a parameter that stands for one: whether that may be is the binder's to say.
ExpressionPtr Parser::properties_opt() {
    if (at_symbol("$")) return atom();
    return at_symbol("{") ? map_literal() : nullptr;
}

RelationshipPattern Parser::relationship_pattern() {
    const auto begin = at_;
    RelationshipPattern relationship;
    const bool left = take_symbol("<");
    expect_symbol("-");
    if (take_symbol("[")) {
        relationship_detail(relationship);
        expect_symbol("]");
    }
    expect_symbol("-");
    const bool right = take_symbol(">");
    relationship.both_arrows = left && right;
    relationship.direction = left == right ? Direction::both
                             : left        ? Direction::in
                                           : Direction::out;
    quantifier_opt(relationship);
    relationship.span = span_from(begin);
    return relationship;
}

void Parser::relationship_detail(RelationshipPattern& relationship) {
    if (at_variable()) relationship.variable.name = variable_name();
    if (take_symbol(":")) {
        relationship.types.push_back(schema_name("a relationship type"));
        while (take_symbol("|")) {
            take_symbol(":");
            relationship.types.push_back(schema_name("a relationship type"));
        }
    }
    if (take_symbol("*")) relationship.hops = hop_range();
    if (at_symbol("..") || at_symbol("-") || peek().kind == LexemeKind::integer) {
        reject(RefusalCode::syntax_error, "InvalidRelationshipPattern",
               "The number of hops is written after '*' and not below 0, as in [:TYPE*1..3].",
               peek().span);
    }
    relationship.properties = properties_opt();
    if (!at_symbol("]")) unexpected("':', '*', '{' or ']'");
}

HopRange Parser::hop_range() {
    HopRange range;
    const bool from = peek().kind == LexemeKind::integer;
    if (from) {
        range.min = hops();
        range.max = range.min;
    }
    if (take_symbol("..")) {
        range.max.reset();
        if (peek().kind == LexemeKind::integer) range.max = hops();
    }
    return range;
}

std::int64_t Parser::hops() {
    const auto& lexeme = lexemes_[at_++];
    std::int64_t value = 0;
    const auto* end = lexeme.text.data() + lexeme.text.size();
    const auto [stop, error] = std::from_chars(lexeme.text.data(), end, value);
    if (error != std::errc() || stop != end) {
        reject(RefusalCode::syntax_error, "InvalidRelationshipPattern",
               "'" + lexeme.text + "' is not a number of hops.", lexeme.span);
    }
    return value;
}

/// GQL's quantified relationship: `-[:T]->+`, `-[:T]->*`, `-[:T]->{1,3}`.
void Parser::quantifier_opt(RelationshipPattern& relationship) {
    HopRange range;
    if (take_symbol("*")) {
        range.min = 0;
    } else if (at_symbol("{") && (peek(1).kind == LexemeKind::integer || at_symbol(",", 1))) {
        ++at_;
        range.min = peek().kind == LexemeKind::integer ? hops() : 0;
        range.max = range.min;
        if (take_symbol(",")) {
            range.max.reset();
            if (peek().kind == LexemeKind::integer) range.max = hops();
        }
        expect_symbol("}");
    } else if (!take_symbol("+")) {
        return;
    }
    relationship.hops = range;
}

}  // namespace khom::query::cypher
