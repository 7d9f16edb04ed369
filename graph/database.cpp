// The open RocksDB. What lies in it stands in format.cpp.

#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <mutex>
#include <sstream>
#include <utility>

#include "graph/rocksdb_private.h"

namespace khom::graph {

namespace {

/// "process 1234 (khom serve)", from the lock that the process holds; empty if it cannot be known.
std::string holder_of(const std::filesystem::path& lock) {
    struct stat status {};
    if (::stat(lock.c_str(), &status) != 0) {
        return {};
    }
    std::ifstream locks("/proc/locks");
    const auto inode = ":" + std::to_string(status.st_ino) + " ";
    for (std::string line; std::getline(locks, line);) {
        if (line.find(inode) == std::string::npos) {
            continue;
        }
        // "1: POSIX  ADVISORY  WRITE 1234 fe:00:5678 0 EOF"
        std::istringstream words(line);
        std::string skip, process;
        words >> skip >> skip >> skip >> skip >> process;
        std::string command;
        std::getline(std::ifstream("/proc/" + process + "/cmdline"), command);
        for (auto& letter : command) {
            letter = letter == '\0' ? ' ' : letter;
        }
        return "process " + process + (command.empty() ? "" : " (" + command + ")");
    }
    return {};
}

Refusal locked(const std::filesystem::path& path) {
    const auto holder = holder_of(path / "LOCK");
    return {RefusalCode::locked,
            "'" + path.string() + "' is in use by " +
                (holder.empty() ? "another khom process" : holder) +
                "; end it, or ask it over HTTP ('khom backup' works beside it).",
            {},
            {},
            {}};
}

/// RocksDB's own log file ends the process when the disk is full (7.8 asserts at the write after a
/// failed one), so there is none.
class NoLog : public rocksdb::Logger {
  public:
    using rocksdb::Logger::Logv;
    void Logv(const char*, va_list) override {}
};

rocksdb::DBOptions database_options(bool create) {
    rocksdb::DBOptions options;
    options.info_log = std::make_shared<NoLog>();
    options.create_if_missing = create;
    options.create_missing_column_families = true;
    options.max_background_jobs = 2;
    // What a loss of power left of a write that was never acknowledged may be anything; reading
    // ends before it. That nothing which was acknowledged lies behind, the witness tells.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    options.track_and_verify_wals_in_manifest = true;
    return options;
}

}  // namespace

std::string big_endian(std::uint64_t value) {
    std::string bytes(8, '\0');
    for (std::size_t i = 8; i-- > 0; value >>= 8U) {
        bytes[i] = static_cast<char>(value & 0xFFU);
    }
    return bytes;
}

std::uint64_t from_big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const auto byte : bytes.substr(0, 8)) {
        value = value << 8U | static_cast<unsigned char>(byte);
    }
    return value;
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

rocksdb::Options Database::file_options() {
    rocksdb::Options options;
    options.compression = rocksdb::kLZ4Compression;
    return options;
}

rocksdb::ReadOptions Database::all_at_once() {
    rocksdb::ReadOptions options;
    options.readahead_size = std::size_t{2} << 20U;
    options.fill_cache = false;
    return options;
}

Database::~Database() {
    close();
}

/// Everything goes into checked files first: the log that a process leaves behind can be cut short
/// without anybody seeing it.
void Database::close() {
    if (db_ != nullptr && !needs_reopening_) {
        std::vector<rocksdb::ColumnFamilyHandle*> all;
        for (const auto& [name, handle] : handles_) {
            all.push_back(handle);
        }
        (void)db_->Flush({}, all);  // what is not flushed now stands in the log
    }
    for (const auto& [name, handle] : std::exchange(handles_, {})) {
        db_->DestroyColumnFamilyHandle(handle);
    }
    db_.reset();
}

rocksdb::ColumnFamilyHandle* Database::handle(Family family) const {
    if (db_ == nullptr) {
        throw Fault("'" + path_.string() + "' could not be opened again after a failed write");
    }
    return handles_.at(family_name(family, generation_));
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, bool create) {
    std::unique_ptr<Database> database(new Database(path));
    if (auto opened = database->open_families(create); !opened) {
        return tl::unexpected(std::move(opened.error()));
    }
    std::error_code ignored;
    std::filesystem::remove_all(database->loading_folder(), ignored);
    return database;
}

std::unique_ptr<Database> Database::beside(const std::filesystem::path& path,
                                           const std::filesystem::path& scratch) {
    std::unique_ptr<Database> database(new Database(path));
    auto options = database_options(false);
    options.create_missing_column_families = false;
    options.max_open_files = -1;  // files stay readable that the holder removes
    const auto task = "reading '" + path.string() + "'";
    std::vector<std::string> names;
    require(rocksdb::DB::ListColumnFamilies(options, path.string(), &names), task.c_str());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    families.reserve(names.size());
    for (const auto& name : names) {
        families.emplace_back(name, file_options());
    }
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    require(rocksdb::DB::OpenAsSecondary(options, path.string(), scratch.string(), families,
                                         &handles, &db),
            task.c_str());
    database->db_.reset(db);
    for (std::size_t i = 0; i < names.size(); ++i) {
        database->handles_.emplace(names[i], handles[i]);
    }
    require(db->TryCatchUpWithPrimary(), task.c_str());
    database->generation_ = database->number_at("generation");
    return database;
}

