#include "query/plan/planner.h"

#include <algorithm>
#include <optional>

#include "query/cypher/lexer.h"
#include "query/cypher/walk.h"
#include "query/plan/planner_private.h"

namespace khom::query::plan {

using namespace cypher;

namespace {

/// Turns clauses into steps, first to last; each takes the steps so far as its source.
class Planner {
  public:
    Planner(const graph::Snapshot& statistics, const std::set<Slot>& read, Plan& plan)
        : statistics_(statistics), read_(read), plan_(plan) {}

    StepPtr query(Query& query) {
        if (query.parts.size() == 1) return single(query.parts[0]);
        Union form;
        for (auto& part : query.parts) {
            Union::Part each;
            each.plan = single(part);
            for (std::size_t i = 0; i < part.columns.size(); ++i) {
                const auto place =
                    std::ranges::find(query.columns, part.columns[i]) - query.columns.begin();
                each.moves.emplace_back(part.column_slots[i],
                                        query.column_slots[static_cast<std::size_t>(place)]);
            }
            form.parts.push_back(std::move(each));
        }
        auto step = make_step(std::move(form), nullptr);
        return query.union_all ? std::move(step)
                               : make_step(Distinct{query.column_slots}, std::move(step));
    }

  private:
    StepPtr single(SingleQuery& query) {
        auto step = make_step(Argument{}, nullptr);
        for (auto& clause : query.clauses) {
            live_ = clause.live;
            step = std::visit([&](auto& form) { return this->clause(form, std::move(step)); },
                              clause.form);
        }
        return step;
    }

    std::set<Slot> bound() const { return {live_.begin(), live_.end()}; }

    StepPtr clause(Match& form, StepPtr source) {
        std::vector<const PathPattern*> paths;
        for (auto& path : form.paths) {
            subplans(path);
            paths.push_back(&path);
        }
        subplans(form.where);
        if (!form.optional)
            return PatternPlanner(statistics_, plan_.keys, read_, bound())
                .plan(paths, form.where.get(), std::move(source));
        Optional optional;
        optional.inner = PatternPlanner(statistics_, plan_.keys, read_, bound())
                             .plan(paths, form.where.get(), make_step(Argument{}, nullptr));
        for (const auto* path : paths) add_new_slots(*path, optional.nulls);
        return make_step(std::move(optional), std::move(source));
    }

    void add_new_slots(const PathPattern& path, std::vector<Slot>& slots) const {
        const auto add = [&](Slot slot) {
            if (slot != no_slot && std::ranges::find(live_, slot) == live_.end())
                slots.push_back(slot);
        };
        add(path.variable.slot);
        for (const auto& node : path.nodes) add(node.variable.slot);
        for (const auto& relationship : path.relationships) {
            add(relationship.variable.slot);
            if (relationship.quantified == nullptr) continue;
            for (const auto& [inside, list] : relationship.quantified->groups) add(list.slot);
        }
    }

    StepPtr clause(cypher::Unwind& form, StepPtr source) {
        subplans(form.list);
        return make_step(plan::Unwind{form.list.get(), form.variable.slot}, std::move(source));
    }

    StepPtr clause(Projection& form, StepPtr step) {
        for (auto& [key, slot] : form.grouping) subplans(key);
        for (auto& aggregation : form.aggregations) {
            for_each_child(*aggregation.call, [&](ExpressionPtr& child) { subplans(child); });
        }
        for (auto& item : form.items) subplans(item.expression);
        for (auto& item : form.order) subplans(item.expression);
        subplans(form.where);
        if (form.aggregates) {
            Aggregate aggregate;
            for (const auto& [key, slot] : form.grouping)
                aggregate.keys.emplace_back(key.get(), slot);
            for (const auto& each : form.aggregations)
                aggregate.aggregations.emplace_back(each.call.get(), each.slot);
            auto counted = stored_count(form, *step);
            step = counted ? make_step(std::move(*counted), make_step(Argument{}, nullptr))
                           : make_step(std::move(aggregate), std::move(step));
        }
        Project project;
        std::vector<Slot> columns;
        for (const auto& item : form.items) {
            columns.push_back(item.slot);
            const auto* variable = item.expression->as<Variable>();
            if (variable == nullptr || variable->slot != item.slot)
                project.items.emplace_back(item.expression.get(), item.slot);
        }
        if (!project.items.empty()) step = make_step(std::move(project), std::move(step));
        if (form.distinct) step = make_step(Distinct{columns}, std::move(step));
        step = ordered(form, columns, std::move(step));
        if (form.where != nullptr) step = make_step(Filter{{form.where.get()}}, std::move(step));
        return step;
    }

