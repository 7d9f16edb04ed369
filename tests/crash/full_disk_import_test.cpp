// `khom import` on a disk that gets full, at many places: the graph is as it was or has all, the
// reason is said, and the same command does it once there is room. The oracle is what `khom export`
// said before, and says of a graph that was imported where there was room.

#include <fstream>
#include <random>

#include "tests/crash/small_disk.h"
#include "tests/testing/shell.h"

namespace khom {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::HasSubstr;

testing::Outcome run_khom(const std::string& arguments) {
    return testing::shell("khom " + arguments + " 2>&1");
}

std::string words_of(const std::filesystem::path& data) {
    return run_khom("export --format ndjson --data '" + data.string() + "'").output;
}

/// Places with a text each that no compression makes shorter.
std::filesystem::path places(const std::filesystem::path& file, int begin, int end,
                             std::size_t text_bytes = 400) {
    std::mt19937 random(7);
    std::ofstream out(file);
    out << "id,name_en,summary_en\n";
    for (int i = begin; i < end; ++i) {
        std::string text(text_bytes, ' ');
        for (auto& letter : text) {
            letter = static_cast<char>('a' + random() % 26);
        }
        out << "place:p" << i << ",Place " << i << "," << text << "\n";
    }
    return file;
}

/// KHOM_FULL_DISK_STEP asks for finer steps, in bytes.
std::uintmax_t step(std::uintmax_t usual) {
    const auto* asked = std::getenv("KHOM_FULL_DISK_STEP");
    return asked == nullptr ? usual : std::stoull(asked);
}

TEST(FullDiskImport, LeavesTheGraphAsItWasOrHasAllAndSaysWhy) {
    const testing::Folder folder;
    const auto before = places(folder.path() / "before.csv", 0, 100);
    const auto more = places(folder.path() / "more.csv", 100, 1100);
    const auto roomy = folder.path() / "roomy";
    ASSERT_THAT(run_khom("import --data '" + roomy.string() + "' " + before.string()).code, Eq(0));
    const auto words_before = words_of(roomy);
    ASSERT_THAT(run_khom("import --data '" + roomy.string() + "' " + more.string()).code, Eq(0));
    const auto words_after = words_of(roomy);
    int refused = 0;
    bool done = false;
    const auto apart = step(150'000);
    for (std::uintmax_t free = 0; !done; free += apart) {
        testing::SmallDisk disk(32);
        if (!disk.is_mounted()) {
            GTEST_SKIP() << "mounting a tmpfs needs root";
        }
        const auto data = disk.folder() / "data";
        const auto into = "import --data '" + data.string() + "' ";
        ASSERT_THAT(run_khom(into + before.string()).code, Eq(0));
        disk.leave_free(free);

        const auto outcome = run_khom(into + more.string());

        done = outcome.code == 0;
        if (!done) {
            ++refused;
            EXPECT_THAT(outcome.code, Eq(3)) << outcome.output;
            EXPECT_THAT(outcome.output, AnyOf(HasSubstr("disk"), HasSubstr("No space left")))
                << free;
        }
        disk.empty();
        const auto words = words_of(data);
        ASSERT_TRUE(words == words_before || words == words_after)
            << "neither as before nor all, with " << free << " bytes free";
        ASSERT_TRUE(!done || words == words_after) << "done, and not all is there";
        ASSERT_THAT(run_khom(into + more.string()).code, Eq(0)) << "with room again, " << free;
        ASSERT_THAT(words_of(data), Eq(words_after));
        ASSERT_LT(free, 30'000'000U);
    }
    EXPECT_GT(refused, 3);
}

TEST(FullDiskImport, IntoANewFolderCanBeRepeated) {
    const testing::Folder folder;
    const auto file = places(folder.path() / "places.csv", 0, 1000);
    int refused = 0;
    bool done = false;
    const auto apart = step(200'000);
    for (std::uintmax_t free = 0; !done; free += apart) {
        testing::SmallDisk disk(32);
        if (!disk.is_mounted()) {
            GTEST_SKIP() << "mounting a tmpfs needs root";
        }
        const auto into =
            "import --data '" + (disk.folder() / "data").string() + "' " + file.string();
        disk.leave_free(free);

        const auto outcome = run_khom(into);

        done = outcome.code == 0;
        refused += done ? 0 : 1;
        EXPECT_THAT(outcome.code, AnyOf(Eq(0), Eq(3))) << outcome.output;
        disk.empty();
        const auto again = run_khom(into);
        ASSERT_THAT(again.code, Eq(0)) << "with room again, " << free << ": " << again.output;
        ASSERT_THAT(again.output, AnyOf(HasSubstr("Created: 1000"), HasSubstr("unchanged: 1000")));
        ASSERT_LT(free, 30'000'000U);
    }
    EXPECT_GT(refused, 3);
}

TEST(FullDiskImport, ThatStreamsLeavesNothingOrAll) {
    const testing::Folder folder;
    const auto file = places(folder.path() / "places.csv", 0, 8'500, 4'000);  // above 32 MiB
    testing::SmallDisk disk(192);
    if (!disk.is_mounted()) {
        GTEST_SKIP() << "mounting a tmpfs needs root";
    }
    const auto into = "import --data '" + (disk.folder() / "data").string() + "' " + file.string();
    disk.leave_free(12'000'000);

    const auto outcome = run_khom(into);

    EXPECT_THAT(outcome.code, Eq(3)) << outcome.output;
    EXPECT_THAT(outcome.output, AnyOf(HasSubstr("disk"), HasSubstr("No space left")));
    disk.empty();
    const auto again = run_khom(into);
    EXPECT_THAT(again.code, Eq(0)) << "with room again: " << again.output;
    EXPECT_THAT(again.output, HasSubstr("Created: 8500"));
}

}  // namespace
}  // namespace khom
