// The graph on disk, format 2: one RocksDB with a column family for each kind of record.
//
//     default            "format" → decimal · "store" → u64, drawn at creation
//                        "revision", "generation", "node_limit", "relationship_limit" → u64
//                        "node_count", "relationship_count" → u64 · "first_kept" → u64, absent for
//                        1
//     nodes[.G]          big-endian u64 id → node               (codec.cpp)
//     relationships[.G]  big-endian u64 id → relationship
//     redirects          public id → public id · "setting/" name → text (settings.h)
//     log                big-endian u64 revision → log entry
//
// G is the generation where that is not 0: a bulk load fills families of the next generation, and
// the record that commits it names it. A commit is one synced WriteBatch over all families.
//
// Beside it: "snapshot.base" (base_file.cpp), derived; "acknowledged" (witness.cpp).
//
// Format 1, of 24 November 2026, had neither "store" nor the two counts. What is older is brought
// to the newest by one synced write when it is opened; what is newer is refused.

#include <charconv>
#include <random>

#include "graph/rocksdb_private.h"
#include "graph/witness.h"

namespace khom::graph {

namespace {

constexpr unsigned newest_format = 2;

std::uint64_t drawn() {
    std::random_device random;
    return std::uint64_t{random()} << 32U | random();
}

unsigned number_of_format(const std::string& text) {
    unsigned number = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end || number == 0) {
        throw Fault("the store's format is damaged: it reads '" + text + "'");
    }
    return number;
}

}  // namespace

std::string family_name(Family family, std::uint64_t generation) {
    const auto suffix = generation == 0 ? std::string() : "." + std::to_string(generation);
    switch (family) {
        case Family::meta:
            return rocksdb::kDefaultColumnFamilyName;
        case Family::nodes:
            return "nodes" + suffix;
        case Family::relationships:
            return "relationships" + suffix;
        case Family::redirects:
            return "redirects";
        case Family::log:
            return "log";
    }
    return {};
}

/// A process that was killed while it made the store may have left it without them.
void Database::make_missing_families() {
    for (const auto family : {Family::nodes, Family::relationships}) {
        const auto name = family_name(family, 0);
        if (!handles_.contains(name)) {
            rocksdb::ColumnFamilyHandle* made = nullptr;
            require(db_->CreateColumnFamily(file_options(), name, &made), "making a new store");
            handles_.emplace(name, made);
        }
    }
}

/// Refuses a newer format, brings an older one to ours; a new store gets ours.
Result<void> Database::settle_format() {
    const auto found = get(Family::meta, "format");
    if (!found && (get(Family::meta, "revision") || Witness(path_).newest())) {
        throw Fault("'" + path_.string() + "' has lost its records; restore a backup");
    }
    const auto format = found ? number_of_format(*found) : 0;
    if (format > newest_format) {
        return refuse(RefusalCode::unsupported,
                      "'" + path_.string() + "' has format " + *found + ", of a newer khom; this " +
                          "one reads up to " + std::to_string(newest_format) +
                          ". Open it with the khom that wrote it, or a newer one.");
    }
    if (format == newest_format) {
        return {};
    }
    if (!found) {
        make_missing_families();
    }
    rocksdb::WriteBatch migration;
    if (!get(Family::meta, "store")) {
        put(migration, Family::meta, "store", fixed(drawn()));
    }
    put(migration, Family::meta, "format", std::to_string(newest_format));
    if (!write(migration)) {
        return refuse(RefusalCode::storage_unavailable,
                      "The disk refuses writes; '" + path_.string() + "' stays as it was.");
    }
    return {};
}

}  // namespace khom::graph
