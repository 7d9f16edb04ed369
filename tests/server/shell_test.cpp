// `khom query` as a person meets it: at a terminal, by keys.

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/testing/folder.h"
#include "tests/testing/paths.h"

namespace khom {
namespace {

using ::testing::Eq;

const std::string small =
    R"({"entity": {"id": "source:s", "kind": "source", "name": {"en": "A source"}, "certainty": "stated"}})"
    "\n"
    R"({"entity": {"id": "place:canal", "kind": "place", "name": {"en": "Mae Kha Canal", "th": "คลองแม่ข่า"}, )"
    R"("sources": ["source:s"]}})"
    "\n";

/// A folder with two entities in it, and a home of its own for the history.
class World {
  public:
    World() {
        std::ofstream(path() + "/small.ndjson") << small;
        const auto line = "'" + testing::khom_binary() + "' import --data '" + path() + "/data' '" +
                          path() + "/small.ndjson' > /dev/null 2>&1";
        EXPECT_THAT(std::system(line.c_str()), Eq(0));  // NOLINT(concurrency-mt-unsafe)
    }
    std::string path() const { return folder_.path(); }

  private:
    testing::Folder folder_;
};

/// The shell on a terminal of 100 columns.
class Terminal {
  public:
    explicit Terminal(const World& world) {
        const auto data = world.path() + "/data";
        winsize size{};
        size.ws_row = 40;
        size.ws_col = 100;
        child_ = ::forkpty(&master_, nullptr, nullptr, &size);
        if (child_ != 0) return;
        // NOLINTBEGIN(concurrency-mt-unsafe): the child has one thread
        ::setenv("HOME", world.path().c_str(), 1);
        ::setenv("TERM", "xterm", 1);
        ::setenv("LC_ALL", "C.UTF-8", 1);
        // NOLINTEND(concurrency-mt-unsafe)
        ::execl(testing::khom_binary().c_str(), "khom", "query", "--write", "--data", data.c_str(),
                nullptr);
        ::_exit(127);
    }
    ~Terminal() {
        ::close(master_);
        if (child_ > 0) {
            ::kill(child_, SIGKILL);
            ::waitpid(child_, nullptr, 0);
        }
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    void type(std::string_view keys) const {
        EXPECT_THAT(::write(master_, keys.data(), keys.size()),
                    Eq(static_cast<ssize_t>(keys.size())));
    }
    /// Whether the text comes within 20 s, after what was seen before.
    bool shows(std::string_view text) {
        for (;;) {
            const auto found = screen_.find(text);
            if (found != std::string::npos) {
                screen_.erase(0, found + text.size());
                return true;
            }
            pollfd waiting{master_, POLLIN, 0};
            if (::poll(&waiting, 1, 20'000) <= 0) return false;
            std::array<char, 4096> bytes{};
            const auto count = ::read(master_, bytes.data(), bytes.size());
            if (count <= 0) return false;
            screen_.append(bytes.data(), static_cast<std::size_t>(count));
        }
    }
    const std::string& screen() const { return screen_; }
    int exit_code() {
        int status = 0;
        ::waitpid(std::exchange(child_, -1), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    }

  private:
    int master_ = -1;
    pid_t child_ = -1;
    std::string screen_;
};

constexpr const char* prompt = "khom> ";

TEST(Shell, AnswersAStatementOfSeveralLinesAndSaysHowMuchItWas) {
    const World world;
    Terminal shell(world);
    ASSERT_TRUE(shell.shows(prompt)) << shell.screen();

    shell.type("MATCH (p:Place)\n");
    EXPECT_TRUE(shell.shows("... "));
    shell.type("RETURN p.name_th AS name;\n");

    EXPECT_TRUE(shell.shows("คลองแม่ข่า")) << shell.screen();
    EXPECT_TRUE(shell.shows("(1 row, ")) << shell.screen();
    EXPECT_TRUE(shell.shows(prompt));
    shell.type("MATCH (p:Place) SET p.note = 'x';\n");
    EXPECT_TRUE(shell.shows("1 property set)")) << shell.screen();
    shell.type(":quit\n");
    EXPECT_THAT(shell.exit_code(), Eq(0));
}

TEST(Shell, CompletesLabelsByTabAndBringsBackWhatWasAsked) {
    const World world;
    Terminal shell(world);
    ASSERT_TRUE(shell.shows(prompt));

    // Without completion it would count nothing: there is no label Pla.
    shell.type("MATCH (p:Pla\t) WHERE p.name_e\t <> 'x' RETURN count(p) + 41 AS n;\n");
    EXPECT_TRUE(shell.shows("\n42")) << shell.screen();
    ASSERT_TRUE(shell.shows(prompt));
    shell.type("\x1b[A\n");  // up
    EXPECT_TRUE(shell.shows("\n42")) << shell.screen();
}

TEST(Shell, MarksAMistakeUnderThaiTextAtItsColumn) {
    const World world;
    Terminal shell(world);
    ASSERT_TRUE(shell.shows(prompt));

    shell.type("RETURN 'แม่ข่า' AS name, nmae;\n");

    // แม่ข่า takes four columns: two of its six characters stand above others.
    EXPECT_TRUE(shell.shows("\r\n  RETURN 'แม่ข่า' AS name, nmae\r\n                         ^^^^"))
        << shell.screen();
    EXPECT_TRUE(shell.shows("is not defined here"));
}

TEST(Shell, StopsAStatementByCtrlCAndGoesOn) {
    const World world;
    Terminal shell(world);
    ASSERT_TRUE(shell.shows(prompt));

    shell.type("UNWIND range(1, 99999) AS x UNWIND range(1, 99999) AS y RETURN count(*);\n");
    ::usleep(300'000);
    shell.type("\x03");
    EXPECT_TRUE(shell.shows("Stopped.")) << shell.screen();
    ASSERT_TRUE(shell.shows(prompt));
    shell.type("MATCH (half");
    ASSERT_TRUE(shell.shows("half"));
    // The first may come before the line editor has taken the terminal: it is pressed again.
    shell.type("\x03");
    ::usleep(300'000);
    shell.type("\x03");
    ASSERT_TRUE(shell.shows(prompt)) << shell.screen();
    shell.type("RETURN 40 + 2 AS n;\n");
    EXPECT_TRUE(shell.shows("42")) << shell.screen();
}

TEST(Shell, ExplainsItselfAndSaysWhatItDoesNotKnow) {
    const World world;
    Terminal shell(world);
    ASSERT_TRUE(shell.shows(prompt));

    shell.type(":help\n");
    EXPECT_TRUE(shell.shows("db.procedures()"));
    shell.type(":hlep\n");
    EXPECT_TRUE(shell.shows("There is no command ':hlep'"));
}

}  // namespace
}  // namespace khom
