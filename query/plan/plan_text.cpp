#include "query/plan/plan_text.h"

#include <map>

#include "query/cypher/ast_text.h"
#include "query/cypher/walk.h"

namespace khom::query::plan {
namespace {

using namespace cypher;

/// Slots have the names of their variables; those without are numbered.
class Names {
  public:
    explicit Names(const Query& query) { gather(query); }

    std::string operator()(Slot slot) const {
        const auto found = names_.find(slot);
        return found == names_.end() || found->second.empty() ? "_" + std::to_string(slot)
                                                              : found->second;
    }
    std::string operator()(const std::vector<Slot>& slots) const {
        std::string text;
        for (const auto slot : slots) text += (text.empty() ? "" : ", ") + (*this)(slot);
        return text;
    }

  private:
    void add(const Variable& variable) {
        if (variable.slot != no_slot) names_.emplace(variable.slot, variable.name);
    }

    void gather(const PathPattern& path) {
        add(path.variable);
        for (const auto& node : path.nodes) add(node.variable);
        for (const auto& relationship : path.relationships) {
            add(relationship.variable);
            if (relationship.quantified == nullptr) continue;
            gather(relationship.quantified->path);
            for (const auto& [inside, list] : relationship.quantified->groups) add(list);
        }
    }

    void gather(const Query& query) {
        for (std::size_t i = 0; i < query.columns.size(); ++i) {
            names_.emplace(query.column_slots[i], query.columns[i]);
        }
        for (const auto& part : query.parts) {
            for (const auto& clause : part.clauses) gather(clause);
        }
    }

    void gather(const Clause& clause) {
        if (const auto* match = std::get_if<cypher::Match>(&clause.form)) {
            for (const auto& path : match->paths) gather(path);
        } else if (const auto* create = std::get_if<cypher::Create>(&clause.form)) {
            for (const auto& path : create->paths) gather(path);
        } else if (const auto* merge = std::get_if<cypher::Merge>(&clause.form)) {
            gather(merge->path);
        } else if (const auto* unwind = std::get_if<cypher::Unwind>(&clause.form)) {
            add(unwind->variable);
        } else if (const auto* call = std::get_if<CallSubquery>(&clause.form)) {
            gather(*call->query);
        } else if (const auto* procedure = std::get_if<ProcedureCall>(&clause.form)) {
            for (const auto& item : procedure->items) add(item.variable);
        } else if (const auto* projection = std::get_if<Projection>(&clause.form)) {
            for (const auto& item : projection->items) names_.emplace(item.slot, item.name);
            for (const auto& each : projection->aggregations) {
                names_.emplace(each.slot, ast_text(*each.call));
            }
        }
    }

    std::map<Slot, std::string> names_;
};

std::string type_text(const std::vector<std::string>& types) {
    std::string text;
    for (const auto& type : types) text += (text.empty() ? ":" : "|") + type;
    return text;
}

std::string hop_text(const Expand& hop, const std::string& range, const Names& name) {
    const bool in = hop.direction == graph::Direction::in;
    const bool out = hop.direction == graph::Direction::out;
    return "(" + name(hop.from) + ")" + (in ? "<-[" : "-[") + name(hop.relationship) +
           type_text(hop.types) + range + (out ? "]->(" : "]-(") + name(hop.to) + ")";
}

std::string range_text(std::int64_t min, const std::optional<std::int64_t>& max) {
    return "*" + std::to_string(min) + ".." + (max ? std::to_string(*max) : "");
}

std::string lookup_text(const PropertyLookup& lookup) {
    switch (lookup.kind) {
        case PropertyLookup::Kind::equal:
            return lookup.key + " = " + ast_text(*lookup.value);
        case PropertyLookup::Kind::any_of:
            return lookup.key + " IN " + ast_text(*lookup.value);
        case PropertyLookup::Kind::prefix:
            return lookup.key + " STARTS WITH " + ast_text(*lookup.value);
        case PropertyLookup::Kind::range:
            break;
    }
    return (lookup.low == nullptr ? "" : ast_text(*lookup.low) + " .. ") + lookup.key +
           (lookup.high == nullptr ? "" : " .. " + ast_text(*lookup.high));
}

struct Describe {
    const Names& name;

    std::string items(const std::vector<std::pair<const Expression*, Slot>>& list) const {
        std::string text;
        for (const auto& [expression, slot] : list) {
            text += (text.empty() ? "" : ", ") + ast_text(*expression) + " AS " + name(slot);
        }
        return text;
    }
    std::string named(Slot node, const std::string& label) const {
        return name(node) + (label.empty() ? "" : ":" + label);
    }

