#pragma once

#include <optional>
#include <set>
#include <string>
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
    PatternPlanner(const graph::Snapshot& statistics, std::vector<std::string>& keys,
                   const std::set<Slot>& read, std::set<Slot> bound)
        : statistics_(statistics), keys_(keys), read_(read), bound_(std::move(bound)) {}

    /// All paths and predicates. `where` may be null.
    StepPtr plan(const std::vector<const cypher::PathPattern*>& paths, const Expression* where,
                 StepPtr source);

  private:
    int key_number(const std::string& key);
    void gather_predicates(const cypher::PathPattern& path);
    void gather_conjuncts(const Expression& expression);
    StepPtr path(const cypher::PathPattern& path, StepPtr step);
    void scanned(Slot node, const std::string& label);
    StepPtr start(const cypher::NodePattern& node, StepPtr step);
    double fan_out(const cypher::PathPattern& path, std::size_t index, bool forwards) const;
    double cost_from(const cypher::PathPattern& path, std::size_t first) const;
    StepPtr relationship(const cypher::PathPattern& path, std::size_t index, bool forwards,
                         StepPtr step);
    StepPtr repeat(const cypher::PathPattern& path, std::size_t index, bool forwards, StepPtr step);
    StepPtr shortest(const cypher::PathPattern& path, StepPtr step);
    StepPtr with_filters(StepPtr step, bool all);
    std::size_t best_start(const cypher::PathPattern& path) const;
    double cost_of_start(const cypher::NodePattern& node) const;
    double cost_of_path(const cypher::PathPattern& path) const;
    std::optional<PropertyLookup> best_lookup(const cypher::NodePattern& node) const;
    std::string rarest_label(const cypher::NodePattern& node) const;
    double count_of(const std::string& label) const;
    bool is_bound(Slot slot) const { return bound_.contains(slot); }

    struct Pending {
        Predicate predicate;
        std::set<Slot> needs;
        bool last = false;  ///< only when everything is bound
    };

    const graph::Snapshot& statistics_;
    std::vector<std::string>& keys_;  ///< of the plan, by number
    const std::set<Slot>& read_;      ///< by some expression: a path that is not is not built
    std::set<Slot> bound_;
    std::vector<Pending> pending_;
    std::vector<Slot> relationships_;  ///< of this MATCH so far
};

/// What a predicate says about a property of the node in the slot, if an index can look it up.
std::optional<PropertyLookup> lookup_of(const Predicate& predicate, Slot node);

StepPtr make_step(Form form, StepPtr source);

}  // namespace khom::query::plan
