// PKWARE's APPNOTE 6.3, sections 4.3 and 4.4: local header (flag 3: sizes follow; flag 11: UTF-8
// names), deflated data, data descriptor; then the central directory and its end. Times are
// 1980-01-01, so that the same graph gives the same bytes.

#include "corpus/writers/zip.h"

#include <array>

#include <zlib.h>

#include "graph/failure.h"

namespace khom::corpus {

namespace {

constexpr std::uint64_t most_bytes = 0xFFFFFFFFU;
constexpr std::uint16_t flags = 0x0808, deflated = 8, version = 20, dos_day = 0x21;

void little(std::string& out, std::uint32_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>((number >> (8 * i)) & 0xFFU);
    }
}

}  // namespace

ZipWriter::ZipWriter() : stream_(std::make_unique<z_stream>()) {
    if (deflateInit2(stream_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw graph::Fault("zlib does not start");
    }
}

ZipWriter::~ZipWriter() {
    deflateEnd(stream_.get());
}

void ZipWriter::put(std::string& out, std::string_view bytes) {
    out += bytes;
    written_ += bytes.size();
}

void ZipWriter::begin_file(std::string_view name, std::string& out) {
    if (written_ > most_bytes) {
        throw graph::Fault("an archive beyond 4 GiB");
    }
    entries_.push_back({std::string(name), 0, 0, 0, static_cast<std::uint32_t>(written_)});
    packed_ = unpacked_ = 0;
    deflateReset(stream_.get());
    std::string header;
    little(header, 0x04034b50, 4);
    little(header, version, 2);
    little(header, flags, 2);
    little(header, deflated, 2);
    little(header, 0, 2);
    little(header, dos_day, 2);
    little(header, 0, 4);
    little(header, 0, 4);
    little(header, 0, 4);
    little(header, static_cast<std::uint32_t>(name.size()), 2);
    little(header, 0, 2);
    put(out, header + std::string(name));
}

void ZipWriter::pack(std::string_view bytes, int flush, std::string& out) {
    auto* input = const_cast<char*>(bytes.data());  // zlib reads only
    stream_->next_in = reinterpret_cast<Bytef*>(input);
    stream_->avail_in = static_cast<uInt>(bytes.size());
    std::array<char, 16384> room{};
    do {
        stream_->next_out = reinterpret_cast<Bytef*>(room.data());
        stream_->avail_out = static_cast<uInt>(room.size());
        deflate(stream_.get(), flush);
        const auto made = room.size() - stream_->avail_out;
        put(out, std::string_view(room.data(), made));
        packed_ += made;
    } while (stream_->avail_out == 0);
}

void ZipWriter::write(std::string_view bytes, std::string& out) {
    auto& entry = entries_.back();
    entry.crc = static_cast<std::uint32_t>(crc32(
        entry.crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
    unpacked_ += bytes.size();
    pack(bytes, Z_NO_FLUSH, out);
}

void ZipWriter::end_file(std::string& out) {
    pack({}, Z_FINISH, out);
    if (packed_ > most_bytes || unpacked_ > most_bytes) {
        throw graph::Fault("a file beyond 4 GiB in an archive");
    }
    auto& entry = entries_.back();
    entry.packed_bytes = static_cast<std::uint32_t>(packed_);
    entry.bytes = static_cast<std::uint32_t>(unpacked_);
    std::string descriptor;
    little(descriptor, 0x08074b50, 4);
    little(descriptor, entry.crc, 4);
    little(descriptor, entry.packed_bytes, 4);
    little(descriptor, entry.bytes, 4);
    put(out, descriptor);
}

void ZipWriter::end(std::string& out) {
    std::string directory;
    for (const auto& entry : entries_) {
        little(directory, 0x02014b50, 4);
        little(directory, version, 2);
        little(directory, version, 2);
        little(directory, flags, 2);
        little(directory, deflated, 2);
        little(directory, 0, 2);
        little(directory, dos_day, 2);
        little(directory, entry.crc, 4);
        little(directory, entry.packed_bytes, 4);
        little(directory, entry.bytes, 4);
        little(directory, static_cast<std::uint32_t>(entry.name.size()), 2);
        little(directory, 0, 2);  // extra field
        little(directory, 0, 2);  // comment
        little(directory, 0, 2);  // disk
        little(directory, 0, 2);  // internal attributes
        little(directory, 0, 4);  // external attributes
        little(directory, entry.offset, 4);
        directory += entry.name;
    }
    const auto offset = static_cast<std::uint32_t>(written_);
    const auto count = static_cast<std::uint32_t>(entries_.size());
    const auto size = static_cast<std::uint32_t>(directory.size());
    little(directory, 0x06054b50, 4);
    little(directory, 0, 4);
    little(directory, count, 2);
    little(directory, count, 2);
    little(directory, size, 4);
    little(directory, offset, 4);
    little(directory, 0, 2);
    put(out, directory);
}

}  // namespace khom::corpus
