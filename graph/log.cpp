#include "graph/store_private.h"

namespace khom::graph {

Revision Log::last() const {
    const std::lock_guard lock(mutex_);
    return last_;
}

Revision Log::first_kept() const {
    const std::lock_guard lock(mutex_);
    return first_kept_;
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

void Log::forget_before(Revision first) {
    const std::lock_guard lock(mutex_);
    first_kept_ = first;
}

Result<void> Log::check_kept(Revision after) const {
    const auto first = number(first_kept());
    if (number(after) + 1 >= first) {
        return {};
    }
    return refuse(RefusalCode::gone,
                  "The log reaches back to revision " + std::to_string(first) +
                      " only; what changed after " + std::to_string(number(after)) +
                      " is not known any more.",
                  "LogPruned");
}

}  // namespace khom::graph
