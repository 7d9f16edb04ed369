// An import that is killed in its middle: what is on the disk is the state before or the state
// after, never between.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "corpus/check.h"
#include "corpus/import.h"

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

std::unique_ptr<graph::Store> opened(const std::filesystem::path& folder) {
    graph::StoreOptions options;
    options.rules = {ontology_rule(shipped_ontology())};
    options.create_if_missing = true;
    return std::move(*graph::Store::open(folder, options));
}

/// Imports in a process of its own and kills it after `pause`. True if it was done before.
bool imported_before_it_was_killed(const std::filesystem::path& folder,
                                   std::chrono::microseconds pause) {
    const auto child = ::fork();
    if (child == 0) {
        const auto store = opened(folder);
        const auto report =
            import(*store, *shipped_ontology(), many_places(), {false, {"test", "import"}, {}});
        ::_exit(report && report->rejected.empty() ? 0 : 1);
    }
    std::this_thread::sleep_for(pause);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFEXITED(status);
}

TEST(KilledImport, LeavesAllOrNothing) {
    auto folder = (std::filesystem::temp_directory_path() / "khom-killed-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    bool done = false;
    auto pause = std::chrono::microseconds(2000);
    for (int round = 0; round < 30 && !done; ++round, pause = pause * 3 / 2) {
        done = imported_before_it_was_killed(folder + "/data", pause);
        const auto store = opened(folder + "/data");
        const auto found = store->snapshot()->node_count();
        EXPECT_THAT(found, AnyOf(Eq(0U), Eq(places))) << "killed after " << pause.count() << " us";
        EXPECT_THAT(graph::number(store->snapshot()->revision()), Eq(found == 0 ? 0U : 1U));
        EXPECT_THAT(compare_with_log(*store), IsEmpty());
    }
    EXPECT_TRUE(done) << "the last round lets the import end";
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace khom::corpus
