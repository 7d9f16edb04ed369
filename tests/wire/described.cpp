#include "tests/wire/described.h"

#include "server/url.h"
#include "tests/server/json_schema.h"

namespace khom::testing {

namespace {

using nlohmann::json;

bool fits(const std::string& pattern, const std::vector<std::string>& path) {
    const auto parts = server::parse_target(pattern)->segments;
    if (parts.size() != path.size()) {
        return false;
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].front() != '{' && parts[i] != path[i]) {
            return false;
        }
    }
    return true;
}

/// The path as described, one without places before one with; empty if there is none.
std::string described_path(const json& paths, const std::vector<std::string>& path) {
    std::string found;
    for (const auto& [pattern, operations] : paths.items()) {
        if (fits(pattern, path) && (found.empty() || pattern.find('{') == std::string::npos)) {
            found = pattern;
        }
    }
    return found;
}

/// What any route may answer, whatever it is asked: told once, in the text of the description.
bool is_general(int status) {
    return status == 401 || status == 404 || status == 405 || status == 408 || status == 413 ||
           status == 414 || status == 429 || status == 431 || status == 500 || status == 503 ||
           status == 301;
}

/// What was asked for and answered, though the description does not speak of it.
std::string undescribed_parameter(const json& description, const json& operation,
                                  const server::Pairs& query) {
    for (const auto& [name, value] : query) {
        bool is_known = false;
        for (json parameter : operation.value("parameters", json::array())) {
            if (parameter.contains("$ref")) {
                parameter = description.at(
                    json::json_pointer(parameter["$ref"].get<std::string>().substr(1)));
            }
            is_known = is_known || (parameter["in"] == "query" && parameter["name"] == name);
        }
        if (!is_known) return name;
    }
    return {};
}

}  // namespace

std::string undescribed(const json& description, const std::string& method,
                        const std::string& target, const WireAnswer& answer) {
    const auto parsed = server::parse_target(target);
    const bool is_api = parsed && !parsed->segments.empty() &&
                        (parsed->segments[0] == "v1" || parsed->segments[0] == "compat" ||
                         parsed->segments[0] == "reconcile");
    if (!is_api || method == "OPTIONS") {
        return {};
    }
    const auto path = described_path(description["paths"], parsed->segments);
    std::string name = method == "HEAD" ? "get" : method;
    for (char& c : name) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    if (path.empty() || !description["paths"][path].contains(name)) {
        return is_general(answer.status) ? "" : method + " " + target + " is not described";
    }
    if (answer.status < 300) {
        const auto& operation = description["paths"][path][name];
        const auto unknown = undescribed_parameter(description, operation, parsed->query);
        if (!unknown.empty()) return method + " " + path + " does not describe " + unknown;
    }
    auto responses = description["paths"][path][name]["responses"];
    const auto status = std::to_string(answer.status);
    if (!responses.contains(status)) {
        return is_general(answer.status)
                   ? ""
                   : method + " " + path + " does not describe status " + status;
    }
    json response = responses[status];
    if (response.contains("$ref")) {
        response =
            description.at(json::json_pointer(response["$ref"].get<std::string>().substr(1)));
    }
    const auto given = answer.headers.find("content-type");
    if (!response.contains("content")) {
        return answer.body.empty()
                   ? ""
                   : method + " " + path + " describes no body for status " + status;
    }
    const auto type =
        given == answer.headers.end() ? "" : given->second.substr(0, given->second.find(';'));
    if (!response["content"].contains(type)) {
        return method + " " + path + " does not describe " + type;
    }
    if (answer.body.empty() || type.find("json") == std::string::npos ||
        type.find("ndjson") != std::string::npos) {
        return {};
    }
    const auto body = json::parse(answer.body, nullptr, false);
    if (body.is_discarded()) {
        return method + " " + target + " is no JSON";
    }
    return broken(body, response["content"][type].value("schema", json::object()), description);
}

}  // namespace khom::testing
