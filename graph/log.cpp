#include <algorithm>
#include <chrono>
#include <thread>

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

/// In short sleeps, not until a point of time: where the steady clock jumps too (under faketime, or
/// when a machine is resumed elsewhere), a point of time may be years away.
bool Log::wait(Revision after, std::chrono::milliseconds timeout) const {
    constexpr std::chrono::milliseconds step(5);
    for (auto left = timeout; last() <= after; left -= step) {
        if (left <= left.zero()) {
            return false;
        }
        std::this_thread::sleep_for(std::min(left, step));
    }
    return true;
}

void Log::advance(Revision to) {
    const std::lock_guard lock(mutex_);
    last_ = to;
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
