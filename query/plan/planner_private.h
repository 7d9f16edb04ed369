#pragma once

#include <set>
#include <vector>

#include "graph/snapshot.h"
#include "query/plan/plan.h"

namespace khom::query::plan {

/// The slots an expression reads; `opaque` where a subquery inside reads what cannot be seen from
/// here.
struct Reads {
    std::set<Slot> slots;
    bool opaque = false;
};
Reads reads_of(const Expression& expression);

/// Plans the paths of one MATCH (or of a subquery's pattern) on top of a source, in
/// pattern_planner.cpp.
class PatternPlanner {
  public:
    PatternPlanner(const graph::Snapshot& statistics, std::set<Slot> bound)
        : statistics_(statistics), bound_(std::move(bound)) {}

    /// All paths and predicates. `where` may be null.
    StepPtr plan(const std::vector<const cypher::PathPattern*>& paths, const Expression* where,
                 StepPtr source);

  private:
    void gather_predicates(const cypher::PathPattern& path);
    void gather_conjuncts(const Expression& expression);
    StepPtr path(const cypher::PathPattern& path, StepPtr step);
    StepPtr start(const cypher::NodePattern& node, StepPtr step);
    StepPtr relationship(const cypher::PathPattern& path, std::size_t index, bool forwards,
                         StepPtr step);
    StepPtr shortest(const cypher::PathPattern& path, StepPtr step);
    StepPtr with_filters(StepPtr step, bool all);
    std::size_t best_start(const cypher::PathPattern& path) const;
    double cost_of_start(const cypher::NodePattern& node) const;
    double cost_of_path(const cypher::PathPattern& path) const;
    const Expression* id_value(const cypher::NodePattern& node) const;
    bool is_bound(Slot slot) const { return bound_.contains(slot); }

    struct Pending {
        Predicate predicate;
        std::set<Slot> needs;
        bool last = false;  ///< only when everything is bound
    };

    const graph::Snapshot& statistics_;
    std::set<Slot> bound_;
    std::vector<Pending> pending_;
    std::vector<Slot> relationships_;  ///< of this MATCH so far
};

StepPtr make_step(Form form, StepPtr source);

}  // namespace khom::query::plan
