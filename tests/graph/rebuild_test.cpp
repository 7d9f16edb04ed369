// The rebuild in the background: its budget, and that memory of old snapshots comes back under a
// day of writes in fast forward.

#include <malloc.h>
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>

#include "graph/base.h"
#include "graph/snapshot_private.h"
#include "graph/store.h"
#include "tests/testing/folder.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// GCC ships no header that says so.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace khom::graph {
namespace {

using khom::testing::Folder;
using ::testing::Eq;
using ::testing::Le;

const Authorship tester{"test", "a test"};

/// Many keys of distinct texts: many arrays of one size.
void add_texts(Store& store, int nodes, int keys) {
    ASSERT_TRUE(store.write(tester, [&](Draft& draft) -> Result<void> {
        for (int i = 0; i < nodes; ++i) {
            Map properties;
            for (int key = 0; key < keys; ++key) {
                properties["text" + std::to_string(key)] =
                    std::to_string(i * keys + key) + std::string(100, 'x');
            }
            (void)*draft.create_node({"N"}, properties);
        }
        return {};
    }));
}

std::unique_ptr<Store> on_disk(const Folder& folder, StoreOptions options) {
    options.create_if_missing = true;
    return std::move(*Store::open(folder.path() / "graph", std::move(options)));
}

TEST(Rebuild, OnDiskTakesTheMemoryOfOneArrayAtATime) {
    const Folder folder;
    StoreOptions options;
    options.rebuild_memory_bytes = 400'000;  // 20 columns of about 130,000 bytes each
    const auto disk = on_disk(folder, options);
    const auto memory = Store::in_memory(options);
    add_texts(*disk, 1000, 20);
    add_texts(*memory, 1000, 20);

    EXPECT_NO_THROW(disk->rebuild());
    EXPECT_THROW(memory->rebuild(), Fault);

    EXPECT_THAT(disk->rebuilds().done, Eq(1U));
    EXPECT_THAT(disk->rebuilds().newer, Eq(0U));
    EXPECT_THAT(disk->snapshot()->property(NodeId{7}, "text3"),
                Eq(Value("143" + std::string(100, 'x'))));
}

TEST(Rebuild, ThatWouldTakeMoreThanItsBudgetIsGivenUpAndChangesNothing) {
    const Folder folder;
    StoreOptions options;
    options.rebuild_memory_bytes = 50'000;
    const auto store = on_disk(folder, options);
    add_texts(*store, 1000, 2);
    const auto before = store->snapshot();

    EXPECT_THROW(store->rebuild(), Fault);

    EXPECT_THAT(store->snapshot(), Eq(before));
    EXPECT_THAT(store->rebuilds().given_up, Eq(1U));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "graph" / "snapshot.base.new"));
    add_texts(*store, 10, 2);
    EXPECT_THAT(store->snapshot()->node_count(), Eq(1010U));
}

TEST(Rebuild, IsTriedAgainOnlyWhenTwiceAsMuchIsNewer) {
    StoreOptions options;
    options.rebuild_after = 10;
    options.rebuild_memory_bytes = 100;
    const auto store = Store::in_memory(options);
    for (int i = 0; i < 1000; ++i) {
        add_texts(*store, 1, 1);
    }

    EXPECT_THAT(store->rebuilds().given_up, Le(8U));  // 10, 20, 40 … 640
    EXPECT_THAT(store->rebuilds().done, Eq(0U));
    EXPECT_THAT(store->rebuilds().newer, Eq(1000U));
}

/// What the process holds on its heap.
std::size_t allocated_bytes() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return __sanitizer_get_current_allocated_bytes();
#else
    const auto heap = ::mallinfo2();
    return heap.uordblks + heap.hblkhd;
#endif
}

/// A small city that stays as large as it is while everybody edits: texts change, one relationship
/// goes and one comes.
class Edits {
  public:
    static constexpr int nodes = 300;
    static constexpr std::size_t relationships = 300;

    explicit Edits(std::uint32_t seed) : random_(seed) {}

    static Result<void> begin(Draft& draft) {
        for (int i = 0; i < nodes; ++i) {
            (void)*draft.create_node({"N"}, {{"id", "n:" + std::to_string(i)}});
        }
        for (std::uint64_t i = 0; i < relationships; ++i) {
            (void)*draft.create_relationship(NodeId{i}, "NEXT", NodeId{(i + 1) % nodes}, {});
        }
        return {};
    }
    Result<void> next(Draft& draft) {
        for (int i = 0; i < 4; ++i) {
            const NodeId node{random_() % nodes};
            if (auto set = draft.set_property(node, "text",
                                              std::to_string(random_()) + std::string(200, 'x'));
                !set) {
                return set;
            }
        }
        const auto all = draft.view().relationships();
        draft.erase(all[random_() % all.size()]);
        return draft
            .create_relationship(NodeId{random_() % nodes}, "NEXT", NodeId{random_() % nodes}, {})
            .map([](RelationshipId) {});
    }

