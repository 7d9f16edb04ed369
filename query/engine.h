#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "graph/draft.h"
#include "graph/failure.h"
#include "graph/snapshot.h"
#include "query/limits.h"
#include "query/procedures.h"
#include "query/row_stream.h"
#include "query/rows.h"

namespace khom::query {

struct Reading;
namespace plan {
struct Plan;
}

/// What a statement is run with.
struct Run {
    graph::Map parameters;
    Limits limits;
    const Reading* reading = nullptr;  ///< for khom.search and its kin; none for scratch graphs
    /// A statement that only reads stops after so many rows, and says so; 0 for all.
    std::size_t truncate_at = 0;
};

/// The one door to openCypher: text in, rows out. Safe from any thread; plans are kept by their
/// text.
class Engine {
  public:
    explicit Engine(Procedures procedures);
    ~Engine();

    using Prepared = std::shared_ptr<const plan::Plan>;

    /// Everything that can be decided without running: openCypher's compile time.
    /// Refuses: syntax_error, semantic_error, type_error, procedure_error … with the TCK's detail
    /// and the span.
    graph::Result<Prepared> prepare(std::string_view text, const graph::Snapshot& statistics) const;

    /// Whether all parameters it reads are given; EXPLAIN needs none. Refuses: parameter_missing
    /// (MissingParameter).
    static graph::Result<void> check_parameters(const Prepared& prepared,
                                                const graph::Map& parameters);

    /// Whether it changes the graph: then it needs a draft.
    static bool writes(const Prepared& prepared);

    /// Runs a statement that reads. Refuses: forbidden if it writes; openCypher's runtime errors;
    /// limits.
    graph::Result<Rows> run(const Prepared& prepared, const graph::Snapshot& graph,
                            const Run& run) const;

    /// The same with rows made as they are asked for; `run.truncate_at` is not looked at. Refuses
    /// also: overloaded where too many streams are open.
    graph::Result<std::unique_ptr<RowStream>> stream(const Prepared& prepared,
                                                     std::shared_ptr<const graph::Snapshot> graph,
                                                     Run run) const;

    /// Runs any statement on a draft, which is the caller's to commit, or to drop after a refusal.
    /// Refuses also: constraint_verification_failed (DeleteConnectedNode).
    graph::Result<Rows> write(const Prepared& prepared, graph::Draft& draft, const Run& run) const;

  private:
    Procedures procedures_;
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, Prepared> plans_;
    std::shared_ptr<std::atomic<int>> open_streams_;
};

}  // namespace khom::query
