#include "server/json_changes.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <set>

#include "graph/settings.h"
#include "server/json_private.h"

namespace khom::server {

namespace {

std::string text_of(const graph::Map& properties, const char* name) {
    const auto found = properties.find(name);
    return found == properties.end() ? std::string()
                                     : std::string(graph::string_or_empty(found->second));
}

template <class Change>
const graph::Map& properties_of(const Change& change) {
    return change.after ? change.after->properties : change.before->properties;
}

void begin(JsonWriter& json, const graph::LogEntry& entry) {
    json.StartObject();
    member(json, "rev", graph::number(entry.revision));
}

void end(JsonWriter& json, const graph::LogEntry& entry) {
    member(json, "at", utc_text(entry.at));
    member(json, "batch", "b-" + std::to_string(graph::number(entry.revision)));
    json.EndObject();
}

void write_differences(JsonWriter& json, const graph::Map& before, const graph::Map& after) {
    std::set<std::string> names;
    for (const auto* side : {&before, &after}) {
        for (const auto& [name, value] : *side) {
            names.insert(name);
        }
    }
    json.Key("changed");
    json.StartObject();
    for (const auto& name : names) {
        const auto old = before.find(name), fresh = after.find(name);
        const auto was = old == before.end() ? graph::Value() : old->second;
        const auto is = fresh == after.end() ? graph::Value() : fresh->second;
        if (was == is) {
            continue;
        }
        json.Key(name.c_str());
        json.StartObject();
        member(json, "before", was);
        member(json, "after", is);
        json.EndObject();
    }
    json.EndObject();
}

template <class Change>
void write_change(JsonWriter& json, const Change& change, std::string_view what) {
    static const graph::Map none;
    json.StartObject();
    member(json, "op", change.after ? (change.before ? "put" : "create") : "delete");
    member(json, "what", what);
    member(json, "id", text_of(properties_of(change), graph::public_id_key));
    write_differences(json, change.before ? change.before->properties : none,
                      change.after ? change.after->properties : none);
    json.EndObject();
}

}  // namespace

std::string utc_text(std::chrono::system_clock::time_point at) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string changes_json(const graph::LogEntry& entry) {
    JsonText text;
    auto& json = text.writer;
    std::set<std::string> merged;
    json.StartArray();
    for (const auto& redirect : entry.batch.redirects) {
        if (graph::setting_name(redirect.from)) {
            continue;  // words of the search are no entities
        }
        if (redirect.into.empty()) continue;  // the entity is back, and is told below
        merged.insert(redirect.from);
        begin(json, entry);
        member(json, "op", "merge");
        member(json, "id", redirect.from);
        member(json, "into", redirect.into);
        end(json, entry);
    }
    const auto put = [&](const auto& change) {
        const auto id = text_of(properties_of(change), graph::public_id_key);
        if (id.empty() || (!change.after && merged.contains(id))) {
            return;
        }
        begin(json, entry);
        member(json, "op", change.after ? "put" : "delete");
        member(json, "id", id);
        end(json, entry);
    };
    std::for_each(entry.batch.nodes.begin(), entry.batch.nodes.end(), put);
    std::for_each(entry.batch.relationships.begin(), entry.batch.relationships.end(), put);
    json.EndArray();
    const auto all = text.str();
    return all.substr(1, all.size() - 2);
}

std::string history_json(const graph::LogEntry& entry, const std::vector<std::string>& ids) {
    const auto is_meant = [&](const std::string& id) {
        return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    JsonText text;
    auto& json = text.writer;
    bool any = false;
    json.StartObject();
    member(json, "rev", graph::number(entry.revision));
    member(json, "at", utc_text(entry.at));
    member(json, "batch", "b-" + std::to_string(graph::number(entry.revision)));
    json.Key("changes");
    json.StartArray();
    for (const auto& redirect : entry.batch.redirects) {
        const bool is_merge = !redirect.into.empty();
        if (is_merge && (is_meant(redirect.from) || is_meant(redirect.into))) {
            any = true;
            json.StartObject();
            member(json, "op", "merge");
            member(json, "what", "entity");
            member(json, "id", redirect.from);
            member(json, "into", redirect.into);
            json.EndObject();
        }
    }
    for (const auto& change : entry.batch.nodes) {
        if (is_meant(text_of(properties_of(change), graph::public_id_key))) {
            any = true;
            write_change(json, change, "entity");
        }
    }
    json.EndArray();
    json.EndObject();
    return any ? text.str() : std::string();
}

}  // namespace khom::server
