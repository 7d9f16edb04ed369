#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "graph/failure.h"
#include "server/dataset.h"

namespace CLI {
class App;
}

namespace khom::server {

/// How a command ended, as the shell sees it.
enum ExitCode : int { done = 0, refused = 1, wrong_usage = 2, failed = 3 };

/// What runs when a subcommand was chosen. Refusals are printed by the caller and end with exit
/// code 1, those of the disk and faults with 3.
using Run = std::function<graph::Result<ExitCode>()>;

/// One subcommand. To add one: a file with its `declare`, and a line in commands.cpp.
struct Command {
    const char* name;
    const char* summary;            ///< one line for `khom --help`
    Run (*declare)(CLI::App& app);  ///< adds its options to `app`, explains itself in its footer
};

std::span<const Command> commands();

/// `--data DIR`, as every command has it.
std::shared_ptr<std::string> add_data_option(CLI::App& app);
/// `--json`.
std::shared_ptr<bool> add_json_option(CLI::App& app);

/// Text from a command line must be UTF-8 as text from a request must.
graph::Result<void> check_text(const std::string& name, const std::string& text);

/// "ประเพณียี่เป็ง · Yi Peng tradition", or the one name there is.
std::string both(const graph::Wording& words, const char* between = " · ");

}  // namespace khom::server
