#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"
#include "graph/snapshot.h"
#include "query/rows.h"

namespace khom::server {

/// What an answer to openCypher is rendered from: rows hold ids, and the graph knows what they
/// stand for.
struct QueryAnswer {
    const query::Rows& rows;
    const graph::Snapshot& graph;
    double elapsed_ms = 0;
};

/// The Neo4j Query API's shape: {"data": {"fields", "values"}, "rev", "truncated", "stats"}. A node
/// is {"elementId", "labels", "properties"}, a relationship also has its type and ends, a path is a
/// list of both in turn; temporal values are ISO 8601 texts; NaN and infinities are null.
///
/// Rows that would make it longer than `most_bytes` are left out: then `is_whole` is false,
/// "truncated" true, and "notice" says how to have them all.
struct QueryJson {
    std::string text;
    bool is_whole = true;
};
QueryJson query_json(const QueryAnswer& answer,
                     std::size_t most_bytes = std::numeric_limits<std::size_t>::max());
/// RFC 4180, with a header line; what is no scalar is its JSON.
std::string query_csv(const QueryAnswer& answer);
/// For a terminal: columns aligned by display width, Thai marks taking none.
std::string query_table(const QueryAnswer& answer);

/// The formats in which an answer goes out row by row.
enum class RowFormat {
    ndjson,  ///< one JSON object a line, keyed by column
    csv
};
std::string_view row_media_type(RowFormat format);
/// What stands before the first row: CSV's header line.
std::string rows_head(RowFormat format, const std::vector<std::string>& columns);
void append_row(std::string& text, RowFormat format, const std::vector<std::string>& columns,
                const std::vector<graph::Value>& row, const graph::Snapshot& graph);

/// A JSON object as parameters. Refuses: argument_error for what is no object, is nested deeper
/// than 100 levels or does not read as JSON.
graph::Result<graph::Map> parameters_from_json(std::string_view text);
/// Any JSON as a value.
graph::Result<graph::Value> value_from_json(std::string_view text);

/// How many columns of a terminal a text takes.
std::size_t display_width(std::string_view text);

}  // namespace khom::server
