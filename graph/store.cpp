#include "graph/store.h"

#include <algorithm>
#include <utility>

#include "graph/store_private.h"

namespace khom::graph {

Revision Log::last() const {
    const std::lock_guard lock(mutex_);
    return last_;
}

bool Log::wait(Revision after, std::chrono::milliseconds timeout) const {
    std::unique_lock lock(mutex_);
    return advanced_.wait_for(lock, timeout, [&] { return last_ > after; });
}

void Log::advance(Revision to) {
    {
        const std::lock_guard lock(mutex_);
        last_ = to;
    }
    advanced_.notify_all();
}

PublishingStore::PublishingStore(StoreOptions options)
    : options_(std::move(options)),
      snapshot_(std::make_shared<const Snapshot>(std::make_shared<const SnapshotData>())) {}

std::shared_ptr<const Snapshot> PublishingStore::snapshot() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
}

void PublishingStore::publish(std::shared_ptr<const SnapshotData> data) {
    auto next = std::make_shared<const Snapshot>(std::move(data));
    const auto revision = next->revision();
    {
        const std::lock_guard lock(mutex_);
        snapshot_ = std::move(next);
    }
    own_log().advance(revision);
}

std::vector<Refusal> PublishingStore::check(const Draft& draft) const {
    std::vector<Refusal> all;
    const auto batch = draft.batch();
    for (const auto& rule : options_.rules) {
        auto found = rule->check(batch, draft.view());
        all.insert(all.end(), std::make_move_iterator(found.begin()),
                   std::make_move_iterator(found.end()));
    }
    return all;
}

Result<Commit> PublishingStore::commit(Draft&& draft, const Authorship& by) {
    const Draft taken = std::move(draft);
    const std::lock_guard writing(writing_);
    const auto current = snapshot();
    if (taken.base().data() != current->data()) {
        return refuse(RefusalCode::conflict,
                      "Somebody else wrote in between; read again and repeat.");
    }
    if (taken.dangling()) {
        return refuse(RefusalCode::constraint_verification_failed,
                      "A node that still has relationships cannot be deleted.",
                      "DeleteConnectedNode");
    }
    LogEntry entry;
    entry.batch = taken.batch();
    if (entry.batch.empty()) {
        return Commit{current->revision(), false};
    }
    if (auto broken = check(taken); !broken.empty()) {
        return tl::unexpected(std::move(broken.front()));
    }
    auto next = std::make_shared<SnapshotData>(*taken.view().data());
    next->revision = Revision{number(current->revision()) + 1};
    entry.revision = next->revision;
    entry.at = std::chrono::system_clock::now();
    entry.by = by;
    return keep(entry, *next).map([&] {
        const Commit done{next->revision, true};
        publish(std::move(next));
        return done;
    });
}

namespace {

class MemoryLog : public Log {
  public:
    Result<std::vector<LogEntry>> read(Revision after, std::size_t limit) const override {
        const std::lock_guard lock(mutex_);
        std::vector<LogEntry> found;
        for (auto at = number(after); at < entries_.size() && found.size() < limit; ++at) {
            found.push_back(entries_[static_cast<std::size_t>(at)]);
        }
        return found;
    }
    void append(const LogEntry& entry) {
        const std::lock_guard lock(mutex_);
        entries_.push_back(entry);
    }

  private:
    mutable std::mutex mutex_;
    std::vector<LogEntry> entries_;  // revision r at r - 1
};

class MemoryStore : public PublishingStore {
  public:
    using PublishingStore::PublishingStore;
    const ChangeLog& log() const override { return log_; }

  protected:
    Result<void> keep(const LogEntry& entry, const SnapshotData&) override {
        log_.append(entry);
        return {};
    }
    Log& own_log() override { return log_; }

  private:
    MemoryLog log_;
};

}  // namespace

std::unique_ptr<Store> Store::in_memory(StoreOptions options) {
    return std::make_unique<MemoryStore>(std::move(options));
}

}  // namespace khom::graph
