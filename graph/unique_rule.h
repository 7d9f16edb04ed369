#pragma once

#include <memory>
#include <string>
#include <vector>

#include "graph/batch_rule.h"

namespace khom::graph {

/// No two nodes of the label have the same value of the property; nodes without it do not count.
struct Unique {
    std::string label;
    std::string key;
    bool operator==(const Unique&) const = default;
};

/// The rule that keeps uniqueness besides that of the public id, which the store keeps by itself.
/// Values are the same as in openCypher's DISTINCT: 1 and 1.0 are.
///
/// Refuses a batch with constraint_validation_failed (CreateBlockedByConstraint), once for each
/// constraint it breaks, naming both nodes. Cost: a look-up a changed value, or, from some dozens
/// on, one scan of the label.
std::shared_ptr<const BatchRule> unique_rule(std::vector<Unique> constraints);

}  // namespace khom::graph
