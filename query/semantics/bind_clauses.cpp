#include <algorithm>

#include "query/semantics/binder_private.h"

namespace khom::query::semantics {

using namespace cypher;
using graph::RefusalCode;
using graph::Span;

namespace {

bool is_updating(const Clause& clause) {
    return std::holds_alternative<Create>(clause.form) ||
           std::holds_alternative<Merge>(clause.form) || std::holds_alternative<Set>(clause.form) ||
           std::holds_alternative<Remove>(clause.form) ||
           std::holds_alternative<Delete>(clause.form);
}

bool is_return(const Clause& clause) {
    const auto* projection = std::get_if<Projection>(&clause.form);
    return projection != nullptr && projection->is_return;
}

/// A standalone call gives its columns without RETURN.
bool returns_rows(const Clause& clause) {
    const auto* call = std::get_if<ProcedureCall>(&clause.form);
    return call != nullptr && call->standalone;
}

}  // namespace

Binding Binder::statement(Statement& statement) {
    query(statement.query, QueryPlace::statement);
    return {slot_count_, subplan_count_, writes_, parameters_, read_, keys_};
}

/// The place of a name in the list, which it joins if it is new.
int Binder::number_of(const std::string& name, std::vector<std::string>& names) {
    const auto found = std::ranges::find(names, name);
    const auto number = static_cast<int>(found - names.begin());
    if (found == names.end()) names.push_back(name);
    return number;
}

Slot Binder::declare(const std::string& name, Type type) {
    const auto slot = new_slot();
    scope_.declare(name, {slot, type});
    return slot;
}

std::vector<Slot> Binder::live_slots() const {
    std::vector<Slot> slots;
    for (const auto& [name, symbol] : scope_.symbols()) {
        if (!name.empty()) slots.push_back(symbol.slot);
    }
    return slots;
}

void Binder::query(Query& query, QueryPlace place) {
    if (query.mixed_union) {
        syntax("InvalidClauseComposition", "UNION and UNION ALL cannot be mixed in one query.",
               query.span);
    }
    const auto outer = scope_;
    for (auto& part : query.parts) {
        scope_ = outer;
        single_query(part, place);
        if (!is_return(part.clauses.back()) && !returns_rows(part.clauses.back())) continue;
        for (const auto& [name, symbol] : scope_.symbols()) {
            part.columns.push_back(name);
            part.column_slots.push_back(symbol.slot);
        }
    }
    query.columns = query.parts[0].columns;
    query.column_slots = query.parts[0].column_slots;
    if (query.parts.size() > 1) union_columns(query);
}

/// All parts have the same columns, if in another order; they meet in slots of their own.
void Binder::union_columns(Query& query) {
    auto names = query.columns;
    std::ranges::sort(names);
    for (const auto& part : query.parts) {
        auto its_names = part.columns;
        std::ranges::sort(its_names);
        if (its_names != names) {
            syntax("DifferentColumnsInUnion", "All parts of a UNION must have the same columns.",
                   query.span);
        }
    }
    for (auto& slot : query.column_slots) slot = new_slot();
}

void Binder::single_query(SingleQuery& single, QueryPlace place) {
    composition(single, place);
    for (auto& each : single.clauses) {
        each.live = live_slots();
        clause(each, place);
    }
}

/// Reading may not follow writing without WITH between them; nothing follows RETURN; a query ends
/// with RETURN or a write.
void Binder::composition(const SingleQuery& single, QueryPlace place) const {
    bool updated = false;
    for (const auto& each : single.clauses) {
        const bool last = &each == &single.clauses.back();
        const bool updating = is_updating(each);
        if (is_return(each) && !last) {
            syntax("InvalidClauseComposition", "RETURN ends a query; use WITH to go on.",
                   each.span);
        }
        const bool reading = std::holds_alternative<Match>(each.form) ||
                             std::holds_alternative<Unwind>(each.form) ||
                             std::holds_alternative<ProcedureCall>(each.form);
        if (updated && reading) {
            syntax("InvalidClauseComposition",
                   "WITH is needed between a clause that writes and one that reads.", each.span);
        }
        if (std::holds_alternative<Projection>(each.form)) updated = false;
        updated |= updating;
        const bool call = std::holds_alternative<ProcedureCall>(each.form) ||
                          std::holds_alternative<CallSubquery>(each.form);
        if (last && place != QueryPlace::exists && !updating && !is_return(each) && !call) {
            syntax("InvalidClauseComposition",
                   "A query ends with RETURN or with a clause that writes.", each.span);
        }
    }
}

void Binder::clause(Clause& clause, QueryPlace place) {
    if (is_updating(clause)) {
        writes_ = true;
        if (place == QueryPlace::exists) {
            syntax("InvalidClauseComposition", "A subquery in an expression cannot write.",
                   clause.span);
        }
    }
    std::visit(
        [&](auto& form) {
            using Form = std::decay_t<decltype(form)>;
            if constexpr (std::is_same_v<Form, Match>)
                match(form);
            else if constexpr (std::is_same_v<Form, Unwind>)
                unwind(form);
            else if constexpr (std::is_same_v<Form, Projection>)
                projection(form);
            else if constexpr (std::is_same_v<Form, Create>)
                pattern(form.paths, PatternUse::create);
            else if constexpr (std::is_same_v<Form, Merge>)
                merge(form);
            else if constexpr (std::is_same_v<Form, Delete>)
                delete_targets(form);
            else if constexpr (std::is_same_v<Form, ProcedureCall>)
                call_procedure(form, clause.span);
            else if constexpr (std::is_same_v<Form, CallSubquery>)
                call_subquery(form);
            else
                set_items(form.items);
        },
        clause.form);
}

void Binder::match(Match& form) {
    std::size_t nodes = 0;
    for (const auto& path : form.paths) nodes += path.nodes.size();
    limit_nodes(nodes, form.paths.front().span);
    pattern(form.paths, PatternUse::match);
    if (form.where != nullptr) predicate(*form.where);
}

void Binder::unwind(Unwind& form) {
    const auto type = expression(*form.list);
    if (scope_.find(form.variable.name) != nullptr) {
        syntax("VariableAlreadyBound",
               "The variable '" + form.variable.name + "' is already bound; choose another name.",
               form.list->span);
    }
    form.variable.slot = declare(form.variable.name, type.is_list() ? type.element() : Type{});
}

void Binder::merge(Merge& form) {
    std::vector<PathPattern> paths;
    paths.push_back(std::move(form.path));
    pattern(paths, PatternUse::merge);
    form.path = std::move(paths[0]);
    set_items(form.on_create);
    set_items(form.on_match);
}

void Binder::set_items(std::vector<SetItem>& items) {
    constexpr auto entity = one(TypeKind::node) | one(TypeKind::relationship);
    for (auto& item : items) {
        std::visit(
            [&](auto& form) {
                const auto type = expression(*form.subject);
                if (!may_be(type, entity)) {
                    syntax("InvalidArgumentType",
                           "Only nodes and relationships can be changed, and this is " +
                               words_for(type) + ".",
                           form.subject->span);
                }
                if constexpr (!std::is_same_v<std::decay_t<decltype(form)>, SetLabels>)
                    expression(*form.value);
            },
            item);
    }
}

void Binder::delete_targets(Delete& form) {
    for (auto& target : form.targets) {
        if (target->as<HasLabels>() != nullptr) {
            syntax("InvalidDelete",
                   "Labels and types cannot be deleted; REMOVE n:Label takes a label away.",
                   target->span);
        }
        const auto type = expression(*target);
        if (!may_be(type,
                    one(TypeKind::node) | one(TypeKind::relationship) | one(TypeKind::path))) {
            syntax("InvalidArgumentType",
                   "Only nodes, relationships and paths can be deleted, and this is " +
                       words_for(type) + ".",
                   target->span);
        }
    }
}

void Binder::call_procedure(ProcedureCall& form, const Span& span) {
    form.procedure = procedures_.find(form.name);
    if (form.procedure == nullptr) {
        std::vector<std::string> names;
        for (const auto* each : procedures_.all()) names.push_back(each->name);
        reject(RefusalCode::procedure_error, "ProcedureNotFound",
               "There is no procedure '" + form.name + "'." + did_you_mean(form.name, names), span);
    }
    call_arguments(form, span);
    yield(form, span);
}

void Binder::call_arguments(ProcedureCall& form, const Span& span) {
    const auto& inputs = form.procedure->inputs;
    if (form.implicit_arguments) {
        if (!form.standalone && !inputs.empty()) {
            syntax("InvalidArgumentPassingMode",
                   "Within a query the arguments of a procedure are written in parentheses.", span);
        }
        for (const auto& input : inputs) {
            form.arguments.push_back(
                make_expression(Parameter{input.name, number_of(input.name, parameters_)}, span));
        }
        return;
    }
    std::size_t needed = inputs.size();
    while (needed > 0 && inputs[needed - 1].preset) --needed;
    if (form.arguments.size() > inputs.size() || form.arguments.size() < needed) {
        syntax("InvalidNumberOfArguments",
               form.name + " takes " + std::to_string(inputs.size()) +
                   " arguments, and was given " + std::to_string(form.arguments.size()) + ".",
               span);
    }
    for (std::size_t i = 0; i < form.arguments.size(); ++i) {
        const auto type = expression(*form.arguments[i]);
        const auto wanted = inputs[i].type;
        const auto set = wanted.is_list()           ? list_bit
                         : wanted.is(TypeKind::any) ? anything
                         : wanted.is(TypeKind::floating) || wanted.is(TypeKind::number)
                             ? number_types
                             : one(wanted.kind);
        if (!may_be(type, set)) {
            syntax("InvalidArgumentType",
                   form.name + " wants " + words_for(wanted) + " as '" + inputs[i].name +
                       "', and this is " + words_for(type) + ".",
                   form.arguments[i]->span);
        }
    }
}

void Binder::yield(ProcedureCall& form, const Span& span) {
    const auto& outputs = form.procedure->outputs;
    if (form.yield_star && !form.standalone) {
        syntax("UnexpectedSyntax", "YIELD * stands only where the call is the whole statement.",
               span);
    }
    if (!form.yields && !form.standalone && !outputs.empty()) {
        syntax(
            "UndefinedVariable",
            "Within a query the columns of a procedure are named: … YIELD " + outputs[0].name + ".",
            span);
    }
    if (form.items.empty() && form.standalone) {
        for (const auto& output : outputs)
            form.items.push_back({output.name, Variable{output.name}});
    }
    for (auto& item : form.items) {
        const auto output = std::ranges::find(outputs, item.field, &ProcedureField::name);
        if (output == outputs.end()) {
            std::vector<std::string> names;
            names.reserve(outputs.size());
            for (const auto& each : outputs) names.push_back(each.name);
            syntax("UndefinedVariable",
                   form.name + " has no column '" + item.field + "'." +
                       did_you_mean(item.field, names),
                   span);
        }
        if (scope_.find(item.variable.name) != nullptr) {
            syntax("VariableAlreadyBound",
                   "The variable '" + item.variable.name + "' is already bound.", span);
        }
        item.variable.slot = declare(item.variable.name, output->type);
        form.outputs.emplace_back(static_cast<std::size_t>(output - outputs.begin()),
                                  item.variable.slot);
    }
    if (form.where != nullptr) predicate(*form.where);
}

/// The subquery sees the outer variables that its first WITH imports; what it returns is added to
/// the outer ones.
void Binder::call_subquery(CallSubquery& form) {
    const auto outer = scope_;
    for (auto& part : form.query->parts) {
        const auto* first = std::get_if<Projection>(&part.clauses.front().form);
        if (first != nullptr && !first->is_return) continue;
        scope_ = Scope();
    }
    query(*form.query, QueryPlace::call);
    const auto inner = scope_;
    scope_ = outer;
    if (form.query->columns.empty()) return;
    for (std::size_t i = 0; i < form.query->columns.size(); ++i) {
        const auto& name = form.query->columns[i];
        if (scope_.find(name) != nullptr) {
            syntax("VariableAlreadyBound",
                   "The variable '" + name + "' is already bound outside the subquery.",
                   form.query->span);
        }
        const auto* symbol = inner.find(name);
        scope_.declare(name,
                       {form.query->column_slots[i], symbol == nullptr ? Type{} : symbol->type});
    }
}

graph::Result<Binding> bind(Statement& statement, const Procedures& procedures) {
    try {
        return Binder(procedures).statement(statement);
    } catch (const Refused& refused) {
        return tl::unexpected<graph::Refusal>(refused.refusal());
    }
}

}  // namespace khom::query::semantics
