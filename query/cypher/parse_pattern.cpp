#include <algorithm>
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
    const bool is_one_step =
        path.relationships.size() == 1 && path.relationships[0].quantified == nullptr;
    if (path.search != PathSearch::every && !is_one_step) {
        reject(RefusalCode::syntax_error, "UnexpectedSyntax",
               "A shortest path is searched between two nodes joined by one relationship, as in "
               "shortestPath((a)-[*..5]-(b)) or ANY SHORTEST (a)-[:T]->+(b).",
               path.span);
    }
    return path;
}

PathPattern Parser::path_element(PathPattern path) {
    if (at_symbol("(") && at_symbol("(", 1)) {
        path = enclosed_path(std::move(path));
    } else {
        path.nodes.push_back(node_pattern());
    }
    path_rest(path);
    return path;
}

/// Parentheses around a path mean nothing, unless a quantifier says how often it is walked.
PathPattern Parser::enclosed_path(PathPattern path) {
    const Nested nested(*this);
    const auto begin = at_;
    expect_symbol("(");
    auto inner = path_element({});
    auto where = where_opt();
    if (!at_symbol(")")) unexpected("'-', WHERE or ')'");
    ++at_;
    const auto range = quantifier_opt();
    if (range) {
        if (path.nodes.empty()) path.nodes.emplace_back();
        path.relationships.push_back(quantified(std::move(inner), std::move(where), *range, begin));
        const bool node = at_symbol("(") && !at_symbol("(", 1);
        path.nodes.push_back(node ? node_pattern() : NodePattern());
        return path;
    }
    if (!path.nodes.empty() || where != nullptr) unexpected("a quantifier, as in {1,3}, + or *");
    path.nodes = std::move(inner.nodes);
    path.relationships = std::move(inner.relationships);
    return path;
}

void Parser::path_rest(PathPattern& path) {
    while (true) {
        if (at_symbol("-") || (at_symbol("<") && at_symbol("-", 1))) {
            path.relationships.push_back(relationship_pattern());
            path.nodes.push_back(node_pattern());
        } else if (at_symbol("(") && at_symbol("(", 1)) {
            path = enclosed_path(std::move(path));
        } else {
            return;
        }
    }
}

RelationshipPattern Parser::quantified(PathPattern path, ExpressionPtr where, HopRange range,
                                       std::size_t begin) {
    RelationshipPattern relationship;
    relationship.span = span_from(begin);
    const bool varies = std::ranges::any_of(
        path.relationships, [](const RelationshipPattern& each) { return each.hops.has_value(); });
    if (varies || path.relationships.empty()) {
        reject(RefusalCode::syntax_error, "UnexpectedSyntax",
               "A quantified path is made of one or more single relationships, as in "
               "((a)-[:X]->(b)-[:Y]->(c)){1,3}.",
               relationship.span);
    }
    relationship.hops = range;
    relationship.quantified = std::make_shared<QuantifiedPath>();
    relationship.quantified->path = std::move(path);
    relationship.quantified->where = std::move(where);
    return relationship;
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
    if (const auto range = quantifier_opt()) relationship.hops = range;
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

/// GQL's quantifiers: `-[:T]->+`, `-[:T]->*`, `-[:T]->{1,3}`, and the same after a path.
std::optional<HopRange> Parser::quantifier_opt() {
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
        return std::nullopt;
    }
    return range;
}

}  // namespace khom::query::cypher
