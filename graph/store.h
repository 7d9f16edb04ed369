#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "graph/batch_rule.h"
#include "graph/change_log.h"
#include "graph/draft.h"
#include "graph/failure.h"
#include "graph/snapshot.h"

namespace khom::graph {

class BulkLoad;

/// How a store is opened.
struct StoreOptions {
    /// Shared with whoever made them; every batch must obey all.
    std::vector<std::shared_ptr<const BatchRule>> rules;
    /// Make the folder if there is none.
    bool create_if_missing = false;
    /// When so many nodes and relationships have changed (or a thirty-second of all there are, if
    /// that is more), the snapshot is rebuilt in the background.
    std::size_t rebuild_after = 16384;
    /// What a rebuild may take of memory while it works, in bytes. On disk that is its largest
    /// array (some 32 bytes a relationship, or the texts of one property); in memory only, the
    /// whole new snapshot. One that would need more is given up: all goes on as before, only slower
    /// for what is newer, and it is tried again once twice as much is.
    std::size_t rebuild_memory_bytes = std::size_t{1} << 30U;
    /// How many writers may wait for their turn; more are refused.
    std::size_t most_waiting = 256;
    /// How many entries the log keeps at least; what is older is trimmed now and then.
    std::size_t keep_entries = std::numeric_limits<std::size_t>::max();
};

/// What a commit did.
struct Commit {
    Revision revision{};  ///< the newest revision; unchanged if the batch was empty
    bool changed = false;
};

/// How the rebuilding fared so far.
struct Rebuilds {
    std::size_t done = 0;
    std::size_t given_up = 0;  ///< for want of memory or disk
    std::size_t newer = 0;     ///< nodes and relationships that changed since the last one
};

/// Makes the changes of one write on a draft; called once, with no other writer at work.
using Change = std::function<Result<void>(Draft&)>;

/// Keeps one property graph, durably: the only owner of RocksDB, and the only way to change
/// anything.
///
/// A commit is one synced write of the new state and its log entry: acknowledged means it survives
/// the death of the process and the loss of power. Safe from any thread: one draft at a time is
/// built by `write`, and what was built while the disk was busy is synced together. A write that
/// the disk refused has changed nothing; reads go on, and the next write tries the disk again.
class Store {
  public:
    /// Opens the folder `path`, and locks it against other processes.
    /// Refuses: entity_not_found (no store there), locked (the message says which process holds
    /// it), unsupported (a newer format). Throws: Fault on damage.
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& path,
                                               StoreOptions options);
    /// Copies the store in folder `source` into the new folder `target`, whether or not some
    /// process holds it and writes: the copy has all that was acknowledged before, as of one
    /// revision, shares no file, and opens like any store. Refuses: entity_not_found (no store
    /// there), argument_error if the target is there; unsupported (a newer format);
    /// storage_unavailable. Throws: Fault on damage.
    static Result<void> copy(const std::filesystem::path& source,
                             const std::filesystem::path& target);
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

    /// Builds on the newest state and commits: writers queue for their turn instead of overtaking
    /// each other. Refuses: what `change` refuses; conflict if the store does not stand at
    /// `if_revision`, where that is given; overloaded if too many wait already; and as `commit`.
    virtual Result<Commit> write(const Authorship& by, const Change& change,
                                 std::optional<Revision> if_revision = std::nullopt) = 0;

    /// Forgets log entries up to `last`, for good; the newest entry can be forgotten too.
    /// Refuses: storage_unavailable.
    virtual Result<void> trim_log(Revision last) = 0;

    /// A way in for graphs too large for one batch. Refuses: unsupported if the store is not empty,
    /// or in memory only; storage_unavailable.
    virtual Result<std::unique_ptr<BulkLoad>> bulk_load() = 0;

    /// What is damaged, a sentence each, read whole from disk: every record decodes, equals the
    /// snapshot's, and is seen from both its ends; the kept log, undone and redone, leads back to
    /// the same state. Empty if all is well.
    virtual std::vector<std::string> find_damage() = 0;

    /// Rebuilds the snapshot now, not in the background; what it says stays the same. Throws: Fault
    /// where it is given up.
    virtual void rebuild() = 0;
    virtual Rebuilds rebuilds() const = 0;

    /// All that the rules have against a draft; commit would refuse if it is not empty.
    virtual std::vector<Refusal> check(const Draft& draft) const = 0;

    virtual const ChangeLog& log() const = 0;
};

}  // namespace khom::graph