    /// count(*) of all nodes or relationships, or of one label or type, is known already.
    static std::optional<StoredCount> stored_count(const Projection& form, const Step& below) {
        if (!form.grouping.empty() || form.aggregations.size() != 1) return std::nullopt;
        const auto& aggregation = form.aggregations[0];
        const auto counts = [&](Slot slot) {
            if (aggregation.call->as<CountStar>() != nullptr) return true;
            const auto* call = aggregation.call->as<Call>();
            const auto* variable = call == nullptr || call->distinct || call->arguments.size() != 1
                                       ? nullptr
                                       : call->arguments[0]->as<Variable>();
            return variable != nullptr && variable->slot == slot &&
                   same_keyword(call->name, "count");
        };
        const auto on_nothing = [](const Step& step) {
            return step.source != nullptr && std::holds_alternative<Argument>(step.source->form);
        };
        StoredCount count{aggregation.slot, StoredCount::What::nodes, {}};
        if (const auto* scan = std::get_if<NodeScan>(&below.form)) {
            if (!on_nothing(below) || !counts(scan->node)) return std::nullopt;
            if (!scan->label.empty()) count.names.push_back(scan->label);
            return count;
        }
        const auto* hop = std::get_if<Expand>(&below.form);
        const auto* start = hop == nullptr ? nullptr : std::get_if<NodeScan>(&below.source->form);
        if (start == nullptr || !start->label.empty() || !on_nothing(*below.source) || hop->into ||
            hop->direction == graph::Direction::both || !counts(hop->relationship))
            return std::nullopt;
        count.what = StoredCount::What::relationships;
        count.names = hop->types;
        return count;
    }

    StepPtr ordered(const Projection& form, const std::vector<Slot>& columns, StepPtr step) const {
        if (!form.order.empty()) {
            Sort sort;
            for (const auto& item : form.order)
                sort.keys.push_back({item.expression.get(), item.descending});
            sort.kept = columns;
            if (form.where != nullptr)
                sort.kept.insert(sort.kept.end(), live_.begin(), live_.end());
            if (form.limit != nullptr) {
                sort.skip = form.skip.get();
                sort.limit = form.limit.get();
            }
            step = make_step(std::move(sort), std::move(step));
        }
        if (form.skip != nullptr) step = make_step(Skip{form.skip.get()}, std::move(step));
        if (form.limit != nullptr) {
            if (form.order.empty() && !form.aggregates && !form.distinct) push_limit(form, *step);
            step = make_step(Limit{form.limit.get(), plan_.writes}, std::move(step));
        }
        return step;
    }

    /// A procedure right below the LIMIT is told how many rows are wanted of it.
    static void push_limit(const Projection& form, Step& top) {
        auto* step = &top;
        while (step->source != nullptr && (std::holds_alternative<Project>(step->form) ||
                                           std::holds_alternative<Skip>(step->form)))
            step = step->source.get();
        auto* call = std::get_if<CallProcedure>(&step->form);
        if (call == nullptr || !std::holds_alternative<Argument>(step->source->form)) return;
        call->skip = form.skip.get();
        call->limit = form.limit.get();
    }

    /// Live variables and those a write adds: what a row needs after it.
    std::vector<Slot> kept(const std::vector<PathPattern>& paths) const {
        auto slots = live_;
        for (const auto& path : paths) add_new_slots(path, slots);
        return slots;
    }

    StepPtr clause(cypher::Create& form, StepPtr source) {
        for (auto& path : form.paths) subplans(path);
        return make_step(plan::Create{&form.paths, kept(form.paths)}, std::move(source));
    }

    StepPtr clause(cypher::Merge& form, StepPtr source) {
        subplans(form.path);
        for (auto* items : {&form.on_create, &form.on_match}) subplans(*items);
        plan::Merge merge;
        merge.merge = &form;
        merge.kept = live_;
        add_new_slots(form.path, merge.kept);
        merge.inner = PatternPlanner(statistics_, plan_.keys, read_, bound())
                          .plan({&form.path}, nullptr, make_step(Argument{}, nullptr));
        return make_step(std::move(merge), std::move(source));
    }

    StepPtr clause(cypher::Set& form, StepPtr source) {
        subplans(form.items);
        return make_step(SetItems{&form.items, false, live_}, std::move(source));
    }

