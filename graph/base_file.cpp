// The file of a base, version 3, in the byte order and layout of the machine that wrote it:
//
//     header | arrays, in the order they were made | shapes of the columns | table of the arrays
//
// each at a multiple of 64 bytes. The hash covers everything behind itself. A reader points into
// the file: read if it is small, mapped if not.

#include "graph/base_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "graph/failure.h"

namespace khom::graph {

namespace {

constexpr std::size_t alignment = 64;

/// A mapped file that somebody cuts short ends the process that reads it (SIGBUS), one that was
/// read does no harm. So up to here memory is spent on it.
constexpr std::size_t most_read_bytes = std::size_t{64} << 20U;

struct Header {
    std::array<char, 8> magic = {'K', 'h', 'o', 'm', 'b', 'a', 's', 'e'};
    std::uint64_t hash = 0;
    std::uint64_t version = 3;
    std::uint64_t layout = sizeof(Adjacent) * 1000 + sizeof(Ends);
    std::uint64_t store = 0;
    std::uint64_t file_bytes = 0;
    std::uint64_t shapes_at = 0, table_at = 0;
    std::uint64_t revision = 0;
    std::uint64_t alive_nodes = 0, alive_relationships = 0;
    std::uint64_t id_key = 0, time_key = 0;
    std::uint64_t node_columns = 0, relationship_columns = 0;
};

constexpr std::size_t hashed_from = offsetof(Header, version);

struct ColumnShape {
    std::uint64_t kind = 0, rows = 0, count = 0;
};

struct Names {
    Flat<char> labels, types, keys;  // each ends with a NUL
};

/// All arrays in the one order in which the table names them.
template <class AnyBase, class AnyNames, class Visit>
void each_array(AnyBase& base, AnyNames& names, Visit visit) {
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
    visit(base.node_days);
    visit(base.relationship_days);
    visit(base.node_slots);
    visit(base.relationship_slots);
    visit(names.labels);
    visit(names.types);
    visit(names.keys);
}

std::size_t aligned(std::size_t size) {
    return (size + alignment - 1) / alignment * alignment;
}

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

/// Whether all of it could be read.
bool read_at(int descriptor, char* bytes, std::size_t size, std::size_t at) {
    while (size > 0) {
        const auto got = ::pread(descriptor, bytes, size, static_cast<off_t>(at));
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        const auto read = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        bytes += read;
        at += read;
        size -= read;
    }
    return true;
}

/// The hash of a file from `hashed_from` on; none if it cannot be read. Four lanes, so that it is
/// as fast as memory; read, not mapped, so that it takes none.
std::optional<std::uint64_t> hash_of(int descriptor, std::size_t size) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::array<std::uint64_t, 4> lanes = {1, 2, 3, 4};
    std::vector<char> block(std::size_t{1} << 20U);
    std::uint64_t hash = 0;
    for (auto at = hashed_from; at < size;) {
        const auto got = std::min(block.size(), size - at);
        if (!read_at(descriptor, block.data(), got, at)) {
            return std::nullopt;
        }
        std::size_t i = 0;
        for (; i + 32 <= got; i += 32) {
            for (std::size_t lane = 0; lane < 4; ++lane) {
                std::uint64_t word = 0;
                std::memcpy(&word, block.data() + i + 8 * lane, 8);
                lanes[lane] = (lanes[lane] ^ word) * odd;
                lanes[lane] ^= lanes[lane] >> 29U;
            }
        }
        at += got;
        hash = stable_hash({block.data() + i, got - i});  // the rest of the last block counts
    }
    for (const auto lane : lanes) {
        hash = (hash ^ lane) * odd;
        hash ^= hash >> 32U;
    }
    return hash;
}

/// The bytes of a file, as long as this lives.
class Stored {
  public:
    Stored(int descriptor, std::size_t size) : size_(size) {
        if (size <= most_read_bytes) {
            // In words, so that all arrays are aligned.
            read_.resize((size + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t));
            auto* bytes = reinterpret_cast<char*>(read_.data());
            bytes_ = read_at(descriptor, bytes, size, 0) ? bytes : nullptr;
            return;
        }
        auto* mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
        bytes_ = mapped == MAP_FAILED ? nullptr : static_cast<const char*>(mapped);
    }
    ~Stored() {
        if (is_mapped()) {
            ::munmap(const_cast<char*>(bytes_), size_);
        }
    }
    Stored(const Stored&) = delete;
    Stored& operator=(const Stored&) = delete;
    /// Null if the file could neither be read nor mapped.
    const char* bytes() const { return bytes_; }
    /// Kernels before 5.14 do not know it: pages come as they are needed then.
    void touch() const {
        if (is_mapped()) {
            (void)::madvise(const_cast<char*>(bytes_), size_, MADV_POPULATE_READ);
        }
    }

  private:
    bool is_mapped() const { return bytes_ != nullptr && read_.empty(); }
    std::size_t size_;
    std::vector<std::uint64_t> read_;
    const char* bytes_ = nullptr;
};

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
    header.time_key = number(base.time_key);
    header.node_columns = base.node_columns.size();
    header.relationship_columns = base.relationship_columns.size();
    return header;
}