/// All families that are there, and those that must be; then those of other generations go.
Result<void> Database::open_families(bool create) {
    const auto options = database_options(create);
    std::vector<std::string> names;
    if (!create) {
        require(rocksdb::DB::ListColumnFamilies(options, path_.string(), &names),
                ("opening '" + path_.string() + "'").c_str());
    }
    for (const auto family :
         {Family::meta, Family::nodes, Family::relationships, Family::redirects, Family::log}) {
        const auto name = family_name(family, 0);
        const bool moved_on =
            !create && (family == Family::nodes || family == Family::relationships);
        if (!moved_on && std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
    }
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    families.reserve(names.size());
    for (const auto& name : names) {
        families.emplace_back(name, file_options());
    }
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    const auto status = rocksdb::DB::Open(options, path_.string(), families, &handles, &db);
    if (!status.ok()) {
        if (status.IsIOError() && status.ToString().find("lock") != std::string::npos) {
            return tl::unexpected(locked(path_));
        }
        throw Fault("opening '" + path_.string() + "': " + status.ToString());
    }
    db_.reset(db);
    for (std::size_t i = 0; i < names.size(); ++i) {
        handles_.emplace(names[i], handles[i]);
    }
    return settle_format().map([&] { drop_other_generations(); });
}

/// What was loaded but not committed, and what a committed load took the place of.
void Database::drop_other_generations() {
    generation_ = number_at("generation");
    for (auto at = handles_.begin(); at != handles_.end();) {
        const bool is_of_a_generation =
            at->first.starts_with("nodes") || at->first.starts_with("relationships");
        if (is_of_a_generation && at->first != family_name(Family::nodes, generation_) &&
            at->first != family_name(Family::relationships, generation_)) {
            require(db_->DropColumnFamily(at->second), "dropping what was not committed");
            db_->DestroyColumnFamilyHandle(at->second);
            at = handles_.erase(at);
        } else {
            ++at;
        }
    }
    for (const auto family : {Family::nodes, Family::relationships}) {
        if (!handles_.contains(family_name(family, generation_))) {
            throw Fault("'" + path_.string() + "' lacks its records: family '" +
                        family_name(family, generation_) + "' is not there");
        }
    }
}

std::optional<std::string> Database::get(Family from, const std::string& key) const {
    const std::shared_lock lock(reopening_);
    std::string value;
    const auto status = db_->Get({}, handle(from), slice(key), &value);
    if (status.IsNotFound()) {
        return std::nullopt;
    }
    require(status, "reading the store");
    return value;
}

std::uint64_t Database::number_at(const std::string& meta_key) const {
    const auto bytes = get(Family::meta, meta_key);
    return bytes ? from_fixed(*bytes) : 0;
}

void Database::put(rocksdb::WriteBatch& writes, Family family, const std::string& key,
                   const std::string& value) const {
    require(writes.Put(handle(family), slice(key), slice(value)), "building a write");
}

void Database::drop(rocksdb::WriteBatch& writes, Family family, const std::string& key) const {
    require(writes.Delete(handle(family), slice(key)), "building a write");
}

void Database::drop_range(rocksdb::WriteBatch& writes, Family family, const std::string& begin,
                          const std::string& end) const {
    require(writes.DeleteRange(handle(family), slice(begin), slice(end)), "building a write");
}

bool Database::write(rocksdb::WriteBatch& writes) {
    rocksdb::WriteOptions synced;
    synced.sync = true;
    const auto status = db_->Write(synced, &writes);
    needs_reopening_ = !status.ok();
    is_full_ = status.IsNoSpace();
    return status.ok();
}

Refusal Database::refusal() const {
    return {RefusalCode::storage_unavailable,
            is_full_ ? "The disk is full; nothing was changed."
                     : "The disk refuses writes; nothing was changed.",
            {},
            {},
            {}};
}

/// A file as large as what a write needs at once, written and synced.
bool Database::disk_takes_writes() {
    const auto probe = path_ / "probe";
    std::FILE* file = std::fopen(probe.c_str(), "wb");
    if (file == nullptr) {
        is_full_ = errno == ENOSPC;
        return false;
    }
    const std::string bytes(std::size_t{1} << 20U, 'p');
    const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() &&
                         std::fflush(file) == 0 && ::fsync(::fileno(file)) == 0;
    is_full_ = !written && errno == ENOSPC;
    std::fclose(file);
    std::error_code ignored;
    std::filesystem::remove(probe, ignored);
    return written;
}

bool Database::reopen() {
    if (!disk_takes_writes()) {
        return false;
    }
    {
        const std::unique_lock lock(reopening_);
        close();
    }
    const auto opened = open_families(false);  // get() locks by itself
    needs_reopening_ = !opened.has_value();
    return opened.has_value();
}

bool Database::take_in(const std::vector<std::string>& node_files,
                       const std::vector<std::string>& relationship_files,
                       rocksdb::WriteBatch& record) {
    const auto next = generation_ + 1;
    const auto take = [&](Family family, const std::vector<std::string>& files) {
        rocksdb::ColumnFamilyHandle* made = nullptr;
        if (!db_->CreateColumnFamily(file_options(), family_name(family, next), &made).ok()) {
            return false;
        }
        {
            const std::unique_lock lock(reopening_);
            handles_.emplace(family_name(family, next), made);
        }
        rocksdb::IngestExternalFileOptions how;
        how.move_files = true;
        return files.empty() || db_->IngestExternalFile(made, files, how).ok();
    };
    if (!take(Family::nodes, node_files) || !take(Family::relationships, relationship_files)) {
        needs_reopening_ = true;
        return false;
    }
    put(record, Family::meta, "generation", fixed(next));
    if (!write(record)) {
        return false;
    }
    const std::unique_lock lock(reopening_);
    const auto old = std::exchange(generation_, next);
    for (const auto family : {Family::nodes, Family::relationships}) {
        const auto held = handles_.find(family_name(family, old));
        (void)db_->DropColumnFamily(held->second);  // if not now, then at the next opening
        db_->DestroyColumnFamilyHandle(held->second);
        handles_.erase(held);
    }
    return true;
}

}  // namespace khom::graph
