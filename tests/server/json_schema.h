#pragma once

#include <re2/re2.h>

#include <nlohmann/json.hpp>
#include <string>

namespace khom::testing {

/// What of `value` breaks `schema`, as lines "pointer: reason"; empty if nothing does. Knows the
/// part of JSON Schema that openapi.yaml uses. `root` is the whole description, where `$ref` looks.
inline std::string broken(const nlohmann::json& value, const nlohmann::json& schema,
                          const nlohmann::json& root, const std::string& at = "") {
    using nlohmann::json;
    if (schema.contains("$ref")) {
        const auto pointer = schema["$ref"].get<std::string>().substr(1);
        return broken(value, root.at(json::json_pointer(pointer)), root, at);
    }
    std::string faults;
    const auto fault = [&](const std::string& reason) { faults += at + ": " + reason + "\n"; };
    for (const auto& part : schema.value("allOf", json::array())) {
        faults += broken(value, part, root, at);
    }
    if (schema.contains("type")) {
        const auto is = [&](const std::string& type) {
            return type == "object"    ? value.is_object()
                   : type == "array"   ? value.is_array()
                   : type == "string"  ? value.is_string()
                   : type == "integer" ? value.is_number_integer()
                   : type == "number"  ? value.is_number()
                   : type == "boolean" ? value.is_boolean()
                                       : value.is_null();
        };
        const auto types =
            schema["type"].is_array() ? schema["type"] : json::array({schema["type"]});
        bool fits = false;
        for (const auto& type : types) {
            fits = fits || is(type.get<std::string>());
        }
        if (!fits) {
            fault("is not " + types.dump());
            return faults;
        }
    }
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
        fault(value.dump() + " is not in " + schema["enum"].dump());
    }
    if (value.is_string() && schema.contains("pattern") &&
        !RE2::PartialMatch(value.get<std::string>(), schema["pattern"].get<std::string>())) {
        fault(value.dump() + " does not fit " + schema["pattern"].dump());
    }
    if (value.is_object()) {
        const auto properties = schema.value("properties", json::object());
        for (const auto& name : schema.value("required", json::array())) {
            if (!value.contains(name.get<std::string>())) {
                fault("lacks " + name.dump());
            }
        }
        for (const auto& [name, member] : value.items()) {
            if (properties.contains(name)) {
                faults += broken(member, properties[name], root, at + "/" + name);
            } else if (schema.contains("additionalProperties") &&
                       schema["additionalProperties"].is_object()) {
                faults += broken(member, schema["additionalProperties"], root, at + "/" + name);
            } else if (!properties.empty() && !schema.contains("additionalProperties")) {
                fault("has " + name + ", which is not described");
            }
        }
    }
    if (value.is_array()) {
        if (value.size() < schema.value("minItems", std::size_t{0})) {
            fault("has too few items");
        }
        for (std::size_t i = 0; schema.contains("items") && i < value.size(); ++i) {
            faults += broken(value[i], schema["items"], root, at + "/" + std::to_string(i));
        }
    }
    return faults;
}

}  // namespace khom::testing
