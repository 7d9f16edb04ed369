// A path is planned from its cheapest node outwards: one that is bound, else one with an id, else
// the rarest label. Every predicate is asked as soon as the slots it reads are filled.

#include <algorithm>
#include <limits>

#include "query/cypher/ast_text.h"
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
    types.erase(std::unique(types.begin(), types.end()), types.end());
    return types;
}

graph::Direction turned(graph::Direction direction) {
    if (direction == graph::Direction::both) return direction;
    return direction == graph::Direction::out ? graph::Direction::in : graph::Direction::out;
}

}  // namespace

int PatternPlanner::key_number(const std::string& key) {
    const auto found = std::ranges::find(keys_, key);
    const auto number = static_cast<int>(found - keys_.begin());
    if (found == keys_.end()) keys_.push_back(key);
    return number;
}

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
        pending_.push_back({PropertyEquals{subject, key, key_number(key), &value},
                            std::move(reads.slots), reads.opaque});
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

/// The look-up that finds fewest nodes: a public id, then equality, then the others. Two ends of
/// one range are put together.
std::optional<PropertyLookup> PatternPlanner::best_lookup(const NodePattern& node) const {
    const auto slot = node.variable.slot;
    std::optional<PropertyLookup> best;
    const auto rank = [&](const PropertyLookup& lookup) {
        const bool exact = lookup.kind == PropertyLookup::Kind::equal ||
                           lookup.kind == PropertyLookup::Kind::any_of;
        return static_cast<int>(lookup.kind) -
               (exact && lookup.key == graph::public_id_key ? 100 : 0);
    };
    for (const auto& pending : pending_) {
        const bool known = std::ranges::all_of(
            pending.needs, [&](Slot needed) { return needed == slot || is_bound(needed); });
        if (pending.last || !known) continue;
        auto lookup = lookup_of(pending.predicate, slot);
        if (!lookup || (node.labels.empty() && rank(*lookup) >= 0)) continue;
        if (best && best->kind == PropertyLookup::Kind::range && lookup->kind == best->kind &&
            lookup->key == best->key) {
            if (best->low == nullptr) best->low = lookup->low;
            if (best->high == nullptr) best->high = lookup->high;
        } else if (!best || rank(*lookup) < rank(*best)) {
            best = std::move(lookup);
        }
    }
    return best;
}

double PatternPlanner::count_of(const std::string& label) const {
    const auto id = statistics_.label(label);
    return id ? static_cast<double>(statistics_.count(*id)) : 0;
}

std::string PatternPlanner::rarest_label(const NodePattern& node) const {
    if (node.labels.empty()) return {};
    return *std::ranges::min_element(node.labels, {},
                                     [&](const std::string& label) { return count_of(label); });
}

double PatternPlanner::cost_of_start(const NodePattern& node) const {
    if (is_bound(node.variable.slot)) return 0;
    const auto all = node.labels.empty() ? static_cast<double>(statistics_.node_count()) + 0.5
                                         : count_of(rarest_label(node));
    const auto lookup = best_lookup(node);
    if (!lookup) return all + 1.5;
    if (lookup->key == graph::public_id_key && lookup->kind == PropertyLookup::Kind::equal)
        return 1;
    switch (lookup->kind) {
        case PropertyLookup::Kind::equal:
            return 1.1 + all / 1000;
        case PropertyLookup::Kind::any_of:
            return 1.2 + all / 200;
        case PropertyLookup::Kind::prefix:
            return 1.3 + all / 20;
        case PropertyLookup::Kind::range:
            return 1.4 + all / 4;
    }
    return all;
}

/// How many relationships of a pattern one node has on average, as far as counts by type and label
/// tell: all of a type are taken to hang on the nodes of the label.
double PatternPlanner::fan_out(const PathPattern& path, std::size_t index, bool forwards) const {
    const auto& pattern = path.relationships[index];
    const auto& from = path.nodes[forwards ? index : index + 1];
    double relationships =
        pattern.types.empty() ? static_cast<double>(statistics_.relationship_count()) : 0;
    for (const auto& name : pattern.types) {
        if (const auto type = statistics_.type(name))
            relationships += static_cast<double>(statistics_.count(*type));
    }
    if (pattern.direction == graph::Direction::both) relationships *= 2;
    const auto nodes = from.labels.empty() ? static_cast<double>(statistics_.node_count())
                                           : count_of(rarest_label(from));
    const auto fan = relationships / std::max(nodes, 1.0);
    return pattern.hops ? fan * std::max(fan, 1.0) : fan;
}

