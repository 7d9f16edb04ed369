#pragma once

// RapidJSON as the writers use it: one object at a time, appended to the piece being made.

#include <string>
#include <string_view>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "graph/value.h"

namespace khom::corpus {

using JsonBuffer = rapidjson::StringBuffer;
using Json = rapidjson::Writer<JsonBuffer>;

inline void text(Json& json, std::string_view words) {
    json.String(words.data(), static_cast<rapidjson::SizeType>(words.size()));
}
inline void key(Json& json, std::string_view name) {
    json.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}
inline void member(Json& json, std::string_view name, std::string_view words) {
    key(json, name);
    text(json, words);
}
/// Numbers and booleans as themselves, lists as arrays, all else as text.
void write_value(Json& json, const graph::Value& value);

}  // namespace khom::corpus
