#include "server/kept.h"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <system_error>

namespace khom::server {

namespace {

/// No name leads out of the folder, and none is one of the files being written.
bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= 200 && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                      c == '-';
           });
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void sync_folder(const std::filesystem::path& folder) {
    const int open = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (open >= 0) {
        ::fsync(open);
        ::close(open);
    }
}

/// Whole or not at all: written beside, synced, then named.
bool put(const std::filesystem::path& path, std::string_view text) {
    const auto fresh = path.parent_path() / ("." + path.filename().string());
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return false;
    const bool written = write_all(file, text) && ::fsync(file) == 0;
    const bool closed = ::close(file) == 0;
    if (!written || !closed || std::rename(fresh.c_str(), path.c_str()) != 0) {
        ::unlink(fresh.c_str());
        return false;
    }
    sync_folder(path.parent_path());
    return true;
}

}  // namespace

graph::Result<KeptTexts::Outcome> KeptTexts::keep(const std::string& name, std::string_view text) {
    if (!is_name(name)) throw graph::Fault("a kept text without a proper name");
    const std::lock_guard writing(writing_);
    if (find(name)) return Outcome::was_there;
    if (!make_room()) {
        return graph::refuse(graph::RefusalCode::storage_unavailable,
                             "No more than " + std::to_string(most_) + " are kept.");
    }
    std::error_code error;
    if (!std::filesystem::is_directory(folder_, error)) {
        std::filesystem::create_directories(folder_, error);
        sync_folder(folder_.parent_path());
    }
    if (error || !put(folder_ / name, text)) {
        return graph::refuse(graph::RefusalCode::storage_unavailable,
                             "The disk does not take it; nothing was kept.");
    }
    return Outcome::kept;
}

std::optional<std::string> KeptTexts::find(const std::string& name) const {
    if (!is_name(name)) return std::nullopt;
    std::ifstream file(folder_ / name, std::ios::binary);
    if (!file) return std::nullopt;
    std::ostringstream text;
    text << file.rdbuf();
    note_use(name);
    return std::move(text).str();
}

/// The file's time is when it was last found, to the day: reading writes no more often than that.
void KeptTexts::note_use(const std::string& name) const {
    if (!patience_) return;
    std::error_code error;
    const auto now = std::filesystem::file_time_type::clock::now();
    const auto found = std::filesystem::last_write_time(folder_ / name, error);
    if (!error && now - found > std::chrono::hours(24)) {
        std::filesystem::last_write_time(folder_ / name, now, error);  // a full disk may refuse it
    }
}

bool KeptTexts::make_room() {
    const auto all = names();
    if (all.size() < most_) return true;
    if (!patience_) return false;
    auto oldest_time = std::filesystem::file_time_type::clock::now() - *patience_;
    std::string oldest;
    for (const auto& name : all) {
        std::error_code error;
        const auto found = std::filesystem::last_write_time(folder_ / name, error);
        if (!error && found < oldest_time) {
            oldest_time = found;
            oldest = name;
        }
    }
    std::error_code error;
    return !oldest.empty() && std::filesystem::remove(folder_ / oldest, error);
}

void KeptTexts::forget(const std::string& name) {
    const std::lock_guard writing(writing_);
    std::error_code error;
    if (is_name(name)) std::filesystem::remove(folder_ / name, error);
}

std::vector<std::string> KeptTexts::names() const {
    std::vector<std::string> all;
    std::error_code error;
    for (std::filesystem::directory_iterator each(folder_, error), end; !error && each != end;
         each.increment(error)) {
        if (auto name = each->path().filename().string(); is_name(name)) {
            all.push_back(std::move(name));
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace khom::server
