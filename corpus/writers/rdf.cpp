#include "corpus/writers/rdf.h"

#include <algorithm>
#include <array>
#include <utility>

namespace khom::corpus {

namespace {

using Kind = RdfTerm::Kind;

bool is_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

/// The first term of the ontology's remark, if it is meant exactly: "location / x" but not "owns
/// (no exact term)".
std::string exact_term(const std::string& remark) {
    const bool vague =
        remark.find("no exact") != std::string::npos || remark.find("loosely") != std::string::npos;
    const auto word = remark.substr(0, remark.find(' '));
    return !vague && is_word(word) ? word : std::string();
}

struct Renamed {
    std::string_view property, predicate;
};
// Properties that schema.org has a word for; the others are ours.
constexpr std::array renamed = {
    Renamed{"name", "schema:name"},
    Renamed{"aliases", "schema:alternateName"},
    Renamed{"summary", "schema:description"},
    Renamed{"lat", "schema:latitude"},
    Renamed{"lon", "schema:longitude"},
    Renamed{"same_as", "schema:sameAs"},
    Renamed{"url", "schema:url"},
    Renamed{"publisher", "schema:publisher"},
    Renamed{"published", "schema:datePublished"},
    Renamed{"language", "schema:inLanguage"},
};

std::string predicate_of(std::string_view property) {
    const auto* found = std::find_if(renamed.begin(), renamed.end(), [&](const Renamed& each) {
        return each.property == property;
    });
    return found == renamed.end() ? "khom:" + std::string(property) : std::string(found->predicate);
}

/// "summary_th" → {"summary", "th"}; "aliases_other" → {"aliases", ""}.
std::pair<std::string, std::string> split(const std::string& name) {
    for (const std::string_view ending : {"_en", "_th", "_other"}) {
        if (name.size() > ending.size() && name.ends_with(ending)) {
            const auto language = ending == "_other" ? "" : std::string(ending.substr(1));
            return {name.substr(0, name.size() - ending.size()), language};
        }
    }
    return {name, ""};
}

Kind kind_of_value(const graph::Value& value, const graph::Attribute* attribute) {
    if (value.is(graph::ValueKind::boolean)) {
        return Kind::boolean;
    }
    if (value.is(graph::ValueKind::integer)) {
        return Kind::integer;
    }
    if (value.is(graph::ValueKind::floating)) {
        return Kind::number;
    }
    const auto type =
        attribute == nullptr ? std::string_view() : std::string_view(attribute->value);
    return type == "url"    ? Kind::url
           : type == "edtf" ? Kind::edtf
           : type == "date" ? Kind::date
                            : Kind::text;
}

bool is_asserted(const StatementItem& item) {
    const auto status = scalar_text(item.properties, "status");
    return (status.empty() || status == "done" || status == "received") &&
           scalar_text(item.properties, "certainty") != "doubtful";
}

}  // namespace

std::string iri_escaped(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view forbidden = "<>\"{}|\\^`";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7F || forbidden.find(c) != std::string_view::npos) {
            out += '%';
            out += digits[byte / 16U];
            out += digits[byte % 16U];
        } else {
            out += c;
        }
    }
    return out;
}

