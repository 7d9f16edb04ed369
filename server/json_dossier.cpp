#include <array>

#include "corpus/dossier_templates.h"
#include "corpus/sha256.h"
#include "server/dossier.h"
#include "server/json_private.h"

namespace khom::server {

namespace {

void write(JsonWriter& json, const query::EntityRef& entity) {
    json.StartObject();
    member(json, "id", entity.id);
    member_if(json, "kind", entity.kind);  // a sector has none
    member(json, "name", entity.name);
    json.EndObject();
}

void write_why(JsonWriter& json, const std::vector<query::Doubt>& why) {
    if (why.empty()) return;
    json.Key("to_confirm");
    json.StartArray();
    for (const auto doubt : why) server::write(json, query::wording(doubt));
    json.EndArray();
}

template <class List>
void entities(JsonWriter& json, std::string_view key, const List& list) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    json.StartArray();
    for (const auto& entity : list) write(json, entity);
    json.EndArray();
}

void write_claim(JsonWriter& json, const query::Claim& claim) {
    json.StartObject();
    member(json, "id", claim.id);
    member(json, "text", claim.text);
    member(json, "count", claim.count);
    members(json, "evidence", claim.evidence);
    json.Key("counted");
    json.StartArray();
    for (const auto& counted : claim.counted) {
        json.StartObject();
        json.Key("entity");
        write(json, counted.entity);
        members(json, "statements", counted.statements);
        json.EndObject();
    }
    json.EndArray();
    member(json, "query", claim.query);
    json.EndObject();
}

void write_section(JsonWriter& json, const query::DossierSection& section) {
    json.StartObject();
    member(json, "id", section.id);
    member(json, "title", section.title);
    member(json, "asks", section.asks);
    member(json, "status", name(section.status));
    member(json, "reason", section.reason);
    json.Key("claims");
    json.StartArray();
    for (const auto& claim : section.claims) write_claim(json, claim);
    json.EndArray();
    members(json, "gaps", section.gaps);
    members(json, "to_confirm", section.to_confirm);
    member(json, "answer", section.answer);
    member(json, "answer_words", section.words_en);
    if (section.words_max > 0) member(json, "words_max", section.words_max);
    json.EndObject();
}

void write_areas(JsonWriter& json, const query::Dossier& dossier) {
    json.Key("areas");
    json.StartArray();
    for (const auto& row : dossier.areas) {
        json.StartObject();
        write_ref(json, "area", row.area);
        member(json, "status", name(row.status));
        entities(json, "programmes", row.programmes);
        members(json, "evidence", row.evidence);
        members(json, "to_confirm", row.to_confirm);
        json.EndObject();
    }
    json.EndArray();
}

void write_partners(JsonWriter& json, const query::Dossier& dossier) {
    json.Key("partners");
    json.StartArray();
    for (const auto& row : dossier.partners) {
        json.StartObject();
        write_ref(json, "entity", row.entity);
        member(json, "sector", row.sector);
        json.Key("years");
        json.StartObject();
        for (const auto& [year, count] : row.years) member(json, std::to_string(year), count);
        json.EndObject();
        members(json, "evidence", row.evidence);
        json.EndObject();
    }
    json.EndArray();
}

void write_programmes(JsonWriter& json, const query::Dossier& dossier) {
    json.Key("programmes");
    json.StartArray();
    for (const auto& row : dossier.programmes) {
        json.StartObject();
        write_ref(json, "entity", row.entity);
        member(json, "time", row.time.edtf);
        member(json, "time_words", row.time.words);
        member(json, "summary", row.summary);
        entities(json, "partners", row.partners);
        entities(json, "places", row.places);
        members(json, "sources", row.sources);
        json.EndObject();
    }
    json.EndArray();
}

void write_figures(JsonWriter& json, const query::Dossier& dossier) {
    json.Key("figures");
    json.StartArray();
    for (const auto& row : dossier.figures) {
        json.StartObject();
        write_ref(json, "entity", row.entity);
        member(json, "name", row.name);
        member(json, "value", row.value);
        member(json, "time", row.time);
        members(json, "sources", row.sources);
        write_why(json, row.why);
        json.EndObject();
    }
    json.EndArray();
}

void write_places(JsonWriter& json, const query::Dossier& dossier) {
    json.Key("places");
    json.StartArray();
    for (const auto& row : dossier.places) {
        json.StartObject();
        write_ref(json, "entity", row.entity);
        members(json, "point", std::array{row.point.lon, row.point.lat});
        member(json, "programmes", row.programmes);
        json.EndObject();
    }
    json.EndArray();
}

void write_record(JsonWriter& json, const query::Dossier& dossier) {
    json.Key("statements");
    json.StartArray();
    for (const auto& [id, line] : dossier.statements) {
        json.StartObject();
        member(json, "id", id);
        member(json, "sentence", line.sentence);
        member(json, "certainty", line.certainty);
        members(json, "sources", line.sources);
        write_why(json, line.why);
        json.EndObject();
    }
    json.EndArray();
    json.Key("sources");
    json.StartArray();
    std::size_t number = 0;
    for (const auto& source : dossier.sources) {
        json.StartObject();
        member(json, "number", ++number);
        member(json, "id", source.id);
        member(json, "title", source.title);
        member_if(json, "locator", source.locator);
        member_if(json, "publisher", source.publisher);
        member_if(json, "url", source.url);
        member_if(json, "licence", source.licence);
        member_if(json, "retrieved", source.retrieved);
        json.EndObject();
    }
    json.EndArray();
}

std::string text_of(const query::Dossier& dossier, const std::string& digest) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "id", dossier.id);
    member(json, "title", dossier.title);
    member(json, "about", dossier.about);
    member(json, "rev", dossier.revision);
    member_if(json, "digest", digest);
    json.Key("period");
    json.StartObject();
    member(json, "from", dossier.from);
    member(json, "to", dossier.to);
    member(json, "words", dossier.period);
    json.EndObject();
    member(json, "rule", dossier.rule);
    json.Key("criteria");
    json.StartArray();
    for (const auto& section : dossier.sections) write_section(json, section);
    json.EndArray();
    write_areas(json, dossier);
    write_partners(json, dossier);
    write_programmes(json, dossier);
    write_figures(json, dossier);
    write_places(json, dossier);
    write_record(json, dossier);
    json.EndObject();
    return text.str();
}

}  // namespace

const std::vector<query::DossierTemplate>& dossier_forms() {
    static const auto forms = [] {
        std::vector<query::DossierTemplate> parsed;
        for (const auto text : corpus::dossier_templates()) {
            auto form = query::parse_dossier_template(text);
            if (!form) throw graph::Fault(form.error().message);
            parsed.push_back(std::move(*form));
        }
        return parsed;
    }();
    return forms;
}

graph::Result<const query::DossierTemplate*> dossier_form(std::string_view id) {
    std::string known;
    for (const auto& form : dossier_forms()) {
        if (form.id == id) return &form;
        known += (known.empty() ? "" : ", ") + form.id;
    }
    return graph::refuse(
        graph::RefusalCode::entity_not_found,
        "There is no dossier '" + std::string(id) + "'. There are: " + known + ".");
}

std::string dossier_json(const query::Dossier& dossier) {
    return text_of(dossier, "sha256:" + corpus::sha256(text_of(dossier, {})));
}

}  // namespace khom::server
