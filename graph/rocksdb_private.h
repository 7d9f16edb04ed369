#pragma once

// The open RocksDB, its column families and its keys; the only header that names the library.

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include "graph/failure.h"

namespace khom::graph {

/// A kind of record. Nodes and relationships lie in families of a generation: a bulk load makes the
/// next.
enum class Family { meta, nodes, relationships, redirects, log };

std::string family_name(Family family, std::uint64_t generation);
std::string big_endian(std::uint64_t value);
std::uint64_t from_big_endian(std::string_view bytes);
std::string fixed(std::uint64_t value);
std::uint64_t from_fixed(const std::string& bytes);
void require(const rocksdb::Status& status, const char* task);
inline rocksdb::Slice slice(const std::string& text) {
    return {text.data(), text.size()};
}
inline std::string_view view(const rocksdb::Slice& slice) {
    return {slice.data(), slice.size()};
}

class Database {
  public:
    /// Opens or makes the database in `path`, drops what was loaded but never committed.
    /// Refuses: locked, unsupported. Throws: Fault on damage.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, bool create);
    /// Opens it for reading only, whether or not a process holds it, as it stands now. `scratch` is
    /// made for RocksDB's own use. Throws: Fault on damage, and sometimes where the holder writes
    /// meanwhile.
    static std::unique_ptr<Database> beside(const std::filesystem::path& path,
                                            const std::filesystem::path& scratch);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::optional<std::string> get(Family from, const std::string& key) const;
    std::uint64_t number_at(const std::string& meta_key) const;
    /// Calls `visit(key, value)` for each record of a family from `begin` on, until it returns
    /// false.
    template <class Visit>
    void each(Family from, const std::string& begin, Visit visit) const {
        const std::shared_lock lock(reopening_);
        auto* family = handle(from);
        const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(all_at_once(), family));
        for (at->Seek(slice(begin)); at->Valid(); at->Next()) {
            if (!visit(view(at->key()), view(at->value()))) {
                break;
            }
        }
        require(at->status(), "reading the store");
    }

    void put(rocksdb::WriteBatch& writes, Family family, const std::string& key,
             const std::string& value) const;
    void drop(rocksdb::WriteBatch& writes, Family family, const std::string& key) const;
    void drop_range(rocksdb::WriteBatch& writes, Family family, const std::string& begin,
                    const std::string& end) const;
    /// One synced write, whole or not at all; false if the disk refuses. What a refused write may
    /// have left behind is only settled by `reopen`.
    bool write(rocksdb::WriteBatch& writes);
    bool needs_reopening() const { return needs_reopening_; }
    /// `storage_unavailable`, with what the disk said when it last refused a write.
    Refusal refusal() const;
    /// Closes and opens, once the disk takes writes again; false if it does not yet.
    bool reopen();

    /// The folder for files on their way in; emptied at opening.
    std::filesystem::path loading_folder() const { return path_ / "loading"; }
    /// Takes sorted files into the families of the next generation, and makes it the current one
    /// together with `record`, in one synced write. False if the disk refuses.
    bool take_in(const std::vector<std::string>& node_files,
                 const std::vector<std::string>& relationship_files, rocksdb::WriteBatch& record);
    static rocksdb::Options file_options();

  private:
    explicit Database(std::filesystem::path path) : path_(std::move(path)) {}
    Result<void> open_families(bool create);
    Result<void> settle_format();
    void make_missing_families();
    void drop_other_generations();
    void close();
    bool disk_takes_writes();
    rocksdb::ColumnFamilyHandle* handle(Family family) const;
    static rocksdb::ReadOptions all_at_once();

    std::filesystem::path path_;
    mutable std::shared_mutex reopening_;
    std::unique_ptr<rocksdb::DB> db_;
    std::map<std::string, rocksdb::ColumnFamilyHandle*> handles_;
    std::uint64_t generation_ = 0;
    bool needs_reopening_ = false;
    bool is_full_ = false;  // the disk, when it last refused a write
};

}  // namespace khom::graph
