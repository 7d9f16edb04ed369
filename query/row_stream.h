#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "graph/failure.h"
#include "graph/snapshot.h"
#include "query/rows.h"

namespace khom::query {

namespace plan {
struct Plan;
}
struct Run;

/// The rows of a statement that reads, made as they are asked for: for answers larger than one
/// should hold. It keeps its plan, its parameters and its snapshot; what `Run::reading` and
/// `Run::limits.cancelled` point at stays the caller's.
///
/// Not for two threads at once. The statement's time runs while rows are made, not between.
class RowStream {
  public:
    ~RowStream();
    RowStream(const RowStream&) = delete;
    RowStream& operator=(const RowStream&) = delete;

    const std::vector<std::string>& columns() const;
    /// Writes the next row, or gives false at the end.
    /// Refuses: openCypher's runtime errors; limits. No row comes after a refusal.
    graph::Result<bool> next(std::vector<graph::Value>& row);
    const graph::Snapshot& graph() const;

    /// Starts a run. Refuses: overloaded if as many as `most` are open by the same count.
    static graph::Result<std::unique_ptr<RowStream>> open(
        std::shared_ptr<const plan::Plan> plan, std::shared_ptr<const graph::Snapshot> graph,
        Run run, const std::shared_ptr<std::atomic<int>>& open_count);
    /// Over rows that are there already.
    static std::unique_ptr<RowStream> of(Rows rows, std::shared_ptr<const graph::Snapshot> graph);

    /// Each may hold as much as its memory limit allows while its reader takes its time.
    static constexpr int most = 16;

  private:
    struct Running;
    RowStream();
    std::unique_ptr<Running> running_;
    std::shared_ptr<const graph::Snapshot> graph_;
    Rows made_;
    std::size_t at_ = 0;
};

}  // namespace khom::query
