#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"
#include "server/http.h"

namespace khom::server {

/// What is kept of a key: never the key itself.
struct KeyRecord {
    std::string id;    ///< "k3f9c2a1": names it in `khom key list` and inside the key
    std::string name;  ///< who or what has it; stands as author in the log of changes
    Scope scope = Scope::open;
    std::string sha256;  ///< of the key's secret part, 64 hexadecimal digits
    std::string created;
    std::string revoked;  ///< when; empty while it is good
};

/// What a key that came with a request is good for.
struct KeyHolder {
    std::string name;
    Scope scope = Scope::open;
};

std::string_view name_of(Scope scope);
std::optional<Scope> scope_of(std::string_view name);

/// Refuses a request whose key, if any, does not reach that far: `forbidden`. `what` begins the
/// sentence that is answered: "Keeping a version to cite".
graph::Result<void> require_scope(const Request& request, Scope needed, std::string_view what);

/// The keys of one data folder: DIR/keys.json, mode 0600. Another process may change them meanwhile
/// (`khom key revoke`): what is asked is always answered from the file as it is now. Safe from any
/// thread. Throws graph::Fault, which names the file, where it is there and cannot be read.
class Keys {
  public:
    explicit Keys(const std::filesystem::path& folder) : path_(folder / "keys.json") {}

    /// A new key: 256 random bits, shown once. Refuses: storage_unavailable.
    graph::Result<std::string> create(Scope scope, const std::string& name);
    graph::Result<std::vector<KeyRecord>> list() const;
    /// Refuses: entity_not_found.
    graph::Result<void> revoke(const std::string& id);

    /// Whose key it is; none if it is no good key of ours. Takes as long for a nearly right one as
    /// for a wrong one.
    std::optional<KeyHolder> holder(std::string_view key) const;

  private:
    const std::vector<KeyRecord>& current() const;

    std::filesystem::path path_;
    mutable std::mutex mutex_;  // of what follows: the file as last read
    mutable std::filesystem::file_time_type read_at_;
    mutable std::uintmax_t read_bytes_ = 0;
    mutable std::vector<KeyRecord> records_;
};

}  // namespace khom::server
