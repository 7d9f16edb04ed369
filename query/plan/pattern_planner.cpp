// A path is planned from its cheapest node outwards: one that is bound, else one with an id, else
// the rarest label. Every predicate is asked as soon as the slots it reads are filled.

#include <algorithm>
#include <limits>

#include "query/cypher/walk.h"
#include "query/plan/planner_private.h"

namespace khom::query::plan {

using namespace cypher;

StepPtr make_step(Form form, StepPtr source) {
    auto step = std::make_unique<Step>();
    step->form = std::move(form);
    step->source = std::move(source);
    return step;
}

Reads reads_of(const Expression& expression) {
    Reads reads;
    if (const auto* variable = expression.as<Variable>()) reads.slots.insert(variable->slot);
    reads.opaque =
        expression.as<Subquery>() != nullptr || expression.as<PatternComprehension>() != nullptr;
    for_each_child(expression, [&](const Expression& child) {
        auto below = reads_of(child);
        reads.slots.merge(below.slots);
        reads.opaque |= below.opaque;
    });
    // What an expression binds itself is not read from the row.
    if (const auto* form = expression.as<ListComprehension>())
        reads.slots.erase(form->variable.slot);
    if (const auto* form = expression.as<Quantifier>()) reads.slots.erase(form->variable.slot);
    if (const auto* form = expression.as<Reduce>()) {
        reads.slots.erase(form->variable.slot);
        reads.slots.erase(form->accumulator.slot);
    }
    return reads;
}

namespace {

template <class Properties, class Visit>
void for_each_property(const Properties& properties, Visit visit) {
    if (properties == nullptr) return;
    for (const auto& [key, value] : properties->template as<MapLiteral>()->entries)
        visit(key, *value);
}

std::vector<std::pair<std::string, const Expression*>> property_list(
    const RelationshipPattern& relationship) {
    std::vector<std::pair<std::string, const Expression*>> list;
    for_each_property(
        relationship.properties,
        [&](const std::string& key, const Expression& value) { list.emplace_back(key, &value); });
    return list;
}

std::vector<std::string> distinct_types(std::vector<std::string> types) {
    std::ranges::sort(types);
    const auto rest = std::ranges::unique(types);
    types.erase(rest.begin(), rest.end());
    return types;
}

graph::Direction turned(graph::Direction direction) {
    if (direction == graph::Direction::both) return direction;
    return direction == graph::Direction::out ? graph::Direction::in : graph::Direction::out;
}

}  // namespace

void PatternPlanner::gather_conjuncts(const Expression& expression) {
    const auto* form = expression.as<Binary>();
    if (form != nullptr && form->op == BinaryOperator::logical_and) {
        gather_conjuncts(*form->left);
        gather_conjuncts(*form->right);
        return;
    }
    auto reads = reads_of(expression);
    pending_.push_back({&expression, std::move(reads.slots), reads.opaque});
}

void PatternPlanner::gather_predicates(const PathPattern& path) {
    const auto equals = [&](Slot subject, const std::string& key, const Expression& value) {
        auto reads = reads_of(value);
        reads.slots.insert(subject);
        pending_.push_back(
            {PropertyEquals{subject, key, &value}, std::move(reads.slots), reads.opaque});
    };
    for (const auto& node : path.nodes) {
        const auto slot = node.variable.slot;
        if (!node.labels.empty())
            pending_.push_back({LabelsPresent{slot, node.labels}, {slot}, false});
        for_each_property(node.properties, [&](const std::string& key, const Expression& value) {
            equals(slot, key, value);
        });
    }
    for (const auto& relationship : path.relationships) {
        if (relationship.hops || path.search != PathSearch::every)
            continue;  // asked of each relationship on the way
        for_each_property(relationship.properties,
                          [&](const std::string& key, const Expression& value) {
                              equals(relationship.variable.slot, key, value);
                          });
    }
}

StepPtr PatternPlanner::with_filters(StepPtr step, bool all) {
    Filter filter;
    std::vector<Pending> rest;
    for (auto& pending : pending_) {
        const bool ready = all || (!pending.last && std::ranges::includes(bound_, pending.needs));
        if (ready) {
            filter.predicates.push_back(std::move(pending.predicate));
        } else {
            rest.push_back(std::move(pending));
        }
    }
    pending_ = std::move(rest);
    return filter.predicates.empty() ? std::move(step)
                                     : make_step(std::move(filter), std::move(step));
}

const Expression* PatternPlanner::id_value(const NodePattern& node) const {
    for (const auto& pending : pending_) {
        const auto others_bound = [&] {
            return std::ranges::all_of(pending.needs, [&](Slot slot) {
                return slot == node.variable.slot || is_bound(slot);
            });
        };
        if (pending.last || !pending.needs.contains(node.variable.slot) || !others_bound())
            continue;
        if (const auto* equals = std::get_if<PropertyEquals>(&pending.predicate)) {
            if (equals->subject == node.variable.slot && equals->key == graph::kPublicId &&
                !reads_of(*equals->value).slots.contains(node.variable.slot)) {
                return equals->value;
            }
            continue;
        }
        const auto* expression = std::get_if<const Expression*>(&pending.predicate);
        const auto* chain = expression == nullptr ? nullptr : (*expression)->as<Comparison>();
        if (chain == nullptr || chain->relations.size() != 1 ||
            chain->relations[0] != Relation::equal)
            continue;
        for (const int side : {0, 1}) {
            const auto* property = chain->operands[static_cast<std::size_t>(side)]->as<Property>();
            const auto* variable =
                property == nullptr ? nullptr : property->subject->as<Variable>();
            const auto& other = *chain->operands[static_cast<std::size_t>(1 - side)];
            if (variable != nullptr && variable->slot == node.variable.slot &&
                property->key == graph::kPublicId &&
                !reads_of(other).slots.contains(node.variable.slot)) {
                return &other;
            }
        }
    }
    return nullptr;
}

double PatternPlanner::cost_of_start(const NodePattern& node) const {
    if (is_bound(node.variable.slot)) return 0;
    if (id_value(node) != nullptr) return 1;
    auto cost = static_cast<double>(statistics_.node_count()) + 2;
    for (const auto& label : node.labels) {
        const auto id = statistics_.label(label);
        cost = std::min(cost, id ? static_cast<double>(statistics_.count(*id)) + 1.5 : 1.5);
    }
    return node.properties == nullptr ? cost : cost * 0.9;
}

std::size_t PatternPlanner::best_start(const PathPattern& path) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < path.nodes.size(); ++i) {
        if (cost_of_start(path.nodes[i]) < cost_of_start(path.nodes[best])) best = i;
    }
    return best;
}

