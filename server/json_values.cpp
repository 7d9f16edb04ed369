#include <array>
#include <cstdio>

#include "server/json_private.h"

namespace khom::server {

namespace {

/// A day as ISO 8601 (Howard Hinnant, "chrono-compatible low-level date algorithms").
std::string iso_date(std::int64_t days) {
    const std::int64_t shifted = days + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int64_t day_of_era = shifted - era * 146097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    std::array<char, 48> text{};
    const int length = std::snprintf(text.data(), text.size(), "%04lld-%02lld-%02lld",
                                     static_cast<long long>(year), static_cast<long long>(month),
                                     static_cast<long long>(day));
    return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

void write(JsonWriter& json, const graph::Wording& wording) {
    json.StartObject();
    if (!wording.th.empty()) {
        member(json, "th", wording.th);
    }
    if (!wording.en.empty()) {
        member(json, "en", wording.en);
    }
    json.EndObject();
}

void write(JsonWriter& json, const graph::Value& value) {
    using graph::ValueKind;
    if (value.is(ValueKind::boolean)) {
        write(json, value.boolean());
    } else if (value.is(ValueKind::integer)) {
        write(json, value.integer());
    } else if (value.is(ValueKind::floating)) {
        write(json, value.floating());
    } else if (value.is(ValueKind::string)) {
        write(json, value.string());
    } else if (value.is(ValueKind::date)) {
        write(json, iso_date(value.date().days));
    } else if (value.is(ValueKind::list)) {
        json.StartArray();
        for (const auto& item : value.list()) {
            write(json, item);
        }
        json.EndArray();
    } else {
        json.Null();  // the ontology gives entities and statements no other kinds of value
    }
}

}  // namespace khom::server
