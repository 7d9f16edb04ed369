#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace khom::server {

/// Some threads, a queue that refuses rather than grows, and a second one for work that can wait.
/// Safe from any thread.
class WorkerPool {
  public:
    WorkerPool(std::size_t threads, std::size_t queue_length);
    /// Finishes what was accepted.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False if the queue is full: nothing happens then. A job must not throw.
    bool try_run(std::function<void()> job);
    /// Run by at most half of the threads, when nothing else waits or else at every eighth turn, so
    /// that it keeps no others waiting and is not forgotten; whoever calls this bounds how many
    /// there are. False after `stop`.
    bool run_aside(std::function<void()> job);
    std::size_t waiting() const;
    /// Finishes what was accepted, and accepts nothing more.
    void stop();

  private:
    bool may_go_aside() const { return !aside_.empty() && going_aside_ < most_aside_; }
    void work();

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> jobs_, aside_;
    std::size_t queue_length_;
    std::size_t most_aside_;
    std::size_t going_aside_ = 0, turns_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace khom::server
