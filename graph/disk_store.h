#pragma once

#include "graph/bulk_load.h"
#include "graph/rocksdb_private.h"
#include "graph/store_private.h"
#include "graph/witness.h"

namespace khom::graph {

class DiskLog : public Log {
  public:
    explicit DiskLog(const Database& database) : database_(&database) {}
    Result<std::vector<LogEntry>> read(Revision after, std::size_t limit) const override;

  private:
    const Database* database_;
};

/// The store on disk. What a commit writes stands in database.cpp.
class DiskStore : public PublishingStore {
  public:
    DiskStore(StoreOptions options, std::unique_ptr<Database> database);
    ~DiskStore() override;

    /// Makes the snapshot: from the base's file and the log after it, or else from all records.
    /// Throws: Fault on damage.
    void read_back();

    const ChangeLog& log() const override { return log_; }
    Result<void> trim_log(Revision last) override;
    Result<std::unique_ptr<BulkLoad>> bulk_load() override;
    std::vector<std::string> find_damage() override;

    /// Makes a loaded graph the next revision (bulk_load.cpp).
    Result<Commit> take_in(const std::vector<std::string>& node_files,
                           const std::vector<std::string>& relationship_files,
                           std::shared_ptr<SnapshotData> loaded);
    /// The worst that the rules have against a new node by itself.
    std::optional<Refusal> broken_by(const Node& node) const;
    Database& database() { return *database_; }
    /// The number drawn when the store was made.
    std::uint64_t number_drawn() const { return database_->number_at("store"); }

  protected:
    Result<void> keep(Group group) override;
    std::shared_ptr<const Base> settle(const SnapshotData& data) override;
    Log& own_log() override { return log_; }

  private:
    std::filesystem::path base_path() const { return database_->path() / "snapshot.base"; }
    std::shared_ptr<const Base> placed(std::shared_ptr<const Base> base,
                                       const SnapshotData& data) const;
    std::shared_ptr<SnapshotData> from_base() const;
    std::shared_ptr<SnapshotData> from_records() const;
    void check_log() const;
    void check_counts(const SnapshotData& data) const;
    void add(rocksdb::WriteBatch& writes, const Pending& one) const;
    void add_numbers(rocksdb::WriteBatch& writes, const Snapshot& after) const;
    void undo_beyond(Revision kept);
    bool ready();
    Revision trim_if_long(rocksdb::WriteBatch& writes, Revision newest) const;

    std::unique_ptr<Database> database_;
    DiskLog log_;
    Witness witness_;
};

}  // namespace khom::graph
