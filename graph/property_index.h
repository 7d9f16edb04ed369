#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/id.h"
#include "graph/value.h"

namespace khom::graph {

class Snapshot;

/// The nodes of one label in the order of one of their properties: finds those with a value, in a
/// range, or whose text begins so. Nodes without the property are not in it.
///
/// Answers are by openCypher's order, in which 1 is 1.0: they hold every node that a comparison
/// accepts, and for lists and NaN also some that it does not, so the comparison is still to be
/// made. Immutable; successors share what did not change.
class PropertyIndex {
  public:
    /// Cost: n log n in the nodes of the label; 32 bytes a node, and its strings.
    PropertyIndex(const Snapshot& graph, LabelId label, PropertyKeyId key);
    /// The same of a later snapshot, in which no node is different but `changed` (sorted) and what
    /// `older` knew of already.
    /// Cost: k log k in all that changed since the last sort; a sort if that is an eighth of all.
    PropertyIndex(const PropertyIndex& older, const Snapshot& graph, PropertyKeyId key,
                  std::span<const NodeId> changed);

    /// Appends the nodes with the value; each once, in no order.
    void equal(const Value& value, std::vector<NodeId>& nodes) const;
    /// From `low` to `high`, both included, either of them absent: only values that compare with
    /// them.
    void range(const Value& low, const Value& high, std::vector<NodeId>& nodes) const;
    void with_prefix(std::string_view prefix, std::vector<NodeId>& nodes) const;

    LabelId label() const { return label_; }
    /// How many nodes it holds.
    std::size_t size() const { return settled_->nodes.size() + newer_.nodes.size(); }

  private:
    struct Sorted {
        std::vector<Value> values;
        std::vector<NodeId> nodes;  ///< of each value
    };
    static Sorted sorted(const Snapshot& graph, LabelId label, PropertyKeyId key,
                         std::span<const NodeId> nodes);
    /// The places between which `find` says the answer lies.
    template <class Find>
    void append(Find find, std::vector<NodeId>& nodes) const;

    LabelId label_;
    std::shared_ptr<const Sorted> settled_;
    std::vector<NodeId> stale_;  ///< sorted: what settled_ says of these is no longer believed
    Sorted newer_;               ///< what these are now
};

/// The property indexes of one snapshot, made when they are first asked for twice: a single look-up
/// costs no more than a scan. A successor takes them over. Safe from any thread.
class PropertyIndexes {
  public:
    PropertyIndexes() = default;
    /// What `older` has, for a snapshot that differs from its by `changed`.
    PropertyIndexes(PropertyIndexes& older, const std::set<NodeId>& changed);

    /// None the first time, and where too many other indexes were made already.
    std::shared_ptr<const PropertyIndex> find(const Snapshot& graph, LabelId label,
                                              PropertyKeyId key);

  private:
    struct Entry {
        bool asked = false;
        std::shared_ptr<const PropertyIndex> index;
        std::vector<NodeId> changed;  ///< sorted: since the index was made
    };
    std::mutex mutex_;
    std::map<std::pair<LabelId, PropertyKeyId>, Entry> entries_;
    std::size_t nodes_ = 0;  ///< in all indexes
};

}  // namespace khom::graph
