// README.md's tour is run as it stands: each `$ khom …` in a console block must print what stands
// below it. A line `…` stands for any lines.

#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>

#include "tests/testing/paths.h"
#include "tests/testing/shell.h"

namespace khom {
namespace {

using ::testing::Gt;

struct Step {
    std::string command;
    std::vector<std::string> expected;
};

std::vector<Step> tour() {
    std::ifstream readme(khom::testing::source_dir() + "/README.md");
    std::vector<Step> steps;
    bool inside = false;
    for (std::string line; std::getline(readme, line);) {
        if (line.rfind("```", 0) == 0) {
            inside = line == "```console";
        } else if (inside && line.rfind("$ ", 0) == 0) {
            steps.push_back({line.substr(2), {}});
        } else if (inside && !steps.empty()) {
            steps.back().expected.push_back(line);
        }
    }
    return steps;
}

std::vector<std::string> printed_by(const std::string& command, const std::string& folder) {
    const auto output =
        khom::testing::shell("export KHOM_DATA='" + folder + "'; (" + command + ") 2>&1").output;
    std::vector<std::string> lines;
    std::istringstream stream(output);
    for (std::string line; std::getline(stream, line);) {
        line.erase(line.find_last_not_of(' ') + 1);
        lines.push_back(line);
    }
    return lines;
}

/// Whether the lines fit, `…` standing for any number of them.
bool fits(std::span<const std::string> expected, std::span<const std::string> printed) {
    if (expected.empty()) {
        return printed.empty();
    }
    if (expected.front() == "…") {
        for (std::size_t skip = 0; skip <= printed.size(); ++skip) {
            if (fits(expected.subspan(1), printed.subspan(skip))) {
                return true;
            }
        }
        return false;
    }
    return !printed.empty() && expected.front() == printed.front() &&
           fits(expected.subspan(1), printed.subspan(1));
}

TEST(Tour, PrintsWhatTheReadmeShows) {
    auto folder = (std::filesystem::temp_directory_path() / "khom-tour-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    std::size_t steps = 0;
    for (const auto& [command, expected] : tour()) {
        if (command.rfind("khom ", 0) != 0) {
            continue;  // ./run and curl are for the reader
        }
        ++steps;
        const auto printed = printed_by(command, folder);
        std::string all;
        for (const auto& line : printed) {
            all += line + "\n";
        }
        EXPECT_TRUE(fits(expected, printed)) << "$ " << command << "\n" << all;
    }
    std::filesystem::remove_all(folder);

    EXPECT_THAT(steps, Gt(3U));
}

}  // namespace
TEST(Serve, ReadsItsOptionsFromAFile) {
    const std::string folder = "nowhere";  // it is refused before any data is looked for
    const std::string make = "d=$(mktemp -d) && echo '";
    const std::string serve =
        "' > $d/khom.conf && timeout 20 khom serve --config $d/khom.conf; rm -r $d";
    const auto wrong_value = printed_by(make + "listen=\"nonsense\"" + serve, folder);
    const auto wrong_name = printed_by(make + "lisen=\"127.0.0.1:1\"" + serve, folder);

    ASSERT_FALSE(wrong_value.empty());
    EXPECT_THAT(wrong_value[0], ::testing::HasSubstr("'nonsense' is not HOST:PORT"));
    ASSERT_FALSE(wrong_name.empty());
    EXPECT_THAT(wrong_name[0], ::testing::HasSubstr("There is no option 'lisen'"));
}

}  // namespace khom
