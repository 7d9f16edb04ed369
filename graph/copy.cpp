// Copies of a store, beside the process that holds it: RocksDB's secondary instances read the files
// of another process without its lock, and keep open what they read.

#include <system_error>
#include <utility>

#include "graph/disk_store.h"

namespace khom::graph {

namespace {

/// While the files are opened, the holder may move records from its log into a file: then some are
/// in neither that was seen. The next attempt sees them.
constexpr int most_attempts = 5;

/// A folder that goes with its object, unless it was renamed before.
class Passing {
  public:
    explicit Passing(std::filesystem::path path) : path_(std::move(path)) { clear(); }
    ~Passing() { clear(); }
    Passing(const Passing&) = delete;
    Passing& operator=(const Passing&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    void clear() const {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path path_;
};

std::filesystem::path with(std::filesystem::path path, const char* suffix) {
    path += suffix;
    return path;
}

Refusal not_written(const std::filesystem::path& target) {
    return {RefusalCode::storage_unavailable,
            "'" + target.string() + "' could not be written.",
            {},
            {},
            {}};
}

/// Whether the disk took all. A bulk load's generation is the source's own affair.
bool copy_records(const Database& from, Database& to) {
    constexpr std::size_t most_bytes = std::size_t{4} << 20U;
    bool taken = true;
    for (const auto family :
         {Family::meta, Family::nodes, Family::relationships, Family::redirects, Family::log}) {
        rocksdb::WriteBatch writes;
        const auto flush = [&] {
            taken = to.write(writes);
            writes.Clear();
            return taken;
        };
        from.each(family, "", [&](std::string_view key, std::string_view bytes) {
            if (family != Family::meta || key != "generation") {
                to.put(writes, family, std::string(key), std::string(bytes));
            }
            return writes.GetDataSize() < most_bytes || flush();
        });
        if (!taken || !flush()) {
            return false;
        }
    }
    return true;
}

/// One attempt. Throws: Fault if what was seen is not whole.
Result<void> copy_once(const std::filesystem::path& source, const std::filesystem::path& target) {
    const auto acknowledged = Witness(source).newest();
    {
        const Passing scratch(with(target, ".reading"));
        const auto from = Database::beside(source, scratch.path());
        auto to = Database::open(target, true);
        if (!to) {
            return tl::unexpected(std::move(to.error()));
        }
        if (!copy_records(*from, **to)) {
            return tl::unexpected(not_written(target));
        }
        Witness(target).note((*to)->number_at("revision"));
    }
    // A hole in the log, and records that are missing, show here.
    return Store::open(target, {}).map([&](const std::unique_ptr<Store>& copy) {
        const auto copied = number(copy->snapshot()->revision());
        if (acknowledged && copied < *acknowledged) {
            throw Fault("'" + source.string() + "' stood at revision " +
                        std::to_string(*acknowledged) + ", its copy at " + std::to_string(copied));
        }
    });
}

}  // namespace

Result<void> Store::copy(const std::filesystem::path& source, const std::filesystem::path& target) {
    std::error_code error;
    if (std::filesystem::exists(target, error)) {
        return refuse(RefusalCode::argument_error,
                      "'" + target.string() + "' is there already; name a new folder.");
    }
    if (!std::filesystem::exists(source / "CURRENT", error)) {
        return refuse(RefusalCode::entity_not_found,
                      "There is no store in '" + source.string() + "'.");
    }
    std::filesystem::create_directories(target.parent_path(), error);
    for (int attempt = 1;; ++attempt) {
        const Passing unfinished(with(target, ".unfinished"));
        try {
            if (auto copied = copy_once(source, unfinished.path()); !copied) {
                return copied;
            }
            std::filesystem::rename(unfinished.path(), target, error);
            return error ? Result<void>(tl::unexpected(not_written(target))) : Result<void>();
        } catch (const Fault&) {
            if (std::filesystem::space(target.parent_path(), error).available < (1U << 20U)) {
                return tl::unexpected(not_written(target));
            }
            if (attempt == most_attempts) {
                throw;
            }
        }
    }
}

}  // namespace khom::graph
