#include "corpus/undo.h"

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

#include "graph/settings.h"

namespace khom::corpus {

namespace {

std::string public_id(const graph::Map& properties) {
    const auto found = properties.find(graph::public_id_key);
    return found == properties.end() ? std::string()
                                     : std::string(graph::string_or_empty(found->second));
}

tl::unexpected<graph::Refusal> built_on(const std::string& id) {
    return graph::refuse(graph::RefusalCode::conflict,
                         "'" + id + "' was changed or built on since; undo that first.");
}

/// The entry of one revision.
graph::Result<graph::LogEntry> entry_of(const graph::Store& store, graph::Revision revision) {
    const auto number = graph::number(revision);
    if (number == 0 || number > graph::number(store.log().last())) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "There is no batch 'b-" + std::to_string(number) + "'.");
    }
    return store.log()
        .read(graph::Revision{number - 1}, 1)
        .and_then([&](std::vector<graph::LogEntry> entries) -> graph::Result<graph::LogEntry> {
            if (entries.empty() || entries.front().revision != revision) {
                return graph::refuse(graph::RefusalCode::gone,
                                     "The log no longer reaches back to this batch.");
            }
            return std::move(entries.front());
        });
}

/// Whether all is already as it was before the batch: then there is nothing to undo.
bool is_undone(const graph::Snapshot& now, const graph::Batch& batch) {
    const auto node_as_before = [&](const graph::NodeChange& change) {
        const auto found = now.find(
            public_id(change.before ? change.before->properties : change.after->properties));
        return change.before ? found && now.properties(*found) == change.before->properties
                             : !found;
    };
    const auto link_as_before = [&](const graph::RelationshipChange& change) {
        const auto found = now.find_relationship(
            public_id(change.before ? change.before->properties : change.after->properties));
        return change.before ? found && now.properties(*found) == change.before->properties
                             : !found;
    };
    return std::all_of(batch.nodes.begin(), batch.nodes.end(), node_as_before) &&
           std::all_of(batch.relationships.begin(), batch.relationships.end(), link_as_before);
}

/// What the batch made goes; so nothing may be linked to it, and no list of sources may cite it.
graph::Result<void> check_unused(const graph::Draft& draft, const graph::Batch& batch) {
    const auto& view = draft.view();
    std::set<std::string, std::less<>> gone;
    for (const auto& change : batch.nodes) {
        if (!change.before) {
            const auto id = public_id(change.after->properties);
            if (view.degree(change.id) > 0) {
                return built_on(id);
            }
            gone.insert(id);
        }
    }
    std::string cited;
    const auto look = [&](const graph::Value& sources) {
        for (const auto source : graph::strings_of(sources)) {
            if (gone.contains(source)) {
                cited = source;
            }
        }
    };
    for (const auto node : gone.empty() ? std::vector<graph::NodeId>() : view.nodes()) {
        look(view.property(node, "sources"));
    }
    for (const auto link :
         gone.empty() ? std::vector<graph::RelationshipId>() : view.relationships()) {
        look(view.property(link, "sources"));
    }
    return cited.empty() ? graph::Result<void>() : built_on(cited);
}

}  // namespace

graph::Result<graph::Commit> undo(graph::Store& store, graph::Revision revision,
                                  const graph::Authorship& by) {
    return entry_of(store, revision)
        .and_then([&](const graph::LogEntry& entry) -> graph::Result<graph::Commit> {
            if (!entry.batch.redirects.empty() &&
                graph::setting_name(entry.batch.redirects.front().from)) {
                return graph::refuse(graph::RefusalCode::conflict,
                                     "The batch set words of the search, not entities: put the "
                                     "words of before instead.");
            }
            const auto& redirects = entry.batch.redirects;
            if (std::any_of(redirects.begin(), redirects.end(),
                            [](const graph::Redirect& one) { return one.into.empty(); })) {
                return graph::refuse(graph::RefusalCode::conflict,
                                     "The batch took a merge back; merge the two again instead.");
            }
            auto draft = store.begin();
            if (is_undone(draft.base(), entry.batch)) {
                return graph::Commit{draft.base().revision(), false};
            }
            return draft.revert(entry.batch)
                .and_then([&] { return check_unused(draft, entry.batch); })
                .and_then([&] { return store.commit(std::move(draft), by); });
        });
}

}  // namespace khom::corpus
