#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace khom::server {

/// Some threads and a queue that refuses rather than grows. Safe from any thread.
class WorkerPool {
  public:
    WorkerPool(std::size_t threads, std::size_t queue_length);
    /// Finishes what was accepted.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False if the queue is full: nothing happens then. A job must not throw.
    bool try_run(std::function<void()> job);
    std::size_t waiting() const;
    /// Finishes what was accepted, and accepts nothing more.
    void stop();

  private:
    void work();

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> jobs_;
    std::size_t queue_length_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace khom::server
