// A load writes records as sorted files and fills a base at the same time; committing takes the
// files in and maps the base. Killed before that, the next opening throws away what it finds.

#include "graph/bulk_load.h"

#include <algorithm>
#include <utility>

#include <rocksdb/sst_file_writer.h>

#include "graph/batch.h"
#include "graph/codec.h"
#include "graph/disk_store.h"
#include "graph/draft_private.h"
#include "graph/graph_builder.h"

namespace khom::graph {

namespace {

/// Records in rising order of key, in files of bounded size.
class SortedFiles {
  public:
    SortedFiles(std::filesystem::path folder, std::string name)
        : folder_(std::move(folder)), name_(std::move(name)) {}

    bool add(std::uint64_t id, const std::string& record) {
        if (writer_ != nullptr && writer_->FileSize() > most_bytes && !finish()) {
            return false;
        }
        if (writer_ == nullptr) {
            paths_.push_back(
                (folder_ / (name_ + "-" + std::to_string(paths_.size()) + ".sst")).string());
            writer_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(),
                                                               Database::file_options());
            if (!writer_->Open(paths_.back()).ok()) {
                return false;
            }
        }
        return writer_->Put(slice(big_endian(id)), slice(record)).ok();
    }
    bool finish() {
        const auto writer = std::exchange(writer_, nullptr);
        return writer == nullptr || writer->Finish().ok();
    }
    const std::vector<std::string>& paths() const { return paths_; }

  private:
    static constexpr std::uint64_t most_bytes = std::uint64_t{128} << 20U;
    std::filesystem::path folder_;
    std::string name_;
    std::vector<std::string> paths_;
    std::unique_ptr<rocksdb::SstFileWriter> writer_;
};

class DiskLoad : public BulkLoad {
  public:
    explicit DiskLoad(DiskStore& store)
        : store_(store),
          nodes_(store.database().loading_folder(), "nodes"),
          relationships_(store.database().loading_folder(), "relationships") {}
    ~DiskLoad() override {
        std::error_code ignored;
        std::filesystem::remove_all(store_.database().loading_folder(), ignored);
    }

    std::optional<NodeId> find(std::string_view public_id) const override {
        const auto found = builder_.base().find_node(public_id);
        return found ? std::optional(NodeId{*found}) : std::nullopt;
    }
    std::optional<RelationshipId> find_relationship(std::string_view public_id) const override {
        const auto found = builder_.base().find_relationship(public_id);
        return found ? std::optional(RelationshipId{*found}) : std::nullopt;
    }
    Result<NodeId> add_node(const std::vector<std::string>& labels, const Map& properties) override;
    Result<RelationshipId> add_relationship(NodeId from, std::string_view type, NodeId to,
                                            const Map& properties) override;
    Result<Commit> commit(const Authorship& by) override;

  private:
    template <class IsTaken>
    static Result<void> check_all(const Map& properties, IsTaken is_taken);
    static tl::unexpected<Refusal> disk_refuses() {
        return refuse(RefusalCode::storage_unavailable,
                      "The disk refuses writes; nothing was changed.");
    }

