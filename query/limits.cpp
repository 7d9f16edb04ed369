#include "query/limits.h"

#include <algorithm>
#include <cstdio>

#include "query/refused.h"

namespace khom::query {
namespace {

using graph::RefusalCode;

/// "812", "45 k", "3.1 M": as exact as a reader wants it.
std::string in_short(std::uint64_t count) {
    if (count < 10'000) return std::to_string(count);
    if (count < 1'000'000) return std::to_string(count / 1000) + " k";
    char text[32];
    std::snprintf(text, sizeof text, "%.1f M", static_cast<double>(count) / 1e6);
    return text;
}

std::string seconds(std::chrono::milliseconds time) {
    if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
    return std::to_string(time.count()) + " ms";
}

}  // namespace

Meter::Meter(const Limits& limits)
    : limits_(limits), deadline_(std::chrono::steady_clock::now() + limits.timeout) {}

void Meter::check_clock() {
    if (limits_.cancelled != nullptr && limits_.cancelled->load(std::memory_order_relaxed)) {
        reject(RefusalCode::cancelled, "", "The caller went away.");
    }
    if (std::chrono::steady_clock::now() < deadline_) return;
    reject(RefusalCode::deadline_exceeded, "",
           "Stopped after " + seconds(limits_.timeout) + ": " + reached());
}

/// How far the statement got, and what would make it cheaper.
std::string Meter::reached() const {
    const auto most =
        std::ranges::max_element(watched_, {}, [](const Work* work) { return work->rows; });
    if (most == watched_.end() || (*most)->rows == 0) {
        return in_short(steps_) + " steps were taken. Ask for fewer rows or shorter lists.";
    }
    const auto pattern = std::string((*most)->pattern);
    const bool expands = pattern.find('-') != std::string::npos;
    return in_short((*most)->rows) + " rows " + (expands ? "expanded from " : "scanned for ") +
           pattern + "; " +
           (pattern.find('*') != std::string::npos ? "bound the path (*1..3) or add a label."
            : expands                              ? "add a label, a relationship type or an id."
                      : "add an id, or join the patterns by a relationship.");
}

void Meter::refuse_hops() const {
    reject(RefusalCode::limit_exceeded, "",
           "Stopped after looking at " + in_short(limits_.hops) + " relationships: " + reached());
}

void Meter::refuse_memory() const {
    reject(RefusalCode::limit_exceeded, "",
           "Stopped at " + std::to_string(limits_.memory_bytes >> 20U) +
               " MiB of intermediate results: " + reached() + " Aggregate or LIMIT earlier.");
}

void Meter::refuse_rows() const {
    reject(RefusalCode::limit_exceeded, "",
           "The answer has more than " + std::to_string(limits_.rows) +
               " rows. Add LIMIT, or page with SKIP.");
}

}  // namespace khom::query
