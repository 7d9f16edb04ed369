#include "server/admission.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>

#include "server/problem.h"

namespace khom::server {

namespace {

std::string rounded(double number) {
    return std::to_string(static_cast<long long>(std::ceil(number)));
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

/// The key as it came: "Authorization: Bearer …" or "X-API-Key: …".
std::optional<std::string_view> key_of(const Request& head) {
    const auto authorization = head.header("authorization");
    constexpr std::string_view scheme = "bearer ";
    if (authorization.size() >= scheme.size()) {
        std::string begin(authorization.substr(0, scheme.size()));
        std::transform(begin.begin(), begin.end(), begin.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (begin == scheme) {
            return trimmed(authorization.substr(scheme.size()));
        }
    }
    if (!authorization.empty()) {
        return authorization;  // of a kind that no key of ours has
    }
    const auto own = head.header("x-api-key");
    return own.empty() ? std::nullopt : std::optional(own);
}

/// An IPv6 client has a whole /64, so that is one client.
std::string one_client(std::string address) {
    if (address.find(':') == std::string::npos || address.find('.') != std::string::npos) {
        return address;
    }
    std::size_t at = 0;
    for (int groups = 0; groups < 4 && at != std::string::npos; ++groups) {
        at = address.find(':', at + 1);
    }
    return at == std::string::npos ? address : address.substr(0, at) + "::/64";
}

/// "::ffff:10.0.0.1", an IPv4 client of a listener that takes both, is "10.0.0.1".
std::string_view unmapped(std::string_view address) {
    constexpr std::string_view mapped = "::ffff:";
    const bool is_mapped =
        address.substr(0, mapped.size()) == mapped && address.find('.') != std::string_view::npos;
    return is_mapped ? address.substr(mapped.size()) : address;
}

/// All that proxies said, in order: one that adds a header of its own puts it last.
std::string forwarded_by(const Request& request) {
    std::string all;
    for (const auto& [name, value] : request.headers) {
        if (name == "x-forwarded-for") {
            all += (all.empty() ? "" : ",") + value;
        }
    }
    return all;
}

/// Processor time of this thread: what a question costs, however busy the machine is with others.
double worked_ms() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Charges a stream's client for each piece.
class ChargedStream : public BodyStream {
  public:
    using Charge = std::function<void(double work_ms)>;
    ChargedStream(std::shared_ptr<BodyStream> stream, Charge charge)
        : stream_(std::move(stream)), charge_(std::move(charge)) {}

    Next next(std::string& piece) override {
        const double begin = worked_ms();
        const auto said = stream_->next(piece);
        charge_(worked_ms() - begin);
        return said;
    }
    bool is_ready() override { return stream_->is_ready(); }
    bool is_endless() const override { return stream_->is_endless(); }

  private:
    std::shared_ptr<BodyStream> stream_;
    Charge charge_;
};

bool saves_a_view(const Request& request) {
    return request.method == "POST" && request.segments.size() == 2 &&
           request.segments[0] == "v1" && request.segments[1] == "views";
}

bool is_loopback(std::string_view address) {
    return address.substr(0, 4) == "127." || address == "::1";
}

}  // namespace

std::optional<Scope> scope_needed(const Request& head) {
    const auto& path = head.segments;
    if (path.size() < 2 || path[0] != "v1" || path[1] != "admin") {
        return std::nullopt;
    }
    const bool is_data = path.size() > 2 && (path[2] == "imports" || path[2] == "merges" ||
                                             path[2] == "synonyms" || path[2] == "dictionary");
    return is_data ? Scope::write : Scope::admin;
}

ClientBuckets::Bucket& ClientBuckets::bucket(const std::string& client, Clock::time_point now) {
    if (buckets_.size() >= limits_.clients && !buckets_.contains(client)) {
        // Those that are full again need not be remembered; if all are busy, all begin anew.
        std::erase_if(buckets_, [&](const auto& each) {
            const double idle_s = std::chrono::duration<double>(now - each.second.at).count();
            return each.second.left + idle_s * limits_.refill_per_s >= limits_.burst;
        });
        if (buckets_.size() >= limits_.clients) {
            buckets_.clear();
        }
    }
    auto& found = buckets_.try_emplace(client, Bucket{limits_.burst, now}).first->second;
    const double passed_s = std::max(0.0, std::chrono::duration<double>(now - found.at).count());
    found.left = std::min(limits_.burst, found.left + passed_s * limits_.refill_per_s);
    found.at = now;
    return found;
}

ClientBuckets::State ClientBuckets::state(const std::string& client, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    const auto& found = bucket(client, now);
    const double rate = std::max(limits_.refill_per_s, 1e-9);
    return {std::max(0.0, found.left), (limits_.burst - found.left) / rate,
            found.left >= 1 ? 0 : (1 - found.left) / rate};
}

void ClientBuckets::charge(const std::string& client, double tokens, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    auto& found = bucket(client, now);
    // Below nothing by at most one burst: a question that was let in is paid for, but not for ever.
    found.left = std::max(-limits_.burst, found.left - tokens);
}

Admission::Admission(Options options, const Keys& keys)
    : options_(std::move(options)),
      keys_(keys),
      buckets_(options_.clients),
      saved_views_(options_.saved_views) {}

std::string Admission::client_of(const Request& request) const {
    const auto trusted = [&](std::string_view address) {
        return std::find(options_.trusted_proxies.begin(), options_.trusted_proxies.end(),
                         address) != options_.trusted_proxies.end();
    };
    std::string client(unmapped(request.peer));
    const auto all = forwarded_by(request);
    std::string_view forwarded = all;
    // From the right: what our own proxy wrote stands last, what the client made up stands first.
    while (trusted(client) && !forwarded.empty()) {
        const auto comma = forwarded.rfind(',');
        const auto last =
            trimmed(comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1));
        if (last.empty() || last.size() > 45) {
            break;
        }
        client = unmapped(last);
        forwarded =
            comma == std::string_view::npos ? std::string_view() : forwarded.substr(0, comma);
    }
    return one_client(std::move(client));
}

bool Admission::is_limited(const std::string& client) const {
    return options_.clients.refill_per_s > 0 && !is_loopback(client);
}

std::optional<Response> Admission::check_key(Request& head) const {
    const auto key = key_of(head);
    if (key) {
        const auto holder = keys_.holder(*key);
        if (!holder) {
            return problem(401, "unauthorized", "Unauthorized", "The key is unknown or revoked.");
        }
        head.scope = holder->scope;
        head.key_name = holder->name;
    }
    const auto needed = scope_needed(head);
    if (needed && head.method != "OPTIONS") {
        if (const auto allowed = require_scope(head, *needed, "This"); !allowed) {
            return problem(allowed.error(), head);
        }
    }
    return std::nullopt;
}

std::optional<Response> Admission::check_rate(const Request& head) {
    const auto client = client_of(head);
    if (!is_limited(client)) {
        return std::nullopt;
    }
    const auto now = ClientBuckets::Clock::now();
    if (const auto work = buckets_.state(client, now); work.again_in_s > 0) {
        auto response = too_many("This client has used up its share of work", work.again_in_s);
        response.headers.emplace_back("RateLimit", "\"work\";r=0;t=" + rounded(work.again_in_s));
        return response;
    }
    if (saves_a_view(head)) {
        if (const auto views = saved_views_.state(client, now); views.again_in_s > 0) {
            return too_many("This client has saved as many views as it may in a day",
                            views.again_in_s);
        }
    }
    return std::nullopt;
}

Response Admission::too_many(std::string_view what, double again_in_s) {
    ++limited_;
    const auto seconds = rounded(again_in_s);
    auto response = problem(429, "too-many-requests", "Too many requests",
                            std::string(what) + "; try again in " + seconds + " s.");
    response.headers.emplace_back("Retry-After", seconds);
    return response;
}

Screened Admission::screen(Request& head, bool admin_here) {
    if (auto refusal = check_rate(head)) {
        return {0, std::move(refusal)};
    }
    if (!admin_here && scope_needed(head)) {
        return {options_.body_bytes, std::nullopt};  // the router says that there is nothing
    }
    if (auto refusal = check_key(head)) {
        return {0, std::move(refusal)};
    }
    const auto needed = scope_needed(head);
    return {needed ? options_.import_bytes : options_.body_bytes, std::nullopt};
}

Handler Admission::charged(Handler answer) {
    return [this, answer = std::move(answer)](const Request& request) {
        const double begin = worked_ms();
        auto response = answer(request);
        const auto now = ClientBuckets::Clock::now();
        if (options_.clients.refill_per_s <= 0) {
            return response;
        }
        const auto client = client_of(request);
        ClientBuckets::State state{options_.clients.burst, 0, 0};
        if (is_limited(client)) {
            buckets_.charge(client, std::max(1.0, worked_ms() - begin), now);
            state = buckets_.state(client, now);
            if (saves_a_view(request) && response.status == 201) {
                saved_views_.charge(client, 1, now);
            }
            if (response.stream) {
                response.stream = std::make_shared<ChargedStream>(
                    std::move(response.stream), [this, client](double work_ms) {
                        buckets_.charge(client, work_ms, ClientBuckets::Clock::now());
                    });
            }
        }
        response.headers.emplace_back(
            "RateLimit-Policy",
            "\"work\";q=" + rounded(options_.clients.burst) +
                ";w=" + rounded(options_.clients.burst / options_.clients.refill_per_s));
        response.headers.emplace_back(
            "RateLimit", "\"work\";r=" + std::to_string(static_cast<long long>(state.left)) +
                             ";t=" + rounded(state.full_in_s));
        return response;
    };
}

}  // namespace khom::server