double PatternPlanner::cost_of_path(const PathPattern& path) const {
    for (const auto& relationship : path.relationships) {
        if (!relationship.hops && is_bound(relationship.variable.slot)) return 0;
    }
    return cost_of_start(path.nodes[best_start(path)]) +
           (path.search == PathSearch::every ? 0 : 1e12);
}

StepPtr PatternPlanner::plan(const std::vector<const PathPattern*>& paths, const Expression* where,
                             StepPtr source) {
    for (const auto* path : paths) gather_predicates(*path);
    if (where != nullptr) gather_conjuncts(*where);
    auto step = with_filters(std::move(source), false);
    auto left = paths;
    while (!left.empty()) {
        const auto next = std::ranges::min_element(
            left, {}, [&](const PathPattern* each) { return cost_of_path(*each); });
        step = path(**next, std::move(step));
        left.erase(next);
    }
    return with_filters(std::move(step), true);
}

StepPtr PatternPlanner::start(const NodePattern& node, StepPtr step) {
    if (is_bound(node.variable.slot)) return step;
    const auto* id = id_value(node);
    if (id != nullptr) {
        step = make_step(NodeById{node.variable.slot, id}, std::move(step));
    } else {
        std::string rarest;
        auto fewest = std::numeric_limits<std::size_t>::max();
        for (const auto& label : node.labels) {
            const auto known = statistics_.label(label);
            const auto count = known ? statistics_.count(*known) : 0;
            if (count < fewest) {
                fewest = count;
                rarest = label;
            }
        }
        step = make_step(NodeScan{node.variable.slot, rarest}, std::move(step));
    }
    bound_.insert(node.variable.slot);
    return with_filters(std::move(step), false);
}

