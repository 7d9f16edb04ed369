#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/change_log.h"
#include "graph/store.h"

namespace khom::graph {

/// A graph that streams into an empty store: beside the log, as sorted files that one synced record
/// makes visible. Memory is that of the finished snapshot, however long the input. Dropped without
/// commit, nothing happened.
///
/// Every node obeys the store's rules; what they say of relationships is for the caller to see to,
/// since rules ask for a whole state. Not for sharing between threads. The log keeps no entry for
/// it: followers are told `gone`, and read the snapshot.
class BulkLoad {
  public:
    BulkLoad() = default;
    BulkLoad(const BulkLoad&) = delete;
    BulkLoad& operator=(const BulkLoad&) = delete;
    virtual ~BulkLoad() = default;

    /// The node added under a public id.
    virtual std::optional<NodeId> find(std::string_view public_id) const = 0;
    virtual std::optional<RelationshipId> find_relationship(std::string_view public_id) const = 0;
    /// Refuses as Draft::create_node; type_error for a public id that is no string;
    /// storage_unavailable.
    virtual Result<NodeId> add_node(const std::vector<std::string>& labels,
                                    const Map& properties) = 0;
    virtual Result<RelationshipId> add_relationship(NodeId from, std::string_view type, NodeId to,
                                                    const Map& properties) = 0;
    /// Makes all of it the store's next revision. Refuses: conflict if the store is not empty any
    /// more; storage_unavailable. The load is used up.
    virtual Result<Commit> commit(const Authorship& by) = 0;
};

}  // namespace khom::graph
