#include "server/kept.h"

#include <fstream>

#include "tests/testing/folder.h"

namespace khom::server {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::Eq;

using khom::testing::Folder;

constexpr hours day{24};

void found_last(const Folder& folder, const std::string& name, hours ago) {
    std::filesystem::last_write_time(folder.path() / name,
                                     std::filesystem::file_time_type::clock::now() - ago);
}

TEST(KeptTexts, NeverGiveWayWithoutAPatience) {
    const Folder folder;
    KeptTexts kept(folder.path(), 1);
    ASSERT_TRUE(kept.keep("one", "1"));
    found_last(folder, "one", 1000 * day);

    const auto second = kept.keep("two", "2");

    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().code, Eq(graph::RefusalCode::storage_unavailable));
    EXPECT_THAT(kept.names(), ElementsAre("one"));
}

TEST(KeptTexts, GiveWayOnceNobodyHasFoundThemForLongest) {
    const Folder folder;
    KeptTexts kept(folder.path(), 3, 30 * day);
    for (const auto* name : {"a", "b", "c"}) {
        ASSERT_TRUE(kept.keep(name, name));
        found_last(folder, name, 29 * day);
    }
    EXPECT_FALSE(kept.keep("d", "d")) << "all were found lately";
    found_last(folder, "a", 50 * day);
    found_last(folder, "b", 40 * day);
    EXPECT_THAT(kept.find("a"), Eq("a"));  // and is the newest again

    ASSERT_TRUE(kept.keep("d", "d"));

    EXPECT_THAT(kept.names(), ElementsAre("a", "c", "d"));
}

}  // namespace
}  // namespace khom::server
