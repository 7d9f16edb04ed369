// The graph on disk, format 1: one RocksDB with a column family for each kind of record.
//
//     default        "format" → "1" · "revision" → u64 · "node_limit", "relationship_limit" → u64
//     nodes          big-endian u64 id → node               (codec.cpp)
//     relationships  big-endian u64 id → relationship
//     redirects      public id → public id
//     log            big-endian u64 revision → log entry
//
// A commit is one synced WriteBatch over all of them. Reading back at start fills a snapshot;
// nothing is read from disk afterwards but the log.

#include <array>
#include <cstring>
#include <utility>

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include "graph/codec.h"
#include "graph/graph_builder.h"
#include "graph/store_private.h"

namespace khom::graph {

namespace {

constexpr const char* format = "1";
enum Family : std::size_t { meta, nodes, relationships, redirects, changes, family_count };
constexpr std::array<const char*, family_count> family_names = {"default", "nodes", "relationships",
                                                                "redirects", "log"};

std::string big_endian(std::uint64_t value) {
    std::string bytes(8, '\0');
    for (std::size_t i = 8; i-- > 0; value >>= 8U) {
        bytes[i] = static_cast<char>(value & 0xFFU);
    }
    return bytes;
}

std::string fixed(std::uint64_t value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

std::uint64_t from_fixed(const std::string& bytes) {
    std::uint64_t value = 0;
    if (bytes.size() != sizeof value) {
        throw Fault("the store's own numbers are damaged");
    }
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

void require(const rocksdb::Status& status, const char* task) {
    if (!status.ok()) {
        throw Fault(std::string(task) + ": " + status.ToString());
    }
}

rocksdb::Slice slice(const std::string& text) {
    return {text.data(), text.size()};
}

std::string_view view(const rocksdb::Slice& slice) {
    return {slice.data(), slice.size()};
}

/// The open database; closes its handles before itself.
class Database {
  public:
    Database(std::unique_ptr<rocksdb::DB> db, std::vector<rocksdb::ColumnFamilyHandle*> handles)
        : db_(std::move(db)), handles_(std::move(handles)) {}
    ~Database() {
        for (auto* handle : handles_) {
            db_->DestroyColumnFamilyHandle(handle);
        }
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    rocksdb::DB& db() const { return *db_; }
    rocksdb::ColumnFamilyHandle* family(Family family) const { return handles_.at(family); }
    std::optional<std::string> get(Family from, const std::string& key) const {
        std::string value;
        const auto status = db_->Get({}, family(from), slice(key), &value);
        if (status.IsNotFound()) {
            return std::nullopt;
        }
        require(status, "reading the store");
        return value;
    }
    /// Calls `visit(key, value)` for each record of a family from `begin` on, until it returns
    /// false.
    template <class Visit>
    void each(Family from, const std::string& begin, Visit visit) const {
        const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator({}, family(from)));
        for (at->Seek(slice(begin)); at->Valid(); at->Next()) {
            if (!visit(view(at->key()), view(at->value()))) {
                break;
            }
        }
        require(at->status(), "reading the store");
    }

  private:
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

class DiskLog : public Log {
  public:
    explicit DiskLog(const Database& database) : database_(&database) {}
    Result<std::vector<LogEntry>> read(Revision after, std::size_t limit) const override {
        std::vector<LogEntry> found;
        database_->each(changes, big_endian(number(after) + 1),
                        [&](std::string_view, std::string_view bytes) {
                            if (found.size() == limit) {
                                return false;
                            }
                            found.push_back(decode_log_entry(bytes));
                            return true;
                        });
        return found;
    }

  private:
    const Database* database_;
};

class DiskStore : public PublishingStore {
  public:
    DiskStore(StoreOptions options, std::unique_ptr<Database> database)
        : PublishingStore(std::move(options)), database_(std::move(database)), log_(*database_) {}

    ~DiskStore() override { stop_rebuilding(); }

    const ChangeLog& log() const override { return log_; }

    /// Fills the snapshot from disk.
    void read_back() {
        const auto number_at = [&](const char* key) {
            const auto bytes = database_->get(meta, key);
            return bytes ? from_fixed(*bytes) : 0;
        };
        GraphBuilder builder;
        database_->each(nodes, "", [&](std::string_view, std::string_view bytes) {
            builder.add(decode_node(bytes));
            return true;
        });
        database_->each(relationships, "", [&](std::string_view, std::string_view bytes) {
            builder.add(decode_relationship(bytes));
            return true;
        });
        const auto data = builder.finish(static_cast<std::size_t>(number_at("node_limit")),
                                         static_cast<std::size_t>(number_at("relationship_limit")),
                                         Revision{number_at("revision")});
        database_->each(redirects, "", [&](std::string_view from, std::string_view into) {
            data->redirects->emplace(from, into);
            return true;
        });
        start_with(data);
    }

    Result<void> trim_log(Revision) override { return {}; }

  protected:
    Result<void> keep(Group group) override {
        rocksdb::WriteBatch writes;
        for (const auto& one : group) {
            add(writes, *one);
        }
        const auto& after = *group.back()->after;
        put(writes, meta, "revision", fixed(number(after.revision())));
        put(writes, meta, "node_limit", fixed(after.node_id_limit()));
        put(writes, meta, "relationship_limit", fixed(after.relationship_id_limit()));
        rocksdb::WriteOptions synced;
        synced.sync = true;
        if (const auto status = database_->db().Write(synced, &writes); !status.ok()) {
            return refuse(RefusalCode::storage_unavailable,
                          "The disk refuses writes; nothing was changed.");
        }
        return {};
    }
    Log& own_log() override { return log_; }

  private:
    void put(rocksdb::WriteBatch& writes, Family family, const std::string& key,
             const std::string& value) const {
        require(writes.Put(database_->family(family), slice(key), slice(value)),
                "building a write");
    }
    template <class Image>
    void put_or_drop(rocksdb::WriteBatch& writes, Family family, std::uint64_t id,
                     const std::optional<Image>& image) const {
        if (image) {
            put(writes, family, big_endian(id), encode(*image));
        } else {
            require(writes.Delete(database_->family(family), slice(big_endian(id))),
                    "building a write");
        }
    }
    void add(rocksdb::WriteBatch& writes, const Pending& one) const {
        for (const auto& change : one.entry.batch.nodes) {
            put_or_drop(writes, nodes, number(change.id), change.after);
        }
        for (const auto& change : one.entry.batch.relationships) {
            put_or_drop(writes, relationships, number(change.id), change.after);
        }
        for (const auto& redirect : one.entry.batch.redirects) {
            put(writes, redirects, redirect.from, redirect.into);
        }
        put(writes, changes, big_endian(number(one.entry.revision)), encode(one.entry));
    }

    std::unique_ptr<Database> database_;
    DiskLog log_;
};

Result<std::unique_ptr<Database>> open_database(const std::filesystem::path& path, bool create) {
    rocksdb::DBOptions options;
    options.create_if_missing = create;
    options.create_missing_column_families = create;
    options.keep_log_file_num = 2;
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const auto* name : family_names) {
        families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    }
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    const auto status = rocksdb::DB::Open(options, path.string(), families, &handles, &db);
    if (status.ok()) {
        return std::make_unique<Database>(std::unique_ptr<rocksdb::DB>(db), std::move(handles));
    }
    const auto words = status.ToString();
    if (words.find("lock") != std::string::npos) {
        return refuse(RefusalCode::locked,
                      "'" + path.string() +
                          "' is in use by another khom process; end it, or ask it over HTTP.");
    }
    throw Fault("opening '" + path.string() + "': " + words);
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& path,
                                           StoreOptions options) {
    std::error_code error;
    const bool exists = std::filesystem::exists(path / "CURRENT", error);
    if (!exists && !options.create_if_missing) {
        return refuse(RefusalCode::entity_not_found,
                      "There is no store in '" + path.string() + "'.");
    }
    auto database = open_database(path, !exists);
    if (!database) {
        return tl::unexpected(database.error());
    }
    const auto found = (*database)->get(meta, "format");
    if (!found) {
        require((*database)->db().Put({}, (*database)->family(meta), "format", format),
                "writing the format");
    } else if (*found != format) {
        return refuse(RefusalCode::unsupported, "'" + path.string() + "' has format " + *found +
                                                    "; this khom knows " + format + ".");
    }
    auto store = std::make_unique<DiskStore>(std::move(options), std::move(*database));
    store->read_back();
    return store;
}

}  // namespace khom::graph
