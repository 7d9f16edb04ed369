// openapi.yaml is the one description of the API; clients want it as JSON too, so it is turned into
// JSON when first asked for. YAML's core schema decides what a plain scalar is; a quoted one is a
// string.

#include <charconv>
#include <string_view>

#include <yaml-cpp/yaml.h>

#include "server/json_private.h"
#include "server/routes/answers.h"

namespace khom::embedded {
extern const std::string_view openapi_yaml;
}

namespace khom::server {

namespace {

void write_scalar(JsonWriter& json, const YAML::Node& node) {
    const auto& text = node.Scalar();
    const char* end = text.data() + text.size();
    std::int64_t integer = 0;
    double number = 0;
    if (node.Tag() == "!") {  // quoted
        write(json, text);
        return;
    }
    if (text == "true" || text == "false") {
        json.Bool(text == "true");
    } else if (text == "null" || text == "~" || text.empty()) {
        json.Null();
    } else if (std::from_chars(text.data(), end, integer).ptr == end) {
        json.Int64(integer);
    } else if (std::from_chars(text.data(), end, number).ptr == end) {
        json.Double(number);
    } else {
        write(json, text);
    }
}

void write_node(JsonWriter& json, const YAML::Node& node) {
    switch (node.Type()) {
        case YAML::NodeType::Scalar:
            write_scalar(json, node);
            return;
        case YAML::NodeType::Sequence:
            json.StartArray();
            for (const auto& item : node) {
                write_node(json, item);
            }
            json.EndArray();
            return;
        case YAML::NodeType::Map:
            json.StartObject();
            for (const auto& pair : node) {
                json.Key(pair.first.Scalar().c_str());
                write_node(json, pair.second);
            }
            json.EndObject();
            return;
        case YAML::NodeType::Null:
        case YAML::NodeType::Undefined:
            json.Null();
            return;
    }
}

}  // namespace

Response openapi_route() {
    static const std::string json = [] {
        JsonText text;
        write_node(text.writer, YAML::Load(std::string(embedded::openapi_yaml)));
        return text.str();
    }();
    auto response = json_response(json);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

}  // namespace khom::server
