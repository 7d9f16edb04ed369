// The file of a base, version 1, in the byte order and layout of the machine that wrote it:
//
//     header | part table | parts, each at a multiple of 64 bytes
//
// The hash covers everything behind itself. A reader maps the file and points into it.

#include "graph/base_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "graph/failure.h"

namespace khom::graph {

namespace {

constexpr std::size_t alignment = 64;

struct Header {
    std::array<char, 8> magic = {'K', 'h', 'o', 'm', 'b', 'a', 's', 'e'};
    std::uint64_t hash = 0;
    std::uint64_t version = 1;
    std::uint64_t layout = sizeof(Adjacent) * 1000 + sizeof(Ends);
    std::uint64_t store = 0;
    std::uint64_t file_bytes = 0;
    std::uint64_t parts = 0;
    std::uint64_t revision = 0;
    std::uint64_t alive_nodes = 0, alive_relationships = 0;
    std::uint64_t id_key = 0;
    std::uint64_t node_columns = 0, relationship_columns = 0;
};

struct Part {
    std::uint64_t begin = 0, bytes = 0;
};

struct ColumnShape {
    std::uint64_t kind = 0, rows = 0, count = 0;
};

struct Names {
    Flat<char> labels, types, keys;  // each ends with a NUL
};

/// All arrays in the one order in which they lie in the file.
template <class AnyBase, class AnyNames, class Visit>
void each_part(AnyBase& base, AnyNames& names, Visit visit) {
    visit(base.label_sets);
    visit(base.set_begins);
    visit(base.set_labels);
    visit(base.label_begins);
    visit(base.label_nodes);
    visit(base.ends);
    visit(base.type_counts);
    visit(base.begins);
    visit(base.rows);
    for (auto* columns : {&base.node_columns, &base.relationship_columns}) {
        for (auto& column : *columns) {
            visit(column.present);
            visit(column.ranks);
            visit(column.narrow);
            visit(column.wide);
            visit(column.heap);
        }
    }
    visit(base.node_slots);
    visit(base.relationship_slots);
    visit(names.labels);
    visit(names.types);
    visit(names.keys);
}

/// Four lanes, so that it is as fast as memory.
std::uint64_t hash_of(const char* bytes, std::size_t size) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::array<std::uint64_t, 4> lanes = {1, 2, 3, 4};
    std::size_t at = 0;
    for (; at + 32 <= size; at += 32) {
        for (std::size_t lane = 0; lane < 4; ++lane) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes + at + 8 * lane, 8);
            lanes[lane] = (lanes[lane] ^ word) * odd;
            lanes[lane] ^= lanes[lane] >> 29U;
        }
    }
    auto hash = stable_hash({bytes + at, size - at});
    for (const auto lane : lanes) {
        hash = (hash ^ lane) * odd;
        hash ^= hash >> 32U;
    }
    return hash;
}

constexpr std::size_t hashed_from = offsetof(Header, version);

[[noreturn]] void fail(const std::string& task) {
    throw Fault(task + ": " + std::system_category().message(errno));
}

class File {
  public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    ~File() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int get() const { return descriptor_; }

  private:
    int descriptor_;
};

struct Mapping {
    const char* bytes = nullptr;
    std::size_t size = 0;
    Mapping(int descriptor, std::size_t file_size) : size(file_size) {
        auto* mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
        bytes = mapped == MAP_FAILED ? nullptr : static_cast<const char*>(mapped);
    }
    ~Mapping() {
        if (bytes != nullptr) {
            ::munmap(const_cast<char*>(bytes), size);
        }
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
};

void write_at(const File& file, const char* bytes, std::size_t size, std::size_t at) {
    while (size > 0) {
        const auto written = ::pwrite(file.get(), bytes, size, static_cast<off_t>(at));
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            fail("writing the snapshot's file");
        }
        bytes += written;
        at += static_cast<std::size_t>(written);
        size -= static_cast<std::size_t>(written);
    }
}

std::size_t aligned(std::size_t size) {
    return (size + alignment - 1) / alignment * alignment;
}

Flat<char> joined(const Symbols& symbols) {
    std::vector<char> all;
    for (const auto& name : symbols.names) {
        all.insert(all.end(), name.begin(), name.end());
        all.push_back('\0');
    }
    return Flat(std::move(all));
}

std::shared_ptr<Symbols> parted(const Flat<char>& all) {
    auto symbols = std::make_shared<Symbols>();
    std::string_view left(all.data(), all.size());
    for (auto end = left.find('\0'); end != std::string_view::npos; end = left.find('\0')) {
        symbols->number_of(left.substr(0, end));
        left.remove_prefix(end + 1);
    }
    return symbols;
}

std::vector<ColumnShape> shapes_of(const Base& base) {
    std::vector<ColumnShape> shapes;
    for (const auto* columns : {&base.node_columns, &base.relationship_columns}) {
        for (const auto& column : *columns) {
            shapes.push_back({static_cast<std::uint64_t>(column.kind), column.rows, column.count});
        }
    }
    return shapes;
}

