#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/http.h"
#include "server/keys.h"
#include "server/request_reader.h"

namespace khom::server {

/// How much one client may have, in tokens of whatever is limited.
struct ClientLimits {
    double burst = 20'000;         ///< at once
    double refill_per_s = 1'000;   ///< and then so much every second; 0: no limit
    std::size_t clients = 50'000;  ///< remembered at once
};

/// What anybody may save, by the day: enough for a class behind one address, too little to fill the
/// place for all others soon.
inline constexpr ClientLimits saved_views_limits{100, 100.0 / (24 * 3600), 50'000};

/// One token bucket a client. Safe from any thread.
class ClientBuckets {
  public:
    using Clock = std::chrono::steady_clock;

    explicit ClientBuckets(ClientLimits limits) : limits_(limits) {}

    struct State {
        double left = 0;
        double full_in_s = 0;   ///< until the bucket is full
        double again_in_s = 0;  ///< until a request is taken again; 0 if it is now
    };
    State state(const std::string& client, Clock::time_point now);
    void charge(const std::string& client, double tokens, Clock::time_point now);
    const ClientLimits& limits() const { return limits_; }

  private:
    struct Bucket {
        double left = 0;
        Clock::time_point at;
    };
    Bucket& bucket(const std::string& client, Clock::time_point now);

    const ClientLimits limits_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

/// Who is let in, decided by the head alone, before any of a body is kept: keys, scopes, sizes,
/// rates. A token of work is a millisecond, so a long question costs more than a short one.
class Admission {
  public:
    struct Options {
        ClientLimits clients;
        ClientLimits saved_views = saved_views_limits;
        std::vector<std::string> trusted_proxies;  ///< addresses whose X-Forwarded-For is believed
        std::size_t body_bytes = 64 * 1024;
        std::size_t import_bytes = 16 * 1024 * 1024;
    };
    Admission(Options options, const Keys& keys);

    /// Notes scope and holder of a key in the head. `admin_here` says whether this listener has the
    /// admin routes.
    Screened screen(Request& head, bool admin_here);
    /// `answer`, whose time is charged to the client, and which then says what is left (RateLimit).
    Handler charged(Handler answer);
    /// The client's address: the peer's, or what a trusted proxy says it is.
    std::string client_of(const Request& request) const;
    /// How often a client was told 429.
    std::size_t limited() const { return limited_; }

  private:
    std::optional<Response> check_key(Request& head) const;
    std::optional<Response> check_rate(const Request& head);
    Response too_many(std::string_view what, double again_in_s);
    bool is_limited(const std::string& client) const;

    const Options options_;
    const Keys& keys_;
    ClientBuckets buckets_, saved_views_;
    std::atomic<std::size_t> limited_ = 0;
};

/// Which scope the method and path of a request need, if any: writes and what only who runs the
/// server should see.
std::optional<Scope> scope_needed(const Request& head);

}  // namespace khom::server
