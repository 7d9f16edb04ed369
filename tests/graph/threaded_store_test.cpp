// Readers beside writers and the rebuild in the background; run under the thread sanitizer by
// ./test --all. KHOM_THREADED_SECONDS sets for how long.

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "graph/store.h"

namespace khom::graph {
namespace {

using ::testing::Eq;

/// Every batch puts one more ring of three: so each snapshot has three nodes and three
/// relationships a revision.
Result<void> add_ring(Draft& draft, std::int64_t n) {
    std::vector<NodeId> ring;
    for (int i = 0; i < 3; ++i) {
        ring.push_back(*draft.create_node({"N"}, {{"n", n}, {"name", std::to_string(n)}}));
    }
    for (std::size_t i = 0; i < 3; ++i) {
        (void)*draft.create_relationship(ring[i], "NEXT", ring[(i + 1) % 3], {{"n", n}});
    }
    return {};
}

bool is_whole(const Snapshot& snapshot) {
    const auto rings = number(snapshot.revision());
    if (snapshot.node_count() != 3 * rings || snapshot.relationship_count() != 3 * rings) {
        return false;
    }
    const auto key = snapshot.property_key("n");
    for (std::uint64_t i = 0; i < 3 * rings; i += 1 + rings / 8) {
        const NodeId node{i};
        const auto out = snapshot.adjacent(node, Direction::out);
        if (out.size() != 1 || snapshot.adjacent(node, Direction::in).size() != 1 ||
            snapshot.integer(node, *key) != snapshot.integer(out[0].neighbour, *key)) {
            return false;
        }
    }
    return true;
}

TEST(ThreadedStore, ShowsEveryReaderWholeRevisionsThatNeverGoBack) {
    const auto* asked = std::getenv("KHOM_THREADED_SECONDS");
    const std::chrono::seconds long_enough(asked == nullptr ? 2 : std::atoi(asked));
    StoreOptions options;
    options.rebuild_after = 64;
    const auto store = Store::in_memory(options);
    std::atomic<bool> stop = false;
    std::atomic<int> torn = 0, went_back = 0;
    std::vector<std::thread> threads;
    for (int reader = 0; reader < 2; ++reader) {
        threads.emplace_back([&] {
            Revision last{};
            while (!stop) {
                const auto snapshot = store->snapshot();
                torn += is_whole(*snapshot) ? 0 : 1;
                went_back += snapshot->revision() < last ? 1 : 0;
                last = snapshot->revision();
            }
        });
    }
    for (int writer = 0; writer < 2; ++writer) {
        threads.emplace_back([&] {
            while (!stop) {
                EXPECT_TRUE(store->write({"test", "a ring"}, [&](Draft& draft) {
                    return add_ring(draft,
                                    static_cast<std::int64_t>(draft.view().node_count() / 3));
                }));
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
    }
    std::this_thread::sleep_for(long_enough);
    stop = true;
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_THAT(torn.load(), Eq(0));
    EXPECT_THAT(went_back.load(), Eq(0));
    EXPECT_GT(number(store->snapshot()->revision()), 10U);
}

}  // namespace
}  // namespace khom::graph
