#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"

namespace khom::graph {

/// The same words in both languages.
struct Wording {
    std::string en;
    std::string th;
    bool operator==(const Wording&) const = default;
};

/// One of the eight kinds. `id` is used everywhere ("program"), `label` in Cypher only ("Program").
struct EntityKind {
    std::string id;
    std::string label;
    Wording one;
    Wording many;
    std::vector<std::string> subtypes;
    std::string schema_org, cidoc_crm, wikidata;
};

/// One of the relationship types. `id` is used everywhere ("organized_by"), `cypher` in Cypher only
/// ("ORGANIZED_BY").
struct RelationshipType {
    std::string id;
    std::string cypher;
    std::vector<std::string> domain;  ///< kinds it may start from
    std::vector<std::string> range;   ///< kinds it may lead to
    Wording wording;                  ///< "is organised by"
    std::string inverse_id;           ///< "organizes"
    Wording inverse;                  ///< "organises"
    Wording sentence;                 ///< "{from} is organised by {to}"
    Wording sentence_inverse;         ///< "{to} organises {from}"
    bool symmetric = false;
    std::string schema_org, cidoc_crm, wikidata;
    std::vector<std::string> attributes;  ///< its own, besides those of every statement
};

/// One property that an entity or a statement may have.
struct Attribute {
    std::string name;             ///< as in Cypher and in the CSV header: "goal_en"
    std::string value;            ///< string, text, list, integer, number, boolean, edtf, date, url
    std::vector<std::string> on;  ///< kinds, "*" for all kinds, "statement"
    bool searchable = false;
    Wording wording;
};

/// One word of a closed list: a sector, a certainty, a status, a scope.
struct Term {
    std::string id;
    Wording wording;
};

/// The city's ontology: which kinds and types there are and how they are worded. Read from
/// `ontology.json`; a plain value. The one place that maps a kind to its Cypher label and a type to
/// its Cypher name.
struct Ontology {
    std::string version;
    std::vector<EntityKind> kinds;
    std::vector<RelationshipType> types;
    std::vector<Attribute> attributes;
    std::vector<Term> sectors, scopes, certainties, statuses, geo_certainties;
    std::vector<std::string>
        hubs;  ///< public ids through which nearly everything is connected: they explain nothing
    std::vector<std::string> key_feature_areas, award_criteria;  ///< public ids of themes

    const EntityKind* kind(std::string_view id) const;
    const EntityKind* kind_of_label(std::string_view label) const;
    const RelationshipType* type(std::string_view id) const;
    const RelationshipType* type_of_cypher(std::string_view cypher) const;
    const Attribute* attribute(std::string_view name) const;
    /// The wording of a word in a closed list; the word itself if it is not there.
    static Wording wording(const std::vector<Term>& terms, std::string_view id);
};

/// Reads the JSON text of an ontology file. Refuses: invalid_data, saying which entry lacks what.
Result<Ontology> parse_ontology(std::string_view json);

}  // namespace khom::graph
