#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace khom::query {

/// What one request may use. Reaching one is a refusal that says which, and how far the statement
/// got.
struct Limits {
    std::chrono::milliseconds timeout{5'000};
    std::size_t memory_bytes =
        256U << 20U;  ///< held by sorts, groups, lists and results together, estimated
    std::uint64_t rows = 1'000'000;   ///< in the answer
    std::uint64_t hops = 50'000'000;  ///< relationships looked at
    const std::atomic<bool>* cancelled =
        nullptr;  ///< set by whoever knows that the client went away; may be null
};

/// The rows that one step of a plan has made, and the part of the statement it stands for: what a
/// refusal points at.
struct Work {
    std::string_view pattern;  ///< as written: "(p)-[*]-(q)"; lent by the plan
    std::uint64_t rows = 0;
};

/// Counts what an execution uses and throws Refused when a limit is reached: deadline_exceeded,
/// limit_exceeded, cancelled.
///
/// Not for sharing between threads. Cost: an increment; the clock is read once in 1,024 steps.
class Meter {
  public:
    explicit Meter(const Limits& limits);

    /// One row moved by one operator, one element looked at, anything that takes time.
    void step() {
        if ((++steps_ & clock_mask) == 0) check_clock();
    }
    /// Much at once.
    void steps(std::uint64_t count) {
        const auto before = steps_ / (clock_mask + 1);
        steps_ += count;
        if (steps_ / (clock_mask + 1) != before) check_clock();
    }
    /// One relationship looked at.
    void hop() {
        if (++hops_ > limits_.hops) refuse_hops();
        step();
    }
    void hold(std::size_t bytes) {
        held_bytes_ += bytes;
        if (held_bytes_ > limits_.memory_bytes) refuse_memory();
    }
    void release(std::size_t bytes) { held_bytes_ -= bytes < held_bytes_ ? bytes : held_bytes_; }
    void result_row() {
        if (++rows_ > limits_.rows) refuse_rows();
    }
    std::uint64_t hops() const { return hops_; }
    std::uint64_t hops_left() const { return limits_.hops - hops_; }
    std::chrono::steady_clock::time_point deadline() const { return deadline_; }
    /// Time between the two does not count.
    void pause() { left_ = deadline_ - std::chrono::steady_clock::now(); }
    void resume() { deadline_ = std::chrono::steady_clock::now() + left_; }
    const std::atomic<bool>* cancelled() const { return limits_.cancelled; }

    /// Counts the rows of a step from now on; it outlives the meter's use.
    void watch(const Work& work) { watched_.push_back(&work); }

  private:
    static constexpr std::uint64_t clock_mask = 1023;
    void check_clock();
    [[noreturn]] void refuse_hops() const;
    [[noreturn]] void refuse_memory() const;
    [[noreturn]] void refuse_rows() const;
    std::string reached() const;

    Limits limits_;
    std::chrono::steady_clock::time_point deadline_;
    std::chrono::steady_clock::duration left_{};
    std::uint64_t steps_ = 0;
    std::uint64_t hops_ = 0;
    std::uint64_t rows_ = 0;
    std::size_t held_bytes_ = 0;
    std::vector<const Work*> watched_;
};

}  // namespace khom::query
