#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/writers/export.h"
#include "graph/value.h"

namespace khom::corpus {

/// One entity as every format sees it.
struct EntityItem {
    std::string id, kind;
    graph::Map properties;
};

/// One statement as every format sees it; `type` is the ontology's ("held_at").
struct StatementItem {
    std::string id, from, type, to;
    graph::Map properties;
    std::string time;  ///< its own, or its programme's; empty if neither has one
};

EntityItem entity_item(const graph::Snapshot& snapshot, graph::NodeId node);
StatementItem statement_item(const graph::Snapshot& snapshot, const graph::Ontology& ontology,
                             graph::RelationshipId relationship);

/// One format: what it appends for the beginning, each entity, what stands between, each statement,
/// the end.
class Writer {
  public:
    Writer() = default;
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    virtual ~Writer() = default;

    virtual void begin(std::string&) {}
    virtual void entity(const EntityItem& item, std::string& out) = 0;
    virtual void between(std::string&) {}
    virtual void statement(const StatementItem& item, std::string& out) = 0;
    virtual void end(std::string&) {}
};

/// What a writer is made from; the selection outlives it.
struct WriterSetup {
    const Selection& selection;
    const graph::Ontology& ontology;
    const ExportOptions& options;
};

std::unique_ptr<Writer> ndjson_writer();
std::unique_ptr<Writer> csv_writer(const WriterSetup& setup);
std::unique_ptr<Writer> graphml_writer(const WriterSetup& setup);
std::unique_ptr<Writer> gexf_writer(const WriterSetup& setup);
std::unique_ptr<Writer> json_ld_writer(const WriterSetup& setup);
std::unique_ptr<Writer> turtle_writer(const WriterSetup& setup);
std::unique_ptr<Writer> cytoscape_writer(const WriterSetup& setup);

/// The type a whole column can have, from the values in it: what R, Gephi and NetworkX open without
/// conversion.
enum class ScalarType { boolean, integer, number, string };
struct Column {
    std::string name;
    ScalarType type = ScalarType::string;
};
struct Columns {
    std::vector<Column>
        entities;  ///< besides id and kind, in the ontology's order, others after, by name
    std::vector<Column> statements;  ///< besides id, type and ends
};
/// Cost: looks at every property once.
Columns columns_of(const WriterSetup& setup);

/// A property as one scalar's text; lists are joined by "; ". Empty if it is absent.
std::string scalar_text(const graph::Map& properties, std::string_view name);
/// A value as text: numbers as short as they read back.
std::string plain_text(const graph::Value& value);
/// "source:seed#2021, entry 3; source:b": sources with their locators, as an import reads them.
std::vector<std::string> cited(const graph::Map& properties);
/// Joined by "; ", a `;` or `\` inside an item escaped by `\`: what `split_list` takes apart again.
std::string joined_list(const std::vector<std::string>& items);
/// Whether `year` is the year in which `time` begins, as an import makes it.
bool year_follows(const graph::Map& properties);
std::vector<std::string> texts_of(const graph::Value& value);
/// The English name, else the Thai one, else the id.
std::string display_name(const EntityItem& item);
/// Escaped for XML text and attributes; what XML 1.0 cannot hold becomes U+FFFD.
std::string xml_escaped(std::string_view text);
/// The first and the last day of an EDTF time as "2020-09-23"; empty where it is open or no time.
struct Days {
    std::string first, last;
};
Days days_of(std::string_view edtf);

}  // namespace khom::corpus
