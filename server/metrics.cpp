#include "server/metrics.h"

#include <algorithm>
#include <cstdio>
#include <random>
#include <utility>

#include <spdlog/spdlog.h>

#include "server/problem.h"

namespace khom::server {

namespace {

using Clock = std::chrono::steady_clock;

std::string number(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%g", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

void family(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
    out += "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " +
           std::string(name) + " " + std::string(type) + "\n";
}

void single(std::string& out, std::string_view name, std::string_view type, std::string_view help,
            std::uint64_t value) {
    family(out, name, type, help);
    out += std::string(name) + " " + std::to_string(value) + "\n";
}

/// 16 hexadecimal digits, unlike any other of this process: for finding one request in the log.
std::string request_id() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    std::array<char, 24> text{};
    const int length = std::snprintf(text.data(), text.size(), "%016llx",
                                     static_cast<unsigned long long>(random()));
    return {text.data(), static_cast<std::size_t>(length)};
}

/// "/v1/entities": which kind of question it was, without what was asked for.
std::string area_of(const Request& request) {
    std::string area;
    for (std::size_t i = 0; i < std::min<std::size_t>(request.segments.size(), 2); ++i) {
        const auto& segment = request.segments[i];
        const bool plain =
            segment.size() < 20 && std::all_of(segment.begin(), segment.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
            });
        const bool is_place = i == 1 && request.segments[0] != "v1";
        area += plain && !is_place ? "/" + segment : "/-";
    }
    return area.empty() ? "/" : area;
}

void log_line(const std::string& id, const Request& request, const Response& response,
              const std::string& took) {
    std::string incident;  // leads to the line that has what was thrown
    for (const auto& [name, value] : response.headers) {
        incident += name == "Khom-Incident" ? " incident=" + value : "";
    }
    spdlog::info("request={} method={} area={} status={}{} bytes={}{}", id, request.method,
                 area_of(request), response.status, took, response.body.size(), incident);
}

}  // namespace

void Metrics::observe(int status, Clock::duration took) {
    const double seconds = std::chrono::duration<double>(took).count();
    const auto bucket = static_cast<std::size_t>(
        std::lower_bound(bounds_s.begin(), bounds_s.end(), seconds) - bounds_s.begin());
    ++buckets_.at(bucket);
    count(status);
    nanoseconds_ += static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(took).count());
}

std::string Metrics::text(const Gauges& gauges) const {
    std::string out;
    family(out, "khom_requests_total", "counter", "Requests answered, by class of status.");
    for (std::size_t status = 2; status < by_class_.size(); ++status) {
        out += "khom_requests_total{status=\"" + std::to_string(status) + "xx\"} " +
               std::to_string(by_class_.at(status)) + "\n";
    }
    family(out, "khom_request_seconds", "histogram", "Time a worker took for an answer.");
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < bounds_s.size(); ++i) {
        below += buckets_.at(i);
        out += "khom_request_seconds_bucket{le=\"" + number(bounds_s.at(i)) + "\"} " +
               std::to_string(below) + "\n";
    }
    below += buckets_.back();
    out += "khom_request_seconds_bucket{le=\"+Inf\"} " + std::to_string(below) + "\n";
    out += "khom_request_seconds_sum " + number(static_cast<double>(nanoseconds_) / 1e9) + "\n";
    out += "khom_request_seconds_count " + std::to_string(below) + "\n";
    const auto& http = gauges.http;
    single(out, "khom_connections", "gauge", "Open connections.", http.connections);
    single(out, "khom_connections_total", "counter", "Connections accepted.", http.accepted);
    single(out, "khom_in_flight", "gauge", "Requests being answered.", http.in_flight);
    single(out, "khom_shed_total", "counter", "Answered 503 for want of a worker.", http.shed);
    single(out, "khom_bad_framing_total", "counter", "Bytes that were no request.", http.refused);
    single(out, "khom_cut_total", "counter", "Clients cut off for being too slow.", http.cut);
    single(out, "khom_revision", "gauge", "Newest revision of the graph.", gauges.revision);
    single(out, "khom_index_lag_revisions", "gauge", "Revisions not yet indexed.",
           gauges.revision - std::min(gauges.revision, gauges.index_revision));
    single(out, "khom_answer_cache_hits_total", "counter", "Answers given again from memory.",
           gauges.cache_hits);
    single(out, "khom_answer_cache_bytes", "gauge", "Memory of answers kept.", gauges.cache_bytes);
    single(out, "khom_rate_limited_total", "counter", "Answered 429.", gauges.limited);
    single(out, "process_resident_memory_bytes", "gauge",
           "Memory of the process, snapshot included.", gauges.resident_bytes);
    single(out, "khom_rebuilds_total", "counter", "Snapshots rebuilt.", gauges.rebuilds.done);
    single(out, "khom_rebuilds_given_up_total", "counter",
           "Rebuilds given up for want of memory or disk.", gauges.rebuilds.given_up);
    single(out, "khom_newer_records", "gauge", "Changed since the last rebuild.",
           gauges.rebuilds.newer);
    single(out, "khom_nodes", "gauge", "Entities and sources.", gauges.nodes);
    single(out, "khom_relationships", "gauge", "Statements.", gauges.relationships);
    return out;
}

void Metrics::count(int status) {
    ++by_class_.at(static_cast<std::size_t>(std::clamp(status / 100, 0, 5)));
}

Handler observed(Handler answer, Metrics& metrics, RequestLog log) {
    return [answer = std::move(answer), &metrics, log](const Request& request) {
        const auto begin = Clock::now();
        auto response = server::answer(answer, request);  // a fault is counted and timed too
        const auto took = Clock::now() - begin;
        metrics.observe(response.status, took);
        const auto id = request_id();
        const auto took_ms = number(std::chrono::duration<double, std::milli>(took).count());
        response.headers.emplace_back("Server-Timing", "app;dur=" + took_ms);
        response.headers.emplace_back("X-Request-Id", id);
        if (log == RequestLog::all || (log == RequestLog::faults && response.status >= 500)) {
            log_line(id, request, response, " ms=" + took_ms);
        }
        return response;
    };
}

void note_unhandled(const Request& request, Response& response, Metrics& metrics, RequestLog log) {
    metrics.count(response.status);
    const auto id = request_id();
    response.headers.emplace_back("X-Request-Id", id);
    if (log == RequestLog::all) {
        log_line(id, request, response, {});
    }
}

}  // namespace khom::server
