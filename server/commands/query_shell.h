#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"
#include "server/commands/command.h"

namespace khom::server {

/// What `khom query` without a statement talks to.
struct Shell {
    std::function<graph::Result<ExitCode>(const std::string& statement)> ask;
    /// What may be completed now: keywords, functions, procedures, labels, types, property keys.
    std::function<std::vector<std::string>()> words;
};

/// Set by Ctrl-C while a shell converses: the statement under way stops, the shell goes on.
const std::atomic<bool>& interrupted();

/// Statements from a terminal, each ended by `;`, with history and completion by Tab; until Ctrl-D
/// or `:quit`. Refusals are shown with a mark under the place they speak of.
ExitCode converse(const Shell& shell);

/// Statements from standard input, each ended by `;` at the end of a line. Stops at the first
/// refusal.
graph::Result<ExitCode> ask_all(const Shell& shell);

/// The line of the statement that the span is in, and a line that marks it by `^`: aligned by
/// display width. Empty where the span is outside.
std::string marked(std::string_view statement, const graph::Span& span);

/// The words of openCypher that a shell completes.
std::vector<std::string> cypher_keywords();

}  // namespace khom::server
