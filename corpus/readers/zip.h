#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/import.h"

namespace khom::corpus {

/// The CSV and NDJSON files of a ZIP archive, such as `khom export --format csv` writes; others in
/// it are passed over. Refuses: invalid_data for bytes that are no archive or do not match their
/// checksum, limit_exceeded beyond `most_bytes`.
graph::Result<std::vector<InputFile>> read_zip(const std::string& name, std::string_view bytes,
                                               std::size_t most_bytes);

}  // namespace khom::corpus
