#pragma once

// What the store on disk and the one in memory share: rules, conflict, publication.

#include <condition_variable>
#include <mutex>

#include "graph/snapshot_private.h"
#include "graph/store.h"

namespace khom::graph {

/// The newest revision and who waits for the next.
class Log : public ChangeLog {
  public:
    Revision last() const override;
    Revision first_kept() const override { return Revision{1}; }
    bool wait(Revision after, std::chrono::milliseconds timeout) const override;
    void advance(Revision to);

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable advanced_;
    Revision last_{};
};

class PublishingStore : public Store {
  public:
    explicit PublishingStore(StoreOptions options);

    std::shared_ptr<const Snapshot> snapshot() const override;
    Result<Commit> commit(Draft&& draft, const Authorship& by) override;
    std::vector<Refusal> check(const Draft& draft) const override;

  protected:
    /// Keeps the batch for good before it is published. Refuses: storage_unavailable.
    virtual Result<void> keep(const LogEntry& entry, const SnapshotData& after) = 0;
    virtual Log& own_log() = 0;
    void publish(std::shared_ptr<const SnapshotData> data);

  private:
    StoreOptions options_;
    std::mutex writing_;
    mutable std::mutex mutex_;  // of snapshot_
    std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace khom::graph
