// A store that lives in memory only: scratch graphs and tests.

#include <algorithm>
#include <map>

#include "graph/bulk_load.h"
#include "graph/store_private.h"

namespace khom::graph {

namespace {

class MemoryLog : public Log {
  public:
    Result<std::vector<LogEntry>> read(Revision after, std::size_t limit) const override {
        return check_kept(after).map([&] {
            const std::lock_guard lock(mutex_);
            std::vector<LogEntry> found;
            for (auto at = entries_.upper_bound(after);
                 at != entries_.end() && found.size() < limit; ++at) {
                found.push_back(at->second);
            }
            return found;
        });
    }
    void append(const LogEntry& entry) {
        const std::lock_guard lock(mutex_);
        entries_.emplace(entry.revision, entry);
    }
    void trim(Revision last_to_go) {
        forget_before(Revision{number(last_to_go) + 1});
        const std::lock_guard lock(mutex_);
        entries_.erase(entries_.begin(), entries_.upper_bound(last_to_go));
    }

  private:
    mutable std::mutex mutex_;
    std::map<Revision, LogEntry> entries_;
};

class MemoryStore : public PublishingStore {
  public:
    using PublishingStore::PublishingStore;
    MemoryStore(const MemoryStore&) = delete;
    MemoryStore& operator=(const MemoryStore&) = delete;
    ~MemoryStore() override { stop_rebuilding(); }  // which calls what is ours
    const ChangeLog& log() const override { return log_; }
    Result<void> trim_log(Revision last) override {
        log_.trim(std::min(last, log_.last()));
        return {};
    }
    Result<std::unique_ptr<BulkLoad>> bulk_load() override {
        return refuse(RefusalCode::unsupported, "A store in memory takes batches only.");
    }
    std::vector<std::string> find_damage() override { return {}; }

  protected:
    Result<void> keep(Group group) override {
        for (const auto& one : group) {
            log_.append(one->entry);
        }
        return {};
    }
    std::shared_ptr<const Base> settle(const SnapshotData& data) override {
        return rebuilt(data, {options().rebuild_memory_bytes, nullptr});
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
