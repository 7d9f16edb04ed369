#include "index/comparison.h"

#include <fstream>

#include "graph/store.h"
#include "index/index.h"
#include "index/seal.h"
#include "tests/testing/folder.h"

namespace khom::index {
namespace {

using khom::testing::Folder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace fs = std::filesystem;

void add_place(graph::Store& store, const std::string& id, const std::string& name) {
    auto draft = store.begin();
    ASSERT_TRUE(draft.create_node({"Place"}, {{"id", "place:" + id},
                                              {"kind", "place"},
                                              {"name_th", name},
                                              {"summary_th", "อยู่ใกล้คลองแม่ข่า และวัด" + name}}));
    ASSERT_TRUE(store.commit(std::move(draft), {"test", ""}));
}

std::unique_ptr<graph::Store> three_places() {
    auto store = graph::Store::in_memory({});
    add_place(*store, "canal", "คลองแม่ข่า");
    add_place(*store, "gate", "ประตูท่าแพ");
    add_place(*store, "market", "ตลาดช้างม่อย");
    return store;
}

TEST(Comparison, FindsAnIndexEqualToItsGraph) {
    const Folder folder;
    const auto store = three_places();
    Index::open(folder.path(), *store).reset();

    const auto found = compare(folder.path(), *store->snapshot());

    EXPECT_THAT(found.damage, IsEmpty());
    EXPECT_THAT(found.notice, IsEmpty());
}

TEST(Comparison, SaysWhyItComparesNothing) {
    const Folder folder;
    const auto store = three_places();
    EXPECT_THAT(compare(folder.path(), *store->snapshot()).notice, HasSubstr("no index yet"));
    Index::open(folder.path(), *store).reset();
    add_place(*store, "moat", "คูเมือง");

    const auto behind = compare(folder.path(), *store->snapshot());

    EXPECT_THAT(behind.notice, HasSubstr("stands at revision 3, the graph at 4"));
    EXPECT_THAT(behind.damage, IsEmpty());
}

TEST(Comparison, NamesEveryEntityOnWhichTheTwoDiffer) {
    const Folder folder;
    const auto store = three_places();
    Index::open(folder.path(), *store).reset();
    const auto other = graph::Store::in_memory({});
    add_place(*other, "canal", "คลองแม่ข่า");
    add_place(*other, "gate", "ประตูช้างเผือก");
    auto draft = other->begin();
    ASSERT_TRUE(draft.create_node({"Place"}, {{"id", "place:a"}, {"name_th", "ก"}}));
    ASSERT_TRUE(draft.create_node({"Place"}, {{"id", "place:b"}, {"name_th", "ข"}}));
    ASSERT_TRUE(other->commit(std::move(draft), {"test", ""}));

    const auto found = compare(folder.path(), *other->snapshot());

    ASSERT_THAT(found.damage, SizeIs(3));
    EXPECT_THAT(found.damage[0], HasSubstr("differ on 'place:gate'"));
    EXPECT_THAT(found.damage[1], HasSubstr("differ on 'place:a'"));
    EXPECT_THAT(found.damage[2], HasSubstr("lacks 'place:b'"));
}

/// Turns a bit of the largest file, deep inside.
void damage(const fs::path& folder) {
    fs::path largest;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (largest.empty() || entry.file_size() > fs::file_size(largest)) {
            largest = entry.path();
        }
    }
    std::fstream file(largest, std::ios::in | std::ios::out | std::ios::binary);
    const auto at = static_cast<std::streamoff>(fs::file_size(largest) - 9);
    file.seekg(at);
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(at);
    file.put(byte);
}

TEST(Seal, SendsADamagedIndexBackToBeMadeAnew) {
    const Folder folder;
    const auto store = three_places();
    Index::open(folder.path(), *store).reset();
    ASSERT_TRUE(has_seal(folder.path() / "text"));
    ASSERT_TRUE(is_as_sealed(folder.path() / "text"));
    damage(folder.path() / "text");
    ASSERT_FALSE(is_as_sealed(folder.path() / "text"));

    Index::open(folder.path(), *store).reset();

    EXPECT_TRUE(is_as_sealed(folder.path() / "text"));
    EXPECT_THAT(compare(folder.path(), *store->snapshot()).damage, IsEmpty());
}

TEST(Seal, IsBrokenWhileTheIndexFollowsAndPutOnAtItsEnd) {
    const Folder folder;
    const auto store = three_places();
    auto index = Index::open(folder.path(), *store);
    EXPECT_TRUE(has_seal(folder.path() / "text"));

    add_place(*store, "moat", "คูเมือง");
    index->catch_up();
    EXPECT_FALSE(has_seal(folder.path() / "text"));

    index.reset();
    EXPECT_TRUE(has_seal(folder.path() / "text"));
    EXPECT_TRUE(is_as_sealed(folder.path() / "text"));
}

}  // namespace
}  // namespace khom::index
