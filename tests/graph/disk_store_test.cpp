// What the store on disk promises beyond what store_test.cpp asks of every store.

#include <fstream>
#include <random>
#include <thread>

#include "graph/bulk_load.h"
#include "graph/store.h"
#include "tests/testing/folder.h"

namespace khom::graph {
namespace {

using khom::testing::Folder;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Authorship tester{"test", "a test"};

std::unique_ptr<Store> open_store(const std::filesystem::path& path, StoreOptions options = {}) {
    options.create_if_missing = true;
    return std::move(*Store::open(path, std::move(options)));
}

Result<Commit> add(Store& store, const std::string& id) {
    return store.write(tester, [&](Draft& draft) {
        return draft.create_node({"N"}, {{"id", id}}).map([](NodeId) {});
    });
}

/// Takes one batch back by a new one.
Result<Commit> undo(Store& store, Revision revision) {
    return store.log().read(Revision{number(revision) - 1}, 1).and_then([&](const auto& entries) {
        return store.write(tester,
                           [&](Draft& draft) { return draft.revert(entries.front().batch); });
    });
}

std::pair<std::vector<Node>, std::vector<Relationship>> whole(const Snapshot& snapshot) {
    std::pair<std::vector<Node>, std::vector<Relationship>> all;
    for (const auto id : snapshot.nodes()) {
        all.first.push_back(snapshot.node(id));
    }
    for (const auto id : snapshot.relationships()) {
        all.second.push_back(snapshot.relationship(id));
    }
    return all;
}

/// A few hundred nodes in a ring with chords; every tenth relationship has a public id.
void load_ring(Store& store, int nodes) {
    auto load = std::move(*store.bulk_load());
    for (int i = 0; i < nodes; ++i) {
        ASSERT_TRUE(load->add_node({"N", i % 2 == 0 ? "Even" : "Odd"},
                                   {{"id", "n:" + std::to_string(i)}, {"i", i}}));
    }
    const auto at = [&](int i) { return *load->find("n:" + std::to_string(i % nodes)); };
    for (int i = 0; i < nodes; ++i) {
        ASSERT_TRUE(load->add_relationship(at(i), "NEXT", at(i + 1), {{"year", 2000 + i % 20}}));
        if (i % 10 == 0) {
            ASSERT_TRUE(load->add_relationship(at(i), "FAR", at(i + nodes / 2),
                                               {{"id", "s-" + std::to_string(i)}}));
        }
    }
    ASSERT_TRUE(load->commit(tester));
}

TEST(BulkLoad, IsOneRevisionThatSurvivesReopening) {
    const Folder folder;
    const auto before = [&] {
        const auto store = open_store(folder.path() / "graph");
        load_ring(*store, 300);
        EXPECT_THAT(store->snapshot()->revision(), Eq(Revision{1}));
        EXPECT_THAT(store->find_damage(), IsEmpty());
        return whole(*store->snapshot());
    }();

    const auto store = open_store(folder.path() / "graph");

    EXPECT_TRUE(whole(*store->snapshot()) == before);
    EXPECT_THAT(before.second, SizeIs(330));
    EXPECT_TRUE(store->snapshot()->find_relationship("s-290"));
    EXPECT_THAT(store->find_damage(), IsEmpty());
}

TEST(BulkLoad, TellsFollowersThatTheLogDoesNotReachBack) {
    const Folder folder;
    const auto store = open_store(folder.path() / "graph");
    load_ring(*store, 10);

    EXPECT_THAT(store->log().read(Revision{0}, 10).error().code, Eq(RefusalCode::gone));
    EXPECT_THAT(*store->log().read(Revision{1}, 10), IsEmpty());
    ASSERT_TRUE(add(*store, "later"));
    EXPECT_THAT(*store->log().read(Revision{1}, 10), SizeIs(1));
}

TEST(BulkLoad, LeavesNothingWhenItIsDropped) {
    const Folder folder;
    const auto store = open_store(folder.path() / "graph");
    {
        const auto load = std::move(*store->bulk_load());
        ASSERT_TRUE(load->add_node({"N"}, {{"id", "n:1"}}));
    }
    EXPECT_THAT(store->snapshot()->node_count(), Eq(0U));
    load_ring(*store, 10);
    EXPECT_THAT(store->snapshot()->node_count(), Eq(10U));
}

TEST(BulkLoad, RefusesTakenIdsMissingEndsAndAStoreThatIsNotEmpty) {
    const Folder folder;
    const auto store = open_store(folder.path() / "graph");
    const auto load = std::move(*store->bulk_load());
    const auto node = *load->add_node({"N"}, {{"id", "n:1"}});

    EXPECT_THAT(load->add_node({"N"}, {{"id", "n:1"}}).error().code,
                Eq(RefusalCode::constraint_validation_failed));
    EXPECT_THAT(load->add_node({"N"}, {{"id", 1}}).error().code, Eq(RefusalCode::type_error));
    EXPECT_THAT(load->add_node({"N"}, {{"x", Map{}}}).error().code, Eq(RefusalCode::type_error));
    EXPECT_THAT(load->add_relationship(node, "R", NodeId{9}, {}).error().code,
                Eq(RefusalCode::entity_not_found));
    ASSERT_TRUE(add(*store, "overtaken"));
    EXPECT_THAT(load->commit(tester).error().code, Eq(RefusalCode::conflict));
    EXPECT_THAT(store->bulk_load().error().code, Eq(RefusalCode::unsupported));
}

TEST(DiskStore, OpensFromTheBasesFileAndTheLogAfterIt) {
    const Folder folder;
    const auto path = folder.path() / "graph";
    const auto before = [&] {
        const auto store = open_store(path);
        load_ring(*store, 50);
        EXPECT_TRUE(add(*store, "new"));
        store->rebuild();
        EXPECT_TRUE(undo(*store, Revision{2}));
        EXPECT_TRUE(add(*store, "newer"));
        return whole(*store->snapshot());
    }();
    ASSERT_TRUE(std::filesystem::exists(path / "snapshot.base"));

    const auto store = open_store(path);

    EXPECT_TRUE(whole(*store->snapshot()) == before);
    EXPECT_THAT(store->snapshot()->revision(), Eq(Revision{4}));
    EXPECT_THAT(store->find_damage(), IsEmpty());
}

TEST(DiskStore, ThrowsAwayABasesFileThatIsDamaged) {
    const Folder folder;
    const auto path = folder.path() / "graph";
    const auto before = [&] {
        const auto store = open_store(path);
        load_ring(*store, 50);
        return whole(*store->snapshot());
    }();
    const auto size = std::filesystem::file_size(path / "snapshot.base");
    std::mt19937 random(7);
    for (int trial = 0; trial < 20; ++trial) {
        std::fstream file(path / "snapshot.base", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(random() % size));
        file.put(static_cast<char>(random()));
        file.close();

        const auto store = open_store(path);
        ASSERT_TRUE(whole(*store->snapshot()) == before) << trial;
    }
    std::filesystem::resize_file(path / "snapshot.base", size / 2);
    EXPECT_TRUE(whole(*open_store(path)->snapshot()) == before);
}

TEST(DiskStore, ReadsOnWhereABasesFileIsCutShortUnderIt) {
    const Folder folder;
    const auto path = folder.path() / "graph";
    const auto store = open_store(path);
    load_ring(*store, 50);
    const auto before = whole(*store->snapshot());

    std::filesystem::resize_file(path / "snapshot.base", 0);

    EXPECT_TRUE(whole(*store->snapshot()) == before);
    EXPECT_TRUE(add(*store, "new"));
}

TEST(DiskStore, NamesTheProcessThatHoldsIt) {
    const Folder folder;
    const auto store = open_store(folder.path() / "graph");

    const auto again = Store::open(folder.path() / "graph", {});

    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().code, Eq(RefusalCode::locked));
    EXPECT_THAT(again.error().message, HasSubstr("process " + std::to_string(::getpid())));
}

TEST(DiskStore, IsCopiedWhileItIsWrittenAndTheCopyStandsAlone) {
    const Folder folder;
    const auto store = open_store(folder.path() / "graph");
    load_ring(*store, 50);
    ASSERT_TRUE(add(*store, "before"));
    ASSERT_TRUE(Store::copy(folder.path() / "graph", folder.path() / "copy"));
    ASSERT_TRUE(add(*store, "after"));

    const auto copy = open_store(folder.path() / "copy");

    EXPECT_TRUE(copy->snapshot()->find("before"));
    EXPECT_FALSE(copy->snapshot()->find("after"));
    EXPECT_THAT(copy->find_damage(), IsEmpty());
    EXPECT_THAT(Store::copy(folder.path() / "graph", folder.path() / "copy").error().code,
                Eq(RefusalCode::argument_error));
}

TEST(DiskStore, TrimsItsLogAndSaysSo) {
    const Folder folder;
    {
        const auto store = open_store(folder.path() / "graph");
        for (int i = 0; i < 10; ++i) {
            ASSERT_TRUE(add(*store, std::to_string(i)));
        }
        ASSERT_TRUE(store->trim_log(Revision{6}));
        EXPECT_THAT(store->log().first_kept(), Eq(Revision{7}));
        EXPECT_THAT(store->log().read(Revision{5}, 1).error().detail, Eq("LogPruned"));
        EXPECT_THAT(undo(*store, Revision{3}).error().code, Eq(RefusalCode::gone));
    }
    const auto store = open_store(folder.path() / "graph");

    EXPECT_THAT(store->log().first_kept(), Eq(Revision{7}));
    EXPECT_THAT(*store->log().read(Revision{6}, 100), SizeIs(4));
    EXPECT_THAT(store->snapshot()->node_count(), Eq(10U));
    EXPECT_THAT(store->find_damage(), IsEmpty());
}

TEST(DiskStore, TrimsByItselfWhenTheLogIsTwiceAsLongAsAskedFor) {
    const Folder folder;
    StoreOptions options;
    options.keep_entries = 5;
    const auto store = open_store(folder.path() / "graph", options);
    for (int i = 0; i < 40; ++i) {
        ASSERT_TRUE(add(*store, std::to_string(i)));
        const auto kept = number(store->log().last()) + 1 - number(store->log().first_kept());
        ASSERT_LE(kept, 11U);
        ASSERT_GE(kept, std::min<std::uint64_t>(5, number(store->log().last())));
    }
    EXPECT_THAT(store->find_damage(), IsEmpty());
}

TEST(Write, GivesManyWritersTheirTurnAndLosesNone) {
    const Folder folder;
    {
        StoreOptions options;
        options.rebuild_after = 50;
        const auto store = open_store(folder.path() / "graph", options);
        std::vector<std::thread> writers;
        for (int writer = 0; writer < 4; ++writer) {
            writers.emplace_back([&, writer] {
                for (int i = 0; i < 40; ++i) {
                    EXPECT_TRUE(add(*store, std::to_string(writer) + ":" + std::to_string(i)));
                }
            });
        }
        for (auto& writer : writers) {
            writer.join();
        }
        EXPECT_THAT(store->snapshot()->revision(), Eq(Revision{160}));
    }
    const auto store = open_store(folder.path() / "graph");

    EXPECT_THAT(store->snapshot()->node_count(), Eq(160U));
    EXPECT_THAT(store->snapshot()->revision(), Eq(Revision{160}));
    EXPECT_THAT(store->find_damage(), IsEmpty());
}

TEST(Write, IsRefusedWhereTheDataMovedOnOrTooManyWait) {
    StoreOptions options;
    options.most_waiting = 0;
    const auto full = Store::in_memory(options);
    EXPECT_THAT(add(*full, "x").error().code, Eq(RefusalCode::overloaded));

    const auto store = Store::in_memory({});
    ASSERT_TRUE(add(*store, "a"));
    const auto late = store->write(
        tester, [](Draft& draft) { return draft.create_node({}, {}).map([](NodeId) {}); },
        Revision{0});
    EXPECT_THAT(late.error().code, Eq(RefusalCode::conflict));
    EXPECT_THAT(late.error().message, HasSubstr("revision 1"));
}

TEST(Undo, RestoresWhatABatchChangedMadeAndDeleted) {
    const auto store = Store::in_memory({});
    ASSERT_TRUE(store->write(tester, [](Draft& draft) -> Result<void> {
        const auto a = *draft.create_node({"A"}, {{"id", "a"}, {"n", 1}});
        const auto b = *draft.create_node({"B"}, {{"id", "b"}});
        return draft.create_relationship(a, "R", b, {{"id", "s-1"}}).map([](RelationshipId) {});
    }));
    const auto before = whole(*store->snapshot());
    ASSERT_TRUE(store->write(tester, [](Draft& draft) -> Result<void> {
        draft.detach_erase(*draft.view().find("b"));
        (void)draft.set_property(*draft.view().find("a"), "n", 2);
        (void)draft.add_label(*draft.view().find("a"), "C");
        return draft.create_node({}, {{"id", "c"}}).map([](NodeId) {});
    }));

    ASSERT_TRUE(undo(*store, Revision{2}));

    EXPECT_TRUE(whole(*store->snapshot()) == before);
    EXPECT_THAT(store->log().last(), Eq(Revision{3}));
    ASSERT_TRUE(undo(*store, Revision{3}));
    EXPECT_TRUE(store->snapshot()->find("c"));
    EXPECT_FALSE(store->snapshot()->find("b"));
}

TEST(Undo, IsRefusedWhereSomebodyChangedItSince) {
    const auto store = Store::in_memory({});
    ASSERT_TRUE(add(*store, "a"));
    ASSERT_TRUE(store->write(
        tester, [](Draft& draft) { return draft.set_property(*draft.view().find("a"), "n", 2); }));

    EXPECT_THAT(undo(*store, Revision{1}).error(),
                ::testing::Field(&Refusal::message, HasSubstr("'a'")));
}

TEST(Undo, TakesARedirectBack) {
    const auto store = Store::in_memory({});
    ASSERT_TRUE(add(*store, "p:1"));
    ASSERT_TRUE(add(*store, "p:2"));
    const auto before = whole(*store->snapshot());
    ASSERT_TRUE(store->write(tester, [](Draft& draft) -> Result<void> {
        draft.erase(*draft.view().find("p:2"));
        draft.redirect("p:2", "p:1");
        return {};
    }));
    ASSERT_THAT(store->snapshot()->redirected("p:2"), Eq("p:1"));

    ASSERT_TRUE(undo(*store, Revision{3}));

    EXPECT_TRUE(whole(*store->snapshot()) == before);
    EXPECT_THAT(store->snapshot()->redirected("p:2"), Eq(std::nullopt));
}

}  // namespace
}  // namespace khom::graph
