#include "server/worker_pool.h"

#include <atomic>
#include <future>

namespace khom::server {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;

TEST(WorkerPool, RefusesWhatItsQueueCannotHold) {
    std::promise<void> go;
    const auto gone = go.get_future().share();
    std::promise<void> begun;
    WorkerPool pool(1, 1);
    ASSERT_TRUE(pool.try_run([&] {
        begun.set_value();
        gone.wait();
    }));
    begun.get_future().wait();

    EXPECT_TRUE(pool.try_run([] {}));
    EXPECT_FALSE(pool.try_run([] {}));
    go.set_value();
}

TEST(WorkerPool, LetsRequestsPassWhatWaitsAside) {
    std::promise<void> go;
    const auto gone = go.get_future().share();
    std::vector<int> order;  // of one thread
    {
        WorkerPool pool(1, 10);
        ASSERT_TRUE(pool.try_run([&] { gone.wait(); }));
        ASSERT_TRUE(pool.run_aside([&] { order.push_back(2); }));
        ASSERT_TRUE(pool.try_run([&] { order.push_back(1); }));
        go.set_value();
    }

    EXPECT_THAT(order, ElementsAre(1, 2));
}

TEST(WorkerPool, DoesNotForgetWhatWaitsAsideWhileRequestsKeepComing) {
    std::atomic<int> requests = 0;
    std::atomic<int> passed = -1;
    std::promise<void> go;
    const auto gone = go.get_future().share();
    {
        WorkerPool pool(1, 1'000);
        ASSERT_TRUE(pool.try_run([&] { gone.wait(); }));
        ASSERT_TRUE(pool.run_aside([&] { passed = requests.load(); }));
        for (int i = 0; i < 100; ++i) {
            ASSERT_TRUE(pool.try_run([&] { ++requests; }));
        }
        go.set_value();
    }

    EXPECT_THAT(passed.load(), ::testing::Le(8));
}

TEST(WorkerPool, FinishesWhatItAcceptedAndTakesNothingAfterwards) {
    std::atomic<int> done = 0;
    WorkerPool pool(2, 100);
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(pool.try_run([&] { ++done; }));
        ASSERT_TRUE(pool.run_aside([&] { ++done; }));
    }
    pool.stop();

    EXPECT_THAT(done.load(), Eq(100));
    EXPECT_FALSE(pool.try_run([] {}));
    EXPECT_FALSE(pool.run_aside([] {}));
}

}  // namespace
}  // namespace khom::server
