#include "server/search_log.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <fstream>
#include <random>
#include <sstream>
#include <vector>

#include "index/canonical.h"
#include "server/json_private.h"
#include "server/query_rows.h"

namespace khom::server {

namespace {

constexpr std::chrono::seconds between_saves{60};
constexpr std::size_t most_shown = 100;  // texts of a day, in a report

std::string name_of_day(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    std::array<char, 32> text{};
    const auto length =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {text.data(), static_cast<std::size_t>(length)};
}

/// Somebody's address, telephone or identity number is no search for a report.
bool looks_personal(std::string_view text) {
    constexpr std::ptrdiff_t most_digits = 6;
    const auto digits =
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return text.find('@') != std::string_view::npos || digits > most_digits;
}

std::uint64_t random_number() {
    std::random_device random;
    return (std::uint64_t{random()} << 32U) | random();
}

std::uint64_t number_in(const graph::Map& map, const char* key) {
    const auto found = map.find(key);
    return found != map.end() && found->second.is(graph::ValueKind::integer) &&
                   found->second.integer() > 0
               ? static_cast<std::uint64_t>(found->second.integer())
               : 0;
}

}  // namespace

SearchLog::SearchLog(std::filesystem::path file)
    : file_(std::move(file)),
      secret_(random_number()),
      saved_at_(std::chrono::steady_clock::now()) {
    read();
}

SearchLog::~SearchLog() {
    save();
}

Handler SearchLog::before(Handler answer, std::function<std::string(const Request&)> client) {
    return [this, answer = std::move(answer), client = std::move(client)](const Request& request) {
        auto response = answer(request);
        const auto* text = request.parameter("q");
        const bool is_search = request.segments.size() == 2 && request.segments[0] == "v1" &&
                               request.segments[1] == "search" && request.method == "GET";
        const bool is_answered = response.status == 200 || response.status == 304;
        if (is_search && is_answered && text != nullptr && !text->empty() &&
            request.parameter("cursor") == nullptr) {
            std::optional<std::uint64_t> total;
            for (const auto& [name, value] : response.headers) {
                if (name == "X-Total-Count") {
                    total = std::strtoull(value.c_str(), nullptr, 10);
                }
            }
            note(*text, total, client(request),
                 std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
        }
        return response;
    };
}

void SearchLog::note(const std::string& text, std::optional<std::uint64_t> total,
                     const std::string& client, std::chrono::sys_days day) {
    auto plain = index::canonical(text).text;
    bool is_time = false;
    {
        const std::lock_guard lock(mutex_);
        turn_to(name_of_day(day));
        auto& here = days_[today_];
        const bool nothing = total && *total == 0;
        ++here.searches;
        here.found_nothing += nothing ? 1 : 0;
        const auto known = here.texts.find(plain);
        if (plain.size() <= most_text_bytes && !looks_personal(plain) &&
            (known != here.texts.end() || here.texts.size() < most_texts)) {
            auto& one = known != here.texts.end() ? known->second : here.texts[plain];
            ++one.asked;
            one.found_nothing += nothing ? 1 : 0;
            if (!one.shown) {
                one.clients.insert(std::hash<std::string>{}(std::to_string(secret_) + client));
                one.shown = one.clients.size() >= least_clients;
            }
            if (one.shown) {
                one.clients.clear();
            }
        }
        const auto now = std::chrono::steady_clock::now();
        is_time = now - saved_at_ >= between_saves;
        saved_at_ = is_time ? now : saved_at_;
    }
    if (is_time) {
        save();
    }
}

/// Forgets of the day before what too few have asked, and days that are too old.
void SearchLog::turn_to(const std::string& day) {
    if (day == today_) {
        return;
    }
    today_ = day;
    for (auto& [name, one] : days_) {
        if (name != day) {
            std::erase_if(one.texts, [](const auto& text) { return !text.second.shown; });
        }
    }
    while (days_.size() >= most_days) {
        days_.erase(days_.begin());
    }
}

std::string SearchLog::json(std::size_t days) const {
    JsonText text;
    auto& json = text.writer;
    json.StartArray();
    auto left = days;
    for (auto day = days_.rbegin(); day != days_.rend() && left > 0; ++day, --left) {
        json.StartObject();
        member(json, "day", day->first);
        member(json, "searches", day->second.searches);
        member(json, "found_nothing", day->second.found_nothing);
        std::vector<std::pair<std::string, const Text*>> shown;
        for (const auto& [query, one] : day->second.texts) {
            if (one.shown) {
                shown.emplace_back(query, &one);
            }
        }
        std::stable_sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) {
            return a.second->asked > b.second->asked;
        });
        shown.resize(std::min(shown.size(), most_shown));
        json.Key("queries");
        json.StartArray();
        for (const auto& [query, one] : shown) {
            json.StartObject();
            member(json, "q", query);
            member(json, "searches", one->asked);
            member(json, "found_nothing", one->found_nothing);
            json.EndObject();
        }
        json.EndArray();
        json.EndObject();
    }
    json.EndArray();
    return text.str();
}

std::string SearchLog::report_json(std::size_t days) const {
    const std::lock_guard lock(mutex_);
    return json(days);
}

void SearchLog::save() {
    std::string text;
    {
        const std::lock_guard lock(mutex_);
        text = "{\"days\":" + json(most_days) + "}\n";
    }
    const auto beside = file_.string() + ".new";
    {
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        std::error_code ignored;
        std::filesystem::permissions(
            beside, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
            ignored);
        out << text;
        if (!out.flush()) {
            return;
        }
    }
    std::error_code ignored;
    std::filesystem::rename(beside, file_, ignored);
}

void SearchLog::read() {
    std::ifstream in(file_, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const auto kept = parameters_from_json(bytes.str());
    if (!kept || !kept->contains("days") || !kept->at("days").is(graph::ValueKind::list)) {
        return;
    }
    for (const auto& value : kept->at("days").list()) {
        if (!value.is(graph::ValueKind::map) || days_.size() >= most_days) {
            continue;
        }
        const auto& map = value.map();
        const auto name = map.find("day");
        if (name == map.end()) {
            continue;
        }
        auto& day = days_[std::string(graph::string_or_empty(name->second))];
        day.searches = number_in(map, "searches");
        day.found_nothing = number_in(map, "found_nothing");
        const auto queries = map.find("queries");
        if (queries == map.end() || !queries->second.is(graph::ValueKind::list)) {
            continue;
        }
        for (const auto& query : queries->second.list()) {
            if (query.is(graph::ValueKind::map) && query.map().contains("q")) {
                day.texts[std::string(graph::string_or_empty(query.map().at("q")))] = {
                    number_in(query.map(), "searches"),
                    number_in(query.map(), "found_nothing"),
                    {},
                    true};
            }
        }
    }
}

}  // namespace khom::server
