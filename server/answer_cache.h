#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/http.h"

namespace khom::server {

/// The answers that were asked for last, of the newest revision only: what is typed in a search box
/// is typed by many. Keeps what carries an ETag and is small. Safe from any thread.
class AnswerCache {
  public:
    /// At most so many bytes of bodies and keys; 0 keeps nothing.
    explicit AnswerCache(std::size_t bytes) : most_bytes_(bytes) {}

    /// `answer`, asked only for what is not here. `revision` says which one answers are of now.
    Handler before(Handler answer, std::function<std::uint64_t()> revision);

    std::size_t hits() const { return hits_; }
    std::size_t held_bytes() const;

  private:
    struct Entry {
        std::string key;
        std::shared_ptr<const Response> response;
    };
    std::shared_ptr<const Response> find(const std::string& key, std::uint64_t revision);
    void keep(std::string key, std::uint64_t revision, const Response& response);

    const std::size_t most_bytes_;
    std::atomic<std::size_t> hits_ = 0;
    mutable std::mutex mutex_;  // of what follows
    std::uint64_t revision_ = 0;
    std::size_t bytes_ = 0;
    std::list<Entry> entries_;  // used last stands first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> places_;
};

}  // namespace khom::server
