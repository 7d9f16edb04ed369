#pragma once

#include <filesystem>
#include <vector>

#include "corpus/import.h"

namespace khom::corpus {

/// The files behind what a caller named, if they are better streamed than read whole: all *.csv,
/// *.ndjson, *.jsonl, together over 32 MiB. Else none.
std::vector<std::filesystem::path> large_files(const std::vector<std::filesystem::path>& named);

/// As `import`, for an empty store: the files are read in pieces, twice (entities, then
/// statements), checked on all processors, and loaded in bulk. Memory does not grow with the files
/// beyond the graph itself.
///
/// Unlike `import`, an entity must stand in one row, likely duplicates are not looked for, and
/// activities.csv is not taken. Refuses: as BulkLoad; limit_exceeded for a row over 16 MiB. What is
/// wrong with the data is in the report, its first thousand findings.
graph::Result<ImportReport> import_large(graph::Store& store, const graph::Ontology& ontology,
                                         const std::vector<std::filesystem::path>& files,
                                         const ImportOptions& options);

}  // namespace khom::corpus
