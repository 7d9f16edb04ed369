#include "graph/ontology.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace khom::graph {

namespace {

using nlohmann::json;

Wording wording_at(const json& object) {
    return {object.value("en", ""), object.value("th", "")};
}

Term term(const json& entry) {
    return {entry.at("id"), wording_at(entry)};
}

EntityKind kind_from(const json& entry) {
    EntityKind kind{entry.at("id"),
                    entry.at("label"),
                    wording_at(entry.at("one")),
                    wording_at(entry.at("many")),
                    {},
                    {},
                    {},
                    {}};
    for (const auto& subtype : entry.at("subtypes")) {
        kind.subtypes.push_back(subtype.at("id"));
    }
    kind.schema_org = entry.value("schema_org", "");
    kind.cidoc_crm = entry.value("cidoc_crm", "");
    kind.wikidata = entry.value("wikidata", "");
    return kind;
}

RelationshipType type_from(const json& entry) {
    RelationshipType type;
    type.id = entry.at("id");
    type.cypher = entry.at("cypher");
    type.domain = entry.at("domain").get<std::vector<std::string>>();
    type.range = entry.at("range").get<std::vector<std::string>>();
    type.wording = wording_at(entry.at("label"));
    type.inverse_id = entry.at("inverse").at("id");
    type.inverse = wording_at(entry.at("inverse"));
    type.sentence = wording_at(entry.at("sentence"));
    type.sentence_inverse = wording_at(entry.at("sentence_inverse"));
    type.symmetric = entry.value("symmetric", false);
    type.schema_org = entry.value("schema_org", "");
    type.cidoc_crm = entry.value("cidoc_crm", "");
    type.wikidata = entry.value("wikidata", "");
    for (const auto& attribute : entry.value("attributes", json::array())) {
        type.attributes.push_back(attribute.is_string() ? attribute.get<std::string>()
                                                        : attribute.at("name").get<std::string>());
    }
    return type;
}

Attribute attribute_from(const json& entry) {
    return {entry.at("name"), entry.at("value"), entry.at("on").get<std::vector<std::string>>(),
            entry.value("searchable", false), wording_at(entry.at("wording"))};
}

template <class T, class Read>
std::vector<T> list(const json& root, const char* name, Read read) {
    std::vector<T> all;
    for (const auto& entry : root.at(name)) {
        all.push_back(read(entry));
    }
    return all;
}

std::string id_of(const json& entry) {
    return entry.is_string() ? entry.get<std::string>() : entry.at("id").get<std::string>();
}

template <class T, class Name>
const T* find(const std::vector<T>& all, std::string_view wanted, Name T::*name) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const T& one) { return one.*name == wanted; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

const EntityKind* Ontology::kind(std::string_view id) const {
    return find(kinds, id, &EntityKind::id);
}

const EntityKind* Ontology::kind_of_label(std::string_view label) const {
    return find(kinds, label, &EntityKind::label);
}

const RelationshipType* Ontology::type(std::string_view id) const {
    return find(types, id, &RelationshipType::id);
}

const RelationshipType* Ontology::type_of_cypher(std::string_view cypher) const {
    return find(types, cypher, &RelationshipType::cypher);
}

const Attribute* Ontology::attribute(std::string_view name) const {
    return find(attributes, name, &Attribute::name);
}

Wording Ontology::wording(const std::vector<Term>& terms, std::string_view id) {
    const auto* found = find(terms, id, &Term::id);
    return found == nullptr ? Wording{std::string(id), std::string(id)} : found->wording;
}

Result<Ontology> parse_ontology(std::string_view text) {
    try {
        const auto root = json::parse(text);
        Ontology ontology;
        ontology.version = root.at("version");
        ontology.kinds = list<EntityKind>(root, "kinds", kind_from);
        ontology.types = list<RelationshipType>(root, "types", type_from);
        ontology.attributes = list<Attribute>(root, "attributes", attribute_from);
        ontology.sectors = list<Term>(root, "sectors", term);
        ontology.scopes = list<Term>(root, "scopes", term);
        ontology.certainties = list<Term>(root, "certainties", term);
        ontology.statuses = list<Term>(root, "statuses", term);
        ontology.geo_certainties = list<Term>(root, "geo_certainties", term);
        ontology.hubs = list<std::string>(root, "hubs", id_of);
        ontology.key_feature_areas = list<std::string>(root, "key_feature_areas", id_of);
        ontology.award_criteria = list<std::string>(root, "award_criteria", id_of);
        return ontology;
    } catch (const json::exception& error) {
        return refuse(RefusalCode::invalid_data, std::string("The ontology file: ") + error.what());
    }
}

}  // namespace khom::graph
