#include "server/query_rows.h"

#include <algorithm>

#include "query/functions/temporal_text.h"
#include "query/functions/text.h"
#include "server/json_private.h"

namespace khom::server {

namespace {

using graph::Value;
using graph::ValueKind;

/// The public id, or the number where there is none.
template <class Id>
std::string element_id(const graph::Snapshot& graph, Id id) {
    const auto public_id = graph.property(id, graph::public_id_key);
    const auto text = graph::string_or_empty(public_id);
    return text.empty() ? std::to_string(number(id)) : std::string(text);
}

class ValueWriter {
  public:
    ValueWriter(JsonWriter& json, const graph::Snapshot& graph) : json_(json), graph_(graph) {}

    void write_value(const Value& value) {
        switch (value.kind()) {
            case ValueKind::null:
                json_.Null();
                return;
            case ValueKind::boolean:
                write(json_, value.boolean());
                return;
            case ValueKind::integer:
                write(json_, value.integer());
                return;
            case ValueKind::floating:
                write(json_, value.floating());
                return;
            case ValueKind::string:
                write(json_, value.string());
                return;
            case ValueKind::list:
                json_.StartArray();
                for (const auto& each : value.list()) write_value(each);
                json_.EndArray();
                return;
            case ValueKind::map:
                write_map(value.map());
                return;
            case ValueKind::node:
                write_node(value.node());
                return;
            case ValueKind::relationship:
                write_relationship(value.relationship());
                return;
            case ValueKind::path:
                write_path(value.path());
                return;
            case ValueKind::date:
            case ValueKind::local_time:
            case ValueKind::time:
            case ValueKind::local_date_time:
            case ValueKind::date_time:
            case ValueKind::duration:
                write(json_, query::functions::temporal_text(value));
                return;
        }
    }

  private:
    void key(std::string_view name) {
        json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    }

    void write_map(const graph::Map& map) {
        json_.StartObject();
        for (const auto& [name, value] : map) {
            key(name);
            write_value(value);
        }
        json_.EndObject();
    }

    /// What the statement deleted is no more than its number.
    void write_node(graph::NodeId node) {
        json_.StartObject();
        if (!graph_.has(node)) {
            member(json_, "elementId", std::to_string(number(node)));
            member(json_, "deleted", true);
        } else {
            member(json_, "elementId", element_id(graph_, node));
            key("labels");
            json_.StartArray();
            for (const auto label : graph_.labels(node)) write(json_, graph_.name(label));
            json_.EndArray();
            key("properties");
            write_map(graph_.properties(node));
        }
        json_.EndObject();
    }

    void write_relationship(graph::RelationshipId relationship) {
        json_.StartObject();
        if (!graph_.has(relationship)) {
            member(json_, "elementId", std::to_string(number(relationship)));
            member(json_, "deleted", true);
        } else {
            const auto ends = graph_.endpoints(relationship);
            member(json_, "elementId", element_id(graph_, relationship));
            member(json_, "startNodeElementId", element_id(graph_, ends.from));
            member(json_, "endNodeElementId", element_id(graph_, ends.to));
            member(json_, "type", graph_.name(ends.type));
            key("properties");
            write_map(graph_.properties(relationship));
        }
        json_.EndObject();
    }

    void write_path(const graph::Path& path) {
        json_.StartArray();
        for (std::size_t i = 0; i < path.nodes.size(); ++i) {
            write_node(path.nodes[i]);
            if (i < path.relationships.size()) write_relationship(path.relationships[i]);
        }
        json_.EndArray();
    }

    JsonWriter& json_;
    const graph::Snapshot& graph_;
};

std::string json_of(const Value& value, const graph::Snapshot& graph) {
    JsonText text(JsonText::row_bytes);
    ValueWriter(text.writer, graph).write_value(value);
    return text.str();
}

/// As a cell of a table: strings without quotes, null empty.
std::string cell(const Value& value, const graph::Snapshot& graph) {
    if (value.is_null()) return {};
    if (value.is(ValueKind::string)) return std::string(value.string());
    if (value.is(ValueKind::floating)) return query::functions::floating_text(value.floating());
    const bool temporal = value.kind() >= ValueKind::date && value.kind() <= ValueKind::duration;
    return temporal ? query::functions::temporal_text(value) : json_of(value, graph);
}

/// A cell that begins as a formula would run in a spreadsheet: such a text is shielded by a quote
/// mark.
std::string csv_field(std::string text) {
    if (!text.empty() && std::string_view("=@\t\r").find(text[0]) != std::string_view::npos) {
        text.insert(0, "'");
    }
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted.push_back('"');
        quoted.push_back(c);
    }
    return quoted + "\"";
}

template <class Cells>
std::string csv_line(const Cells& cells) {
    std::string line;
    bool first = true;
    for (const auto& each : cells) {
        if (!first) line.push_back(',');
        first = false;
        line += csv_field(each);
    }
    return line + "\r\n";
}

std::vector<std::string> cells_of(const std::vector<Value>& row, const graph::Snapshot& graph) {
    std::vector<std::string> cells;
    cells.reserve(row.size());
    for (const auto& value : row) cells.push_back(cell(value, graph));
    return cells;
}

std::string padded(std::string text, std::size_t width) {
    std::ranges::replace(text, '\n', ' ');
    const auto taken = display_width(text);
    return taken < width ? text + std::string(width - taken, ' ') : text;
}

/// What a write did, named as in the Neo4j Query API.
void write_counters(JsonWriter& json, const query::Effects& effects) {
    json.Key("counters");
    json.StartObject();
    member(json, "nodesCreated", effects.nodes_created);
    member(json, "nodesDeleted", effects.nodes_deleted);
    member(json, "relationshipsCreated", effects.relationships_created);
    member(json, "relationshipsDeleted", effects.relationships_deleted);
    member(json, "propertiesSet", effects.properties_set);
    member(json, "labelsAdded", effects.labels_added);
    member(json, "labelsRemoved", effects.labels_removed);
    json.EndObject();
}

std::string too_long(std::size_t most_bytes, std::size_t rows) {
    return "A JSON answer has at most " + std::to_string(most_bytes) + " bytes: its first " +
           std::to_string(rows) + " rows are here. For all of them ask for less of each (RETURN " +
           "n.id), page with SKIP and LIMIT, or stream with Accept: application/x-ndjson or " +
           "text/csv.";
}

}  // namespace

