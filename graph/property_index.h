#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
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
/// made. Immutable.
class PropertyIndex {
  public:
    /// Cost: n log n in the nodes of the label; 32 bytes a node, and its strings.
    PropertyIndex(const Snapshot& graph, LabelId label, PropertyKeyId key);

    /// Valid while the index lives; equal values in order of node.
    std::span<const NodeId> equal(const Value& value) const;
    /// From `low` to `high`, both included, either of them absent: only values that compare with
    /// them.
    std::span<const NodeId> range(const Value& low, const Value& high) const;
    std::span<const NodeId> with_prefix(std::string_view prefix) const;

    LabelId label() const { return label_; }
    std::size_t size() const { return nodes_.size(); }
    /// How many different values there are.
    std::size_t distinct() const { return distinct_; }

  private:
    std::span<const NodeId> between(std::size_t begin, std::size_t end) const;
    LabelId label_;
    std::vector<Value> values_;  ///< sorted
    std::vector<NodeId> nodes_;  ///< of each value
    std::size_t distinct_ = 0;
};

/// The property indexes of one snapshot, made when they are first asked for twice: a single look-up
/// costs no more than a scan. Safe from any thread.
class PropertyIndexes {
  public:
    /// None the first time, and where too many other indexes were made already.
    std::shared_ptr<const PropertyIndex> find(const Snapshot& graph, LabelId label,
                                              PropertyKeyId key);

  private:
    struct Entry {
        bool asked = false;
        std::shared_ptr<const PropertyIndex> index;
    };
    std::mutex mutex_;
    std::map<std::pair<LabelId, PropertyKeyId>, Entry> entries_;
    std::size_t nodes_ = 0;  ///< in all indexes
};

}  // namespace khom::graph
