#pragma once

// RapidJSON as this folder uses it. Text in answers is UTF-8 by the time it comes here: requests
// are checked when they are read, the corpus when it is imported.

#include <cmath>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "graph/ontology.h"
#include "graph/value.h"
#include "query/entity.h"

namespace khom::server {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

struct JsonText {
    static constexpr std::size_t answer_bytes = 32 * 1024, row_bytes = 256;  // mostly enough
    rapidjson::StringBuffer buffer;
    JsonWriter writer{buffer};

    explicit JsonText(std::size_t room_bytes = answer_bytes) : buffer(nullptr, room_bytes) {}

    std::string str() const { return {buffer.GetString(), buffer.GetSize()}; }
};

inline void write(JsonWriter& json, std::string_view text) {
    json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
inline void write(JsonWriter& json, const std::string& text) {
    write(json, std::string_view(text));
}
inline void write(JsonWriter& json, const char* text) {
    write(json, std::string_view(text));
}
inline void write(JsonWriter& json, bool value) {
    json.Bool(value);
}
template <std::integral Number>
void write(JsonWriter& json, Number value) {
    if constexpr (std::signed_integral<Number>) {
        json.Int64(value);
    } else {
        json.Uint64(value);
    }
}
/// JSON has no infinities.
inline void write(JsonWriter& json, double value) {
    if (std::isfinite(value)) {
        json.Double(value);
    } else {
        json.Null();
    }
}
/// A language map: empty languages are left out.
void write(JsonWriter& json, const graph::Wording& wording);
/// A property's value: temporal ones as their text.
void write(JsonWriter& json, const graph::Value& value);

template <class T>
void member(JsonWriter& json, std::string_view key, const T& value) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    write(json, value);
}
template <class List>
void members(JsonWriter& json, std::string_view key, const List& list) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    json.StartArray();
    for (const auto& item : list) {
        write(json, item);
    }
    json.EndArray();
}

// Parts that several answers have (json_entities.cpp); those named `_if` leave out what is empty.
void member_if(JsonWriter& json, std::string_view key, const std::string& text);
void member_if(JsonWriter& json, std::string_view key, const query::Wording& words);
void member_or_null(JsonWriter& json, std::string_view key, const std::string& text);
void write_ref(JsonWriter& json, std::string_view key, const query::EntityRef& ref);
void write_time(JsonWriter& json, const std::optional<query::TimeLabel>& time);

}  // namespace khom::server