void sync_folder(const std::filesystem::path& folder) {
    const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY));
    if (file.get() < 0 || ::fsync(file.get()) != 0) {
        fail("syncing '" + folder.string() + "'");
    }
}

bool fits(const Header& header, std::uint64_t store, std::size_t file_bytes) {
    const Header expected;
    return header.magic == expected.magic && header.version == expected.version &&
           header.layout == expected.layout && header.store == store &&
           header.file_bytes == file_bytes;
}

}  // namespace

BaseFile::BaseFile(std::filesystem::path path)
    : path_(std::move(path)), temporary_(path_), end_(aligned(sizeof(Header))) {
    temporary_ += ".new";
    descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor_ < 0) {
        fail("making '" + temporary_.string() + "'");
    }
}

BaseFile::~BaseFile() {
    ::close(descriptor_);
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);  // finished, it has another name by now
}

void BaseFile::put(std::uint64_t at, const void* values, std::size_t bytes) const {
    const auto* from = static_cast<const char*>(values);
    while (bytes > 0) {
        const auto written = ::pwrite(descriptor_, from, bytes, static_cast<off_t>(at));
        if (written < 0 && errno != EINTR) {
            fail("writing '" + temporary_.string() + "'");
        }
        const auto done = static_cast<std::size_t>(std::max<ssize_t>(written, 0));
        from += done;
        at += done;
        bytes -= done;
    }
}

BaseFile::Part BaseFile::append(const void* values, std::size_t bytes) {
    const Part part{end_, bytes};
    put(part.begin, values, bytes);
    end_ = aligned(end_ + bytes);
    return part;
}

void BaseFile::write(const void* array, const void* values, std::size_t bytes) {
    written_[array] = append(values, bytes);
}

void BaseFile::finish(const Base& base, const SnapshotData& data, std::uint64_t store) {
    const Names names{joined(*data.labels), joined(*data.types), joined(*data.keys)};
    std::vector<Part> table;
    each_array(base, names, [&](const auto& array) {
        if (!written_.contains(&array)) {
            write(array);
        }
        table.push_back(written_.at(&array));
    });
    const auto shapes = shapes_of(base);
    auto header = header_of(base, store);
    header.shapes_at = append(shapes.data(), shapes.size() * sizeof(ColumnShape)).begin;
    header.table_at = append(table.data(), table.size() * sizeof(Part)).begin;
    header.file_bytes = end_;
    if (::ftruncate(descriptor_, static_cast<off_t>(end_)) != 0) {
        fail("writing '" + temporary_.string() + "'");
    }
    put(0, &header, sizeof header);
    header.hash = hash_of(descriptor_, header.file_bytes).value_or(0);
    put(0, &header, sizeof header);
    if (::fsync(descriptor_) != 0) {
        fail("syncing '" + temporary_.string() + "'");
    }
    std::filesystem::rename(temporary_, path_);
    sync_folder(path_.parent_path());
}

std::shared_ptr<SnapshotData> open_base(const std::filesystem::path& path, std::uint64_t store,
                                        Pages pages) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    Header header;
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 ||
        static_cast<std::size_t>(status.st_size) < sizeof(Header) ||
        !read_at(file.get(), reinterpret_cast<char*>(&header), sizeof header, 0) ||
        !fits(header, store, static_cast<std::size_t>(status.st_size)) ||
        hash_of(file.get(), header.file_bytes) != header.hash) {
        return nullptr;
    }
    const auto stored = std::make_shared<const Stored>(file.get(), header.file_bytes);
    if (stored->bytes() == nullptr) {
        return nullptr;
    }
    if (pages == Pages::at_once) {
        stored->touch();
    }
    // The hash holds, so what follows is what was written.
    const auto base = std::make_shared<Base>();
    base->revision = Revision{header.revision};
    base->alive_nodes = header.alive_nodes;
    base->alive_relationships = header.alive_relationships;
    base->id_key = PropertyKeyId{static_cast<std::uint32_t>(header.id_key)};
    base->time_key = PropertyKeyId{static_cast<std::uint32_t>(header.time_key)};
    base->node_columns.resize(header.node_columns);
    base->relationship_columns.resize(header.relationship_columns);
    const auto* shape = reinterpret_cast<const ColumnShape*>(stored->bytes() + header.shapes_at);
    for (auto* columns : {&base->node_columns, &base->relationship_columns}) {
        for (auto& column : *columns) {
            column.kind = static_cast<ValueKind>(shape->kind);
            column.rows = shape->rows;
            column.count = shape->count;
            ++shape;
        }
    }
    const auto* table = reinterpret_cast<const std::uint64_t*>(stored->bytes() + header.table_at);
    Names names;
    each_array(*base, names, [&]<class T>(Flat<T>& array) {
        array = Flat(std::span(reinterpret_cast<const T*>(stored->bytes() + table[0]),
                               table[1] / sizeof(T)));
        table += 2;
    });
    base->storage = stored;
    auto data = SnapshotData::settled(base);
    data->labels = parted(names.labels);
    data->types = parted(names.types);
    data->keys = parted(names.keys);
    return data;
}

}  // namespace khom::graph
