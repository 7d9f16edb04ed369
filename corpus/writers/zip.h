#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct z_stream_s;

namespace khom::corpus {

/// Writes a ZIP archive front to back, without going back to fill in sizes (they follow each file).
/// Not for sharing between threads. Throws: graph::Fault for a file beyond 4 GiB, which would need
/// ZIP64.
class ZipWriter {
  public:
    ZipWriter();
    ~ZipWriter();
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    void begin_file(std::string_view name, std::string& out);
    void write(std::string_view bytes, std::string& out);
    void end_file(std::string& out);
    /// The table of contents.
    void end(std::string& out);

  private:
    struct Entry {
        std::string name;
        std::uint32_t crc = 0, packed_bytes = 0, bytes = 0, offset = 0;
    };
    void pack(std::string_view bytes, int flush, std::string& out);
    void put(std::string& out, std::string_view bytes);

    std::unique_ptr<z_stream_s> stream_;
    std::vector<Entry> entries_;
    std::uint64_t packed_ = 0, unpacked_ = 0;  // of the file being written
    std::uint64_t written_ = 0;                // of the archive
};

}  // namespace khom::corpus
