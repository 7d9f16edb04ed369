// The central directory says what is in an archive (PKWARE's APPNOTE 6.3, 4.3.12 and 4.3.16); local
// headers are only stepped over. ZIP64, encryption and methods other than stored and deflated are
// refused, and so is an archive that unpacks to more than an import may be.

#include "corpus/readers/zip.h"

#include <optional>

#include <zlib.h>

namespace khom::corpus {

namespace {

constexpr std::size_t end_bytes = 22, central_bytes = 46, local_bytes = 30;

std::uint32_t little(std::string_view bytes, std::size_t at, int count) {
    std::uint32_t number = 0;
    for (int i = count - 1; i >= 0; --i) {
        number =
            (number << 8U) | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    }
    return number;
}

tl::unexpected<graph::Refusal> damaged(const std::string& name) {
    return graph::refuse(graph::RefusalCode::invalid_data,
                         "'" + name + "' is no ZIP archive that can be read here.");
}

std::optional<std::size_t> find_end(std::string_view bytes) {
    for (std::size_t back = end_bytes; back <= bytes.size() && back <= end_bytes + 65535; ++back) {
        if (little(bytes, bytes.size() - back, 4) == 0x06054b50U) {
            return bytes.size() - back;
        }
    }
    return std::nullopt;
}

struct Entry {
    std::string name;
    std::uint32_t method = 0, crc = 0, packed = 0, unpacked = 0, offset = 0;
};

std::optional<std::string> inflated(std::string_view packed, std::size_t size) {
    std::string text(size, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        throw graph::Fault("zlib does not start");
    }
    auto* input = const_cast<char*>(packed.data());  // zlib reads only
    stream.next_in = reinterpret_cast<Bytef*>(input);
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const int status = inflate(&stream, Z_FINISH);
    const bool whole = status == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    return whole ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::string> unpacked(std::string_view bytes, const Entry& entry) {
    if (entry.offset + local_bytes > bytes.size() ||
        little(bytes, entry.offset, 4) != 0x04034b50U) {
        return std::nullopt;
    }
    const auto begin = std::size_t{entry.offset} + local_bytes +
                       little(bytes, entry.offset + 26, 2) + little(bytes, entry.offset + 28, 2);
    if (begin > bytes.size() || entry.packed > bytes.size() - begin) {
        return std::nullopt;
    }
    const auto packed = bytes.substr(begin, entry.packed);
    std::optional<std::string> text;
    if (entry.method == 0 && entry.packed == entry.unpacked) {
        text = std::string(packed);
    } else if (entry.method == 8) {
        text = inflated(packed, entry.unpacked);
    }
    const bool same = text && crc32(0, reinterpret_cast<const Bytef*>(text->data()),
                                    static_cast<uInt>(text->size())) == entry.crc;
    return same ? text : std::nullopt;
}

}  // namespace

graph::Result<std::vector<InputFile>> read_zip(const std::string& name, std::string_view bytes,
                                               std::size_t most_bytes) {
    const auto end = bytes.size() < end_bytes ? std::nullopt : find_end(bytes);
    if (!end) {
        return damaged(name);
    }
    std::vector<InputFile> files;
    std::size_t at = little(bytes, *end + 16, 4), total = 0;
    for (auto left = little(bytes, *end + 10, 2); left > 0; --left) {
        if (at + central_bytes > *end || little(bytes, at, 4) != 0x02014b50U ||
            (little(bytes, at + 8, 2) & 1U) != 0) {
            return damaged(name);
        }
        Entry entry{{},
                    little(bytes, at + 10, 2),
                    little(bytes, at + 16, 4),
                    little(bytes, at + 20, 4),
                    little(bytes, at + 24, 4),
                    little(bytes, at + 42, 4)};
        const auto name_bytes = little(bytes, at + 28, 2);
        const auto more = little(bytes, at + 30, 2) + little(bytes, at + 32, 2);
        if (at + central_bytes + name_bytes + more > *end) {
            return damaged(name);
        }
        entry.name = bytes.substr(at + central_bytes, name_bytes);
        at += central_bytes + name_bytes + more;
        if (!entry.name.ends_with(".csv") && !entry.name.ends_with(".ndjson")) {
            continue;
        }
        if ((total += entry.unpacked) > most_bytes) {
            return graph::refuse(graph::RefusalCode::limit_exceeded,
                                 "'" + name + "' unpacks to more than an import may bring.");
        }
        auto text = unpacked(bytes, entry);
        if (!text) {
            return damaged(name);
        }
        files.push_back({entry.name, std::move(*text)});
    }
    return files;
}

}  // namespace khom::corpus