StepPtr PatternPlanner::path(const PathPattern& path, StepPtr step) {
    if (path.search != PathSearch::every) return shortest(path, std::move(step));
    auto right = best_start(path);
    auto left = right;
    // A bound relationship gives both its ends at once: the better start where no node is bound.
    const auto given =
        std::ranges::find_if(path.relationships, [&](const RelationshipPattern& each) {
            return !each.hops && is_bound(each.variable.slot);
        });
    if (!is_bound(path.nodes[right].variable.slot) && given != path.relationships.end()) {
        left = static_cast<std::size_t>(given - path.relationships.begin());
        right = left + 1;
        step = relationship(path, left, true, std::move(step));
    } else {
        step = start(path.nodes[right], std::move(step));
    }
    for (auto i = right; i < path.relationships.size(); ++i)
        step = relationship(path, i, true, std::move(step));
    for (auto i = left; i-- > 0;) step = relationship(path, i, false, std::move(step));
    if (path.variable.slot != kNoSlot) {
        BuildPath build{path.variable.slot, path.nodes[0].variable.slot, {}};
        for (const auto& each : path.relationships)
            build.relationships.push_back(each.variable.slot);
        step = make_step(std::move(build), std::move(step));
        bound_.insert(path.variable.slot);
        step = with_filters(std::move(step), false);
    }
    return step;
}

StepPtr PatternPlanner::relationship(const PathPattern& path, std::size_t index, bool forwards,
                                     StepPtr step) {
    const auto& pattern = path.relationships[index];
    Expand hop;
    hop.from = path.nodes[forwards ? index : index + 1].variable.slot;
    hop.to = path.nodes[forwards ? index + 1 : index].variable.slot;
    hop.relationship = pattern.variable.slot;
    hop.types = distinct_types(pattern.types);
    hop.direction = forwards ? pattern.direction : turned(pattern.direction);
    hop.into = is_bound(hop.to);
    hop.distinct_from = relationships_;
    const bool given = is_bound(hop.relationship);
    const bool from_bound = is_bound(hop.from);
    relationships_.push_back(hop.relationship);
    bound_.insert({hop.relationship, hop.from, hop.to});
    if (pattern.hops) {
        VarExpand expand;
        expand.hop = std::move(hop);
        expand.min = pattern.hops->min;
        expand.max = pattern.hops->max;
        expand.reversed = !forwards;
        expand.list_bound = given;
        expand.properties = property_list(pattern);
        step = make_step(std::move(expand), std::move(step));
    } else if (given) {
        step = make_step(Ends{hop.relationship, hop.from, hop.to, hop.types, hop.direction,
                              from_bound, hop.into, hop.distinct_from},
                         std::move(step));
    } else {
        step = make_step(std::move(hop), std::move(step));
    }
    return with_filters(std::move(step), false);
}

StepPtr PatternPlanner::shortest(const PathPattern& path, StepPtr step) {
    step = start(path.nodes[0], std::move(step));
    step = start(path.nodes[1], std::move(step));
    const auto& pattern = path.relationships[0];
    ShortestPath search;
    search.hop.from = path.nodes[0].variable.slot;
    search.hop.to = path.nodes[1].variable.slot;
    search.hop.relationship = pattern.variable.slot;
    search.hop.types = distinct_types(pattern.types);
    search.hop.direction = pattern.direction;
    search.min = pattern.hops ? pattern.hops->min : 1;
    search.max = pattern.hops ? pattern.hops->max : std::optional<std::int64_t>(1);
    search.all = path.search == PathSearch::all_shortest;
    search.properties = property_list(pattern);
    step = make_step(std::move(search), std::move(step));
    bound_.insert(pattern.variable.slot);
    if (path.variable.slot != kNoSlot) {
        step = make_step(
            BuildPath{path.variable.slot, path.nodes[0].variable.slot, {pattern.variable.slot}},
            std::move(step));
        bound_.insert(path.variable.slot);
    }
    return with_filters(std::move(step), false);
}

}  // namespace khom::query::plan