    std::string operator()(const Argument&) const { return "Argument"; }
    std::string operator()(const NodeScan& form) const {
        return "NodeScan (" + named(form.node, form.label) + ")";
    }
    std::string operator()(const StoredCount& form) const {
        std::string text =
            form.what == StoredCount::What::nodes ? "CountNodes" : "CountRelationships";
        for (const auto& each : form.names) text += " :" + each;
        return text + " AS " + name(form.count);
    }
    std::string operator()(const NodeById& form) const {
        return "NodeById (" + named(form.node, form.label) + ") " + lookup_text(form.lookup);
    }
    std::string operator()(const NodeByProperty& form) const {
        return "NodeByProperty (" + named(form.node, form.label) + ") " + lookup_text(form.lookup);
    }
    std::string operator()(const Ends& form) const {
        return "Ends (" + name(form.from) + ")-[" + name(form.relationship) + "]-(" +
               name(form.to) + ")";
    }
    std::string operator()(const Expand& form) const {
        return (form.into ? "ExpandInto " : "Expand ") + hop_text(form, "", name);
    }
    std::string operator()(const VarExpand& form) const {
        return (form.hop.into ? "VarExpandInto " : "VarExpand ") +
               hop_text(form.hop, range_text(form.min, form.max), name);
    }
    std::string operator()(const Repeat& form) const {
        return std::string(form.into ? "RepeatInto (" : "Repeat (") + name(form.from) + ")" +
               range_text(form.min, form.max) + "(" + name(form.to) + ")";
    }
    std::string operator()(const ShortestPath& form) const {
        return (form.all ? "AllShortestPaths " : "ShortestPath ") +
               hop_text(form.hop, range_text(form.min, form.max), name);
    }
    std::string operator()(const Filter& form) const {
        std::string text;
        for (const auto& predicate : form.predicates) {
            text += text.empty() ? "Filter " : " AND ";
            if (const auto* expression = std::get_if<const Expression*>(&predicate)) {
                text += ast_text(**expression);
            } else if (const auto* equals = std::get_if<PropertyEquals>(&predicate)) {
                text +=
                    name(equals->subject) + "." + equals->key + " = " + ast_text(*equals->value);
            } else {
                const auto& labels = std::get<LabelsPresent>(predicate);
                text += name(labels.node);
                for (const auto& label : labels.labels) text += ":" + label;
            }
        }
        return text;
    }
    std::string operator()(const BuildPath& form) const { return "BuildPath " + name(form.path); }
    std::string operator()(const Optional& form) const { return "Optional " + name(form.nulls); }
    std::string operator()(const Apply&) const { return "Apply"; }
    std::string operator()(const Unwind& form) const {
        return "Unwind " + ast_text(*form.list) + " AS " + name(form.variable);
    }
    std::string operator()(const Project& form) const { return "Project " + items(form.items); }
    std::string operator()(const Aggregate& form) const {
        return "Aggregate " + items(form.aggregations) +
               (form.keys.empty() ? "" : " BY " + items(form.keys));
    }
    std::string operator()(const Distinct& form) const { return "Distinct " + name(form.columns); }
    std::string operator()(const Sort& form) const {
        std::string text = form.limit == nullptr ? "Sort" : "TopSort";
        for (const auto& key : form.keys) {
            text += (&key == &form.keys.front() ? " " : ", ") + ast_text(*key.expression) +
                    (key.descending ? " DESC" : "");
        }
        return text;
    }
    std::string operator()(const Skip& form) const { return "Skip " + ast_text(*form.count); }
    std::string operator()(const Limit& form) const { return "Limit " + ast_text(*form.count); }
    std::string operator()(const Union&) const { return "Union"; }
    std::string operator()(const CallProcedure& form) const {
        auto text = "CallProcedure " + form.call->name;
        if (form.limit != nullptr) {
            text += " (no more than " + (form.skip == nullptr ? "" : ast_text(*form.skip) + " + ") +
                    ast_text(*form.limit) + ")";
        }
        return text;
    }
    std::string operator()(const Create& form) const {
        std::string text = "Create";
        for (const auto& path : *form.paths) text += " " + ast_text(path);
        return text;
    }
    std::string operator()(const Merge& form) const {
        return "Merge " + ast_text(form.merge->path);
    }
    std::string operator()(const SetItems& form) const { return form.remove ? "Remove" : "Set"; }
    std::string operator()(const Delete& form) const {
        return form.clause->detach ? "DetachDelete" : "Delete";
    }
};

class Lines {
  public:
    explicit Lines(const Plan& plan) : names_(plan.statement.query) {
        add(*plan.root, 0);
        for (std::size_t i = 0; i < plan.subplans.size(); ++i) {
            if (plan.subplans[i] == nullptr) continue;
            lines_.push_back({"Subquery " + std::to_string(i), 0, nullptr});
            add(*plan.subplans[i], 1);
        }
    }
    std::vector<PlanLine> take() { return std::move(lines_); }

  private:
    void add(const Step& step, int depth) {
        lines_.push_back({std::visit(Describe{names_}, step.form), depth, &step});
        if (const auto* optional = std::get_if<Optional>(&step.form))
            add(*optional->inner, depth + 1);
        if (const auto* apply = std::get_if<Apply>(&step.form)) add(*apply->inner, depth + 1);
        if (const auto* repeat = std::get_if<Repeat>(&step.form)) add(*repeat->inner, depth + 1);
        if (const auto* merge = std::get_if<Merge>(&step.form)) add(*merge->inner, depth + 1);
        if (const auto* parts = std::get_if<Union>(&step.form)) {
            for (const auto& part : parts->parts) add(*part.plan, depth + 1);
        }
        if (step.source != nullptr) add(*step.source, depth);
    }

    Names names_;
    std::vector<PlanLine> lines_;
};

}  // namespace

std::vector<PlanLine> plan_lines(const Plan& plan) {
    return Lines(plan).take();
}

std::string plan_text(const Plan& plan) {
    std::string text;
    for (const auto& line : plan_lines(plan)) {
        text += std::string(static_cast<std::size_t>(line.depth) * 2, ' ') + line.text + "\n";
    }
    return text;
}

}  // namespace khom::query::plan