QueryJson query_json(const QueryAnswer& answer, std::size_t most_bytes) {
    constexpr std::size_t tail = 400;  // what follows the rows
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    json.Key("data");
    json.StartObject();
    members(json, "fields", answer.rows.columns);
    json.Key("values");
    json.StartArray();
    std::size_t rows = 0;
    bool is_whole = true;
    for (const auto& row : answer.rows.rows) {
        JsonText one(JsonText::row_bytes);
        ValueWriter cells(one.writer, answer.graph);
        one.writer.StartArray();
        for (const auto& value : row) cells.write_value(value);
        one.writer.EndArray();
        is_whole = text.buffer.GetSize() + one.buffer.GetSize() + tail <= most_bytes;
        if (!is_whole) break;
        json.RawValue(one.buffer.GetString(), one.buffer.GetSize(), rapidjson::kArrayType);
        ++rows;
    }
    json.EndArray();
    json.EndObject();
    member(json, "rev", number(answer.graph.revision()));
    member(json, "truncated", answer.rows.truncated || !is_whole);
    if (!is_whole) member(json, "notice", too_long(most_bytes, rows));
    if (answer.rows.effects != query::Effects()) write_counters(json, answer.rows.effects);
    json.Key("stats");
    json.StartObject();
    member(json, "rows", rows);
    member(json, "elapsed_ms", answer.elapsed_ms);
    member(json, "db_hits", answer.rows.hits);
    json.EndObject();
    json.EndObject();
    return {text.str(), is_whole};
}

std::string_view row_media_type(RowFormat format) {
    return format == RowFormat::csv ? "text/csv; charset=utf-8; header=present"
                                    : "application/x-ndjson; charset=utf-8";
}

std::string rows_head(RowFormat format, const std::vector<std::string>& columns) {
    return format == RowFormat::csv ? csv_line(columns) : std::string();
}

void append_row(std::string& text, RowFormat format, const std::vector<std::string>& columns,
                const std::vector<graph::Value>& row, const graph::Snapshot& graph) {
    if (format == RowFormat::csv) {
        text += csv_line(cells_of(row, graph));
        return;
    }
    JsonText line(JsonText::row_bytes);
    ValueWriter values(line.writer, graph);
    line.writer.StartObject();
    for (std::size_t i = 0; i < row.size(); ++i) {
        line.writer.Key(columns[i].data(), static_cast<rapidjson::SizeType>(columns[i].size()));
        values.write_value(row[i]);
    }
    line.writer.EndObject();
    text.append(line.buffer.GetString(), line.buffer.GetSize());
    text.push_back('\n');
}

std::string query_csv(const QueryAnswer& answer) {
    auto lines = rows_head(RowFormat::csv, answer.rows.columns);
    for (const auto& row : answer.rows.rows) {
        append_row(lines, RowFormat::csv, answer.rows.columns, row, answer.graph);
    }
    return lines;
}

std::string query_table(const QueryAnswer& answer) {
    constexpr std::size_t widest = 60;
    std::vector<std::vector<std::string>> lines{answer.rows.columns};
    for (const auto& row : answer.rows.rows) lines.push_back(cells_of(row, answer.graph));
    std::vector<std::size_t> widths(answer.rows.columns.size(), 0);
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], std::min(display_width(line[i]), widest));
        }
    }
    std::string text;
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            const bool last = i + 1 == line.size();
            text += padded(line[i], last ? 0 : widths[i]) + (last ? "" : "  ");
        }
        text += "\n";
        if (&line != &lines.front()) continue;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            text += std::string(widths[i], '-') + (i + 1 == widths.size() ? "" : "  ");
        }
        text += "\n";
    }
    return text;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0U) == 0x80) continue;
        const auto at = [&](std::size_t ahead) {
            return i + ahead < text.size() ? static_cast<unsigned char>(text[i + ahead]) : 0U;
        };
        // Thai vowels above and below and tone marks: U+0E31, U+0E34 to U+0E3A, U+0E47 to U+0E4E.
        const bool thai = byte == 0xe0 && (at(1) == 0xb8 || at(1) == 0xb9);
        const unsigned code = thai ? (at(1) - 0xb8) * 0x40 + (at(2) & 0x3fU) : 0;
        const bool mark = thai && (code == 0x31 || (code >= 0x34 && code <= 0x3a) ||
                                   (code >= 0x47 && code <= 0x4e));
        width += mark ? 0 : 1;
    }
    return width;
}

}  // namespace khom::server
