#include "query/cypher/parser.h"

#include <algorithm>
#include <array>

#include "query/cypher/parser_private.h"
#include "query/refused.h"

namespace khom::query::cypher {
namespace {

using graph::RefusalCode;
using graph::Span;

constexpr std::size_t max_text_bytes = 1 << 20;
constexpr int max_depth = 200;
constexpr int max_operators = 1000;

constexpr std::array<std::string_view, 41> reserved = {
    "ALL",      "AND",    "AS",     "ASC",   "ASCENDING",  "BY",       "CASE",
    "CONTAINS", "CREATE", "DELETE", "DESC",  "DESCENDING", "DETACH",   "DISTINCT",
    "ELSE",     "END",    "ENDS",   "FALSE", "IN",         "IS",       "LIMIT",
    "MATCH",    "MERGE",  "NOT",    "NULL",  "ON",         "OPTIONAL", "OR",
    "ORDER",    "REMOVE", "RETURN", "SET",   "SKIP",       "STARTS",   "THEN",
    "TRUE",     "UNION",  "UNWIND", "WHEN",  "WHERE",      "WITH"};

bool is_reserved(std::string_view word) {
    return std::ranges::any_of(reserved, [&](auto keyword) { return same_keyword(word, keyword); });
}

std::vector<std::size_t> closing_parentheses(const std::vector<Lexeme>& lexemes) {
    std::vector<std::size_t> closing(lexemes.size(), lexemes.size() - 1);
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < lexemes.size(); ++i) {
        if (lexemes[i].kind != LexemeKind::symbol) continue;
        if (lexemes[i].text == "(") {
            open.push_back(i);
        } else if (lexemes[i].text == ")" && !open.empty()) {
            closing[open.back()] = i;
            open.pop_back();
        }
    }
    return closing;
}

}  // namespace

Parser::Parser(std::string_view text)
    : text_(text), lexemes_(lex(text)), closing_(closing_parentheses(lexemes_)) {}

Parser::Nested::Nested(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ > max_depth) {
        --parser_.depth_;
        reject(RefusalCode::limit_exceeded, "",
               "Expressions may be nested " + std::to_string(max_depth) +
                   " levels deep, and this one is deeper.",
               parser_.peek().span);
    }
}

void Parser::count_operator(int& operators) const {
    if (++operators > max_operators) {
        reject(RefusalCode::limit_exceeded, "",
               "More than " + std::to_string(max_operators) +
                   " operators in a row; a list with IN or reduce() does it.",
               peek().span);
    }
}

const Lexeme& Parser::peek(std::size_t ahead) const {
    return lexemes_[std::min(at_ + ahead, lexemes_.size() - 1)];
}

bool Parser::at_symbol(std::string_view symbol, std::size_t ahead) const {
    return peek(ahead).kind == LexemeKind::symbol && peek(ahead).text == symbol;
}

bool Parser::at_keyword(std::string_view keyword, std::size_t ahead) const {
    return peek(ahead).kind == LexemeKind::word && same_keyword(peek(ahead).text, keyword);
}

bool Parser::take_symbol(std::string_view symbol) {
    const bool here = at_symbol(symbol);
    at_ += here ? 1 : 0;
    return here;
}

bool Parser::take_keyword(std::string_view keyword) {
    const bool here = at_keyword(keyword);
    at_ += here ? 1 : 0;
    return here;
}

void Parser::expect_symbol(std::string_view symbol) {
    if (!take_symbol(symbol)) unexpected("'" + std::string(symbol) + "'");
}

void Parser::expect_keyword(std::string_view keyword) {
    if (!take_keyword(keyword)) unexpected(std::string(keyword));
}

void Parser::unexpected(const std::string& expected) const {
    const auto& found = peek();
    const std::string what =
        found.kind == LexemeKind::end
            ? "The statement ends"
            : "'" +
                  std::string(text_.substr(found.span.begin_bytes,
                                           found.span.end_bytes - found.span.begin_bytes)) +
                  "' stands";
    reject(RefusalCode::syntax_error, "UnexpectedSyntax",
           what + " where " + expected + " was expected.", found.span);
}

Span Parser::span_from(std::size_t first_lexeme) const {
    return {lexemes_[first_lexeme].span.begin_bytes,
            lexemes_[at_ == 0 ? 0 : at_ - 1].span.end_bytes};
}

std::string Parser::text_from(std::size_t first_lexeme) const {
    const auto span = span_from(first_lexeme);
    return std::string(text_.substr(span.begin_bytes, span.end_bytes - span.begin_bytes));
}

std::string Parser::schema_name(const char* what) {
    if (peek().kind != LexemeKind::word && peek().kind != LexemeKind::quoted_word) unexpected(what);
    return lexemes_[at_++].text;
}

bool Parser::at_variable() const {
    return peek().kind == LexemeKind::quoted_word ||
           (peek().kind == LexemeKind::word && !is_reserved(peek().text));
}

std::string Parser::variable_name() {
    if (!at_variable()) unexpected("a variable");
    return lexemes_[at_++].text;
}

