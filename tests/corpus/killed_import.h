#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <thread>

#include "corpus/import.h"

namespace khom::corpus {

/// A store on disk under the shipped ontology, made where there is none.
inline std::unique_ptr<graph::Store> opened(const std::filesystem::path& folder) {
    graph::StoreOptions options;
    options.rules = {ontology_rule(shipped_ontology())};
    options.create_if_missing = true;
    return std::move(*graph::Store::open(folder, std::move(options)));
}

/// Imports into the store at `folder` in a process of its own and kills it after `pause`. True if
/// it was done before.
inline bool imported_before_it_was_killed(
    const std::filesystem::path& folder, std::chrono::microseconds pause,
    const std::function<graph::Result<ImportReport>(graph::Store&)>& import) {
    const auto child = ::fork();
    if (child == 0) {
        const auto store = opened(folder);
        const auto report = import(*store);
        ::_exit(report && report->rejected.empty() ? 0 : 1);
    }
    std::this_thread::sleep_for(pause);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFEXITED(status);
}

}  // namespace khom::corpus