    StepPtr clause(cypher::Remove& form, StepPtr source) {
        subplans(form.items);
        return make_step(SetItems{&form.items, true, live_}, std::move(source));
    }

    StepPtr clause(cypher::Delete& form, StepPtr source) {
        for (auto& target : form.targets) subplans(target);
        return make_step(plan::Delete{&form, live_}, std::move(source));
    }

    StepPtr clause(ProcedureCall& form, StepPtr source) {
        for (auto& argument : form.arguments) subplans(argument);
        subplans(form.where);
        auto step = make_step(CallProcedure{&form}, std::move(source));
        if (form.where != nullptr) step = make_step(Filter{{form.where.get()}}, std::move(step));
        return step;
    }

    StepPtr clause(CallSubquery& form, StepPtr source) {
        const auto outer = live_;
        Apply apply;
        apply.inner = query(*form.query);
        live_ = outer;
        return make_step(std::move(apply), std::move(source));
    }

    // Subqueries within expressions get plans of their own.

    void subplans(ExpressionPtr& expression) {
        if (expression == nullptr) return;
        const auto outer = live_;
        if (auto* form = expression->as<Subquery>()) {
            store(form->subplan, query(*form->query));
        } else if (auto* comprehension = expression->as<PatternComprehension>()) {
            subplans(*comprehension->pattern);
            subplans(comprehension->where);
            subplans(comprehension->result);
            PatternPlanner planner(statistics_, plan_.keys, read_,
                                   known_outside(*comprehension->pattern));
            store(comprehension->subplan,
                  planner.plan({comprehension->pattern.get()}, comprehension->where.get(),
                               make_step(Argument{}, nullptr)));
            return;
        }
        live_ = outer;
        for_each_child(*expression, [&](ExpressionPtr& child) { subplans(child); });
    }

    /// Everything outside a comprehension's pattern is bound; of its own variables those the binder
    /// found bound.
    std::set<Slot> known_outside(const PathPattern& path) const {
        std::set<Slot> known;
        for (Slot slot = 0; slot < plan_.slot_count; ++slot) known.insert(slot);
        known.erase(path.variable.slot);
        for (const auto& node : path.nodes) {
            if (!node.bound) known.erase(node.variable.slot);
        }
        for (const auto& relationship : path.relationships) {
            if (!relationship.bound) known.erase(relationship.variable.slot);
            if (relationship.quantified != nullptr) forget(*relationship.quantified, known);
        }
        return known;
    }

    static void forget(const QuantifiedPath& quantified, std::set<Slot>& known) {
        for (const auto& node : quantified.path.nodes) known.erase(node.variable.slot);
        for (const auto& each : quantified.path.relationships) known.erase(each.variable.slot);
        for (const auto& [inside, list] : quantified.groups) known.erase(list.slot);
    }

    void subplans(PathPattern& path) {
        for (auto& node : path.nodes) subplans(node.properties);
        for (auto& relationship : path.relationships) {
            subplans(relationship.properties);
            if (relationship.quantified == nullptr) continue;
            subplans(relationship.quantified->path);
            subplans(relationship.quantified->where);
        }
    }

    void subplans(std::vector<SetItem>& items) {
        for (auto& item : items) {
            std::visit(
                [&](auto& form) {
                    subplans(form.subject);
                    if constexpr (!std::is_same_v<std::decay_t<decltype(form)>, SetLabels>)
                        subplans(form.value);
                },
                item);
        }
    }

    void store(int number, StepPtr step) {
        const auto place = static_cast<std::size_t>(number);
        if (plan_.subplans.size() <= place) plan_.subplans.resize(place + 1);
        plan_.subplans[place] = std::move(step);
    }

    const graph::Snapshot& statistics_;
    const std::set<Slot>& read_;
    Plan& plan_;
    std::vector<Slot> live_;
};

}  // namespace

std::shared_ptr<const Plan> plan(Statement statement, const semantics::Binding& binding,
                                 const graph::Snapshot& statistics) {
    auto result = std::make_shared<Plan>();
    result->statement = std::move(statement);
    result->slot_count = binding.slot_count;
    result->writes = binding.writes;
    result->parameters = binding.parameters;
    result->keys = binding.keys;
    result->node_count = statistics.node_count();
    auto& query = result->statement.query;
    result->columns = query.columns;
    result->column_slots = query.column_slots;
    result->root = Planner(statistics, binding.read, *result).query(query);
    return result;
}

}  // namespace khom::query::plan
