#pragma once

#include <string>
#include <string_view>

#include "corpus/record.h"

namespace khom::corpus {

/// The text as UTF-8 without byte-order mark; UTF-16 by its mark; bytes that are no UTF-8 are read
/// as Windows-874, as spreadsheets in Thailand write it. Refuses: invalid_data for bytes that
/// Windows-874 does not know either.
graph::Result<std::string> to_utf8(std::string_view bytes);

/// Adds the rows of one file; its kind follows from its columns (README.md).
void read_csv(const InputFile& file, Records& records);
/// One `{"entity": …}` or `{"statement": …}` a line, as `khom export --format ndjson` writes them.
void read_ndjson(const InputFile& file, Records& records);

}  // namespace khom::corpus