    DiskStore& store_;
    SortedFiles nodes_, relationships_;
    GraphBuilder builder_;
};

template <class IsTaken>
Result<void> DiskLoad::check_all(const Map& properties, IsTaken is_taken) {
    for (const auto& [key, value] : properties) {
        if (auto storable = check_storable(key, value); !storable) {
            return storable;
        }
    }
    const auto id = properties.find(public_id_key);
    if (id == properties.end() || id->second.is_null()) {
        return {};
    }
    if (!id->second.is(ValueKind::string)) {
        return refuse(RefusalCode::type_error, "The id of a loaded entity is a text.");
    }
    if (is_taken(id->second.string())) {
        return refuse_taken(id->second.string());
    }
    return {};
}

Result<NodeId> DiskLoad::add_node(const std::vector<std::string>& labels, const Map& properties) {
    const NodeId id{builder_.base().node_limit()};
    if (auto good = check_all(properties, [&](std::string_view text) { return find(text); });
        !good) {
        return tl::unexpected(std::move(good.error()));
    }
    Node node{id, labels, properties};
    std::sort(node.labels.begin(), node.labels.end());
    node.labels.erase(std::unique(node.labels.begin(), node.labels.end()), node.labels.end());
    std::erase_if(node.properties, [](const auto& entry) { return entry.second.is_null(); });
    if (auto broken = store_.broken_by(node)) {
        return tl::unexpected(std::move(*broken));
    }
    if (!nodes_.add(number(id), encode(node))) {
        return disk_refuses();
    }
    builder_.add(node);
    return id;
}

Result<RelationshipId> DiskLoad::add_relationship(NodeId from, std::string_view type, NodeId to,
                                                  const Map& properties) {
    const RelationshipId id{builder_.base().relationship_limit()};
    if (!builder_.base().has_node(number(from)) || !builder_.base().has_node(number(to))) {
        return refuse_deleted();
    }
    if (auto good =
            check_all(properties, [&](std::string_view text) { return find_relationship(text); });
        !good) {
        return tl::unexpected(std::move(good.error()));
    }
    Relationship one{id, from, std::string(type), to, properties};
    std::erase_if(one.properties, [](const auto& entry) { return entry.second.is_null(); });
    if (!relationships_.add(number(id), encode(one))) {
        return disk_refuses();
    }
    builder_.add(one);
    return id;
}

Result<Commit> DiskLoad::commit(const Authorship&) {
    if (!nodes_.finish() || !relationships_.finish()) {
        return disk_refuses();
    }
    const auto node_limit = builder_.base().node_limit();
    const auto relationship_limit = builder_.base().relationship_limit();
    const Revision next{number(store_.snapshot()->revision()) + 1};
    return store_.take_in(nodes_.paths(), relationships_.paths(),
                          builder_.finish(node_limit, relationship_limit, next));
}

}  // namespace

std::optional<Refusal> DiskStore::broken_by(const Node& node) const {
    static const Snapshot nothing(std::make_shared<const SnapshotData>());
    if (options().rules.empty()) {
        return std::nullopt;
    }
    Batch one;
    one.nodes.push_back({node.id, std::nullopt, node});
    for (const auto& rule : options().rules) {
        if (auto broken = rule->check(one, nothing); !broken.empty()) {
            return std::move(broken.front());
        }
    }
    return std::nullopt;
}

Result<std::unique_ptr<BulkLoad>> DiskStore::bulk_load() {
    if (snapshot()->node_id_limit() > 0) {
        return refuse(RefusalCode::unsupported,
                      "Only an empty store can be loaded in bulk; write batches instead.");
    }
    std::error_code error;
    std::filesystem::create_directories(database_->loading_folder(), error);
    if (error) {
        return refuse(RefusalCode::storage_unavailable,
                      "The disk refuses writes; nothing was changed.");
    }
    return std::make_unique<DiskLoad>(*this);
}

Result<Commit> DiskStore::take_in(const std::vector<std::string>& node_files,
                                  const std::vector<std::string>& relationship_files,
                                  std::shared_ptr<SnapshotData> loaded) {
    return alone([&]() -> Result<Commit> {
        if (snapshot()->node_id_limit() > 0 ||
            number(loaded->revision) != number(snapshot()->revision()) + 1) {
            return refuse(RefusalCode::conflict, "Somebody else wrote while the data was loaded.");
        }
        loaded->redirects = snapshot()->data()->redirects;
        const auto after = std::make_shared<const Snapshot>(loaded);
        rocksdb::WriteBatch record;
        bool taken = ready();
        if (taken) {
            add_numbers(record, *after);
            const auto first_kept = number(loaded->revision) + 1;
            database_->drop_range(record, Family::log, big_endian(0), big_endian(first_kept));
            database_->put(record, Family::meta, "first_kept", fixed(first_kept));
            taken = database_->take_in(node_files, relationship_files, record);
        }
        if (!taken) {
            return refuse(RefusalCode::storage_unavailable,
                          "The disk refuses writes; nothing was changed.");
        }
        witness_.note(number(loaded->revision));
        log_.forget_before(Revision{number(loaded->revision) + 1});
        auto mapped = rebased(*loaded, *loaded, placed(loaded->base, *loaded));
        const Commit done{loaded->revision, true};
        loaded.reset();
        replace_head(std::move(mapped));
        return done;
    });
}

}  // namespace khom::graph
