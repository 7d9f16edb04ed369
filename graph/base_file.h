#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "graph/snapshot_private.h"

namespace khom::graph {

/// A base in a file of its own, so that opening a store need not make it anew. It is derived:
/// whatever is wrong with it, it is thrown away and made from the records.
///
/// Writes the base of `data` with its symbols to `path`, synced, in place of what was there.
/// `store` ties it to one store. Throws: Fault if the disk refuses.
void write_base(const std::filesystem::path& path, const Base& base, const SnapshotData& data,
                std::uint64_t store);

/// Maps what `write_base` wrote, as a snapshot without redirects; null if there is none, it is
/// damaged, or it is of another store or another format. Cost: reads the file once, to verify its
/// hash.
std::shared_ptr<SnapshotData> map_base(const std::filesystem::path& path, std::uint64_t store);

}  // namespace khom::graph
