#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store.h"
#include "query/engine.h"

namespace khom::testing {

/// A graph in memory and an engine to ask it: statements in, rows as text out.
class ScratchGraph {
  public:
    ScratchGraph();

    /// Runs a statement; what it writes is committed. `run` holds parameters and limits.
    graph::Result<query::Rows> run(std::string_view statement, const query::Run& run = {});
    /// The same, for statements that must succeed (throws std::runtime_error).
    query::Rows must(std::string_view statement, const query::Run& run = {});
    /// Each row as "cell | cell", in the order they came.
    std::vector<std::string> lines(const query::Rows& rows) const;
    /// The plan's lines.
    std::string plan(std::string_view statement);

    const query::Engine& engine() const { return engine_; }
    std::shared_ptr<const graph::Snapshot> snapshot() const { return store_->snapshot(); }

  private:
    std::unique_ptr<graph::Store> store_;
    query::Engine engine_;
};

/// A value as openCypher writes it: 'text', 1.5, [1, 2], {key: 'value'}, (:Label {key: 1});
/// temporal values are ISO 8601 texts.
std::string text_of(const graph::Value& value, const graph::Snapshot& graph);

}  // namespace khom::testing
