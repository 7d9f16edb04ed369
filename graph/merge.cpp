#include "graph/merge.h"

#include <string>
#include <utility>
#include <vector>

namespace khom::graph {

namespace {

Result<void> move_relationships(Draft& draft, NodeId from, NodeId into) {
    std::vector<Relationship> moved;
    for (const auto direction : {Direction::out, Direction::in}) {
        for (const auto& adjacent : draft.view().adjacent(from, direction)) {
            const bool is_between = adjacent.neighbour == into || adjacent.neighbour == from;
            if (!is_between) {
                moved.push_back(draft.view().relationship(adjacent.relationship));
            }
        }
    }
    draft.detach_erase(from);
    for (const auto& one : moved) {
        const auto begin = one.from == from ? into : one.from;
        const auto end = one.to == from ? into : one.to;
        if (auto made = draft.create_relationship(begin, one.type, end, one.properties); !made) {
            return tl::unexpected(std::move(made.error()));
        }
    }
    return {};
}

}  // namespace

Result<void> merge_nodes(Draft& draft, NodeId from, NodeId into) {
    if (!draft.view().has(from) || !draft.view().has(into)) {
        return refuse(RefusalCode::entity_not_found, "One of the two is not there.");
    }
    if (from == into) {
        return refuse(RefusalCode::argument_error, "A node cannot be merged with itself.");
    }
    const auto gone = draft.view().node(from);
    if (auto moved = move_relationships(draft, from, into); !moved) {
        return moved;
    }
    for (const auto& label : gone.labels) {
        if (auto added = draft.add_label(into, label); !added) {
            return added;
        }
    }
    for (const auto& [key, value] : gone.properties) {
        if (draft.view().property(into, key).is_null()) {
            if (auto set = draft.set_property(into, key, value); !set) {
                return set;
            }
        }
    }
    const auto old_id = gone.properties.find(kPublicId);
    const auto new_id = draft.view().property(into, kPublicId);
    if (old_id != gone.properties.end() && old_id->second.is(ValueKind::string) &&
        new_id.is(ValueKind::string) && !(old_id->second == new_id)) {
        draft.redirect(std::string(old_id->second.string()), std::string(new_id.string()));
    }
    return {};
}

}  // namespace khom::graph
