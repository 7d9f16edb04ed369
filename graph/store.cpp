// How a write goes: one writer at a time builds its draft on the newest state, kept or not
// (`head_`), has it checked, and queues. Whoever finds nobody leading keeps the whole queue by one
// synced write, publishes its last state, and wakes the others. So no write is ever kept before one
// it stands on.

#include "graph/store.h"

#include <algorithm>
#include <utility>

#include "graph/store_private.h"

namespace khom::graph {

PublishingStore::PublishingStore(StoreOptions options)
    : options_(std::move(options)),
      head_(std::make_shared<const Snapshot>(std::make_shared<const SnapshotData>())),
      snapshot_(head_) {}

PublishingStore::~PublishingStore() {
    stop_rebuilding();
}

std::shared_ptr<const Snapshot> PublishingStore::snapshot() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
}

void PublishingStore::start_with(std::shared_ptr<const SnapshotData> data) {
    head_ = std::make_shared<const Snapshot>(std::move(data));
    publish(head_);
}

void PublishingStore::publish(std::shared_ptr<const Snapshot> next) {
    const auto revision = next->revision();
    {
        // The old snapshot is let go outside the lock: it may be the last to hold much memory.
        const std::lock_guard lock(mutex_);
        snapshot_.swap(next);
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

/// Checks a draft and queues it; null if there is nothing to keep. Called under building_.
Result<std::shared_ptr<Pending>> PublishingStore::build(const Draft& draft, const Authorship& by) {
    if (draft.dangling()) {
        return refuse(RefusalCode::constraint_verification_failed,
                      "A node that still has relationships cannot be deleted.",
                      "DeleteConnectedNode");
    }
    auto pending = std::make_shared<Pending>();
    pending->entry.batch = draft.batch();
    if (pending->entry.batch.empty()) {
        return std::shared_ptr<Pending>();
    }
    if (auto broken = check(draft); !broken.empty()) {
        return tl::unexpected(std::move(broken.front()));
    }
    std::shared_ptr<SnapshotData> next;
    if (draft.base().data()->base == head_->data()->base) {
        next = std::make_shared<SnapshotData>(*draft.view().data());
    } else {  // rebuilt since the draft was begun
        next = std::make_shared<SnapshotData>(*head_->data());
        apply(*next, pending->entry.batch);
    }
    next->revision = Revision{number(head_->revision()) + 1};
    pending->entry.revision = next->revision;
    pending->entry.at = std::chrono::system_clock::now();
    pending->entry.by = by;
    next->indexes =
        std::make_shared<PropertyIndexes>(*head_->data()->indexes, draft.touched_nodes());
    pending->after = std::make_shared<const Snapshot>(std::move(next));
    const std::lock_guard lock(queue_mutex_);
    if (std::exchange(head_failed_, false)) {
        head_ = snapshot();
        return refuse(RefusalCode::storage_unavailable,
                      "The disk refuses writes; nothing was changed.");
    }
    head_ = pending->after;
    queue_.push_back(pending);
    return pending;
}

Result<Commit> PublishingStore::commit(Draft&& draft, const Authorship& by) {
    const Draft taken = std::move(draft);
    std::shared_ptr<Pending> mine;
    {
        const std::lock_guard building(building_);
        forget_failed_head();
        if (taken.base().revision() != head_->revision()) {
            return refuse(RefusalCode::conflict,
                          "Somebody else wrote in between; read again and repeat.");
        }
        auto built = build(taken, by);
        if (!built) {
            return tl::unexpected(std::move(built.error()));
        }
        if (*built == nullptr) {
            return Commit{taken.base().revision(), false};
        }
        mine = *built;
    }
    return await(mine);
}

Result<Commit> PublishingStore::write(const Authorship& by, const Change& change,
                                      std::optional<Revision> if_revision) {
    struct Turn {
        std::atomic<std::size_t>& waiting;
        bool taken;
        Turn(std::atomic<std::size_t>& all, std::size_t most)
            : waiting(all), taken(all.fetch_add(1) < most) {}
        ~Turn() { waiting.fetch_sub(1); }
    };
    const Turn turn(waiting_, options_.most_waiting);
    if (!turn.taken) {
        return refuse(RefusalCode::overloaded,
                      "Too many writes wait already; try again in a moment.");
    }
    std::shared_ptr<Pending> mine;
    {
        const std::lock_guard building(building_);
        forget_failed_head();
        if (if_revision && *if_revision != head_->revision()) {
            return refuse(RefusalCode::conflict,
                          "The data stands at revision " +
                              std::to_string(number(head_->revision())) + ", not at " +
                              std::to_string(number(*if_revision)) + "; read again and repeat.");
        }
        Draft draft(head_);
        if (auto changed = change(draft); !changed) {
            return tl::unexpected(std::move(changed.error()));
        }
        auto built = build(draft, by);
        if (!built) {
            return tl::unexpected(std::move(built.error()));
        }
        if (*built == nullptr) {
            return Commit{head_->revision(), false};
        }
        mine = *built;
    }
    return await(mine);
}

Result<Commit> PublishingStore::await(const std::shared_ptr<Pending>& mine) {
    {
        std::unique_lock lock(queue_mutex_);
        while (!mine->outcome) {
            if (leading_) {
                kept_.wait(lock);
            } else {
                lead(lock);
            }
        }
    }
    rebuild_if_due();
    return mine->outcome->map([&] { return Commit{mine->entry.revision, true}; });
}

/// Keeps all that is queued now. `lock` is of queue_mutex_, and let go meanwhile.
void PublishingStore::lead(std::unique_lock<std::mutex>& lock) {
    leading_ = true;
    auto group = std::exchange(queue_, {});
    lock.unlock();
    Result<void> outcome;
    try {
        outcome = keep(group);
    } catch (const Fault&) {
        outcome = refuse(RefusalCode::storage_unavailable,
                         "The disk refuses writes; nothing was changed.");
    }
    if (outcome) {
        publish(group.back()->after);
    } else {
        fail_all(outcome.error());
    }
    lock.lock();
    for (const auto& one : group) {
        one->outcome = outcome;
    }
    leading_ = false;
    kept_.notify_all();
}

/// What was built on a state that could not be kept falls with it.
void PublishingStore::fail_all(const Refusal& refusal) {
    const std::lock_guard lock(queue_mutex_);
    for (const auto& one : std::exchange(queue_, {})) {
        one->outcome = tl::unexpected(refusal);
    }
    head_failed_ = true;
}

/// Called under building_.
void PublishingStore::forget_failed_head() {
    const std::lock_guard lock(queue_mutex_);
    if (std::exchange(head_failed_, false)) {
        head_ = snapshot();
    }
}

void PublishingStore::rebuild() {
    const std::lock_guard one_at_a_time(rebuilding_);
    const auto older = snapshot();
    std::shared_ptr<const Base> base;
    try {
        base = settle(*older->data());
    } catch (const std::exception&) {
        ++rebuilds_given_up_;
        put_off_until_ = 2 * older->data()->newer;
        throw;
    }
    alone([&] {
        const auto now = snapshot();
        const auto data = rebased(*now->data(), *older->data(), std::move(base));
        data->indexes = now->data()->indexes;  // it says the same
        replace_head(data);
    });
    ++rebuilds_done_;
    put_off_until_ = 0;
}

Rebuilds PublishingStore::rebuilds() const {
    return {rebuilds_done_, rebuilds_given_up_, snapshot()->data()->newer};
}

void PublishingStore::replace_head(std::shared_ptr<const SnapshotData> data) {
    head_ = std::make_shared<const Snapshot>(std::move(data));
    publish(head_);
}

void PublishingStore::rebuild_if_due() {
    const auto now = snapshot();
    const auto all = now->node_id_limit() + now->relationship_id_limit();
    if (now->data()->newer < std::max({options_.rebuild_after, all / 32, put_off_until_.load()})) {
        return;
    }
    const std::lock_guard lock(worker_mutex_);
    if (!worker_.joinable() && !stopping_) {
        worker_ = std::thread([this] { rebuild_in_background(); });
    }
    due_ = true;
    worker_wanted_.notify_one();
}

void PublishingStore::rebuild_in_background() {
    std::unique_lock lock(worker_mutex_);
    while (true) {
        worker_wanted_.wait(lock, [&] { return due_ || stopping_; });
        if (stopping_) {
            return;
        }
        lock.unlock();
        try {
            rebuild();
        } catch (const std::exception&) {
            // Memory or disk is short: reads and writes go on without.
        }
        lock.lock();
        due_ = false;
    }
}

void PublishingStore::stop_rebuilding() {
    {
        const std::lock_guard lock(worker_mutex_);
        stopping_ = true;
        worker_wanted_.notify_one();
    }
    if (worker_.joinable()) {
        worker_.join();
    }
}

}  // namespace khom::graph
