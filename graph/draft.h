#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/batch.h"
#include "graph/failure.h"
#include "graph/snapshot.h"

namespace khom::graph {

/// A private successor of a snapshot under construction: a write statement or an import works on
/// it, sees its own changes through `view()`, and publishes by `Store::commit`. Dropped without
/// commit, nothing happened.
///
/// Not for sharing between threads. Cost of a change: it copies the pages it touches, once per
/// draft.
class Draft {
  public:
    explicit Draft(std::shared_ptr<const Snapshot> base);
    ~Draft();
    Draft(Draft&&) noexcept;
    Draft& operator=(Draft&&) noexcept;

    /// The state with all changes made so far. The reference stays good, its content follows the
    /// changes; spans taken from it end with the next change. `revision()` is the base's.
    const Snapshot& view() const;
    /// What the draft started from.
    const Snapshot& base() const;

    /// Labels may repeat; null properties are left out.
    /// Refuses: type_error for a property that cannot be stored; constraint_validation_failed for a
    /// public id that is taken.
    Result<NodeId> create_node(const std::vector<std::string>& labels, const Map& properties);
    Result<RelationshipId> create_relationship(NodeId from, std::string_view type, NodeId to,
                                               const Map& properties);

    /// Null removes. Refuses as `create_node`, and entity_not_found (DeletedEntityAccess) for what
    /// this draft deleted.
    Result<void> set_property(NodeId node, std::string_view key, const Value& value);
    Result<void> set_property(RelationshipId relationship, std::string_view key,
                              const Value& value);
    /// All properties at once: what is not in `properties` is removed.
    Result<void> replace_properties(NodeId node, const Map& properties);
    Result<void> replace_properties(RelationshipId relationship, const Map& properties);
    Result<void> add_label(NodeId node, std::string_view label);
    Result<void> remove_label(NodeId node, std::string_view label);

    /// Deleting what is deleted already does nothing. The node may still have relationships until
    /// commit (openCypher checks at the end of the statement: `dangling()`).
    void erase(NodeId node);
    void erase(RelationshipId relationship);
    /// The node with all its relationships.
    void detach_erase(NodeId node);

    /// Restores the before-images of a batch that was committed once.
    /// Refuses: conflict where the state is not as the batch left it, naming the first such thing;
    /// as `create_node` for a public id that another has taken meanwhile.
    Result<void> revert(const Batch& batch);

    /// Sends the public id `from` to `into` from now on (a merge); an empty `into` takes that back.
    void redirect(std::string from, std::string into);

    /// The nodes that were made, changed or deleted so far.
    const std::set<NodeId>& touched_nodes() const;

    /// A deleted node that still has relationships, if any: such a draft cannot be committed.
    std::optional<NodeId> dangling() const;

    /// The changes so far against the base: what came and went within the draft is not in it, nor
    /// what ended as it began.
    Batch batch() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace khom::graph
