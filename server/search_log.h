#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "server/http.h"

namespace khom::server {

/// What people look for, day by day, and how much of it finds nothing: for whoever keeps a portal.
/// Kept only where it was asked for. Safe from any thread.
///
/// Nobody can be told from it. Of a search two numbers are counted; its text is kept in memory, and
/// reported or written to disk only once `least_clients` different clients have asked it on one
/// day. Clients are told apart by a hash with a secret of this process, forgotten with the day and
/// never written. A text that is long, or looks like an address or a number of somebody, is never
/// kept. Days are UTC.
class SearchLog {
  public:
    static constexpr std::size_t least_clients = 5;
    static constexpr std::size_t most_days = 90, most_texts = 5000, most_text_bytes = 100;

    /// Reads what was kept in `file`, and keeps it there, mode 0600. What does not read begins
    /// anew.
    explicit SearchLog(std::filesystem::path file);
    ~SearchLog();
    SearchLog(const SearchLog&) = delete;
    SearchLog& operator=(const SearchLog&) = delete;

    /// `answer`, whose first pages of `/v1/search` are counted. `client` says who asks.
    Handler before(Handler answer, std::function<std::string(const Request&)> client);

    /// One search; `total` is none where it is not known.
    void note(const std::string& text, std::optional<std::uint64_t> total,
              const std::string& client, std::chrono::sys_days day);

    /// The newest `days` days that have searches, newest first, as in openapi.yaml.
    std::string report_json(std::size_t days) const;

    /// Writes what may be written; also done now and then, and at the end. A disk that refuses is
    /// no reason to stop.
    void save();

  private:
    struct Text {
        std::uint64_t asked = 0, found_nothing = 0;
        std::set<std::uint64_t> clients;  // hashes, at most `least_clients`
        bool shown = false;               // enough clients have asked it
    };
    struct Day {
        std::uint64_t searches = 0, found_nothing = 0;
        std::map<std::string, Text> texts;
    };

    void read();
    void turn_to(const std::string& day);
    std::string json(std::size_t days) const;

    const std::filesystem::path file_;
    const std::uint64_t secret_;
    mutable std::mutex mutex_;  // of what follows
    std::map<std::string, Day> days_;
    std::string today_;
    std::chrono::steady_clock::time_point saved_at_;
};

}  // namespace khom::server
