// A disk that is full: a small tmpfs, which needs the right to mount; skipped without it.

#include "graph/bulk_load.h"
#include "graph/store.h"
#include "tests/crash/small_disk.h"

namespace khom::graph {
namespace {

using khom::testing::SmallDisk;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Authorship tester{"test", "a test"};

std::unique_ptr<Store> open_store(const SmallDisk& disk) {
    StoreOptions options;
    options.create_if_missing = true;
    options.rebuild_after = 200;
    return std::move(*Store::open(disk.path(), options));
}

Result<Commit> add(Store& store, const std::string& id, std::size_t bytes) {
    return store.write(tester, [&](Draft& draft) {
        return draft.create_node({"N"}, {{"id", id}, {"text", std::string(bytes, 'x')}})
            .map([](NodeId) {});
    });
}

TEST(FullDisk, RefusesWritesWhileReadsGoOnAndTakesThemAgainWithoutARestart) {
    SmallDisk disk(48);
    if (!disk.is_mounted()) {
        GTEST_SKIP() << "mounting a tmpfs needs root";
    }
    auto store = open_store(disk);
    std::size_t acknowledged = 0;
    for (int round = 0; round < 6; ++round) {
        disk.leave_free(static_cast<std::uintmax_t>(round) * 40'000);
        std::optional<Refusal> refusal;
        for (int i = 0; i < 200 && !refusal; ++i) {
            const auto done = add(*store, "n" + std::to_string(acknowledged), 5'000);
            if (done) {
                ++acknowledged;
            } else {
                refusal = done.error();
            }
        }
        ASSERT_TRUE(refusal) << "the disk of round " << round << " never got full";
        ASSERT_THAT(refusal->code, Eq(RefusalCode::storage_unavailable));
        ASSERT_THAT(refusal->message, HasSubstr("full"));
        ASSERT_THAT(store->snapshot()->node_count(), Eq(acknowledged));
        ASSERT_THAT(number(store->log().last()), Eq(acknowledged));
        ASSERT_TRUE(store->log().read(Revision{0}, 1000));
        ASSERT_FALSE(add(*store, "still full", 5'000));

        disk.empty();
        ASSERT_TRUE(add(*store, "n" + std::to_string(acknowledged), 10)) << round;
        ++acknowledged;
        ASSERT_THAT(store->find_damage(), IsEmpty());
    }
    store.reset();
    store = open_store(disk);
    EXPECT_THAT(store->snapshot()->node_count(), Eq(acknowledged));
    EXPECT_THAT(*store->log().read(Revision{0}, 10'000), SizeIs(acknowledged));
    EXPECT_THAT(store->find_damage(), IsEmpty());
}

bool load(Store& store) {
    auto made = store.bulk_load();
    if (!made) {
        return false;
    }
    const auto load = std::move(*made);
    for (int i = 0; i < 2000; ++i) {
        if (!load->add_node({"N"}, {{"id", "n:" + std::to_string(i)},
                                    {"text", std::to_string(i * 7919) + std::string(90, 'x')}})) {
            return false;
        }
    }
    return load->commit(tester).has_value();
}

TEST(FullDisk, LeavesALoadWholeOrNotAtAllWhereverItGetsFull) {
    if (!SmallDisk(1).is_mounted()) {
        GTEST_SKIP() << "mounting a tmpfs needs root";
    }
    int refused = 0;
    for (std::uintmax_t free = 0; free < 150'000; free += 6'000) {
        SmallDisk disk(32);
        auto store = open_store(disk);
        disk.leave_free(free);
        if (!load(*store)) {
            ++refused;
            ASSERT_THAT(store->snapshot()->node_count(), Eq(0U)) << free;
            disk.empty();
            ASSERT_TRUE(load(*store)) << "free " << free;
        }
        disk.empty();
        ASSERT_THAT(store->snapshot()->node_count(), Eq(2000U));
        store.reset();
        store = open_store(disk);
        ASSERT_THAT(store->snapshot()->node_count(), Eq(2000U)) << free;
        ASSERT_THAT(store->find_damage(), IsEmpty());
    }
    EXPECT_GT(refused, 3);
}

}  // namespace
}  // namespace khom::graph
