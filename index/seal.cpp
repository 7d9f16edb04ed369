#include "index/seal.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace khom::index {

namespace {

std::filesystem::path seal_of(const std::filesystem::path& folder) {
    auto path = folder;
    path += ".seal";
    return path;
}

/// A word at a time, as fast as memory; not against an adversary.
std::uint64_t mixed(std::uint64_t hash, const std::string& bytes) {
    std::size_t at = 0;
    const auto mix = [&](std::uint64_t word) {
        hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 29U;
    };
    for (std::uint64_t word = 0; at + sizeof word <= bytes.size(); at += sizeof word) {
        std::memcpy(&word, bytes.data() + at, sizeof word);
        mix(word);
    }
    std::uint64_t rest = 0;
    std::memcpy(&rest, bytes.data() + at, bytes.size() - at);
    mix(rest);
    mix(bytes.size());
    return hash;
}

std::optional<std::string> hash_of(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename() != "flintlock") {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::uint64_t hash = 1;
    std::string bytes;
    for (const auto& path : paths) {
        hash = mixed(hash, path.filename().string());
        std::ifstream file(path, std::ios::binary);
        do {
            bytes.resize(std::size_t{1} << 20U);
            file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
            bytes.resize(static_cast<std::size_t>(file.gcount()));
            hash = mixed(hash, bytes);
        } while (!bytes.empty());
        if (file.bad()) {
            return std::nullopt;
        }
    }
    return std::to_string(hash);
}

}  // namespace

void seal(const std::filesystem::path& folder) {
    try {
        if (const auto hash = hash_of(folder)) {
            std::ofstream(seal_of(folder)) << *hash << '\n';
        }
    } catch (const std::exception&) {
        break_seal(folder);
    }
}

void break_seal(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::filesystem::remove(seal_of(folder), ignored);
}

bool has_seal(const std::filesystem::path& folder) {
    std::error_code error;
    return std::filesystem::exists(seal_of(folder), error);
}

bool is_as_sealed(const std::filesystem::path& folder) {
    std::ifstream file(seal_of(folder));
    std::string kept;
    std::error_code error;
    if (!file || !std::filesystem::is_directory(folder, error)) {
        return true;
    }
    std::getline(file, kept);
    return hash_of(folder) == kept;
}

}  // namespace khom::index
