#include "tests/testing/shell.h"

#include <sys/wait.h>
#include <array>
#include <cstdio>

#include "tests/testing/paths.h"

namespace khom::testing {

Outcome shell(const std::string& line) {
    const auto whole = "export PATH=\"$(dirname '" + khom_binary() + "'):$PATH\"; cd '" +
                       source_dir() + "'; " + line;
    FILE* pipe = ::popen(whole.c_str(), "r");
    Outcome outcome;
    std::array<char, 4096> bytes{};
    while (const auto count = std::fread(bytes.data(), 1, bytes.size(), pipe)) {
        outcome.output.append(bytes.data(), count);
    }
    const int status = ::pclose(pipe);
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    return outcome;
}

}  // namespace khom::testing
