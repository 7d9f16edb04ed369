#include "query/cypher/ast_text.h"

#include "query/functions/temporal_text.h"
#include "query/functions/text.h"

namespace khom::query::cypher {
namespace {

using graph::Value;
using graph::ValueKind;

std::string quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') result.push_back('\\');
        result.push_back(c);
    }
    return result + "'";
}

std::string literal_text(const Value& value) {
    switch (value.kind()) {
        case ValueKind::boolean:
            return value.boolean() ? "true" : "false";
        case ValueKind::integer:
            return std::to_string(value.integer());
        case ValueKind::floating:
            return functions::floating_text(value.floating());
        case ValueKind::string:
            return quoted(value.string());
        case ValueKind::null:
        case ValueKind::list:
        case ValueKind::map:
        case ValueKind::date:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            break;
    }
    return "null";
}

const char* sign(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::logical_or:
            return "OR";
        case BinaryOperator::logical_xor:
            return "XOR";
        case BinaryOperator::logical_and:
            return "AND";
        case BinaryOperator::add:
            return "+";
        case BinaryOperator::subtract:
            return "-";
        case BinaryOperator::multiply:
            return "*";
        case BinaryOperator::divide:
            return "/";
        case BinaryOperator::modulo:
            return "%";
        case BinaryOperator::power:
            return "^";
        case BinaryOperator::starts_with:
            return "STARTS WITH";
        case BinaryOperator::ends_with:
            return "ENDS WITH";
        case BinaryOperator::contains:
            return "CONTAINS";
        case BinaryOperator::in:
            return "IN";
        case BinaryOperator::matches:
            return "=~";
    }
    return "?";
}

const char* sign(Relation relation) {
    switch (relation) {
        case Relation::equal:
            return "=";
        case Relation::unequal:
            return "<>";
        case Relation::less:
            return "<";
        case Relation::less_equal:
            return "<=";
        case Relation::greater:
            return ">";
        case Relation::greater_equal:
            return ">=";
    }
    return "?";
}

const char* word(QuantifierKind kind) {
    switch (kind) {
        case QuantifierKind::all:
            return "all";
        case QuantifierKind::any:
            return "any";
        case QuantifierKind::none:
            return "none";
        case QuantifierKind::single:
            return "single";
    }
    return "?";
}

std::string lower(std::string_view text) {
    return functions::with_case(text, functions::LetterCase::lower);
}

template <class Entries>
std::string entries_text(const Entries& entries) {
    std::string text;
    for (const auto& [key, value] : entries)
        text += (text.empty() ? "" : ", ") + key + ": " + ast_text(*value);
    return text;
}

std::string list_text(const std::vector<ExpressionPtr>& elements) {
    std::string text;
    for (const auto& element : elements) text += (text.empty() ? "" : ", ") + ast_text(*element);
    return text;
}

std::string query_text(const Query& query);

std::string optional_text(const char* before, const ExpressionPtr& expression) {
    return expression == nullptr ? std::string() : before + ast_text(*expression);
}

