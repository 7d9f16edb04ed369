#include "query/limits.h"

#include <string>

#include "query/refused.h"

namespace khom::query {

using graph::RefusalCode;

Meter::Meter(const Limits& limits)
    : limits_(limits), deadline_(std::chrono::steady_clock::now() + limits.timeout) {}

void Meter::check_clock() {
    if (limits_.cancelled != nullptr && limits_.cancelled->load(std::memory_order_relaxed)) {
        reject(RefusalCode::cancelled, "", "The caller went away.");
    }
    if (std::chrono::steady_clock::now() < deadline_) return;
    reject(
        RefusalCode::deadline_exceeded, "",
        "Stopped after " + std::to_string(limits_.timeout.count()) +
            " ms: " + std::to_string(steps_) + " steps were taken and " + std::to_string(hops_) +
            " relationships looked at. Bound the paths, add labels or ids, or ask for fewer rows.");
}

void Meter::refuse_hops() const {
    reject(RefusalCode::limit_exceeded, "",
           "Stopped after looking at " + std::to_string(limits_.hops) +
               " relationships. Bound the paths (*1..3), or add labels, types or ids.");
}

void Meter::refuse_memory() const {
    reject(RefusalCode::limit_exceeded, "",
           "Stopped at " + std::to_string(limits_.memory_bytes >> 20U) +
               " MiB of intermediate results. Aggregate or LIMIT earlier.");
}

void Meter::refuse_rows() const {
    reject(RefusalCode::limit_exceeded, "",
           "The answer has more than " + std::to_string(limits_.rows) +
               " rows. Add LIMIT, or page with SKIP.");
}

}  // namespace khom::query
