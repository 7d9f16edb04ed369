// The store on disk. A snapshot is made at opening, and follows every commit; what is read from
// disk later is the log, and the file of the base, which is mapped.

#include <algorithm>
#include <utility>

#include "graph/base_file.h"
#include "graph/batch.h"
#include "graph/codec.h"
#include "graph/disk_store.h"
#include "graph/graph_builder.h"

namespace khom::graph {

Result<std::vector<LogEntry>> DiskLog::read(Revision after, std::size_t limit) const {
    return check_kept(after).map([&] {
        std::vector<LogEntry> found;
        const auto newest = last();
        database_->each(Family::log, big_endian(number(after) + 1),
                        [&](std::string_view key, std::string_view bytes) {
                            if (found.size() == limit || from_big_endian(key) > number(newest)) {
                                return false;
                            }
                            found.push_back(decode_log_entry(bytes));
                            return true;
                        });
        return found;
    });
}

DiskStore::DiskStore(StoreOptions options, std::unique_ptr<Database> database)
    : PublishingStore(std::move(options)),
      database_(std::move(database)),
      log_(*database_),
      witness_(database_->path()) {}

DiskStore::~DiskStore() {
    stop_rebuilding();
}

/// Revisions without a gap up to the newest that was acknowledged: a hole in the write-ahead log
/// would show here.
void DiskStore::check_log() const {
    const auto newest = database_->number_at("revision");
    if (const auto known = witness_.newest(); known && *known > newest) {
        throw Fault("'" + database_->path().string() + "' stood at revision " +
                    std::to_string(*known) + " and has lost all after " + std::to_string(newest) +
                    "; restore a backup, or remove " + witness_.path().string() +
                    " to go on without them");
    }
    auto expected = std::max<std::uint64_t>(1, database_->number_at("first_kept"));
    constexpr std::uint64_t most_checked = 100'000;
    if (newest > most_checked) {
        expected = std::max(expected, newest - most_checked);
    }
    database_->each(Family::log, big_endian(expected), [&](std::string_view key, std::string_view) {
        if (from_big_endian(key) != expected) {
            throw Fault("the log of '" + database_->path().string() + "' lacks revision " +
                        std::to_string(expected));
        }
        ++expected;
        return true;
    });
    if (expected != newest + 1 && newest + 1 > expected) {
        throw Fault("the log of '" + database_->path().string() + "' ends at revision " +
                    std::to_string(expected - 1) + ", the state at " + std::to_string(newest));
    }
}

/// Null if there is no base's file that the log reaches.
std::shared_ptr<SnapshotData> DiskStore::from_base() const {
    auto data = open_base(base_path(), database_->number_at("store"), Pages::at_once);
    const Revision newest{database_->number_at("revision")};
    if (data == nullptr || data->revision > newest ||
        number(data->revision) + 1 < number(log_.first_kept())) {
        return nullptr;
    }
    database_->each(Family::log, big_endian(number(data->revision) + 1),
                    [&](std::string_view, std::string_view bytes) {
                        const auto entry = decode_log_entry(bytes);
                        apply(*data, entry.batch);
                        data->revision = entry.revision;
                        return true;
                    });
    return data;
}

std::shared_ptr<SnapshotData> DiskStore::from_records() const {
    GraphBuilder builder;
    database_->each(Family::nodes, "", [&](std::string_view, std::string_view bytes) {
        builder.add(decode_node(bytes));
        return true;
    });
    database_->each(Family::relationships, "", [&](std::string_view, std::string_view bytes) {
        builder.add(decode_relationship(bytes));
        return true;
    });
    return builder.finish(static_cast<std::size_t>(database_->number_at("node_limit")),
                          static_cast<std::size_t>(database_->number_at("relationship_limit")),
                          Revision{database_->number_at("revision")});
}

/// As many as there must be: files that are missing whole would show here.
void DiskStore::check_counts(const SnapshotData& data) const {
    const auto check = [&](const char* key, const char* what, std::size_t found) {
        if (const auto kept = database_->get(Family::meta, key);
            kept && from_fixed(*kept) != found) {
            throw Fault("'" + database_->path().string() + "' has " + std::to_string(found) + what +
                        ", and should have " + std::to_string(from_fixed(*kept)) +
                        "; restore a backup");
        }
    };
    check("node_count", " nodes", data.alive_nodes);
    check("relationship_count", " relationships", data.alive_relationships);
}

void DiskStore::read_back() {
    check_log();
    log_.forget_before(Revision{std::max<std::uint64_t>(1, database_->number_at("first_kept"))});
    auto data = from_base();
    const bool is_new = data == nullptr;
    if (is_new) {
        data = from_records();
    }
    check_counts(*data);
    data->redirects = std::make_shared<std::map<std::string, std::string, std::less<>>>();
    database_->each(Family::redirects, "", [&](std::string_view from, std::string_view into) {
        data->redirects->emplace(from, into);
        return true;
    });
    data->node_limit =
        std::max(data->node_limit, static_cast<std::size_t>(database_->number_at("node_limit")));
    data->relationship_limit =
        std::max(data->relationship_limit,
                 static_cast<std::size_t>(database_->number_at("relationship_limit")));
    if (is_new && data->node_limit + data->relationship_limit >= options().rebuild_after) {
        auto again = SnapshotData::settled(placed(data->base, *data));
        again->labels = data->labels;
        again->types = data->types;
        again->keys = data->keys;
        again->redirects = data->redirects;
        data = std::move(again);
    }
    start_with(std::move(data));
}

/// A base that was made on the heap, moved to its file; its pages come as they are needed, since
/// the heap holds as much until it is let go.
std::shared_ptr<const Base> DiskStore::placed(std::shared_ptr<const Base> base,
                                              const SnapshotData& data) const {
    const auto store = database_->number_at("store");
    try {
        BaseFile file(base_path());
        file.finish(*base, data, store);
    } catch (const std::exception&) {
        return base;  // the heap serves as well; the next opening takes longer
    }
    const auto opened = open_base(base_path(), store, Pages::as_needed);
    return opened != nullptr ? opened->base : base;
}

std::shared_ptr<const Base> DiskStore::settle(const SnapshotData& data) {
    const auto store = database_->number_at("store");
    BaseFile file(base_path());
    file.finish(*rebuilt(data, {options().rebuild_memory_bytes, &file}), data, store);
    const auto opened = open_base(base_path(), store, Pages::at_once);
    if (opened == nullptr) {
        throw Fault("'" + base_path().string() + "' was written and cannot be read");
    }
    return opened->base;
}

void DiskStore::add_numbers(rocksdb::WriteBatch& writes, const Snapshot& after) const {
    const auto put = [&](const char* key, std::uint64_t value) {
        database_->put(writes, Family::meta, key, fixed(value));
    };
    put("revision", number(after.revision()));
    put("node_count", after.node_count());
    put("relationship_count", after.relationship_count());
    put("node_limit", after.node_id_limit());
    put("relationship_limit", after.relationship_id_limit());
}

void DiskStore::add(rocksdb::WriteBatch& writes, const Pending& one) const {
    const auto put_or_drop = [&](Family family, std::uint64_t id, const auto& image) {
        if (image) {
            database_->put(writes, family, big_endian(id), encode(*image));
        } else {
            database_->drop(writes, family, big_endian(id));
        }
    };
    for (const auto& change : one.entry.batch.nodes) {
        put_or_drop(Family::nodes, number(change.id), change.after);
    }
    for (const auto& change : one.entry.batch.relationships) {
        put_or_drop(Family::relationships, number(change.id), change.after);
    }
    for (const auto& redirect : one.entry.batch.redirects) {
        if (redirect.into.empty()) {
            database_->drop(writes, Family::redirects, redirect.from);
        } else {
            database_->put(writes, Family::redirects, redirect.from, redirect.into);
        }
    }
    database_->put(writes, Family::log, big_endian(number(one.entry.revision)), encode(one.entry));
}

/// Whether the database takes writes; opens it again after one failed.
bool DiskStore::ready() {
    if (!database_->needs_reopening()) {
        return true;
    }
    if (!database_->reopen()) {
        return false;
    }
    undo_beyond(snapshot()->revision());
    return !database_->needs_reopening();
}

/// A refused write may have reached the disk all the same; it was never published, so it goes.
void DiskStore::undo_beyond(Revision kept) {
    std::vector<LogEntry> surplus;
    database_->each(Family::log, big_endian(number(kept) + 1),
                    [&](std::string_view, std::string_view bytes) {
                        surplus.push_back(decode_log_entry(bytes));
                        return true;
                    });
    if (surplus.empty()) {
        return;
    }
    rocksdb::WriteBatch writes;
    const auto restore = [&](Family family, std::uint64_t id, const auto& image) {
        if (image) {
            database_->put(writes, family, big_endian(id), encode(*image));
        } else {
            database_->drop(writes, family, big_endian(id));
        }
    };
    for (auto entry = surplus.rbegin(); entry != surplus.rend(); ++entry) {
        for (const auto& change : entry->batch.nodes) {
            restore(Family::nodes, number(change.id), change.before);
        }
        for (const auto& change : entry->batch.relationships) {
            restore(Family::relationships, number(change.id), change.before);
        }
        for (const auto& redirect : entry->batch.redirects) {
            const auto now = snapshot()->data()->redirects;
            const auto before = now->find(redirect.from);
            if (before == now->end()) {
                database_->drop(writes, Family::redirects, redirect.from);
            } else {
                database_->put(writes, Family::redirects, redirect.from, before->second);
            }
        }
        database_->drop(writes, Family::log, big_endian(number(entry->revision)));
    }
    add_numbers(writes, *snapshot());
    (void)database_->write(writes);
}

Result<void> DiskStore::keep(Group group) {
    if (!ready()) {
        return tl::unexpected(database_->refusal());
    }
    rocksdb::WriteBatch writes;
    for (const auto& one : group) {
        add(writes, *one);
    }
    const auto& after = *group.back()->after;
    add_numbers(writes, after);
    const auto first_kept = trim_if_long(writes, after.revision());
    if (!database_->write(writes)) {
        return tl::unexpected(database_->refusal());
    }
    witness_.note(number(after.revision()));
    log_.forget_before(first_kept);
    return {};
}

/// Keeps between one and two times what the options ask for, so that it is rare.
Revision DiskStore::trim_if_long(rocksdb::WriteBatch& writes, Revision newest) const {
    const auto most = options().keep_entries;
    const auto first = number(log_.first_kept());
    if (most > number(newest) || number(newest) < first + 2 * most) {
        return Revision{first};
    }
    const auto next_first = number(newest) + 1 - most;
    database_->drop_range(writes, Family::log, big_endian(first), big_endian(next_first));
    database_->put(writes, Family::meta, "first_kept", fixed(next_first));
    return Revision{next_first};
}

Result<void> DiskStore::trim_log(Revision last) {
    return alone([&]() -> Result<void> {
        const auto first = number(log_.first_kept());
        const auto next_first = std::min(number(last), number(log_.last())) + 1;
        if (next_first <= first) {
            return {};
        }
        rocksdb::WriteBatch writes;
        if (ready()) {
            database_->drop_range(writes, Family::log, big_endian(first), big_endian(next_first));
            database_->put(writes, Family::meta, "first_kept", fixed(next_first));
            if (database_->write(writes)) {
                log_.forget_before(Revision{next_first});
                return {};
            }
        }
        return tl::unexpected(database_->refusal());
    });
}

namespace {

/// A store that was in use, of which the file that names all others is gone.
bool has_remains(const std::filesystem::path& path) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
        if (entry.path().extension() == ".sst") {
            return true;
        }
    }
    return Witness(path).newest().has_value();
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& path,
                                           StoreOptions options) {
    std::error_code error;
    const bool exists = std::filesystem::exists(path / "CURRENT", error);
    if (!exists && has_remains(path)) {
        throw Fault("'" + path.string() + "' has lost its file CURRENT; restore a backup");
    }
    if (!exists && !options.create_if_missing) {
        return refuse(RefusalCode::entity_not_found,
                      "There is no store in '" + path.string() + "'.");
    }
    if (!exists) {
        std::filesystem::create_directories(path, error);
    }
    return Database::open(path, !exists).map([&](std::unique_ptr<Database>&& database) {
        auto store = std::make_unique<DiskStore>(std::move(options), std::move(database));
        store->read_back();
        return std::unique_ptr<Store>(std::move(store));
    });
}

}  // namespace khom::graph