struct Printer {
    std::string operator()(const Literal& form) const { return literal_text(form.value); }
    std::string operator()(const Parameter& form) const { return "$" + form.name; }
    std::string operator()(const Variable& form) const { return form.name; }
    std::string operator()(const CountStar&) const { return "count(*)"; }
    std::string operator()(const Property& form) const {
        return ast_text(*form.subject) + "." + form.key;
    }
    std::string operator()(const HasLabels& form) const {
        auto text = "(" + ast_text(*form.subject);
        for (const auto& label : form.labels) text += ":" + label;
        return text + ")";
    }
    std::string operator()(const ListLiteral& form) const {
        return "[" + list_text(form.elements) + "]";
    }
    std::string operator()(const MapLiteral& form) const {
        return "{" + entries_text(form.entries) + "}";
    }
    std::string operator()(const MapProjection& form) const {
        return ast_text(*form.subject) + " {" + (form.all_properties ? ".*, " : "") +
               entries_text(form.entries) + "}";
    }
    std::string operator()(const Unary& form) const {
        auto operand = ast_text(*form.operand);
        switch (form.op) {
            case UnaryOperator::negate:
                return "-" + operand;
            case UnaryOperator::plus:
                return "+" + operand;
            case UnaryOperator::logical_not:
                return "NOT " + operand;
            case UnaryOperator::is_null:
                return "(" + operand + " IS NULL)";
            case UnaryOperator::is_not_null:
                return "(" + operand + " IS NOT NULL)";
        }
        return operand;
    }
    std::string operator()(const Binary& form) const {
        return "(" + ast_text(*form.left) + " " + sign(form.op) + " " + ast_text(*form.right) + ")";
    }
    std::string operator()(const Comparison& form) const {
        auto text = "(" + ast_text(*form.operands[0]);
        for (std::size_t i = 0; i < form.relations.size(); ++i) {
            text +=
                std::string(" ") + sign(form.relations[i]) + " " + ast_text(*form.operands[i + 1]);
        }
        return text + ")";
    }
    std::string operator()(const Subscript& form) const {
        return ast_text(*form.subject) + "[" + ast_text(*form.index) + "]";
    }
    std::string operator()(const Slice& form) const {
        return ast_text(*form.subject) + "[" + optional_text("", form.from) + ".." +
               optional_text("", form.to) + "]";
    }
    std::string operator()(const Case& form) const {
        auto text = "CASE" + optional_text(" ", form.subject);
        for (const auto& [condition, result] : form.alternatives) {
            text += " WHEN " + ast_text(*condition) + " THEN " + ast_text(*result);
        }
        return text + optional_text(" ELSE ", form.otherwise) + " END";
    }
    std::string operator()(const Call& form) const {
        return lower(form.name) + "(" + (form.distinct ? "DISTINCT " : "") +
               list_text(form.arguments) + ")";
    }
    std::string operator()(const ListComprehension& form) const {
        return "[" + form.variable.name + " IN " + ast_text(*form.list) +
               optional_text(" WHERE ", form.where) + optional_text(" | ", form.result) + "]";
    }
    std::string operator()(const Quantifier& form) const {
        return std::string(word(form.kind)) + "(" + form.variable.name + " IN " +
               ast_text(*form.list) + " WHERE " + ast_text(*form.where) + ")";
    }
    std::string operator()(const Reduce& form) const {
        return "reduce(" + form.accumulator.name + " = " + ast_text(*form.initial) + ", " +
               form.variable.name + " IN " + ast_text(*form.list) + " | " + ast_text(*form.step) +
               ")";
    }
    std::string operator()(const PatternComprehension& form) const {
        return "[" + ast_text(*form.pattern) + optional_text(" WHERE ", form.where) + " | " +
               ast_text(*form.result) + "]";
    }
    std::string operator()(const Subquery& form) const {
        auto text = query_text(*form.query);
        if (form.kind == SubqueryKind::pattern) return text;
        return std::string(form.kind == SubqueryKind::exists ? "EXISTS" : "COUNT") + " { " + text +
               " }";
    }
};

std::string variable_and_labels(const Variable& variable, const std::vector<std::string>& labels,
                                const char* joint) {
    auto text = variable.name;
    for (std::size_t i = 0; i < labels.size(); ++i) text += (i == 0 ? ":" : joint) + labels[i];
    return text;
}

std::string with_properties(std::string text, const ExpressionPtr& properties) {
    if (properties != nullptr) text += (text.empty() ? "" : " ") + ast_text(*properties);
    return text;
}

std::string text_of(const NodePattern& node) {
    return "(" +
           with_properties(variable_and_labels(node.variable, node.labels, ":"), node.properties) +
           ")";
}

std::string text_of(const QuantifiedPath& quantified, const HopRange& range) {
    return "(" + ast_text(quantified.path) +
           (quantified.where == nullptr ? "" : " WHERE " + ast_text(*quantified.where)) + "){" +
           std::to_string(range.min) + "," + (range.max ? std::to_string(*range.max) : "") + "}";
}

std::string text_of(const RelationshipPattern& relationship) {
    if (relationship.quantified != nullptr) {
        return text_of(*relationship.quantified, *relationship.hops);
    }
    auto text = variable_and_labels(relationship.variable, relationship.types, "|");
    if (const auto& hops = relationship.hops) {
        text += "*";
        if (hops->min != 1 || hops->max) {
            text +=
                std::to_string(hops->min) + ".." + (hops->max ? std::to_string(*hops->max) : "");
        }
    }
    const bool in = relationship.direction == graph::Direction::in || relationship.both_arrows;
    const bool out = relationship.direction == graph::Direction::out || relationship.both_arrows;
    return std::string(in ? "<" : "") + "-[" +
           with_properties(std::move(text), relationship.properties) + "]-" + (out ? ">" : "");
}

std::string text_of(const std::vector<PathPattern>& paths) {
    std::string text;
    for (const auto& path : paths) text += (text.empty() ? "" : ", ") + ast_text(path);
    return text;
}

