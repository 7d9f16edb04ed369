#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "corpus/import.h"

namespace khom::corpus {

/// Some whole rows of a file, as if they were all of it.
struct Piece {
    InputFile file;                  ///< with the header, where the file has one
    std::ptrdiff_t line_offset = 0;  ///< to be added to a line of `file`
};

/// Cuts a CSV or NDJSON file between rows. Not for sharing between threads.
class PieceReader {
  public:
    /// Pieces hold about `piece_bytes`, at least one row.
    PieceReader(const std::filesystem::path& path, std::size_t piece_bytes);

    /// None at the end. Refuses: entity_not_found if the file cannot be read; invalid_data for
    /// UTF-16, which cannot be cut at a byte; limit_exceeded for a row over 16 MiB.
    graph::Result<std::optional<Piece>> next();
    std::size_t bytes_read() const { return bytes_read_; }

  private:
    std::size_t end_of_rows() const;

    std::filesystem::path path_;
    std::ifstream file_;
    std::size_t piece_bytes_;
    bool has_header_;
    std::string header_, left_;
    std::size_t lines_before_ = 0, bytes_read_ = 0;
};

}  // namespace khom::corpus
