#include "corpus/undo.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "graph/settings.h"

namespace khom::corpus {

namespace {

using graph::Draft;
using graph::NodeId;

std::string public_id(const graph::Map& properties) {
    const auto found = properties.find(graph::kPublicId);
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

/// Nodes of the batch by the number they had then, and where they are now.
class Reverse {
  public:
    Reverse(Draft& draft, const graph::Batch& batch) : draft_(draft), batch_(batch) {}

    graph::Result<void> run() {
        return each(batch_.relationships, &Reverse::take_away_link)
            .and_then([&] { return each(batch_.nodes, &Reverse::restore_node); })
            .and_then([&] { return each(batch_.relationships, &Reverse::bring_back_link); })
            .and_then([&] { return each(batch_.nodes, &Reverse::take_away_node); })
            .and_then([&] { return take_away_redirects(); })
            .and_then([&] { return check_citations(); });
    }

  private:
    template <class Change>
    graph::Result<void> each(const std::vector<Change>& changes,
                             graph::Result<void> (Reverse::*step)(const Change&)) {
        for (const auto& change : changes) {
            if (auto done = (this->*step)(change); !done) {
                return done;
            }
        }
        return {};
    }

    graph::Result<void> take_away_link(const graph::RelationshipChange& change) {
        if (!change.after) {
            return {};
        }
        const auto id = public_id(change.after->properties);
        const auto found = draft_.view().find_relationship(id);
        if (!found || draft_.view().properties(*found) != change.after->properties) {
            return built_on(id);
        }
        if (change.before) {
            return draft_.replace_properties(*found, change.before->properties);
        }
        draft_.erase(*found);
        return {};
    }

    graph::Result<void> restore_node(const graph::NodeChange& change) {
        if (!change.before) {
            return {};
        }
        const auto id = public_id(change.before->properties);
        const auto found = draft_.view().find(id);
        if (!change.after) {
            if (found) {
                return built_on(id);
            }
            return draft_.create_node(change.before->labels, change.before->properties)
                .map([&](NodeId node) { again_[change.id] = node; });
        }
        if (!found || draft_.view().properties(*found) != change.after->properties) {
            return built_on(id);
        }
        return draft_.replace_properties(*found, change.before->properties);
    }

    graph::Result<void> bring_back_link(const graph::RelationshipChange& change) {
        if (!change.before || change.after) {
            return {};
        }
        const auto& link = *change.before;
        const auto from = place_of(link.from), to = place_of(link.to);
        if (!from || !to) {
            return built_on(public_id(link.properties));
        }
        return draft_.create_relationship(*from, link.type, *to, link.properties)
            .map([](graph::RelationshipId) {});
    }

    graph::Result<void> take_away_node(const graph::NodeChange& change) {
        if (change.before) {
            return {};
        }
        const auto id = public_id(change.after->properties);
        const auto found = draft_.view().find(id);
        if (!found || draft_.view().properties(*found) != change.after->properties ||
            draft_.view().degree(*found) > 0) {
            return built_on(id);
        }
        draft_.erase(*found);
        gone_.insert(id);
        return {};
    }

    /// An id that was merged away stands for its own entity again.
    graph::Result<void> take_away_redirects() {
        for (const auto& redirect : batch_.redirects) draft_.redirect(redirect.from, {});
        return {};
    }

    /// Sources are cited by id, without a relationship.
    graph::Result<void> check_citations() const {
        const auto& view = draft_.view();
        std::string cited;
        const auto look = [&](const graph::Value& sources) {
            for (const auto source : graph::strings_of(sources)) {
                if (gone_.contains(std::string(source))) {
                    cited = source;
                }
            }
        };
        for (const auto node : gone_.empty() ? std::vector<NodeId>() : view.nodes()) {
            look(view.property(node, "sources"));
        }
        for (const auto link :
             gone_.empty() ? std::vector<graph::RelationshipId>() : view.relationships()) {
            look(view.property(link, "sources"));
        }
        return cited.empty() ? graph::Result<void>() : built_on(cited);
    }

    std::optional<NodeId> place_of(NodeId then) const {
        if (const auto again = again_.find(then); again != again_.end()) {
            return again->second;
        }
        return draft_.view().has(then) ? std::optional(then) : std::nullopt;
    }

    Draft& draft_;
    const graph::Batch& batch_;
    std::map<NodeId, NodeId> again_;  // deleted then, made again now
    std::set<std::string> gone_;      // what the batch made and is not there any more
};

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
            return Reverse(draft, entry.batch).run().and_then([&] {
                return store.commit(std::move(draft), by);
            });
        });
}

}  // namespace khom::corpus
