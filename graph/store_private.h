#pragma once

// What the store on disk and the one in memory share: turns, rules, groups, publication,
// rebuilding.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <span>
#include <thread>

#include "graph/snapshot_private.h"
#include "graph/store.h"

namespace khom::graph {

/// The newest revision and who waits for the next.
class Log : public ChangeLog {
  public:
    Revision last() const override;
    Revision first_kept() const override;
    bool wait(Revision after, std::chrono::milliseconds timeout) const override;
    void advance(Revision to);
    /// Entries before `first` are gone.
    void forget_before(Revision first);

  protected:
    /// The refusal for a reader that stands before what is kept.
    Result<void> check_kept(Revision after) const;

  private:
    mutable std::mutex mutex_;
    Revision last_{};
    Revision first_kept_{1};
};

/// One commit that is built and waits to be kept.
struct Pending {
    LogEntry entry;
    std::shared_ptr<const Snapshot> after;
    std::optional<Result<void>> outcome;
};

class PublishingStore : public Store {
  public:
    explicit PublishingStore(StoreOptions options);
    ~PublishingStore() override;

    std::shared_ptr<const Snapshot> snapshot() const override;
    Result<Commit> commit(Draft&& draft, const Authorship& by) override;
    Result<Commit> write(const Authorship& by, const Change& change,
                         std::optional<Revision> if_revision) override;
    std::vector<Refusal> check(const Draft& draft) const override;
    void rebuild() override;
    Rebuilds rebuilds() const override;

  protected:
    using Group = std::span<const std::shared_ptr<Pending>>;
    /// Keeps a group for good, as one, before it is published. Refuses: storage_unavailable.
    virtual Result<void> keep(Group group) = 0;
    /// A new base of what `data` holds, where it is to lie. Throws: Fault.
    virtual std::shared_ptr<const Base> settle(const SnapshotData& data) = 0;
    virtual Log& own_log() = 0;
    const StoreOptions& options() const { return options_; }
    /// Sets the state a store starts with.
    void start_with(std::shared_ptr<const SnapshotData> data);
    /// Publishes another state without a commit; within `alone`.
    void replace_head(std::shared_ptr<const SnapshotData> data);
    /// To be called by the destructor of whoever overrides `settle`.
    void stop_rebuilding();
    /// Runs `task` while no writer builds and none waits to be kept.
    template <class Task>
    auto alone(Task task) {
        const std::lock_guard building(building_);
        {
            std::unique_lock lock(queue_mutex_);
            kept_.wait(lock, [&] { return queue_.empty() && !leading_; });
        }
        forget_failed_head();
        return task();
    }

  private:
    Result<std::shared_ptr<Pending>> build(const Draft& draft, const Authorship& by);
    Result<Commit> await(const std::shared_ptr<Pending>& mine);
    void lead(std::unique_lock<std::mutex>& lock);
    void fail_all(const Refusal& refusal);
    void forget_failed_head();
    void publish(std::shared_ptr<const Snapshot> next);
    void rebuild_if_due();
    void rebuild_in_background();

    StoreOptions options_;
    std::atomic<std::size_t> waiting_ = 0;
    std::atomic<std::size_t> rebuilds_done_ = 0, rebuilds_given_up_ = 0;
    std::atomic<std::size_t> put_off_until_ = 0;  // so much is newer, after one was given up

    std::mutex building_;                   // held by the one writer that builds
    std::shared_ptr<const Snapshot> head_;  // newest built, kept or not yet; under building_

    std::mutex queue_mutex_;
    std::condition_variable kept_;
    std::vector<std::shared_ptr<Pending>> queue_;
    bool leading_ = false;
    bool head_failed_ = false;  // head_ stands on what could not be kept

    mutable std::mutex mutex_;  // of snapshot_
    std::shared_ptr<const Snapshot> snapshot_;

    std::mutex rebuilding_;  // one rebuild at a time
    std::mutex worker_mutex_;
    std::condition_variable worker_wanted_;
    std::thread worker_;
    bool due_ = false, stopping_ = false;
};

}  // namespace khom::graph
