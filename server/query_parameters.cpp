#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "server/query_rows.h"

namespace khom::server {

namespace {

using graph::Value;

constexpr int max_depth = 100;

graph::Result<Value> converted(const rapidjson::Value& json, int depth);

graph::Result<Value> converted_list(const rapidjson::Value& json, int depth) {
    graph::List list;
    for (const auto& each : json.GetArray()) {
        auto value = converted(each, depth);
        if (!value) return value;
        list.push_back(std::move(*value));
    }
    return Value(std::move(list));
}

graph::Result<Value> converted_map(const rapidjson::Value& json, int depth) {
    graph::Map map;
    for (const auto& member : json.GetObject()) {
        auto value = converted(member.value, depth);
        if (!value) return value;
        map.insert_or_assign(std::string(member.name.GetString(), member.name.GetStringLength()),
                             std::move(*value));
    }
    return Value(std::move(map));
}

graph::Result<Value> converted(const rapidjson::Value& json, int depth) {
    if (depth > max_depth) {
        return graph::refuse_parameter("parameters", "Parameters may be nested 100 levels deep.");
    }
    if (json.IsBool()) return Value(json.GetBool());
    if (json.IsInt64()) return Value(static_cast<std::int64_t>(json.GetInt64()));
    if (json.IsNumber()) return Value(json.GetDouble());
    if (json.IsString()) return Value(std::string(json.GetString(), json.GetStringLength()));
    if (json.IsArray()) return converted_list(json, depth + 1);
    if (json.IsObject()) return converted_map(json, depth + 1);
    return Value();
}

}  // namespace

graph::Result<Value> value_from_json(std::string_view text) {
    rapidjson::Document document;
    // Iterative: deep nesting must not grow the stack before it is refused.
    constexpr auto flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                           rapidjson::kParseFullPrecisionFlag;
    document.Parse<flags>(text.data(), text.size());
    if (document.HasParseError()) {
        return graph::refuse_parameter(
            "body", std::string("This is no JSON: ") +
                        rapidjson::GetParseError_En(document.GetParseError()) + " (at byte " +
                        std::to_string(document.GetErrorOffset()) + ")");
    }
    return converted(document, 0);
}

graph::Result<graph::Map> parameters_from_json(std::string_view text) {
    return value_from_json(text).and_then([](const Value& value) -> graph::Result<graph::Map> {
        if (!value.is(graph::ValueKind::map)) {
            return graph::refuse_parameter("parameters",
                                           "Parameters are a JSON object of names and values.");
        }
        return value.map();
    });
}

}  // namespace khom::server
