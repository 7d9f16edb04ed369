#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "graph/batch_rule.h"
#include "graph/change_log.h"
#include "graph/draft.h"
#include "graph/failure.h"
#include "graph/snapshot.h"

namespace khom::graph {

/// How a store is opened.
struct StoreOptions {
    /// Shared with whoever made them; every batch must obey all.
    std::vector<std::shared_ptr<const BatchRule>> rules;
    /// Make the folder if there is none.
    bool create_if_missing = false;
};

/// What a commit did.
struct Commit {
    Revision revision{};  ///< the newest revision; unchanged if the batch was empty
    bool changed = false;
};

/// Keeps one property graph, durably: the only owner of RocksDB, and the only way to change anything.
///
/// A commit is one synced write of the new state and its log entry: acknowledged means it survives the death of the
/// process and the loss of power. Safe from any thread; one draft at a time is built by `write`.
class Store {
  public:
    /// Opens the folder `path`, and locks it against other processes.
    /// Refuses: entity_not_found (no store there), locked (the message says which process holds it), unsupported
    /// (a newer format). Throws: Fault on damage.
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& path, StoreOptions options);
    /// A store in memory only, for scratch graphs and tests; nothing outlives it.
    static std::unique_ptr<Store> in_memory(StoreOptions options);

    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    virtual ~Store() = default;

    /// The newest committed state.
    virtual std::shared_ptr<const Snapshot> snapshot() const = 0;

    /// A draft on the newest state. Several may exist; commit refuses those that were overtaken.
    Draft begin() const { return Draft(snapshot()); }

    /// Validates by all rules, writes, publishes. An empty batch changes nothing and is no
    /// revision. Refuses: conflict if the store moved on since `begin`;
    /// constraint_verification_failed (DeleteConnectedNode) for a dangling draft; invalid_data by a
    /// rule (the worst refusal); storage_unavailable if the disk refuses the write.
    virtual Result<Commit> commit(Draft&& draft, const Authorship& by) = 0;

    /// All that the rules have against a draft; commit would refuse if it is not empty.
    virtual std::vector<Refusal> check(const Draft& draft) const = 0;

    virtual const ChangeLog& log() const = 0;
};

}  // namespace khom::graph
