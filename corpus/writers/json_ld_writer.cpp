// JSON-LD 1.1: the triples of rdf.cpp, gathered by subject, in the short names that the context
// gives them. The context is inside the file, so that it reads without asking anybody.

#include <map>

#include "corpus/writers/json_private.h"
#include "corpus/writers/rdf.h"

namespace khom::corpus {

namespace {

/// "schema:name" → "name": the context says what it stands for.
std::string short_name(const std::string& curie) {
    return curie == "rdf:type" ? "@type" : curie.substr(curie.find(':') + 1);
}

/// Everything said of one subject, by short name, in the order of names.
using Subject = std::map<std::string, std::vector<RdfTerm>>;

void write_term(Json& json, const RdfTerm& term) {
    switch (term.kind) {
        case RdfTerm::Kind::boolean:
            json.Bool(term.text == "true");
            return;
        case RdfTerm::Kind::integer:
        case RdfTerm::Kind::number:
            json.RawValue(term.text.data(), term.text.size(), rapidjson::kNumberType);
            return;
        case RdfTerm::Kind::resource:
        case RdfTerm::Kind::text:
        case RdfTerm::Kind::edtf:
        case RdfTerm::Kind::date:
        case RdfTerm::Kind::url:
            text(json, term.text);
            return;
    }
}

void write_terms(Json& json, const std::vector<const RdfTerm*>& terms) {
    if (terms.size() == 1) {
        return write_term(json, *terms.front());
    }
    json.StartArray();
    for (const auto* term : terms) {
        write_term(json, *term);
    }
    json.EndArray();
}

/// By language where any has one ("none" in JSON-LD is @none).
void write_objects(Json& json, const std::vector<RdfTerm>& objects, bool by_language) {
    std::map<std::string, std::vector<const RdfTerm*>> languages;
    std::vector<const RdfTerm*> all;
    for (const auto& object : objects) {
        languages[object.language.empty() ? "@none" : object.language].push_back(&object);
        all.push_back(&object);
    }
    if (!by_language) {
        return write_terms(json, all);
    }
    json.StartObject();
    for (const auto& [language, terms] : languages) {
        key(json, language);
        write_terms(json, terms);
    }
    json.EndObject();
}

bool is_by_language(const graph::Ontology& ontology, std::string_view property) {
    return ontology.attribute(std::string(property) + "_en") != nullptr ||
           ontology.attribute(std::string(property) + "_th") != nullptr;
}

struct Defined {
    std::string id, type, container;
};

/// Every short name that occurs, and what it stands for.
std::map<std::string, Defined> definitions(const graph::Ontology& ontology,
                                           const RdfVocabulary& vocabulary) {
    std::map<std::string, Defined> all = {
        {"name", {"schema:name", "", "@language"}},
        {"alternateName", {"schema:alternateName", "", "@language"}},
        {"description", {"schema:description", "", "@language"}},
        {"creditText", {"schema:creditText", "", "@language"}},
        {"identifier", {"schema:identifier", "", ""}},
        {"version", {"schema:version", "", ""}},
        {"latitude", {"schema:latitude", "xsd:double", ""}},
        {"longitude", {"schema:longitude", "xsd:double", ""}},
        {"publisher", {"schema:publisher", "", ""}},
        {"inLanguage", {"schema:inLanguage", "", ""}},
        {"url", {"schema:url", "xsd:anyURI", ""}},
        {"sameAs", {"schema:sameAs", "@id", ""}},
        {"license", {"schema:license", "@id", ""}},
        {"startDate", {"schema:startDate", "xsd:date", ""}},
        {"endDate", {"schema:endDate", "xsd:date", ""}},
        {"datePublished", {"schema:datePublished", "edtf:EDTF", ""}},
        {"source", {"dcterms:source", "@id", ""}},
        {"subject", {"rdf:subject", "@id", ""}},
        {"predicate", {"rdf:predicate", "@vocab", ""}},
        {"object", {"rdf:object", "@id", ""}},
        {"programme_time", {"khom:programme_time", "edtf:EDTF", ""}},
    };
    for (const auto& type : ontology.types) {
        const auto predicate = vocabulary.predicate(type.id);
        all.try_emplace(short_name(predicate), Defined{predicate, "@id", ""});
    }
    for (const auto& attribute : ontology.attributes) {
        auto base = attribute.name;
        for (const std::string_view ending : {"_en", "_th", "_other"}) {
            if (base.ends_with(ending)) {
                base.resize(base.size() - ending.size());
                break;
            }
        }
        const auto type = attribute.value == "edtf"     ? "edtf:EDTF"
                          : attribute.value == "date"   ? "xsd:date"
                          : attribute.value == "url"    ? "xsd:anyURI"
                          : attribute.value == "number" ? "xsd:double"
                                                        : "";
        const auto container = is_by_language(ontology, base) ? "@language" : "";
        all.try_emplace(base, Defined{"khom:" + base, type, container});
    }
    return all;
}

void write_context(Json& json, const graph::Ontology& ontology, const RdfVocabulary& vocabulary) {
    json.StartObject();
    key(json, "@version");
    json.RawValue("1.1", 3, rapidjson::kNumberType);
    member(json, "@vocab", vocabulary.prefixes().at("khom"));
    for (const auto& [prefix, uri] : vocabulary.prefixes()) {
        member(json, prefix, uri);
    }
    for (const auto& [name, defined] : definitions(ontology, vocabulary)) {
        key(json, name);
        json.StartObject();
        member(json, "@id", defined.id);
        if (!defined.type.empty()) {
            member(json, "@type", defined.type);
        }
        if (!defined.container.empty()) {
            member(json, "@container", defined.container);
        }
        json.EndObject();
    }
    json.EndObject();
}

class JsonLdWriter : public Writer {
  public:
    explicit JsonLdWriter(const WriterSetup& setup)
        : ontology_(setup.ontology),
          vocabulary_(setup.ontology, setup.options.base_url),
          context_url_(
              setup.options.inline_context ? "" : setup.options.base_url + "/v1/context.jsonld"),
          revision_(graph::number(setup.selection.snapshot->revision())) {
        for (const auto& [name, defined] : definitions(ontology_, vocabulary_)) {
            if (defined.container == "@language") {
                by_language_[name] = true;
            }
        }
    }

