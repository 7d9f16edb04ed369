#pragma once

#include <string>

namespace khom::testing {

/// What a command ended with, and what it wrote to its standard output.
struct Outcome {
    int code = -1;  ///< 128 where a signal ended it
    std::string output;
};

/// Runs a line of shell in the root of the checkout, with `khom` being the built one. Standard
/// error is kept only where the line says `2>&1`.
Outcome shell(const std::string& line);

}  // namespace khom::testing
