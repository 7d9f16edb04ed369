#pragma once

#include <cstddef>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/cypher/lexer.h"
#include "query/cypher/statement.h"

namespace khom::query::cypher {

/// Recursive descent over the lexemes of one statement. Statements and clauses are in parser.cpp,
/// patterns in parse_pattern.cpp, expressions in parse_expression.cpp. Every member throws Refused.
class Parser {
  public:
    explicit Parser(std::string_view text);
    Statement statement();

  private:
    // Lexemes.
    const Lexeme& peek(std::size_t ahead = 0) const;
    bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
    bool at_keyword(std::string_view keyword, std::size_t ahead = 0) const;
    bool take_symbol(std::string_view symbol);
    bool take_keyword(std::string_view keyword);
    void expect_symbol(std::string_view symbol);
    void expect_keyword(std::string_view keyword);
    [[noreturn]] void unexpected(const std::string& expected) const;
    graph::Span span_from(std::size_t first_lexeme) const;
    std::string text_from(std::size_t first_lexeme) const;

    /// Words that name things: labels, types and keys may be any word; variables no reserved one.
    std::string schema_name(const char* what);
    std::string variable_name();
    bool at_variable() const;
    std::vector<std::string> labels();

    // Clauses.
    Query query(std::string_view closing);
    SingleQuery single_query(std::string_view closing);
    Clause clause();
    ClauseVariant clause_form();
    Match match_clause();
    Unwind unwind_clause();
    Projection projection(bool is_return);
    void projection_items(Projection& projection);
    Merge merge_clause();
    std::vector<SetItem> set_items();
    SetItem set_item();
    Remove remove_clause();
    Delete delete_clause(bool detach);
    ClauseVariant call_clause();
    void yield_items(ProcedureCall& call);
    ExpressionPtr where_opt();

    // Patterns.
    std::vector<PathPattern> path_patterns();
    PathPattern path_pattern();
    PathPattern path_element(PathPattern path);
    PathPattern enclosed_path(PathPattern path);
    void path_rest(PathPattern& path);
    RelationshipPattern quantified(PathPattern path, ExpressionPtr where, HopRange range,
                                   std::size_t begin);
    NodePattern node_pattern();
    RelationshipPattern relationship_pattern();
    void relationship_detail(RelationshipPattern& relationship);
    HopRange hop_range();
    std::int64_t hops();
    std::optional<HopRange> quantifier_opt();
    ExpressionPtr properties_opt();

    // Expressions, loosest binding first.
    ExpressionPtr expression();
    ExpressionPtr binary(int level);
    ExpressionPtr logical_not();
    ExpressionPtr comparison();
    ExpressionPtr predicate();
    ExpressionPtr unary();
    ExpressionPtr postfix();
    ExpressionPtr subscript(ExpressionPtr subject, std::size_t begin);
    ExpressionPtr atom();
    ExpressionPtr number(bool negative, std::size_t begin);
    ExpressionPtr word_atom();
    ExpressionPtr call(std::size_t begin);
    ExpressionPtr case_expression();
    ExpressionPtr quantifier(QuantifierKind kind);
    ExpressionPtr reduce();
    ExpressionPtr subquery(SubqueryKind kind);
    ExpressionPtr parenthesised();
    ExpressionPtr brackets();
    ExpressionPtr list_comprehension(std::size_t begin);
    ExpressionPtr pattern_comprehension_opt();
    ExpressionPtr pattern_predicate_opt();
    ExpressionPtr map_literal();
    ExpressionPtr map_projection(ExpressionPtr subject, std::size_t begin);
    bool looks_like_pattern(std::size_t ahead) const;

    /// One more level of nesting for as long as it lives.
    class Nested;
    void count_operator(int& operators) const;

    std::string_view text_;
    std::vector<Lexeme> lexemes_;
    std::vector<std::size_t> closing_;  ///< for each opening parenthesis the lexeme that closes it
    std::size_t at_ = 0;
    int depth_ = 0;
    std::set<std::size_t>
        no_pattern_;  ///< where a pattern was tried in vain: keeps backtracking polynomial
};

class Parser::Nested {
  public:
    explicit Nested(Parser& parser);
    ~Nested() { --parser_.depth_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

  private:
    Parser& parser_;
};

}  // namespace khom::query::cypher