std::string text_of(const SetItem& item) {
    if (const auto* property = std::get_if<SetProperty>(&item)) {
        return ast_text(*property->subject) + "." + property->key + " = " +
               ast_text(*property->value);
    }
    if (const auto* all = std::get_if<SetProperties>(&item)) {
        return ast_text(*all->subject) + (all->merge ? " += " : " = ") + ast_text(*all->value);
    }
    const auto& labels = std::get<SetLabels>(item);
    auto text = ast_text(*labels.subject);
    for (const auto& label : labels.labels) text += ":" + label;
    return text;
}

std::string text_of(const std::vector<SetItem>& items) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + text_of(item);
    return text;
}

struct ClausePrinter {
    std::string operator()(const Match& form) const {
        return (form.optional ? "OPTIONAL MATCH " : "MATCH ") + text_of(form.paths) +
               optional_text(" WHERE ", form.where);
    }
    std::string operator()(const Unwind& form) const {
        return "UNWIND " + ast_text(*form.list) + " AS " + form.variable.name;
    }
    std::string operator()(const Projection& form) const {
        std::string text = form.is_return ? "RETURN " : "WITH ";
        if (form.distinct) text += "DISTINCT ";
        std::string items = form.star ? "*" : "";
        for (const auto& item : form.items) {
            items += (items.empty() ? "" : ", ") + ast_text(*item.expression) + " AS " + item.name;
        }
        text += items;
        for (std::size_t i = 0; i < form.order.size(); ++i) {
            text += (i == 0 ? " ORDER BY " : ", ") + ast_text(*form.order[i].expression) +
                    (form.order[i].descending ? " DESC" : "");
        }
        return text + optional_text(" SKIP ", form.skip) + optional_text(" LIMIT ", form.limit) +
               optional_text(" WHERE ", form.where);
    }
    std::string operator()(const Create& form) const { return "CREATE " + text_of(form.paths); }
    std::string operator()(const Merge& form) const {
        auto text = "MERGE " + ast_text(form.path);
        if (!form.on_create.empty()) text += " ON CREATE SET " + text_of(form.on_create);
        if (!form.on_match.empty()) text += " ON MATCH SET " + text_of(form.on_match);
        return text;
    }
    std::string operator()(const Set& form) const { return "SET " + text_of(form.items); }
    std::string operator()(const Remove& form) const { return "REMOVE " + text_of(form.items); }
    std::string operator()(const Delete& form) const {
        return (form.detach ? "DETACH DELETE " : "DELETE ") + list_text(form.targets);
    }
    std::string operator()(const ProcedureCall& form) const {
        auto text = "CALL " + form.name + "(" + list_text(form.arguments) + ")";
        for (std::size_t i = 0; i < form.items.size(); ++i) {
            text += (i == 0 ? " YIELD " : ", ") + form.items[i].field + " AS " +
                    form.items[i].variable.name;
        }
        return text + optional_text(" WHERE ", form.where);
    }
    std::string operator()(const CallSubquery& form) const {
        return "CALL { " + query_text(*form.query) + " }";
    }
};

std::string query_text(const Query& query) {
    std::string text;
    for (const auto& part : query.parts) {
        if (&part != &query.parts.front()) text += query.union_all ? " UNION ALL " : " UNION ";
        for (const auto& clause : part.clauses) {
            text += (&clause == &part.clauses.front() ? "" : " ") +
                    std::visit(ClausePrinter(), clause.form);
        }
    }
    return text;
}

}  // namespace

std::string ast_text(const Expression& expression) {
    return std::visit(Printer(), expression.form);
}

std::string ast_text(const NodePattern& node) {
    return text_of(node);
}

std::string ast_text(const PathPattern& path) {
    auto text = path.variable.name.empty() ? std::string() : path.variable.name + " = ";
    if (path.search != PathSearch::every) {
        text += path.search == PathSearch::any_shortest ? "ANY SHORTEST " : "ALL SHORTEST ";
    }
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        text += text_of(path.nodes[i]);
        if (i < path.relationships.size()) text += text_of(path.relationships[i]);
    }
    return text;
}

std::string ast_text(const Statement& statement, Ranges ranges) {
    std::string text;
    for (const auto& part : statement.query.parts) {
        if (&part != &statement.query.parts.front())
            text += statement.query.union_all ? "UNION ALL\n" : "UNION\n";
        for (const auto& clause : part.clauses) {
            text += std::visit(ClausePrinter(), clause.form);
            if (ranges == Ranges::shown) {
                text += " @" + std::to_string(clause.span.begin_bytes) + ".." +
                        std::to_string(clause.span.end_bytes);
            }
            text += "\n";
        }
    }
    return text;
}

}  // namespace khom::query::cypher
