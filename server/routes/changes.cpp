// The change feed, read from the log: as a page, as a page that waits for the next change (no
// thread waits with it), and as server-sent events. It reaches as far as what can be asked for: the
// revision that the index stands at, so that who is told of a change and asks at once sees it.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "server/json_changes.h"
#include "server/parameters.h"
#include "server/problem.h"
#include "server/routes/answers.h"

namespace khom::server {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds heartbeat{15};

/// What a feed reads from.
struct Feed {
    const graph::ChangeLog& log;
    std::function<query::Reading()> reading;

    std::uint64_t visible() const { return graph::number(reading().graph().revision()); }
};

/// The JSON page, one revision at a time: an import of many thousands is never in memory as one
/// text.
class PageStream : public BodyStream {
  public:
    PageStream(Feed feed, std::uint64_t since, std::uint64_t until)
        : feed_(std::move(feed)), at_(since), until_(until) {}

    Next next(std::string& piece) override {
        if (at_ < until_) {
            const auto entries = feed_.log.read(graph::Revision{at_}, 1);
            if (!entries || entries->empty()) {
                throw graph::Fault("the log was trimmed while it was read");
            }
            at_ = graph::number(entries->front().revision);
            const auto changes = changes_json(entries->front());
            piece += (first_ || changes.empty() ? "" : ",") + changes;
            first_ = first_ && changes.empty();
            return Next::more;
        }
        piece += "],\"last_rev\":" + std::to_string(at_) +
                 ",\"newest_rev\":" + std::to_string(feed_.visible()) + "}\n";
        return Next::end;
    }

  private:
    Feed feed_;
    std::uint64_t at_, until_;
    bool first_ = true;
};

/// One event a revision; a comment now and then keeps proxies from closing the connection.
class EventStream : public BodyStream {
  public:
    EventStream(Feed feed, std::uint64_t since) : feed_(std::move(feed)), at_(since) {}

    Next next(std::string& piece) override {
        spoken_ = Clock::now();
        if (at_ >= feed_.visible()) {
            if (!std::exchange(quiet_, true)) {
                return Next::pause;
            }
            piece += ": still here\n\n";
            return Next::pause;
        }
        quiet_ = false;
        const auto entries = feed_.log.read(graph::Revision{at_}, 1);
        if (!entries || entries->empty()) {
            piece +=
                "event: gone\ndata: {\"detail\":\"The log no longer reaches back so far.\"}\n\n";
            return Next::end;
        }
        at_ = graph::number(entries->front().revision);
        const auto rev = std::to_string(at_);
        piece += "id: " + rev + "\nevent: change\ndata: {\"changes\":[" +
                 changes_json(entries->front()) + "],\"last_rev\":" + rev + "}\n\n";
        return Next::more;
    }
    bool is_ready() override { return at_ < feed_.visible() || Clock::now() - spoken_ > heartbeat; }
    bool is_endless() const override { return true; }

  private:
    Feed feed_;
    std::uint64_t at_;
    bool quiet_ = false;
    Clock::time_point spoken_ = Clock::now();
};

Answer page(const Feed& feed, std::uint64_t since, std::uint64_t limit) {
    const auto visible = feed.visible();
    if (since < visible && graph::number(feed.log.first_kept()) > since + 1) {
        return graph::refuse(graph::RefusalCode::gone,
                             "The log reaches back to revision " +
                                 std::to_string(graph::number(feed.log.first_kept())) +
                                 " only; take an export and follow from its revision.");
    }
    auto response = json_response("{\"changes\":[");
    response.headers.emplace_back("Cache-Control", "no-store");
    const auto begin = std::min(since, visible);
    response.stream = std::make_shared<PageStream>(feed, begin, std::min(visible, begin + limit));
    return response;
}

/// Whoever was cut off goes on where it was: the browser sends the last id it saw.
std::uint64_t since_of(const Request& request, std::uint64_t otherwise) {
    const auto id = request.header("last-event-id");
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
    return !id.empty() && error == std::errc() && end == id.data() + id.size() ? number : otherwise;
}

}  // namespace

Answer changes_route(const Request& request, const graph::Store& store,
                     std::function<query::Reading()> reading) {
    Parameters parameters(request);
    constexpr std::int64_t most = std::int64_t{1} << 53U;
    const auto since = static_cast<std::uint64_t>(parameters.integer("since", 0, most, 0));
    const auto wait = parameters.integer("wait", 0, 60, 0);
    const auto limit = static_cast<std::uint64_t>(parameters.integer("limit", 1, 250, 20));
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    Feed feed{store.log(), std::move(reading)};
    if (prefers(request.header("accept"), "text/event-stream", "application/json")) {
        Response response{200,
                          "text/event-stream; charset=utf-8",
                          "retry: 2000\n\n",
                          {{"Cache-Control", "no-store"}}};
        response.stream = std::make_shared<EventStream>(feed, since_of(request, since));
        return response;
    }
    if (wait == 0 || since < feed.visible()) {
        return page(feed, since, limit);
    }
    Response response;
    response.waiting = std::make_shared<Waiting>();
    const auto until = Clock::now() + std::chrono::seconds(wait);
    response.waiting->is_over = [feed, since, until] {
        return feed.visible() > since || Clock::now() >= until;
    };
    response.waiting->then = [feed, since, limit] {
        auto answer = page(feed, since, limit);
        return answer ? std::move(*answer) : problem(answer.error());
    };
    return response;
}

Answer history_route(const Request& request, const graph::Store& store,
                     const query::Reading& reading, const std::string& id) {
    constexpr std::size_t block = 64;
    std::vector<std::string> ids = {id};
    const auto& log = store.log();
    const auto visible = graph::number(reading.graph().revision());
    auto at = graph::number(log.first_kept()) - 1;
    const bool whole = at == 0;
    std::string entries;
    while (at < visible) {
        const auto read = log.read(graph::Revision{at}, block);
        if (!read || read->empty()) {
            break;
        }
        if (Clock::now() > request.deadline) {
            return graph::refuse(graph::RefusalCode::deadline_exceeded,
                                 "The log is too long to read in time.");
        }
        for (const auto& entry : *read) {
            at = graph::number(entry.revision);
            const auto one = history_json(entry, ids);
            entries += (entries.empty() || one.empty() ? "" : ",") + one;
        }
    }
    if (entries.empty() && !reading.graph().find(id)) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "There is no entity '" + id + "', and never was.");
    }
    return json_response("{\"rev\":" + std::to_string(visible) + ",\"id\":\"" + id +
                         "\",\"whole\":" + (whole ? "true" : "false") + ",\"history\":[" + entries +
                         "]}\n");
}

}  // namespace khom::server
