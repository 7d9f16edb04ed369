#include "server/worker_pool.h"

#include <algorithm>
#include <utility>

namespace khom::server {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_length)
    : queue_length_(queue_length), most_aside_(std::max<std::size_t>(1, threads / 2)) {
    for (std::size_t i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { work(); });
    }
}

WorkerPool::~WorkerPool() {
    stop();
}

void WorkerPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

bool WorkerPool::try_run(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        if (ending_ || jobs_.size() >= queue_length_) {
            return false;
        }
        jobs_.push_back(std::move(job));
    }
    arrived_.notify_one();
    return true;
}

bool WorkerPool::run_aside(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        if (ending_) {
            return false;
        }
        aside_.push_back(std::move(job));
    }
    arrived_.notify_one();
    return true;
}

std::size_t WorkerPool::waiting() const {
    const std::lock_guard lock(mutex_);
    return jobs_.size();
}

void WorkerPool::work() {
    for (;;) {
        std::function<void()> job;
        bool is_aside = false;
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return ending_ || !jobs_.empty() || may_go_aside(); });
            if (jobs_.empty() && !may_go_aside()) {
                return;  // ending; what is left aside is taken by the threads that are there
            }
            is_aside = may_go_aside() && (jobs_.empty() || ++turns_ % 8 == 0);
            auto& from = is_aside ? aside_ : jobs_;
            going_aside_ += is_aside ? 1 : 0;
            job = std::move(from.front());
            from.pop_front();
        }
        job();
        if (is_aside) {
            {
                const std::lock_guard lock(mutex_);
                --going_aside_;
            }
            arrived_.notify_one();
        }
    }
}

}  // namespace khom::server