/// The rows that come and go when the path is walked from one of its nodes, first to the right.
double PatternPlanner::cost_from(const PathPattern& path, std::size_t first) const {
    auto rows = cost_of_start(path.nodes[first]);
    auto cost = rows;
    rows = std::max(rows, 1.0);
    const auto walk = [&](std::size_t index, bool forwards) {
        rows *= fan_out(path, index, forwards);
        cost += rows;
        const auto& to = path.nodes[forwards ? index + 1 : index];
        if (is_bound(to.variable.slot)) rows = std::min(rows, 1.0);
    };
    for (auto i = first; i < path.relationships.size(); ++i) walk(i, true);
    for (auto i = first; i-- > 0;) walk(i, false);
    return cost;
}

std::size_t PatternPlanner::best_start(const PathPattern& path) const {
    std::size_t best = 0;
    auto cheapest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        const auto cost = cost_from(path, i);
        if (cost < cheapest * 0.999) {
            cheapest = cost;
            best = i;
        }
    }
    return best;
}

double PatternPlanner::cost_of_path(const PathPattern& path) const {
    for (const auto& relationship : path.relationships) {
        if (!relationship.hops && is_bound(relationship.variable.slot)) return 0;
    }
    return cost_from(path, best_start(path)) + (path.search == PathSearch::every ? 0 : 1e12);
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

/// A scan of a label answers the question for that label.
void PatternPlanner::scanned(Slot node, const std::string& label) {
    for (auto& pending : pending_) {
        auto* labels = std::get_if<LabelsPresent>(&pending.predicate);
        if (labels != nullptr && labels->node == node) std::erase(labels->labels, label);
    }
    std::erase_if(pending_, [](const Pending& pending) {
        const auto* labels = std::get_if<LabelsPresent>(&pending.predicate);
        return labels != nullptr && labels->labels.empty();
    });
}

StepPtr PatternPlanner::start(const NodePattern& node, StepPtr step) {
    const auto slot = node.variable.slot;
    if (is_bound(slot)) return step;
    auto lookup = best_lookup(node);
    auto label = rarest_label(node);
    if (!lookup) {
        auto pattern = ast_text(node);
        scanned(slot, label);
        step = make_step(NodeScan{slot, std::move(label), std::move(pattern)}, std::move(step));
    } else if (lookup->key == graph::public_id_key &&
               lookup->kind != PropertyLookup::Kind::prefix &&
               lookup->kind != PropertyLookup::Kind::range) {
        step = make_step(NodeById{slot, std::move(label), std::move(*lookup)}, std::move(step));
    } else {
        step =
            make_step(NodeByProperty{slot, std::move(label), std::move(*lookup)}, std::move(step));
    }
    bound_.insert(slot);
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
    if (path.variable.slot != no_slot && read_.contains(path.variable.slot)) {
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
    if (pattern.quantified != nullptr) return repeat(path, index, forwards, std::move(step));
    Expand hop;
    hop.from = path.nodes[forwards ? index : index + 1].variable.slot;
    hop.to = path.nodes[forwards ? index + 1 : index].variable.slot;
    hop.relationship = pattern.variable.slot;
    hop.types = distinct_types(pattern.types);
    hop.direction = forwards ? pattern.direction : turned(pattern.direction);
    hop.into = is_bound(hop.to);
    hop.distinct_from = relationships_;
    hop.pattern = ast_text(path);
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
    search.hop.pattern = ast_text(path);
    search.min = pattern.hops ? pattern.hops->min : 1;
    search.max = pattern.hops ? pattern.hops->max : std::optional<std::int64_t>(1);
    search.all = path.search == PathSearch::all_shortest;
    search.properties = property_list(pattern);
    step = make_step(std::move(search), std::move(step));
    bound_.insert(pattern.variable.slot);
    if (path.variable.slot != no_slot && read_.contains(path.variable.slot)) {
        step = make_step(
            BuildPath{path.variable.slot, path.nodes[0].variable.slot, {pattern.variable.slot}},
            std::move(step));
        bound_.insert(path.variable.slot);
    }
    return with_filters(std::move(step), false);
}

}  // namespace khom::query::plan
