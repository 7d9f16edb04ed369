#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "query/operators/execution.h"
#include "query/plan/plan.h"

namespace khom::query::operators {

/// The types of a hop as numbers of the graph, found once: a statement that writes may bring new
/// ones, so there those not known yet are looked for again.
class HopTypes {
  public:
    explicit HopTypes(const std::vector<std::string>& names)
        : names_(names), numbers_(names.size()) {}
    bool any() const { return names_.empty(); }
    std::size_t size() const { return numbers_.size(); }
    std::optional<graph::TypeId> operator()(std::size_t i, const Execution& execution) {
        if (!numbers_[i] && (!resolved_ || execution.draft != nullptr)) resolve(execution);
        return numbers_[i];
    }

  private:
    void resolve(const Execution& execution) {
        resolved_ = true;
        for (std::size_t i = 0; i < names_.size(); ++i)
            numbers_[i] = execution.graph->type(names_[i]);
    }

    const std::vector<std::string>& names_;
    std::vector<std::optional<graph::TypeId>> numbers_;
    bool resolved_ = false;
};

/// Goes through the relationships of one node, in the directions and of the types of a hop. A loop
/// is met once. The graph must not change meanwhile.
class AdjacencyCursor {
  public:
    /// `types` are the hop's, and outlive the cursor's walk.
    void start(const plan::Expand& hop, HopTypes& types, graph::NodeId node,
               const Execution& execution);
    /// The next relationship, or null at the end.
    const graph::Adjacent* next(Execution& execution);

  private:
    bool next_span(const Execution& execution);

    HopTypes* types_ = nullptr;
    graph::Direction direction_ = graph::Direction::both;
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