Header header_of(const Base& base, std::uint64_t store) {
    Header header;
    header.store = store;
    header.revision = number(base.revision);
    header.alive_nodes = base.alive_nodes;
    header.alive_relationships = base.alive_relationships;
    header.id_key = number(base.id_key);
    header.node_columns = base.node_columns.size();
    header.relationship_columns = base.relationship_columns.size();
    return header;
}

template <class T>
const char* bytes_of(const T& value) {
    return reinterpret_cast<const char*>(&value);
}

void sync_folder(const std::filesystem::path& folder) {
    const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY));
    if (file.get() < 0 || ::fsync(file.get()) != 0) {
        fail("syncing '" + folder.string() + "'");
    }
}

}  // namespace

void write_base(const std::filesystem::path& path, const Base& base, const SnapshotData& data,
                std::uint64_t store) {
    const Names names{joined(*data.labels), joined(*data.types), joined(*data.keys)};
    const auto shapes = shapes_of(base);
    auto header = header_of(base, store);
    std::vector<Part> table;
    std::size_t end = 0;
    each_part(base, names, [&](const auto& part) {
        table.push_back({end, part.size() * sizeof(part.data()[0])});
        end = aligned(end + table.back().bytes);
    });
    const auto shapes_at = sizeof(Header);
    const auto table_at = shapes_at + shapes.size() * sizeof(ColumnShape);
    const auto parts_at = aligned(table_at + table.size() * sizeof(Part));
    header.parts = table.size();
    header.file_bytes = parts_at + end;

    auto temporary = path;
    temporary += ".new";
    const File file(::open(temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0 || ::ftruncate(file.get(), static_cast<off_t>(header.file_bytes)) != 0) {
        fail("making '" + temporary.string() + "'");
    }
    write_at(file, bytes_of(header), sizeof header, 0);
    write_at(file, reinterpret_cast<const char*>(shapes.data()),
             shapes.size() * sizeof(ColumnShape), shapes_at);
    write_at(file, reinterpret_cast<const char*>(table.data()), table.size() * sizeof(Part),
             table_at);
    std::size_t i = 0;
    each_part(base, names, [&](const auto& part) {
        write_at(file, reinterpret_cast<const char*>(part.data()), table[i].bytes,
                 parts_at + table[i].begin);
        ++i;
    });
    {
        const Mapping written(file.get(), header.file_bytes);
        if (written.bytes == nullptr) {
            fail("mapping '" + temporary.string() + "'");
        }
        header.hash = hash_of(written.bytes + hashed_from, written.size - hashed_from);
    }
    write_at(file, bytes_of(header), sizeof header, 0);
    if (::fsync(file.get()) != 0) {
        fail("syncing '" + temporary.string() + "'");
    }
    std::filesystem::rename(temporary, path);
    sync_folder(path.parent_path());
}

std::shared_ptr<SnapshotData> map_base(const std::filesystem::path& path, std::uint64_t store) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 ||
        static_cast<std::size_t>(status.st_size) < sizeof(Header)) {
        return nullptr;
    }
    const auto mapping =
        std::make_shared<const Mapping>(file.get(), static_cast<std::size_t>(status.st_size));
    if (mapping->bytes == nullptr) {
        return nullptr;
    }
    Header header;
    const Header expected;
    std::memcpy(&header, mapping->bytes, sizeof header);
    if (header.magic != expected.magic || header.version != expected.version ||
        header.layout != expected.layout || header.store != store ||
        header.file_bytes != mapping->size ||
        header.hash != hash_of(mapping->bytes + hashed_from, mapping->size - hashed_from)) {
        return nullptr;
    }
    // The hash holds, so what follows is what was written.
    const auto base = std::make_shared<Base>();
    base->revision = Revision{header.revision};
    base->alive_nodes = header.alive_nodes;
    base->alive_relationships = header.alive_relationships;
    base->id_key = PropertyKeyId{static_cast<std::uint32_t>(header.id_key)};
    base->node_columns.resize(header.node_columns);
    base->relationship_columns.resize(header.relationship_columns);
    const auto* shapes = reinterpret_cast<const ColumnShape*>(mapping->bytes + sizeof(Header));
    const auto* shape = shapes;
    for (auto* columns : {&base->node_columns, &base->relationship_columns}) {
        for (auto& column : *columns) {
            column.kind = static_cast<ValueKind>(shape->kind);
            column.rows = shape->rows;
            column.count = shape->count;
            ++shape;
        }
    }
    const auto* table = reinterpret_cast<const Part*>(shape);
    const auto* parts =
        mapping->bytes +
        aligned(sizeof(Header) + static_cast<std::size_t>(shape - shapes) * sizeof(ColumnShape) +
                header.parts * sizeof(Part));
    Names names;
    each_part(*base, names, [&]<class T>(Flat<T>& part) {
        part = Flat(
            std::span(reinterpret_cast<const T*>(parts + table->begin), table->bytes / sizeof(T)));
        ++table;
    });
    base->storage = mapping;
    auto data = SnapshotData::settled(base);
    data->labels = parted(names.labels);
    data->types = parted(names.types);
    data->keys = parted(names.keys);
    return data;
}

}  // namespace khom::graph
