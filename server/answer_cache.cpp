#include "server/answer_cache.h"

#include <algorithm>

namespace khom::server {

namespace {

constexpr std::size_t most_body_bytes = 64 * 1024;

/// What of a request decides its answer (as its ETag does), if the answer may be kept at all.
std::string key_of(const Request& request) {
    const bool plain = (request.method == "GET" || request.method == "HEAD") &&
                       request.header("if-none-match").empty() && request.scope == Scope::open;
    return plain ? request.target + "\n" + std::string(request.header("accept")) + "\n" +
                       std::string(request.header("accept-language"))
                 : std::string();
}

bool is_keepable(const Response& response) {
    const bool tagged = std::any_of(response.headers.begin(), response.headers.end(),
                                    [](const auto& header) { return header.first == "ETag"; });
    return response.status == 200 && tagged && !response.stream && !response.waiting &&
           response.body.size() <= most_body_bytes;
}

std::size_t size_of(const std::string& key, const Response& response) {
    constexpr std::size_t about_an_entry = 512;
    return key.size() + response.body.size() + about_an_entry;
}

}  // namespace

Handler AnswerCache::before(Handler answer, std::function<std::uint64_t()> revision) {
    return
        [this, answer = std::move(answer), revision = std::move(revision)](const Request& request) {
            auto key = most_bytes_ == 0 ? std::string() : key_of(request);
            if (key.empty()) {
                return answer(request);
            }
            // Asked for before the answer is made: one that is of a newer revision is then thrown
            // away, never kept too long.
            const auto now = revision();
            if (const auto kept = find(key, now)) {
                ++hits_;
                return *kept;
            }
            auto response = answer(request);
            if (is_keepable(response) && revision() == now) {
                keep(std::move(key), now, response);
            }
            return response;
        };
}

std::size_t AnswerCache::held_bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

std::shared_ptr<const Response> AnswerCache::find(const std::string& key, std::uint64_t revision) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(key);
    if (revision != revision_ || found == places_.end()) {
        return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->response;
}

void AnswerCache::keep(std::string key, std::uint64_t revision, const Response& response) {
    const auto size = size_of(key, response);
    auto kept = std::make_shared<const Response>(response);
    const std::lock_guard lock(mutex_);
    if (revision < revision_ || size > most_bytes_) {
        return;
    }
    if (revision != revision_) {
        places_.clear();
        entries_.clear();
        bytes_ = 0;
        revision_ = revision;
    }
    if (places_.contains(key)) {
        return;
    }
    entries_.push_front({std::move(key), std::move(kept)});
    places_.emplace(entries_.front().key, entries_.begin());
    bytes_ += size;
    while (bytes_ > most_bytes_) {
        const auto& last = entries_.back();
        bytes_ -= size_of(last.key, *last.response);
        places_.erase(last.key);
        entries_.pop_back();
    }
}

}  // namespace khom::server
