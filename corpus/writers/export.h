#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/edtf.h"
#include "graph/failure.h"
#include "graph/ontology.h"
#include "graph/snapshot.h"

namespace khom::corpus {

/// What of the graph is taken away. All that is given must hold.
struct Filter {
    std::vector<std::string> kinds;  ///< entities of these kinds; empty: all
    std::vector<std::string> types;  ///< statements of these types ("held_at"); empty: all
    graph::TimeWindow window;        ///< what is dated must overlap it; what is undated stays
    std::optional<std::vector<graph::NodeId>>
        among;  ///< only these entities, as a search found them
    std::optional<std::vector<graph::RelationshipId>>
        statements;  ///< only these statements, as a network counts them
};

/// Entities and the statements between them, each in the order of their public ids: the same graph
/// gives the same bytes.
struct Selection {
    std::shared_ptr<const graph::Snapshot> snapshot;
    std::vector<graph::NodeId> entities;
    std::vector<graph::RelationshipId> statements;
};

/// Whether the sources that a part cites come along: what is imported again needs them, a network
/// is clearer without.
enum class CitedSources { left_out, added };

/// A statement is in if both ends are, and a time of its own (or else its programme's) overlaps the
/// window.
Selection select(std::shared_ptr<const graph::Snapshot> snapshot, const Filter& filter,
                 CitedSources sources);

/// One entity with all statements that touch it.
Selection about(std::shared_ptr<const graph::Snapshot> snapshot, graph::NodeId entity);

/// The formats, as `--format` and `format=` name them.
enum class Format { ndjson, csv, graphml, gexf, jsonld, turtle, cytoscape };

struct FormatName {
    Format format;
    std::string_view name;
    std::string_view media_type;
    std::string_view extension;  ///< "zip" for csv: one archive of nodes.csv and edges.csv
};
inline constexpr std::array<FormatName, 7> format_names = {{
    {Format::ndjson, "ndjson", "application/x-ndjson", "ndjson"},
    {Format::csv, "csv", "application/zip", "zip"},
    {Format::graphml, "graphml", "application/graphml+xml", "graphml"},
    {Format::gexf, "gexf", "application/gexf+xml", "gexf"},
    {Format::jsonld, "jsonld", "application/ld+json", "jsonld"},
    {Format::turtle, "turtle", "text/turtle", "ttl"},
    {Format::cytoscape, "cytoscape", "application/vnd.cytoscape+json", "cyjs"},
}};

/// None for a name that is no format.
std::optional<Format> format_of(std::string_view name);
const FormatName& names_of(Format format);
/// Sources come along where the file may be imported again or read as linked data.
CitedSources sources_for(Format format);

struct ExportOptions {
    std::string base_url = "http://127.0.0.1:8080";  ///< what URIs begin with
    bool inline_context = true;  ///< JSON-LD: false points to `<base_url>/v1/context.jsonld`
};

class Writer;

/// Writes a selection piece by piece, so that an export of any size is held in memory only as its
/// list of ids. Not for sharing between threads.
class Export {
  public:
    Export(Selection selection, std::shared_ptr<const graph::Ontology> ontology, Format format,
           ExportOptions options);
    ~Export();
    Export(const Export&) = delete;
    Export& operator=(const Export&) = delete;

    /// Appends at least 64 KiB to `out`, or what is left; false when that was the last.
    bool next(std::string& out);
    /// All of it at once.
    std::string rest();

  private:
    Selection selection_;
    std::shared_ptr<const graph::Ontology> ontology_;
    ExportOptions options_;
    std::unique_ptr<Writer> writer_;
    std::size_t entities_written_ = 0;
    std::size_t statements_written_ = 0;
    enum class Stage { begin, entities, statements, done } stage_ = Stage::begin;
};

/// The JSON-LD context of what is exported: {"@context": {…}}.
std::string json_ld_context(const graph::Ontology& ontology, std::string_view base_url);

/// Who must be named, and under what terms: stands inside every format that has a place for it.
extern const std::string_view attribution;
extern const std::string_view licence_url;

}  // namespace khom::corpus
