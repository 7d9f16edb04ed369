// Formats, and files that were cut short, lost or shared: what nobody may serve from unawares.

#include <atomic>
#include <fstream>
#include <thread>

#include "graph/rocksdb_private.h"
#include "graph/store.h"
#include "graph/witness.h"
#include "tests/testing/folder.h"

namespace khom::graph {
namespace {

using khom::testing::Folder;
using ::testing::Eq;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace fs = std::filesystem;

std::unique_ptr<Store> open_store(const fs::path& path) {
    StoreOptions options;
    options.create_if_missing = true;
    return std::move(*Store::open(path, std::move(options)));
}

void add(Store& store, int first, int last) {
    for (int i = first; i <= last; ++i) {
        ASSERT_TRUE(store.write({"test", "care"}, [&](Draft& draft) -> Result<void> {
            const auto one = *draft.create_node({"N"}, {{"id", "n:" + std::to_string(i)}});
            return draft.create_relationship(one, "SELF", one, {{"i", i}}).map([](RelationshipId) {
            });
        }));
    }
}

std::vector<Node> nodes_of(const Store& store) {
    std::vector<Node> all;
    const auto snapshot = store.snapshot();
    for (const auto id : snapshot->nodes()) {
        all.push_back(snapshot->node(id));
    }
    return all;
}

/// Makes of a store what an earlier khom would have left.
void write_raw(const fs::path& path, const std::vector<std::pair<std::string, std::string>>& put,
               const std::vector<std::string>& drop) {
    const auto database = std::move(*Database::open(path, false));
    rocksdb::WriteBatch writes;
    for (const auto& [key, value] : put) {
        database->put(writes, Family::meta, key, value);
    }
    for (const auto& key : drop) {
        database->drop(writes, Family::meta, key);
    }
    ASSERT_TRUE(database->write(writes));
}

/// The words of the fault that opening ends with.
std::string fault_of(const fs::path& path) {
    try {
        StoreOptions options;
        options.create_if_missing = true;
        const auto store = Store::open(path, std::move(options));
        return store ? "opened at " + std::to_string(number((*store)->snapshot()->revision()))
                     : "refused: " + store.error().message;
    } catch (const Fault& fault) {
        return fault.what();
    }
}

TEST(Format, OfTheFirstKhomIsBroughtUpAndSaysTheSame) {
    const Folder folder;
    const auto path = folder.path() / "graph";
    std::vector<Node> before;
    {
        const auto store = open_store(path);
        add(*store, 1, 5);
        before = nodes_of(*store);
    }
    fs::remove(path / "acknowledged");
    write_raw(path, {{"format", "1"}}, {"store", "node_count", "relationship_count"});

    for (int round = 1; round <= 2; ++round) {
        const auto store = open_store(path);
        EXPECT_THAT(nodes_of(*store), Eq(before));
        EXPECT_THAT(store->find_damage(), IsEmpty());
        add(*store, 5 + round, 5 + round);
        before = nodes_of(*store);
    }
    const auto database = std::move(*Database::open(path, false));
    EXPECT_THAT(*database->get(Family::meta, "format"), Eq("2"));
    EXPECT_TRUE(database->get(Family::meta, "store"));
}

TEST(Format, OfANewerKhomIsRefusedAndLeftAlone) {
    const Folder folder;
    open_store(folder.path() / "graph").reset();
    write_raw(folder.path() / "graph", {{"format", "3"}}, {});

    const auto opened = Store::open(folder.path() / "graph", {});

    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().code, Eq(RefusalCode::unsupported));
    EXPECT_THAT(opened.error().message, HasSubstr("format 3, of a newer khom"));
    EXPECT_THAT(fault_of(folder.path() / "graph"), HasSubstr("of a newer khom"));
}

TEST(Format, OfAStoreThatWasKilledWhileItWasMadeIsMadeAgain) {
    const Folder folder;
    {
        rocksdb::Options options;
        options.create_if_missing = true;
        rocksdb::DB* made = nullptr;  // the families of a khom come after this
        ASSERT_TRUE(rocksdb::DB::Open(options, (folder.path() / "graph").string(), &made).ok());
        const std::unique_ptr<rocksdb::DB> closed(made);
    }

    const auto store = open_store(folder.path() / "graph");
    add(*store, 1, 2);

    EXPECT_THAT(nodes_of(*store).size(), Eq(2U));
}

TEST(Format, ThatIsNoNumberIsDamage) {
    const Folder folder;
    open_store(folder.path() / "graph").reset();
    write_raw(folder.path() / "graph", {{"format", "1x"}}, {});

    EXPECT_THAT(fault_of(folder.path() / "graph"), HasSubstr("format is damaged"));
}

/// What a process leaves that is killed now.
fs::path left_behind(const fs::path& path) {
    auto copy = path;
    copy += "-left";
    fs::copy(path, copy, fs::copy_options::recursive);
    return copy;
}

TEST(Damage, OfALogThatWasCutShortIsNamedWhereverItWasCut) {
    const Folder folder;
    const auto store = open_store(folder.path() / "graph");
    add(*store, 1, 3);
    const auto left = left_behind(folder.path() / "graph");
    fs::path log;
    for (const auto& entry : fs::directory_iterator(left)) {
        if (entry.path().extension() == ".log" && entry.file_size() > 0) {
            log = entry.path();
        }
    }
    const auto whole = fs::file_size(log);
    const auto saved = folder.path() / "saved";
    fs::copy(left, saved, fs::copy_options::recursive);

    for (const auto size : {whole - 1, whole * 9 / 10, whole / 2, whole / 10, std::uintmax_t{0}}) {
        fs::remove_all(left);
        fs::copy(saved, left, fs::copy_options::recursive);
        fs::resize_file(log, size);
        EXPECT_THAT(fault_of(left),
                    ::testing::AnyOf(HasSubstr("lost all after"), HasSubstr("lost its records")))
            << size << " of " << whole;
    }
    fs::remove_all(left);
    fs::copy(saved, left, fs::copy_options::recursive);
    EXPECT_THAT(fault_of(left), Eq("opened at 3"));
}

TEST(Damage, ThatSomebodyAcceptsIsGoneOnFrom) {
    const Folder folder;
    auto store = open_store(folder.path() / "graph");
    add(*store, 1, 3);
    const auto left = left_behind(folder.path() / "graph");
    for (const auto& entry : fs::directory_iterator(left)) {
        if (entry.path().extension() == ".log" && entry.file_size() > 0) {
            fs::resize_file(entry.path(), entry.file_size() - 1);
        }
    }
    ASSERT_THAT(fault_of(left), HasSubstr("has lost all after 2"));

    fs::remove(left / "acknowledged");

    EXPECT_THAT(fault_of(left), Eq("opened at 2"));
}

TEST(Damage, OfTheFileThatNamesAllOthersIsNoEmptyStore) {
    const Folder folder;
    {
        const auto store = open_store(folder.path() / "graph");
        add(*store, 1, 3);
    }
    fs::remove(folder.path() / "graph" / "CURRENT");

    EXPECT_THAT(fault_of(folder.path() / "graph"), HasSubstr("has lost its file CURRENT"));
}

TEST(Damage, ByRecordsThatAreMissingIsNamed) {
    const Folder folder;
    {
        const auto store = open_store(folder.path() / "graph");
        add(*store, 1, 3);
    }
    {
        const auto database = std::move(*Database::open(folder.path() / "graph", false));
        rocksdb::WriteBatch writes;
        database->drop(writes, Family::relationships, big_endian(1));
        ASSERT_TRUE(database->write(writes));
    }

    EXPECT_THAT(fault_of(folder.path() / "graph"),
                HasSubstr("has 2 relationships, and should have 3"));
}

TEST(Backup, SharesNoFileWithTheStore) {
    const Folder folder;
    open_store(folder.path() / "graph").reset();
    {
        const auto store = open_store(folder.path() / "graph");
        add(*store, 1, 3);
    }
    const auto store = open_store(folder.path() / "graph");
    add(*store, 4, 5);

    ASSERT_TRUE(Store::copy(folder.path() / "graph", folder.path() / "copy"));

    bool has_tables = false;
    for (const auto& entry : fs::directory_iterator(folder.path() / "copy")) {
        EXPECT_THAT(entry.hard_link_count(), Eq(1U)) << entry.path();
        has_tables = has_tables || entry.path().extension() == ".sst";
    }
    EXPECT_TRUE(has_tables);
    EXPECT_THAT(nodes_of(*open_store(folder.path() / "copy")), Eq(nodes_of(*store)));
}

TEST(Backup, OfAStoreInUseIsWholeAndHasAllThatWasAcknowledged) {
    const Folder folder;
    const auto store = open_store(folder.path() / "graph");
    std::atomic<bool> stop = false;
    std::atomic<std::uint64_t> acknowledged = 0;
    std::thread writer([&] {
        for (int i = 1; !stop; ++i) {
            add(*store, i, i);
            acknowledged = number(store->snapshot()->revision());
        }
    });
    for (int round = 0; round < 4; ++round) {
        const auto before = acknowledged.load();
        const auto target = folder.path() / ("copy-" + std::to_string(round));

        const auto copied = Store::copy(folder.path() / "graph", target);

        EXPECT_TRUE(copied) << copied.error().message;
        const auto copy = open_store(target);
        EXPECT_THAT(number(copy->snapshot()->revision()), Ge(before));
        EXPECT_THAT(copy->snapshot()->node_count(), Eq(number(copy->snapshot()->revision())));
        EXPECT_THAT(copy->find_damage(), IsEmpty());
    }
    stop = true;
    writer.join();
}

TEST(Backup, OfAStoreThatLostWhatItAcknowledgedIsNone) {
    const Folder folder;
    {
        const auto store = open_store(folder.path() / "graph");
        add(*store, 1, 3);
        Witness(folder.path() / "graph").note(9);
    }

    EXPECT_THROW((void)Store::copy(folder.path() / "graph", folder.path() / "copy"), Fault);
    EXPECT_FALSE(fs::exists(folder.path() / "copy"));
    EXPECT_THAT(Store::copy(folder.path() / "nowhere", folder.path() / "copy").error().code,
                Eq(RefusalCode::entity_not_found));
}

}  // namespace
}  // namespace khom::graph