    void begin(std::string& out) override {
        JsonBuffer buffer;
        Json json(buffer);
        if (context_url_.empty()) {
            write_context(json, ontology_, vocabulary_);
        } else {
            text(json, context_url_);
        }
        out += "{\"@context\":";
        out.append(buffer.GetString(), buffer.GetSize()) += ",\"@graph\":[\n";
        vocabulary_.dataset(revision_, gather());
        flush(out);
    }
    void entity(const EntityItem& item, std::string& out) override {
        vocabulary_.entity(item, gather());
        flush(out);
    }
    void statement(const StatementItem& item, std::string& out) override {
        vocabulary_.statement(item, gather());
        flush(out);
    }
    void end(std::string& out) override { out += "\n]}\n"; }

  private:
    EmitTriple gather() {
        return [this](const std::string& subject, const std::string& predicate,
                      const RdfTerm& object) {
            subjects_[subject][short_name(predicate)].push_back(object);
        };
    }
    void flush(std::string& out) {
        for (const auto& [subject, predicates] : subjects_) {
            JsonBuffer buffer;
            Json json(buffer);
            json.StartObject();
            member(json, "@id", subject);
            for (const auto& [name, objects] : predicates) {
                key(json, name);
                write_objects(json, objects, by_language_.contains(name));
            }
            json.EndObject();
            out += first_ ? "" : ",\n";
            first_ = false;
            out.append(buffer.GetString(), buffer.GetSize());
        }
        subjects_.clear();
    }

    const graph::Ontology& ontology_;
    RdfVocabulary vocabulary_;
    std::string context_url_;
    std::uint64_t revision_;
    std::map<std::string, bool> by_language_;
    std::map<std::string, Subject> subjects_;
    bool first_ = true;
};

}  // namespace

std::string json_ld_context(const graph::Ontology& ontology, std::string_view base_url) {
    JsonBuffer buffer;
    Json json(buffer);
    json.StartObject();
    key(json, "@context");
    write_context(json, ontology, RdfVocabulary(ontology, base_url));
    json.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

std::unique_ptr<Writer> json_ld_writer(const WriterSetup& setup) {
    return std::make_unique<JsonLdWriter>(setup);
}

}  // namespace khom::corpus
