// Blocks of JSON within a page. They are data, never run; "<" is escaped so that no text can end
// its block.
#include "server/json_private.h"
#include "server/pages/parts.h"
#include "server/pages/whole_words.h"
#include "server/url.h"

namespace khom::server {

namespace {

/// The first of the alternatives that the ontology names: "Person | Audience (for groups)".
std::string first_alternative(std::string_view schema_org) {
    const auto end = schema_org.find_first_of(" |(");
    return std::string(schema_org.substr(0, end));
}

void named_values(JsonWriter& json, std::string_view key, const graph::Wording& words) {
    if (words.th.empty() && words.en.empty()) return;
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    json.StartArray();
    const auto one = [&](const char* code, const std::string& text) {
        if (text.empty()) return;
        json.StartObject();
        member(json, "@language", code);
        member(json, "@value", text);
        json.EndObject();
    };
    one("th", words.th);
    one("en", words.en);
    json.EndArray();
}

}  // namespace

std::string data_block(std::string_view type, std::string_view id, std::string_view json) {
    std::string html = "<script type=\"" + std::string(type) + "\"";
    if (!id.empty()) {
        html += " id=\"" + std::string(id) + "\"";
    }
    html += ">";
    for (const char c : json) {
        switch (c) {
            case '<':
                html += "\\u003c";
                break;
            case '>':
                html += "\\u003e";
                break;
            case '&':
                html += "\\u0026";
                break;
            default:
                html += c;
        }
    }
    return html + "</script>\n";
}

std::string wording_block(const graph::Ontology& ontology) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    json.Key("types");
    json.StartObject();
    for (const auto& type : ontology.types) {
        json.Key(type.id.c_str());
        json.StartObject();
        member(json, "th", type.wording.th);
        member(json, "en", type.wording.en);
        member(json, "inverse", type.inverse);
        json.EndObject();
    }
    json.EndObject();
    json.Key("whole");
    json.StartArray();
    for (const auto word : whole_words) {
        json.String(word.data(), static_cast<rapidjson::SizeType>(word.size()));
    }
    json.EndArray();
    json.EndObject();
    return data_block("application/json", "khom-wording", text.str());
}

std::string json_ld_block(const query::EntityView& entity, const graph::Ontology& ontology,
                          std::string_view base_url) {
    const auto* kind = ontology.kind(entity.ref.kind);
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "@context", "https://schema.org");
    member(json, "@id", std::string(base_url) + "/id/" + percent_encoded(entity.ref.id));
    member(json, "@type",
           kind == nullptr || kind->schema_org.empty() ? std::string("Thing")
                                                       : first_alternative(kind->schema_org));
    named_values(json, "name", entity.ref.name);
    named_values(json, "description", entity.summary);
    if (entity.ref.kind == "program" && entity.time) {
        member(json, "temporalCoverage", entity.time->edtf);
    }
    if (entity.point) {
        json.Key("geo");
        json.StartObject();
        member(json, "@type", "GeoCoordinates");
        member(json, "latitude", entity.point->lat);
        member(json, "longitude", entity.point->lon);
        json.EndObject();
    }
    if (!entity.same_as.empty()) {
        members(json, "sameAs", entity.same_as);
    }
    json.EndObject();
    return data_block("application/ld+json", {}, text.str());
}

}  // namespace khom::server
