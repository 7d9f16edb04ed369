// kill -9 at any moment: what a writer said was durable is there, whole, and nothing is there by
// half. The oracle is what the writer printed before it died, kept by this process.
// KHOM_CRASH_CYCLES sets how often (README.md).

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <chrono>
#include <random>
#include <thread>

#include "graph/store.h"
#include "tests/testing/folder.h"

extern char** environ;

namespace khom::graph {
namespace {

using khom::testing::Folder;
using ::testing::Eq;
using ::testing::IsEmpty;

/// A kill loses nothing that was not synced, so memory serves for a disk, and is quicker.
const bool is_in_memory = ::access("/dev/shm", W_OK) == 0 && ::setenv("TMPDIR", "/dev/shm", 1) == 0;

int cycles(int usual) {
    const auto* asked = std::getenv("KHOM_CRASH_CYCLES");
    return asked == nullptr ? usual : std::atoi(asked);
}

/// A process whose standard output we read.
class Writer {
  public:
    Writer(const char* mode, const std::string& path) {
        int ends[2] = {-1, -1};
        EXPECT_EQ(::pipe(ends), 0);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_addclose(&actions, ends[0]);
        std::string program = KHOM_CRASH_WRITER;
        std::string mode_text = mode;
        std::string path_text = path;
        char* arguments[] = {program.data(), mode_text.data(), path_text.data(), nullptr};
        EXPECT_EQ(::posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments, environ),
                  0);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        out_ = ends[0];
    }
    ~Writer() { ::close(out_); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Waits for its first word, then for a while, then kills it; gives all it said.
    std::string killed_after(std::chrono::microseconds while_it_writes) {
        std::string said;
        read_some(said);
        std::this_thread::sleep_for(while_it_writes);
        ::kill(process_, SIGKILL);
        while (read_some(said)) {
        }
        int status = 0;
        ::waitpid(process_, &status, 0);
        return said;
    }

  private:
    bool read_some(std::string& said) const {
        char bytes[4096];
        const auto got = ::read(out_, bytes, sizeof bytes);
        if (got > 0) {
            said.append(bytes, static_cast<std::size_t>(got));
        }
        return got > 0;
    }

    pid_t process_ = -1;
    int out_ = -1;
};

/// The last whole line as a number; 0 if there is none.
std::uint64_t last_number(const std::string& said) {
    const auto end = said.rfind('\n');
    if (end == std::string::npos) {
        return 0;
    }
    const auto begin = end == 0 ? std::string::npos : said.rfind('\n', end - 1);
    return std::stoull(said.substr(begin == std::string::npos ? 0 : begin + 1));
}

void expect_whole_batches(const Snapshot& snapshot) {
    const auto revision = number(snapshot.revision());
    ASSERT_THAT(snapshot.node_count(), Eq(3 * revision));
    ASSERT_THAT(snapshot.relationship_count(), Eq(2 * revision));
    for (std::uint64_t n = 1; n <= revision; ++n) {
        for (int i = 0; i < 3; ++i) {
            const auto node = snapshot.find("n:" + std::to_string(n) + "-" + std::to_string(i));
            ASSERT_TRUE(node) << "batch " << n;
            ASSERT_THAT(snapshot.property(*node, "n"), Eq(Value(static_cast<std::int64_t>(n))));
        }
    }
}

TEST(Crash, LosesNoAcknowledgedBatchAndLeavesNoneByHalf) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    RecordProperty("in memory", is_in_memory ? 1 : 0);
    const Folder folder;
    std::uint64_t acknowledged = 0;
    for (int cycle = 0, all = cycles(200); cycle < all; ++cycle) {
        if (cycle % 20 == 0) {
            acknowledged = 0;  // a new store, so that none grows too large to be compared whole
        }
        const auto path = (folder.path() / ("graph-" + std::to_string(cycle / 20))).string();
        Writer writer("batches", path);
        const auto said = writer.killed_after(std::chrono::microseconds(random() % 8'000));
        ASSERT_FALSE(said.empty()) << "the writer said nothing in cycle " << cycle;
        acknowledged = std::max(acknowledged, last_number(said));

        const auto store = Store::open(path, {});
        ASSERT_TRUE(store) << store.error().message;
        const auto snapshot = (*store)->snapshot();
        ASSERT_GE(number(snapshot->revision()), acknowledged) << "lost in cycle " << cycle;
        ASSERT_LE(number(snapshot->revision()), acknowledged + 1) << "made up in " << cycle;
        acknowledged = number(snapshot->revision());
        if (cycle % 10 == 9 || cycle + 1 == all) {
            ASSERT_NO_FATAL_FAILURE(expect_whole_batches(*snapshot));
            ASSERT_THAT((*store)->find_damage(), IsEmpty());
        }
    }
}

TEST(Crash, LeavesALoadWholeOrNotAtAllAndRepeatable) {
    std::mt19937 random(7);
    int loaded = 0;
    for (int cycle = 0, all = cycles(200) / 10; cycle < all; ++cycle) {
        const Folder folder;
        const auto path = (folder.path() / "graph").string();
        Writer writer("load", path);
        const auto said = writer.killed_after(std::chrono::microseconds(random() % 120'000));

        StoreOptions options;
        options.create_if_missing = true;
        const auto store = std::move(*Store::open(path, options));
        const auto nodes = store->snapshot()->node_count();
        ASSERT_TRUE(nodes == 0 || nodes == 3000) << nodes;
        ASSERT_THAT(store->snapshot()->relationship_count(), Eq(nodes));
        if (said.find("loaded") != std::string::npos) {
            ASSERT_THAT(nodes, Eq(3000U));
        }
        ASSERT_THAT(store->find_damage(), IsEmpty());
        ASSERT_FALSE(std::filesystem::exists(folder.path() / "graph" / "loading"));
        loaded += nodes == 3000 ? 1 : 0;
    }
    RecordProperty("loaded", loaded);
}

}  // namespace
}  // namespace khom::graph
