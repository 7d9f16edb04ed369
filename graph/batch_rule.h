#pragma once

#include <vector>

#include "graph/batch.h"
#include "graph/failure.h"

namespace khom::graph {

class Snapshot;

/// What every batch of a store must obey. The ontology's rules are given from corpus/, indexability
/// (term lengths, text sizes) from index/; a scratch store has none.
class BatchRule {
  public:
    BatchRule() = default;
    BatchRule(const BatchRule&) = delete;
    BatchRule& operator=(const BatchRule&) = delete;
    virtual ~BatchRule() = default;

    /// Everything that is wrong with `batch`, worst first; empty when it may be committed.
    /// `after` is the state that the batch would leave behind.
    virtual std::vector<Refusal> check(const Batch& batch, const Snapshot& after) const = 0;
};

}  // namespace khom::graph