  private:
    std::mt19937 random_;
};

/// All snapshots and bases that ever were, without holding them.
class Census {
  public:
    void count(const std::shared_ptr<const Snapshot>& snapshot) {
        snapshots_.push_back(snapshot);
        bases_.push_back(snapshot->data()->base);
    }
    std::size_t living_snapshots() { return living(snapshots_); }
    std::size_t living_bases() { return living(bases_); }

  private:
    template <class T>
    static std::size_t living(std::vector<std::weak_ptr<T>>& all) {
        std::erase_if(all, [](const auto& one) { return one.expired(); });
        std::vector<const T*> distinct;
        for (const auto& one : all) {
            distinct.push_back(one.lock().get());
        }
        std::sort(distinct.begin(), distinct.end());
        return static_cast<std::size_t>(std::unique(distinct.begin(), distinct.end()) -
                                        distinct.begin());
    }
    std::vector<std::weak_ptr<const Snapshot>> snapshots_;
    std::vector<std::weak_ptr<const Base>> bases_;
};

/// Reads on snapshots that it pins for a while, until it is told to stop.
void read_on(const Store& store, const std::atomic<bool>& stop, std::atomic<int>& torn) {
    while (!stop) {
        const auto pinned = store.snapshot();
        const auto before = pinned->relationships().size();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        torn += before == Edits::relationships && pinned->relationships().size() == before ? 0 : 1;
    }
}

/// Of a day: KHOM_DAY_BATCHES=86400 is one a second.
int batches(int usual) {
    const auto* asked = std::getenv("KHOM_DAY_BATCHES");
    return asked == nullptr ? usual : std::atoi(asked);
}

/// What lives at most beside the newest: two readers pin one each, a long one another; a rebuild
/// holds the one it settles, and the writers' newest may be one more.
constexpr std::size_t most_living = 6;

void live_through_a_day(Store& store, int all, std::size_t tolerated_bytes) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Edits edits(seed);
    Census census;
    std::atomic<bool> stop = false;
    std::atomic<int> torn = 0;
    ASSERT_TRUE(store.write(tester, Edits::begin));
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i) {
        readers.emplace_back([&] { read_on(store, stop, torn); });
    }
    std::shared_ptr<const Snapshot> pinned_long;
    std::size_t early_bytes = 0;
    for (int batch = 0; batch < all && !::testing::Test::HasFailure(); ++batch) {
        EXPECT_TRUE(store.write(tester, [&](Draft& draft) { return edits.next(draft); }));
        census.count(store.snapshot());
        if (batch % 100 == 0) {
            EXPECT_THAT(census.living_snapshots(), Le(most_living)) << "after batch " << batch;
            EXPECT_THAT(census.living_bases(), Le(most_living)) << "after batch " << batch;
            EXPECT_TRUE(store.trim_log(Revision{number(store.log().last()) - 1}));
            pinned_long = store.snapshot();
        }
        if (batch == all / 10) {
            early_bytes = allocated_bytes();
        }
    }
    const auto late_bytes = allocated_bytes();
    stop = true;
    for (auto& reader : readers) {
        reader.join();
    }
    pinned_long.reset();
    store.rebuild();  // and after any that is under way
    EXPECT_THAT(torn.load(), Eq(0));
    EXPECT_GT(store.rebuilds().done, static_cast<std::size_t>(all) / 400);
    EXPECT_THAT(store.rebuilds().given_up, Eq(0U));
    EXPECT_THAT(census.living_snapshots(), Eq(0U));  // the newest was made by the last rebuild
    EXPECT_THAT(census.living_bases(), Eq(0U));
    ::testing::Test::RecordProperty("early_bytes", std::to_string(early_bytes));
    ::testing::Test::RecordProperty("late_bytes", std::to_string(late_bytes));
    EXPECT_THAT(late_bytes, Le(early_bytes + tolerated_bytes));
}

TEST(ADayOfWrites, LeavesNoOldSnapshotInMemory) {
    StoreOptions options;
    options.rebuild_after = 250;
    // Each batch that stayed would leave some 5,000 bytes.
    live_through_a_day(*Store::in_memory(options), batches(4000), std::size_t{4} << 20U);
}

TEST(ADayOfWrites, LeavesNoOldSnapshotOfAStoreOnDisk) {
    const Folder folder;
    StoreOptions options;
    options.rebuild_after = 250;
    // RocksDB fills up to 64 MiB for each family before it writes a file.
    live_through_a_day(*on_disk(folder, options), batches(1000), std::size_t{256} << 20U);
}

}  // namespace
}  // namespace khom::graph