std::vector<std::string> Parser::labels() {
    std::vector<std::string> names;
    while (take_symbol(":")) {
        names.push_back(schema_name("a label"));
        while (take_symbol("&")) names.push_back(schema_name("a label"));
    }
    return names;
}

Statement Parser::statement() {
    Statement result;
    result.text = std::string(text_);
    if (take_keyword("EXPLAIN")) {
        result.mode = StatementMode::explain;
    } else if (take_keyword("PROFILE")) {
        result.mode = StatementMode::profile;
    }
    result.query = query("");
    while (take_symbol(";")) {
    }
    if (peek().kind != LexemeKind::end) unexpected("a clause or the end");
    auto& parts = result.query.parts;
    if (parts.size() == 1 && parts[0].clauses.size() == 1) {
        if (auto* call = std::get_if<ProcedureCall>(&parts[0].clauses[0].form))
            call->standalone = true;
    }
    return result;
}

Query Parser::query(std::string_view closing) {
    const Nested nested(*this);
    const auto begin = at_;
    Query result;
    result.parts.push_back(single_query(closing));
    while (take_keyword("UNION")) {
        const bool all = take_keyword("ALL");
        if (!all) take_keyword("DISTINCT");
        result.mixed_union |= result.parts.size() > 1 && all != result.union_all;
        result.union_all = all;
        result.parts.push_back(single_query(closing));
    }
    result.span = span_from(begin);
    return result;
}

SingleQuery Parser::single_query(std::string_view closing) {
    SingleQuery result;
    const auto ends = [&] {
        return peek().kind == LexemeKind::end || at_symbol(";") || at_keyword("UNION") ||
               (!closing.empty() && at_symbol(closing));
    };
    do {
        result.clauses.push_back(clause());
    } while (!ends());
    return result;
}

Clause Parser::clause() {
    const auto begin = at_;
    auto form = clause_form();
    return {std::move(form), span_from(begin), {}};
}

ClauseVariant Parser::clause_form() {
    if (at_keyword("MATCH") || (at_keyword("OPTIONAL") && at_keyword("MATCH", 1)))
        return match_clause();
    if (take_keyword("UNWIND")) return unwind_clause();
    if (take_keyword("WITH")) return projection(false);
    if (take_keyword("RETURN")) return projection(true);
    if (take_keyword("CREATE")) return Create{path_patterns()};
    if (take_keyword("MERGE")) return merge_clause();
    if (take_keyword("SET")) return Set{set_items()};
    if (take_keyword("REMOVE")) return remove_clause();
    if (take_keyword("CALL")) return call_clause();
    if (take_keyword("DELETE")) return delete_clause(false);
    if (take_keyword("DETACH")) {
        expect_keyword("DELETE");
        return delete_clause(true);
    }
    unexpected("a clause (MATCH, WITH, RETURN, UNWIND, CREATE, MERGE, SET, REMOVE, DELETE, CALL)");
}

ExpressionPtr Parser::where_opt() {
    return take_keyword("WHERE") ? expression() : nullptr;
}

Match Parser::match_clause() {
    Match match;
    match.optional = take_keyword("OPTIONAL");
    expect_keyword("MATCH");
    match.paths = path_patterns();
    match.where = where_opt();
    return match;
}

Unwind Parser::unwind_clause() {
    Unwind unwind;
    unwind.list = expression();
    expect_keyword("AS");
    unwind.variable.name = variable_name();
    return unwind;
}

Projection Parser::projection(bool is_return) {
    Projection result;
    result.is_return = is_return;
    result.distinct = take_keyword("DISTINCT");
    projection_items(result);
    if (take_keyword("ORDER")) {
        expect_keyword("BY");
        do {
            SortItem item;
            item.expression = expression();
            item.descending = take_keyword("DESC") || take_keyword("DESCENDING");
            if (!item.descending && !take_keyword("ASC")) take_keyword("ASCENDING");
            result.order.push_back(std::move(item));
        } while (take_symbol(","));
    }
    if (take_keyword("SKIP") || take_keyword("OFFSET")) result.skip = expression();
    if (take_keyword("LIMIT")) result.limit = expression();
    if (!is_return) result.where = where_opt();
    return result;
}

void Parser::projection_items(Projection& result) {
    if (take_symbol("*")) {
        result.star = true;
        if (!take_symbol(",")) return;
    }
    do {
        const auto begin = at_;
        ProjectionItem item;
        item.expression = expression();
        item.name = text_from(begin);
        if (take_keyword("AS")) {
            item.name = variable_name();
            item.aliased = true;
        } else if (const auto* variable = item.expression->as<Variable>()) {
            item.name = variable->name;
            item.aliased = true;
        }
        result.items.push_back(std::move(item));
    } while (take_symbol(","));
}

Expression::Expression(ExpressionVariant variant, Span where)
    : form(std::move(variant)), span(where) {}
Expression::~Expression() = default;

graph::Result<Statement> parse(std::string_view text) {
    if (text.size() > max_text_bytes) {
        return graph::refuse(RefusalCode::limit_exceeded, "A statement may have 1 MiB of text.");
    }
    try {
        return Parser(text).statement();
    } catch (const Refused& refused) {
        return tl::unexpected<graph::Refusal>(refused.refusal());
    }
}

}  // namespace khom::query::cypher