RdfVocabulary::RdfVocabulary(const graph::Ontology& ontology, std::string_view base_url)
    : ontology_(ontology),
      base_url_(base_url),
      prefixes_{{"schema", "https://schema.org/"},
                {"khom", base_url_ + "/ns#"},
                {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
                {"dcterms", "http://purl.org/dc/terms/"},
                {"edtf", "http://id.loc.gov/datatypes/edtf/"},
                {"xsd", "http://www.w3.org/2001/XMLSchema#"}} {}

std::string RdfVocabulary::uri_of(std::string_view public_id) const {
    return base_url_ + "/id/" + iri_escaped(public_id);
}

std::string RdfVocabulary::predicate(std::string_view type) const {
    const auto* known = ontology_.type(type);
    const auto term = known == nullptr ? std::string() : exact_term(known->schema_org);
    return term.empty() ? "khom:" + std::string(type) : "schema:" + term;
}

void RdfVocabulary::dataset(std::uint64_t revision, const EmitTriple& emit) const {
    const auto subject = base_url_ + "/";
    emit(subject, "rdf:type", {Kind::resource, "schema:Dataset", {}});
    emit(subject, "schema:name", {Kind::text, "Khom: Chiang Mai learning ecosystem", "en"});
    emit(subject, "schema:creditText", {Kind::text, std::string(attribution), "en"});
    emit(subject, "schema:license", {Kind::resource, std::string(licence_url), {}});
    emit(subject, "schema:version", {Kind::text, std::to_string(revision), {}});
}

void RdfVocabulary::properties(const std::string& subject, const graph::Map& properties,
                               const EmitTriple& emit) const {
    for (const auto& [name, value] : properties) {
        if (name == "sources" || name == "locators" || name == "year") {
            continue;
        }
        const auto [base, language] = split(name);
        const auto predicate = predicate_of(base);
        if (name == "same_as") {
            for (const auto& url : texts_of(value)) {
                emit(subject, predicate, {Kind::resource, iri_escaped(url), {}});
            }
            continue;
        }
        const auto kind = kind_of_value(value, ontology_.attribute(name));
        for (const auto& text : texts_of(value)) {
            emit(subject, predicate,
                 {kind, kind == Kind::url ? iri_escaped(text) : text, language});
        }
    }
    const auto sources = properties.find("sources");
    if (sources != properties.end()) {
        for (const auto& source : texts_of(sources->second)) {
            emit(subject, "dcterms:source", {Kind::resource, uri_of(source), {}});
        }
        for (const auto& citation : cited(properties)) {
            if (citation.find('#') != std::string::npos) {
                emit(subject, "khom:citation", {Kind::text, citation, {}});
            }
        }
    }
}

void RdfVocabulary::entity(const EntityItem& item, const EmitTriple& emit) const {
    const auto subject = uri_of(item.id);
    const auto* kind = ontology_.kind(item.kind);
    if (kind != nullptr) {
        const bool group =
            item.kind == "person" && scalar_text(item.properties, "subtype") == "group";
        const auto term = group ? std::string("Audience") : exact_term(kind->schema_org);
        if (!term.empty()) {
            emit(subject, "rdf:type", {Kind::resource, "schema:" + term, {}});
        }
        emit(subject, "rdf:type", {Kind::resource, "khom:" + kind->label, {}});
    }
    emit(subject, "schema:identifier", {Kind::text, item.id, {}});
    properties(subject, item.properties, emit);
    if (item.kind == "program") {
        const auto days = days_of(scalar_text(item.properties, "time"));
        if (!days.first.empty()) {
            emit(subject, "schema:startDate", {Kind::date, days.first, {}});
        }
        if (!days.last.empty()) {
            emit(subject, "schema:endDate", {Kind::date, days.last, {}});
        }
    }
}

void RdfVocabulary::statement(const StatementItem& item, const EmitTriple& emit) const {
    const auto subject = uri_of(item.id);
    const auto from = uri_of(item.from), to = uri_of(item.to);
    if (is_asserted(item)) {
        emit(from, predicate(item.type), {Kind::resource, to, {}});
    }
    emit(subject, "rdf:type", {Kind::resource, "rdf:Statement", {}});
    emit(subject, "rdf:subject", {Kind::resource, from, {}});
    emit(subject, "rdf:predicate", {Kind::resource, "khom:" + item.type, {}});
    emit(subject, "rdf:object", {Kind::resource, to, {}});
    properties(subject, item.properties, emit);
    if (!item.time.empty() && !item.properties.contains("time")) {
        emit(subject, "khom:programme_time", {Kind::edtf, item.time, {}});
    }
}

}  // namespace khom::corpus
