// A key is khom_<id>_<secret>: the id finds the record, the secret's SHA-256 is compared in
// constant time. The secret has 256 random bits, so a plain hash is enough: there is nothing to
// guess.

#include "server/keys.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <nlohmann/json.hpp>

#include "corpus/sha256.h"

namespace khom::server {

namespace {

using nlohmann::json;

constexpr std::string_view prefix = "khom_";
constexpr std::size_t most_keys = 10'000;

std::string random_text(std::size_t bytes) {
    std::array<unsigned char, 32> random{};
    if (RAND_bytes(random.data(), static_cast<int>(bytes)) != 1) {
        throw graph::Fault("no random numbers");
    }
    return corpus::hexadecimal({random.data(), bytes});
}

std::string now_text() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/// Not to be mistaken for a folder without keys: a new key would then take the place of all others.
std::vector<KeyRecord> parse(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::error_code error;
    if (!file && !std::filesystem::exists(path, error) && !error) {
        return {};
    }
    if (!file) {
        throw graph::Fault("the keys in '" + path.string() + "' cannot be read");
    }
    try {
        std::vector<KeyRecord> records;
        for (const auto& each : json::parse(file).at("keys").get<std::vector<json>>()) {
            const auto text = [&](const char* name) { return each.at(name).get<std::string>(); };
            const auto scope = scope_of(text("scope"));
            if (!scope) {
                throw graph::Fault("unknown scope '" + text("scope") + "'");
            }
            records.push_back({text("id"), text("name"), *scope, text("sha256"), text("created"),
                               text("revoked")});
        }
        return records;
    } catch (const std::exception& wrong) {
        throw graph::Fault("the keys in '" + path.string() + "' are damaged (" + wrong.what() +
                           "); put the file back from a backup, or remove it and make new keys");
    }
}

/// Whole or not at all: a new file, synced, then moved over the old.
graph::Result<void> write(const std::filesystem::path& path,
                          const std::vector<KeyRecord>& records) {
    auto keys = json::array();
    for (const auto& each : records) {
        keys.push_back({{"id", each.id},
                        {"name", each.name},
                        {"scope", name_of(each.scope)},
                        {"sha256", each.sha256},
                        {"created", each.created},
                        {"revoked", each.revoked}});
    }
    const auto text = json{{"version", 1}, {"keys", keys}}.dump(1) + "\n";
    const auto fresh = path.string() + ".new";
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool done =
        file >= 0 && ::fchmod(file, 0600) == 0 &&
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(file) == 0;
    if (file >= 0) {
        ::close(file);
    }
    if (!done || std::rename(fresh.c_str(), path.c_str()) != 0) {
        return graph::refuse(graph::RefusalCode::storage_unavailable,
                             "'" + path.string() + "' cannot be written.");
    }
    const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

/// Held while a process changes the keys.
class FolderLock {
  public:
    explicit FolderLock(const std::filesystem::path& path)
        : file_(::open((path.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        if (file_ >= 0) {
            ::flock(file_, LOCK_EX);
        }
    }
    ~FolderLock() {
        if (file_ >= 0) {
            ::close(file_);
        }
    }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

  private:
    int file_;
};

}  // namespace

std::string_view name_of(Scope scope) {
    switch (scope) {
        case Scope::open:
            return "open";
        case Scope::read_private:
            return "read-private";
        case Scope::write:
            return "write";
        case Scope::admin:
            return "admin";
    }
    return "open";
}

std::optional<Scope> scope_of(std::string_view name) {
    for (const auto scope : {Scope::read_private, Scope::write, Scope::admin}) {
        if (name == name_of(scope)) {
            return scope;
        }
    }
    return std::nullopt;
}

graph::Result<void> require_scope(const Request& request, Scope needed, std::string_view what) {
    if (request.scope >= needed) return {};
    return graph::refuse(graph::RefusalCode::forbidden,
                         std::string(what) + " needs a key with the scope " +
                             std::string(name_of(needed)) +
                             ", sent as 'Authorization: Bearer KEY'; 'khom key create' makes one.");
}

graph::Result<std::string> Keys::create(Scope scope, const std::string& name) {
    std::error_code error;
    if (!std::filesystem::exists(path_.parent_path(), error)) {
        std::filesystem::create_directories(path_.parent_path(), error);
        std::filesystem::permissions(path_.parent_path(), std::filesystem::perms::owner_all, error);
    }
    const FolderLock lock(path_);
    auto records = parse(path_);
    if (records.size() >= most_keys) {
        return graph::refuse(graph::RefusalCode::limit_exceeded, "There are 10,000 keys already.");
    }
    KeyRecord record{"k" + random_text(4), name, scope, {}, now_text(), {}};
    const auto secret = random_text(32);
    record.sha256 = corpus::sha256(secret);
    auto key = std::string(prefix) + record.id + "_" + secret;
    records.push_back(std::move(record));
    return write(path_, records).map([&] { return std::move(key); });
}

graph::Result<std::vector<KeyRecord>> Keys::list() const {
    return parse(path_);
}

graph::Result<void> Keys::revoke(const std::string& id) {
    const FolderLock lock(path_);
    auto records = parse(path_);
    for (auto& record : records) {
        if (record.id == id) {
            record.revoked = record.revoked.empty() ? now_text() : record.revoked;
            return write(path_, records);
        }
    }
    return graph::refuse(graph::RefusalCode::entity_not_found, "There is no key '" + id + "'.");
}

const std::vector<KeyRecord>& Keys::current() const {
    std::error_code error;
    const auto changed = std::filesystem::last_write_time(path_, error);
    const auto bytes = error ? 0 : std::filesystem::file_size(path_, error);
    if (error) {
        records_.clear();
        read_bytes_ = 0;
    } else if (changed != read_at_ || bytes != read_bytes_) {
        records_ = parse(path_);
        read_at_ = changed;
        read_bytes_ = bytes;
    }
    return records_;
}

std::optional<KeyHolder> Keys::holder(std::string_view key) const {
    const auto divider = key.rfind('_');
    if (key.substr(0, prefix.size()) != prefix || divider <= prefix.size() || key.size() > 200) {
        return std::nullopt;
    }
    const auto id = key.substr(prefix.size(), divider - prefix.size());
    const auto hash = corpus::sha256(key.substr(divider + 1));
    const std::lock_guard lock(mutex_);
    std::optional<KeyHolder> found;
    for (const auto& record : current()) {
        const bool same = record.sha256.size() == hash.size() &&
                          CRYPTO_memcmp(record.sha256.data(), hash.data(), hash.size()) == 0;
        if (same && record.id == id && record.revoked.empty()) {
            found = KeyHolder{record.name.empty() ? record.id : record.name, record.scope};
        }
    }
    return found;
}

}  // namespace khom::server
