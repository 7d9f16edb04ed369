#include "server/json.h"
#include "server/json_private.h"

namespace khom::server {

namespace {

void write_findings(JsonWriter& json, const char* key,
                    const std::vector<corpus::Finding>& findings) {
    json.Key(key);
    json.StartArray();
    for (const auto& finding : findings) {
        json.StartObject();
        member(json, "file", finding.file);
        member(json, "line", finding.line);
        member(json, "pointer", finding.column);
        member(json, "detail", finding.detail);
        member(json, "code", corpus::name(finding.code));
        json.EndObject();
    }
    json.EndArray();
}

}  // namespace

std::string import_json(const corpus::ImportReport& report) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "batch", report.batch);
    member(json, "dry_run", report.dry_run);
    member(json, "rev", graph::number(report.revision));
    member(json, "created", report.created);
    member(json, "updated", report.updated);
    member(json, "unchanged", report.unchanged);
    write_findings(json, "rejected", report.rejected);
    write_findings(json, "warnings", report.warnings);
    json.Key("likely_duplicates");
    json.StartArray();
    for (const auto& duplicate : report.likely_duplicates) {
        json.StartObject();
        member(json, "file", duplicate.file);
        member(json, "line", duplicate.line);
        member(json, "id", duplicate.id);
        member(json, "other", duplicate.other);
        member(json, "score", duplicate.score);
        member(json, "why", duplicate.why);
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
    return text.str();
}

std::string check_json(const corpus::CheckReport& report) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "rev", graph::number(report.revision));
    json.Key("gaps");
    json.StartArray();
    for (const auto& gap : report.gaps) {
        json.StartObject();
        member(json, "name", gap.name);
        member(json, "wording", gap.words);
        member(json, "of", gap.of);
        member(json, "count", gap.ids.size());
        members(json, "ids", gap.ids);
        json.EndObject();
    }
    json.EndArray();
    members(json, "damage", report.damage);
    json.EndObject();
    return text.str();
}

}  // namespace khom::server
