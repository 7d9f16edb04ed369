// pandoc reads Markdown on its standard input and writes the document to a file, both nameless to
// everyone else: two temporary files that are unlinked as soon as they are open. (Its --sandbox
// cannot read its own template for DOCX in Debian 12. Our Markdown has neither pictures nor HTML
// that would make it read anything else.)

#include "server/docx.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cstdio>
#include <memory>
#include <vector>

extern char** environ;

namespace khom::server {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using TemporaryFile = std::unique_ptr<std::FILE, CloseFile>;

TemporaryFile temporary_file() {
    TemporaryFile file(std::tmpfile());
    if (!file) throw graph::Fault("no temporary file");
    return file;
}

std::string whole(std::FILE* file) {
    std::string all;
    std::array<char, 65536> piece{};
    (void)std::fseek(file, 0, SEEK_SET);
    while (const auto size = std::fread(piece.data(), 1, piece.size(), file)) {
        all.append(piece.data(), size);
    }
    return all;
}

/// 0 if it went well; 127 where there is no such program.
int run(std::vector<std::string> words, std::FILE* in, std::FILE* out) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(in), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(out), STDOUT_FILENO);
    pid_t child = 0;
    const int error =
        ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) return 127;
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

graph::Result<std::string> docx_of(std::string_view markdown, std::string_view lang) {
    const auto in = temporary_file();
    const auto out = temporary_file();
    if (std::fwrite(markdown.data(), 1, markdown.size(), in.get()) != markdown.size() ||
        std::fflush(in.get()) != 0 || std::fseek(in.get(), 0, SEEK_SET) != 0) {
        throw graph::Fault("a temporary file takes nothing");
    }
    const auto status = run({"pandoc", "--from=gfm", "--to=docx", "--output=-",
                             "--metadata=lang=" + std::string(lang == "th" ? "th-TH" : "en-GB")},
                            in.get(), out.get());
    if (status == 127) {
        return graph::refuse(graph::RefusalCode::unsupported,
                             "DOCX is made by pandoc, which is not installed here ('apt install "
                             "pandoc'). `--format markdown` and `--format html` need nothing.");
    }
    auto file = whole(out.get());
    if (status != 0 || file.compare(0, 2, "PK") != 0) {
        return graph::refuse(graph::RefusalCode::unsupported,
                             "pandoc ended with " + std::to_string(status) +
                                 " and made no document; `--format markdown` gives what it read.");
    }
    return file;
}

}  // namespace khom::server
