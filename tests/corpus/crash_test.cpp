// An import that is killed in its middle: what is on the disk is the state before or the state
// after, never between.

#include "corpus/check.h"
#include "tests/corpus/killed_import.h"
#include "tests/testing/folder.h"

namespace khom::corpus {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::IsEmpty;

constexpr std::size_t places = 800;

std::vector<InputFile> many_places() {
    std::string file = "id,name_en\n";
    for (std::size_t i = 0; i < places; ++i) {
        file += "place:p" + std::to_string(i) + ",Place " + std::to_string(i) + "\n";
    }
    return {{"places.csv", file}};
}

graph::Result<ImportReport> import_places(graph::Store& store) {
    return import(store, *shipped_ontology(), many_places(), {false, {"test", "import"}, {}});
}

TEST(KilledImport, LeavesAllOrNothing) {
    const khom::testing::Folder folder;
    const auto data = folder.path() / "data";
    bool done = false;
    auto pause = std::chrono::microseconds(2000);
    for (int round = 0; round < 30 && !done; ++round, pause = pause * 3 / 2) {
        done = imported_before_it_was_killed(data, pause, import_places);
        const auto store = opened(data);
        const auto found = store->snapshot()->node_count();
        EXPECT_THAT(found, AnyOf(Eq(0U), Eq(places))) << "killed after " << pause.count() << " us";
        EXPECT_THAT(graph::number(store->snapshot()->revision()), Eq(found == 0 ? 0U : 1U));
        EXPECT_THAT(compare_with_log(*store), IsEmpty());
    }
    EXPECT_TRUE(done) << "the last round lets the import end";
}

}  // namespace
}  // namespace khom::corpus
