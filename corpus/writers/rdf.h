#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "corpus/writers/writer.h"

namespace khom::corpus {

/// The object of a triple. `text` of a resource is a URI or a prefixed name ("schema:Place").
struct RdfTerm {
    enum class Kind { resource, text, boolean, integer, number, edtf, date, url } kind = Kind::text;
    std::string text;
    std::string language;  ///< of a text; may be empty
};

using EmitTriple = std::function<void(const std::string& subject, const std::string& predicate,
                                      const RdfTerm& object)>;

/// The graph as RDF, said once for Turtle and JSON-LD: names, kinds and links in schema.org's words
/// where it has the exact one, else in ours (`khom:`), with every statement as a resource that says
/// when, how sure and who says so.
///
/// What is planned, drafted or doubtful is only told of in its statement, never asserted as a link.
class RdfVocabulary {
  public:
    RdfVocabulary(const graph::Ontology& ontology, std::string_view base_url);

    const std::map<std::string, std::string>& prefixes() const { return prefixes_; }
    std::string uri_of(std::string_view public_id) const;
    /// "schema:organizer" or "khom:aims_at".
    std::string predicate(std::string_view type) const;

    void dataset(std::uint64_t revision, const EmitTriple& emit) const;
    void entity(const EntityItem& item, const EmitTriple& emit) const;
    void statement(const StatementItem& item, const EmitTriple& emit) const;

  private:
    void properties(const std::string& subject, const graph::Map& properties,
                    const EmitTriple& emit) const;

    const graph::Ontology& ontology_;
    std::string base_url_;
    std::map<std::string, std::string> prefixes_;
};

/// Spaces, quotes and what else no IRI may hold, percent-encoded.
std::string iri_escaped(std::string_view text);

}  // namespace khom::corpus
