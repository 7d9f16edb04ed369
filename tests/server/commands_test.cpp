// The binary as a script meets it: exit codes, what goes to which stream, and that each command
// explains itself.

#include <unistd.h>
#include <filesystem>
#include <fstream>

#include "tests/testing/paths.h"
#include "tests/testing/shell.h"

namespace khom {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::shell;

/// A folder with the Chiang Mai corpus in it, made once a process.
const std::string& data() {
    struct Folder {
        std::string path =
            (std::filesystem::temp_directory_path() / "khom-commands-XXXXXX").string();
        Folder() {
            EXPECT_NE(::mkdtemp(path.data()), nullptr);
            EXPECT_THAT(shell("khom import --data '" + path + "' corpus/data/chiang-mai 2>&1").code,
                        Eq(0));
        }
        Folder(const Folder&) = delete;
        Folder& operator=(const Folder&) = delete;
        ~Folder() { std::filesystem::remove_all(path); }
    };
    static const Folder made;
    return made.path;
}

struct Row {
    const char* line;
    int code;
    const char* said;
};

TEST(Commands, EndWithACodeThatAScriptCanTell) {
    const auto with_data = "export KHOM_DATA='" + data() + "'; ";
    const std::vector<Row> rows = {
        {"khom --version", 0, "khom "},
        {"khom --help", 0, "First steps"},
        {"khom", 2, "First steps"},
        {"khom serach x 2>&1", 2, "did you mean 'search'"},
        {"khom search 2>&1", 2, "TEXT"},
        {"khom search x --limit many 2>&1", 2, "limit"},
        {"khom search x --data /nowhere/at/all 2>&1", 1, "khom import"},
        {"khom search ยี่เป็ง", 0, "program:yi-peng"},
        {"khom search --kind program --facet kind ยี่เป็ง", 0, "By kind: "},
        {"khom connect --avoid place:chang-moi partner:chang-moi-community place:mae-kha-canal", 0,
         "s-"},
        {"khom query --param n=2 --param name=โคม 'RETURN $n + 1 AS n, $name'", 0, "3  โคม"},
        {"cd /; unset KHOM_DATA; khom analyze ช้างม่อย 2>&1", 0, "ช้าง"},
        {"khom analyze --data /nowhere/at/all ช้างม่อย 2>&1", 1, "khom import"},
        {"khom search x --from 2567 2>&1", 1, "write 2024"},
        {"khom entity place:mae-kha-canal", 0, "คลองแม่ข่า"},
        {"khom entity place:mae-kha-canall 2>&1", 1, "Near: place:mae-kha-canal"},
        {"khom connect partner:chang-moi-community place:mae-kha-canal", 0, "s-"},
        {"khom connect partner:chang-moi-community place:nowhere 2>&1", 1,
         "There is no entity 'place:nowhere'"},
        {"khom check", 0, "programmes without a date"},
        {"khom import nowhere.csv 2>&1", 1, "cannot be read"},
        {"printf 'id,name_en\\nplace:x,Nov-24\\n' > \"$KHOM_DATA.csv\"; khom import --dry-run "
         "\"$KHOM_DATA.csv\"; "
         "code=$?; rm \"$KHOM_DATA.csv\"; exit $code",
         1, ":2, column name_en: 'Nov-24'"},
        {"khom import --dry-run corpus/data/examples/activities.csv", 0, "Would be created"},
    };
    for (const auto& [line, code, said] : rows) {
        const auto outcome = shell(with_data + line);
        EXPECT_THAT(outcome.code, Eq(code)) << line << "\n" << outcome.output;
        EXPECT_THAT(outcome.output, HasSubstr(said)) << line;
    }
}

TEST(Commands, KeepTheReasonOffStandardOutput) {
    const auto refused = shell("khom entity place:nowhere --data '" + data() + "' 2>/dev/null");

    EXPECT_THAT(refused.code, Eq(1));
    EXPECT_THAT(refused.output, IsEmpty());
}

TEST(Commands, ShowNoProgressWhereNobodyLooks) {
    EXPECT_THAT(shell("khom import --dry-run --data '" + data() +
                      "' corpus/data/chiang-mai 2>&1 >/dev/null")
                    .output,
                IsEmpty());
}

TEST(Commands, WhatIsKeptToBeCitedIsInABackup) {
    const std::string frozen = "khom dossier biennial-report --fiscal-year 2567";
    const auto kept = shell(frozen + " --freeze --json --data '" + data() + "'");
    ASSERT_THAT(kept.code, Eq(0));

    const auto copied =
        shell("khom backup --data '" + data() + "' '" + data() + "/copy' >/dev/null");

    ASSERT_THAT(copied.code, Eq(0));
    EXPECT_TRUE(std::filesystem::exists(data() + "/copy/kept/dossiers"));
    const auto again = shell(frozen + " --rev 1 --json --data '" + data() + "/copy'");
    EXPECT_THAT(again.output, Eq(kept.output));
    EXPECT_THAT(shell(frozen + " --rev 9 --data '" + data() + "' 2>&1").output,
                HasSubstr("Kept: 1"));
}

TEST(Commands, MakeBackupsBesideARunningServer) {
    const auto folder = data() + "-served";
    const auto outcome =
        shell("set -e; cp -r '" + data() + "' '" + folder + "'; cd '" + folder +
              "'; khom serve --data . --listen 127.0.0.1:0 >served 2>&1 & server=$!; "
              "trap 'kill $server; rm -rf \"" +
              folder + "\"' EXIT; cd '" + testing::source_dir() +
              "'; for i in $(seq 300); do grep -q 'Ctrl-C' '" + folder +
              "/served' && break; sleep 0.1; done; "
              "khom search --data '" +
              folder +
              "' x 2>&1 || true; "
              "for i in 1 2 3; do KEEP=2 NAME=khom-$i server/deploy/backup.sh '" +
              folder + "' '" + folder + "/backups' 2>&1; done; ls '" + folder +
              "/backups'; kill -0 $server; "
              "khom restore --data '" +
              folder + "/again' '" + folder +
              "/backups/khom-3' 2>&1; "
              "khom entity --data '" +
              folder + "/again' place:mae-kha-canal");

    EXPECT_THAT(outcome.code, Eq(0)) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr("khom backup"));  // where another command is refused
    EXPECT_THAT(outcome.output, HasSubstr("Every record was read and compared"));
    EXPECT_THAT(outcome.output, HasSubstr("khom-2\nkhom-3\n"));
    EXPECT_THAT(outcome.output, HasSubstr("คลองแม่ข่า"));
}

TEST(Commands, EachExplainItself) {
    const auto names =
        shell("khom --help | sed -n '/ubcommands:/,/^$/s/^  \\([a-z]\\+\\) .*/\\1/p'").output;
    EXPECT_THAT(names, HasSubstr("search"));
    std::string name;
    for (const char c : names) {
        if (c != '\n') {
            name += c;
            continue;
        }
        const auto help = shell("khom " + name + " --help");
        EXPECT_THAT(help.code, Eq(0)) << name;
        EXPECT_THAT(help.output, HasSubstr("Usage: khom " + name)) << name;
        name.clear();
    }
}

TEST(Commands, CompleteInTheShell) {
    const auto outcome = shell(
        "khom completion bash | bash -n && bash -c 'source <(khom completion bash); "
        "COMP_WORDS=(khom conn); "
        "COMP_CWORD=1; _khom; echo \"${COMPREPLY[@]}\"'");

    EXPECT_THAT(outcome.output, HasSubstr("connect"));
    EXPECT_THAT(outcome.code, Eq(0));
}

}  // namespace
}  // namespace khom
