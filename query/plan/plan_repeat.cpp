#include "query/cypher/ast_text.h"
#include "query/plan/planner_private.h"

namespace khom::query::plan {

using namespace cypher;

/// What is inside is planned as a MATCH of its own, from the node where the walk begins.
StepPtr PatternPlanner::repeat(const PathPattern& path, std::size_t index, bool forwards,
                               StepPtr step) {
    const auto& pattern = path.relationships[index];
    const auto& inner = pattern.quantified->path;
    const auto first = inner.nodes.front().variable.slot, last = inner.nodes.back().variable.slot;
    Repeat repeat;
    repeat.entry = forwards ? first : last;
    repeat.exit = forwards ? last : first;
    repeat.from = path.nodes[forwards ? index : index + 1].variable.slot;
    repeat.to = path.nodes[forwards ? index + 1 : index].variable.slot;
    repeat.relationships = pattern.variable.slot;
    repeat.min = pattern.hops->min;
    repeat.max = pattern.hops->max;
    repeat.into = is_bound(repeat.to);
    repeat.reversed = !forwards;
    repeat.distinct_from = relationships_;
    repeat.pattern = ast_text(path);
    for (const auto& each : inner.relationships) repeat.walked.push_back(each.variable.slot);
    auto bound = bound_;
    bound.insert(repeat.entry);
    repeat.inner =
        PatternPlanner(statistics_, keys_, read_, std::move(bound))
            .plan({&inner}, pattern.quantified->where.get(), make_step(Argument{}, nullptr));
    relationships_.push_back(repeat.relationships);
    bound_.insert({repeat.relationships, repeat.from, repeat.to});
    for (const auto& [inside, variable] : pattern.quantified->groups) {
        if (read_.contains(variable.slot)) repeat.groups.emplace_back(inside, variable.slot);
        bound_.insert(variable.slot);
    }
    return with_filters(make_step(std::move(repeat), std::move(step)), false);
}

}  // namespace khom::query::plan
