#pragma once

#include <filesystem>

namespace khom::benchmarks {

/// Asks the four questions of peers/README.md in Cypher, inside the process, of what gen.py wrote
/// into folder `data`, and prints the peers' lines. The statements are the peers', word for word.
void ask_in_cypher(const std::filesystem::path& data);

}  // namespace khom::benchmarks
