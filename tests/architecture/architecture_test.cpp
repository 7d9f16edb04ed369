// The tree is the architecture, and these tests hold it: who may include whom, which folder may
// name which library, how long a file, a function and a line may be. What breaks a rule stands in
// waivers.txt with its reason.

#include <re2/re2.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/testing/paths.h"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_lines_max = 400;
constexpr std::size_t function_lines_max = 60;
constexpr std::size_t line_columns_max = 120;

/// Folder → the folders it may include from, itself apart.
const std::map<std::string, std::set<std::string>> may_include = {
    {"graph", {}},
    {"index", {"graph"}},
    {"query", {"index", "graph"}},
    {"corpus", {"index", "graph"}},
    {"server", {"query", "corpus", "index", "graph"}},
};

/// Header prefix of a library → the only folder that may include it.
const std::vector<std::pair<std::string, std::string>> library_owners = {
    {"rocksdb/", "graph"}, {"igraph/", "graph"},    {"xapian", "index"},
    {"unicode/", "index"}, {"pistache/", "server"},
};

const std::set<std::string> names_without_meaning = {"util",    "utils",   "common",
                                                     "manager", "helpers", "misc"};

struct Source {
    std::string path;  ///< from the root, with forward slashes
    std::string folder;
    std::vector<std::string> lines;
};

std::vector<std::string> lines_of(const fs::path& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    return lines;
}

bool is_source(const fs::path& path) {
    return path.extension() == ".h" || path.extension() == ".cpp";
}

std::vector<Source> sources_in(const std::vector<std::string>& folders) {
    const fs::path root(khom::testing::source_dir());
    std::vector<Source> sources;
    for (const auto& folder : folders) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const bool vendored = entry.path().string().find("node_modules") != std::string::npos;
            if (entry.is_regular_file() && is_source(entry.path()) && !vendored) {
                const auto relative = fs::relative(entry.path(), root).generic_string();
                sources.push_back({relative, folder, lines_of(entry.path())});
            }
        }
    }
    return sources;
}

const std::vector<Source>& product() {
    static const auto sources = sources_in({"graph", "index", "query", "corpus", "server"});
    return sources;
}

const std::vector<Source>& everything() {
    static const auto sources =
        sources_in({"graph", "index", "query", "corpus", "server", "tests"});
    return sources;
}

/// `rule path` → reason.
std::map<std::string, std::string> waivers() {
    std::map<std::string, std::string> found;
    for (const auto& line :
         lines_of(fs::path(khom::testing::source_dir()) / "tests/architecture/waivers.txt")) {
        std::istringstream words(line);
        std::string rule;
        std::string path;
        std::string reason;
        if (words >> rule >> path && rule[0] != '#') {
            std::getline(words, reason);
            found[rule + " " + path] = reason;
        }
    }
    return found;
}

/// Drops what is waived, and names waivers of `rule` that are not needed.
std::vector<std::string> without_waived(const std::string& rule,
                                        const std::map<std::string, std::string>& breaches) {
    std::vector<std::string> remaining;
    const auto waived = waivers();
    for (const auto& [path, what] : breaches) {
        if (!waived.contains(rule + " " + path)) {
            remaining.push_back(path + ": " + what);
        }
    }
    for (const auto& [key, reason] : waived) {
        const auto space = key.find(' ');
        if (key.substr(0, space) == rule && !breaches.contains(key.substr(space + 1))) {
            remaining.push_back("waiver no longer needed: " + key);
        }
    }
    return remaining;
}

std::vector<std::string> includes_of(const Source& source) {
    static const RE2 include(R"(^\s*#\s*include\s*["<]([^">]+)[">])");
    std::vector<std::string> names;
    for (const auto& line : source.lines) {
        std::string name;
        if (RE2::PartialMatch(line, include, &name)) {
            names.push_back(name);
        }
    }
    return names;
}

std::size_t columns(const std::string& line) {
    std::size_t count = 0;
    for (const char byte : line) {
        count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1U : 0U;
    }
    return count;
}

