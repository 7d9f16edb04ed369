#pragma once

#include <filesystem>

namespace khom::benchmarks {

/// How long a durable write takes beside what the disk itself takes for one (`fsync`: 4 KiB
/// appended and synced), by turns, so that both meet the same disk; then two hops from the newest
/// snapshot, alone and beside a writer that never rests. Prints a line each.
void measure_writes(const std::filesystem::path& data, const std::filesystem::path& work);

}  // namespace khom::benchmarks
