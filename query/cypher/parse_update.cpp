// Clauses that write, and CALL.

#include "query/cypher/parser_private.h"
#include "query/refused.h"

namespace khom::query::cypher {

using graph::RefusalCode;

Merge Parser::merge_clause() {
    Merge merge;
    merge.path = path_pattern();
    while (take_keyword("ON")) {
        const bool create = at_keyword("CREATE");
        if (!create && !at_keyword("MATCH")) unexpected("CREATE or MATCH");
        ++at_;
        expect_keyword("SET");
        auto& items = create ? merge.on_create : merge.on_match;
        for (auto& item : set_items()) items.push_back(std::move(item));
    }
    return merge;
}

std::vector<SetItem> Parser::set_items() {
    std::vector<SetItem> items;
    do {
        items.push_back(set_item());
    } while (take_symbol(","));
    return items;
}

SetItem Parser::set_item() {
    auto subject = postfix();
    if (auto* labelled = subject->as<HasLabels>()) {
        return SetLabels{std::move(labelled->subject), std::move(labelled->labels)};
    }
    const bool merge = at_symbol("+=");
    if (!merge && !at_symbol("=")) unexpected("'=', '+=' or a label");
    ++at_;
    if (auto* property = subject->as<Property>(); property != nullptr && !merge) {
        auto target = std::move(property->subject);
        auto key = std::move(property->key);
        return SetProperty{std::move(target), std::move(key), expression()};
    }
    if (subject->as<Variable>() == nullptr) {
        reject(RefusalCode::syntax_error, "UnexpectedSyntax",
               "SET changes a property (n.key = …), all properties (n = …, n += …) or labels "
               "(n:Label).",
               subject->span);
    }
    return SetProperties{std::move(subject), expression(), merge};
}

Remove Parser::remove_clause() {
    Remove remove;
    do {
        auto subject = postfix();
        if (auto* labelled = subject->as<HasLabels>()) {
            remove.items.emplace_back(
                SetLabels{std::move(labelled->subject), std::move(labelled->labels)});
        } else if (auto* property = subject->as<Property>()) {
            auto target = std::move(property->subject);
            remove.items.emplace_back(SetProperty{std::move(target), std::move(property->key),
                                                  make_expression(Literal{}, subject->span)});
        } else {
            reject(RefusalCode::syntax_error, "UnexpectedSyntax",
                   "REMOVE takes away a property (n.key) or labels (n:Label).", subject->span);
        }
    } while (take_symbol(","));
    return remove;
}

Delete Parser::delete_clause(bool detach) {
    Delete result;
    result.detach = detach;
    do {
        result.targets.push_back(expression());
    } while (take_symbol(","));
    return result;
}

ClauseVariant Parser::call_clause() {
    if (take_symbol("{")) {
        CallSubquery result;
        result.query = std::make_unique<Query>(query("}"));
        expect_symbol("}");
        return result;
    }
    ProcedureCall call;
    call.name = schema_name("the name of a procedure");
    while (take_symbol(".")) call.name += "." + schema_name("the name of a procedure");
    call.implicit_arguments = !take_symbol("(");
    if (!call.implicit_arguments && !take_symbol(")")) {
        do {
            call.arguments.push_back(expression());
        } while (take_symbol(","));
        expect_symbol(")");
    }
    if (take_keyword("YIELD")) yield_items(call);
    return call;
}

void Parser::yield_items(ProcedureCall& call) {
    call.yields = true;
    if (take_symbol("*")) {
        call.yield_star = true;
        return;
    }
    if (take_symbol("-")) return;
    do {
        YieldItem item;
        item.field = variable_name();
        item.variable.name = take_keyword("AS") ? variable_name() : item.field;
        call.items.push_back(std::move(item));
    } while (take_symbol(","));
    call.where = where_opt();
}

}  // namespace khom::query::cypher