/// Lines of the longest function: with our formatting a body opens at the end of an unindented line
/// that is no type, table or namespace, and closes with an unindented brace.
std::pair<std::size_t, std::size_t> longest_function(const Source& source) {
    static const RE2 opens_other(
        R"(^(namespace|struct|class|enum|union|extern|const|constexpr|static const|inline const|\}|//|#))");
    static const RE2 is_table(R"(=\s*\{$|\{\{$)");
    std::pair<std::size_t, std::size_t> longest{0, 0};
    std::size_t begin = 0;
    bool inside = false;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        const auto& line = source.lines[i];
        const bool unindented = !line.empty() && line[0] != ' ' && line[0] != '\t';
        const bool call =
            line.find('(') != std::string::npos || line.find(')') != std::string::npos;
        const bool continued = !line.empty() && line[0] == ' ' && i > 0 && !inside;
        if (!inside && line.ends_with("{") && (unindented || continued) && call &&
            !RE2::PartialMatch(line, is_table) &&
            (!RE2::PartialMatch(line, opens_other) || line.find(") {") != std::string::npos) &&
            unindented) {
            inside = true;
            begin = i;
        } else if (inside && line.starts_with("}")) {
            inside = false;
            if (i - begin + 1 > longest.first) {
                longest = {i - begin + 1, begin + 1};
            }
        }
    }
    return longest;
}

using ::testing::IsEmpty;

TEST(Architecture, IncludesFollowTheArrows) {
    std::map<std::string, std::string> breaches;
    for (const auto& source : product()) {
        for (const auto& name : includes_of(source)) {
            const auto target = name.substr(0, name.find('/'));
            const bool ours = may_include.contains(target) || target == "tests";
            if (ours && target != source.folder &&
                !may_include.at(source.folder).contains(target)) {
                breaches[source.path] = "includes " + name;
            }
        }
    }

    EXPECT_THAT(without_waived("include", breaches), IsEmpty());
}

TEST(Architecture, EachLibraryIsNamedInOneFolderOnly) {
    std::map<std::string, std::string> breaches;
    for (const auto& source : product()) {
        for (const auto& name : includes_of(source)) {
            for (const auto& [library, owner] : library_owners) {
                const bool header =
                    source.path.ends_with(".h") && !source.path.ends_with("_private.h");
                if (name.starts_with(library) && (source.folder != owner || header)) {
                    breaches[source.path] = "names " + name;
                }
            }
        }
    }

    EXPECT_THAT(without_waived("library", breaches), IsEmpty());
}

TEST(Architecture, FilesStayShort) {
    std::map<std::string, std::string> breaches;
    for (const auto& source : everything()) {
        if (source.lines.size() > file_lines_max) {
            breaches[source.path] = std::to_string(source.lines.size()) + " lines";
        }
    }

    EXPECT_THAT(without_waived("file-length", breaches), IsEmpty());
}

TEST(Architecture, FunctionsFitOnAScreen) {
    std::map<std::string, std::string> breaches;
    for (const auto& source : product()) {
        const auto [lines, begin] = longest_function(source);
        if (lines > function_lines_max) {
            breaches[source.path] =
                std::to_string(lines) + " lines from line " + std::to_string(begin);
        }
    }

    EXPECT_THAT(without_waived("function-length", breaches), IsEmpty());
}

TEST(Architecture, LinesStayReadable) {
    std::map<std::string, std::string> breaches;
    for (const auto& source : product()) {
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            if (columns(source.lines[i]) > line_columns_max) {
                breaches[source.path] = "line " + std::to_string(i + 1);
            }
        }
    }

    EXPECT_THAT(without_waived("line-length", breaches), IsEmpty());
}

TEST(Architecture, EveryFileHasANameWithAMeaning) {
    std::map<std::string, std::string> breaches;
    for (const auto& source : everything()) {
        for (const auto& part : fs::path(source.path)) {
            if (names_without_meaning.contains(part.stem().string())) {
                breaches[source.path] = "is named " + part.string();
            }
        }
    }

    EXPECT_THAT(without_waived("name", breaches), IsEmpty());
}

TEST(Architecture, EveryWaiverHasAReason) {
    for (const auto& [key, reason] : waivers()) {
        EXPECT_GT(reason.size(), 10U) << key;
    }
}

TEST(Architecture, FindsTheLongestFunction) {
    const Source source{"x.cpp",
                        "graph",
                        {"int f() {", "    return 1;", "}", "struct S {", "    int a;",
                         "    int b;", "};", "int g(int x) {", "", "", "}"}};

    EXPECT_EQ(longest_function(source), (std::pair<std::size_t, std::size_t>{4, 8}));
}

}  // namespace
