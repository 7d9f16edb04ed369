#pragma once

#include <span>
#include <vector>

#include "query/operators/execution.h"
#include "query/plan/plan.h"

namespace khom::query::operators {

/// Goes through the relationships of one node, in the directions and of the types of a hop. A loop
/// is met once. The graph must not change meanwhile.
class AdjacencyCursor {
  public:
    void start(const plan::Expand& hop, graph::NodeId node, const Execution& execution);
    /// The next relationship, or null at the end.
    const graph::Adjacent* next(Execution& execution);

  private:
    bool next_span(const Execution& execution);

    const plan::Expand* hop_ = nullptr;
    graph::NodeId node_{};
    std::span<const graph::Adjacent> span_;
    std::size_t at_ = 0;
    std::size_t type_ = 0;
    bool incoming_ = false;
    bool ended_ = true;
};

/// Whether the relationship stands already in one of the slots: as itself or in a list.
bool is_used(const std::vector<cypher::Slot>& slots, graph::RelationshipId relationship,
             const Execution& execution);

}  // namespace khom::query::operators
