#include "corpus/validate.h"

#include <algorithm>
#include <charconv>

#include "corpus/damage.h"
#include "graph/edtf.h"

namespace khom::corpus {

namespace {

using graph::Value;

/// Where cells become properties: the row, what is known of columns, and where complaints go.
struct Row {
    const graph::Ontology& ontology;
    const Record& record;
    std::vector<Finding>& findings;
    graph::Map properties;

    void wrong(FindingCode code, const std::string& column, const std::string& detail) const {
        findings.push_back(record.finding(code, column, detail));
    }
};

std::string list_of(const std::vector<graph::Term>& terms) {
    std::string words;
    for (const auto& term : terms) {
        words += (words.empty() ? "" : ", ") + term.id;
    }
    return words;
}

void check_listed(const Row& row, const char* column, const std::vector<graph::Term>& terms) {
    const auto& cell = row.record.at(column);
    const bool known =
        std::any_of(terms.begin(), terms.end(), [&](const auto& term) { return term.id == cell; });
    if (!cell.empty() && !known) {
        row.wrong(FindingCode::not_listed, column,
                  "'" + cell + "' is not one of: " + list_of(terms) + ".");
    }
}

/// Characters that could disguise text: controls but tab and line feed, and those that turn its
/// direction.
bool has_disguise(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
            return true;
        }
        const auto next = text.substr(at, 3);
        if (next >= "\xE2\x80\xAA" && next <= "\xE2\x80\xAE") {
            return true;
        }
        if (next >= "\xE2\x81\xA6" && next <= "\xE2\x81\xA9") {
            return true;
        }
    }
    return false;
}

void put_number(Row& row, const std::string& column, const std::string& cell, bool whole) {
    const auto* end = cell.data() + cell.size();
    std::int64_t integer = 0;
    double number = 0;
    if (const auto [stop, error] = std::from_chars(cell.data(), end, integer);
        error == std::errc() && stop == end) {
        row.properties[column] = whole ? Value(integer) : Value(static_cast<double>(integer));
    } else if (const auto [at, fault] = std::from_chars(cell.data(), end, number);
               !whole && fault == std::errc() && at == end) {
        row.properties[column] = number;
    } else {
        row.wrong(FindingCode::not_a_number, column,
                  "'" + cell + "' is not a " + (whole ? "whole " : "") +
                      "number; write digits without spaces or commas.");
    }
}

void put_time(Row& row, const std::string& column, const std::string& cell) {
    auto text = cell;
    if (row.record.at("era") == "BE" && column == "time") {
        const auto common = graph::edtf_from_buddhist(cell);
        if (!common) {
            return row.wrong(FindingCode::not_a_date, column, common.error().message);
        }
        text = *common;
    }
    const auto time = graph::parse_edtf(text);
    if (!time && graph::edtf_from_buddhist(text)) {
        return row.wrong(FindingCode::buddhist_year, column, time.error().message);
    }
    if (!time) {
        const auto meant = date_meant(cell);
        return row.wrong(
            FindingCode::not_a_date, column,
            meant && *meant != cell && time.error().message.find("Buddhist") == std::string::npos
                ? "'" + cell + "' is not a date in EDTF; write " + *meant + "."
                : time.error().message);
    }
    row.properties[column] = text;
    if (column == "time") {
        const auto& first = time->begin ? time->begin : time->end;
        row.properties["year"] = static_cast<std::int64_t>(first->year);
    }
}

/// "source:seed#2021, entry 3" → the source, and where in it.
void put_sources(Row& row, const std::string& cell) {
    graph::List sources, locators;
    for (const auto& item : split_list(cell)) {
        const auto mark = std::min(item.find('#'), item.size());
        const auto id = item.substr(0, mark);
        if (kind_of(id) != "source") {
            row.wrong(FindingCode::not_a_source, "sources",
                      "'" + id + "' is not a source's id, such as source:seed.");
        }
        sources.emplace_back(id);
        locators.emplace_back(mark < item.size() ? item.substr(mark + 1) : "");
    }
    row.properties["sources"] = std::move(sources);
    row.properties["locators"] = std::move(locators);
}

void put(Row& row, const std::string& column, const std::string& cell,
         const graph::Attribute& attribute) {
    if (has_disguise(cell)) {
        row.wrong(FindingCode::damaged, column,
                  "A control or direction-changing character is in the text.");
    } else if (const auto damage = damage_in(cell)) {
        row.wrong(FindingCode::damaged, column, *damage);
    } else if (column == "sources") {
        put_sources(row, cell);
    } else if (attribute.value == "list") {
        graph::List items;
        for (auto& item : split_list(cell)) {
            items.emplace_back(std::move(item));
        }
        row.properties[column] = std::move(items);
    } else if (attribute.value == "integer" || attribute.value == "number") {
        put_number(row, column, cell, attribute.value == "integer");
    } else if (attribute.value == "boolean") {
        row.properties[column] = cell == "true";
    } else if (attribute.value == "edtf" || attribute.value == "date") {
        put_time(row, column, cell);
    } else if (attribute.value == "url" && cell.rfind("http://", 0) != 0 &&
               cell.rfind("https://", 0) != 0) {
        row.wrong(FindingCode::not_an_address, column,
                  "'" + cell + "' is not an http:// or https:// address.");
    } else {
        row.properties[column] = cell;
    }
}

bool belongs(const graph::Attribute& attribute, std::string_view to, bool any_kind) {
    return std::any_of(attribute.on.begin(), attribute.on.end(),
                       [&](const auto& on) { return on == to || (any_kind && on == "*"); });
}

void put_cells(Row& row, std::string_view on, bool is_entity) {
    for (const auto& [column, cell] : row.record.cells) {
        const bool special =
            column == "era" || column == "kind" || column == "id" ||
            (!is_entity && (column == "from" || column == "type" || column == "to"));
        if (special) {
            continue;
        }
        const auto* attribute = row.ontology.attribute(column);
        if (attribute == nullptr || !belongs(*attribute, on, is_entity)) {
            row.wrong(FindingCode::unknown_column, column,
                      "There is no column '" + column + "' for " +
                          (is_entity ? "entities of kind " + std::string(on) : "statements") + ".");
        } else {
            put(row, column, cell, *attribute);
        }
    }
    const auto& era = row.record.at("era");
    if (!era.empty() && era != "BE" && era != "CE") {
        row.wrong(FindingCode::not_listed, "era", "'" + era + "' is neither BE nor CE.");
    }
}

void check_degrees(const Row& row, const char* column, double most) {
    const auto found = row.properties.find(column);
    if (found != row.properties.end() && found->second.is(graph::ValueKind::floating) &&
        (found->second.floating() < -most || found->second.floating() > most)) {
        row.wrong(FindingCode::outside_the_globe, column,
                  "'" + row.record.at(column) + "' is outside the globe.");
    }
}

bool contains(const std::vector<std::string>& list, const std::string& wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

std::string or_list(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : " or ") + word;
    }
    return text;
}

void check_end(const Row& row, const char* column, const char* which,
               const std::vector<std::string>& kinds) {
    const auto& id = row.record.at(column);
    const auto kind = kind_of(id);
    if (kind.empty()) {
        row.wrong(FindingCode::not_an_id, column,
                  "'" + id + "' is not an id, such as place:mae-kha-canal.");
    } else if (!contains(kinds, kind)) {
        row.wrong(FindingCode::wrong_kind, column,
                  std::string(which) + " of " + row.record.at("type") + " is " + or_list(kinds) +
                      ", got " + kind + ".");
    }
}

}  // namespace

std::string kind_of(std::string_view id) {
    const auto colon = id.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == id.size() ||
        id.size() > 128) {
        return {};
    }
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto kind = id.substr(0, colon);
    const auto slug = id.substr(colon + 1);
    const bool fits = std::all_of(kind.begin(), kind.end(), is_lower) && slug.front() != '-' &&
                      slug.back() != '-' && slug.find("--") == std::string_view::npos &&
                      std::all_of(slug.begin(), slug.end(), [&](char c) {
                          return is_lower(c) || (c >= '0' && c <= '9') || c == '-';
                      });
    return fits ? std::string(kind) : std::string();
}

EntityRow entity_row(const graph::Ontology& ontology, const Record& record,
                     std::vector<Finding>& findings) {
    Row row{ontology, record, findings, {}};
    const auto& id = record.at("id");
    const auto* kind = ontology.kind(kind_of(id));
    if (kind == nullptr) {
        row.wrong(
            FindingCode::not_an_id, "id",
            "'" + id + "' is not an id: kind:slug, in small letters, digits and single hyphens.");
        return {};
    }
    put_cells(row, kind->id, true);
    if (!record.at("kind").empty() && record.at("kind") != kind->id) {
        row.wrong(FindingCode::wrong_kind, "kind",
                  "'" + record.at("kind") + "' is not what the id says, " + kind->id + ".");
    }
    const auto& subtype = record.at("subtype");
    if (!subtype.empty() && !contains(kind->subtypes, subtype)) {
        row.wrong(FindingCode::not_listed, "subtype",
                  "'" + subtype + "' is no subtype of " + kind->id + ": " +
                      or_list(kind->subtypes) + ".");
    }
    check_listed(row, "sector", ontology.sectors);
    check_listed(row, "scope", ontology.scopes);
    check_listed(row, "certainty", ontology.certainties);
    check_listed(row, "geo_certainty", ontology.geo_certainties);
    check_degrees(row, "lat", 90);
    check_degrees(row, "lon", 180);
    row.properties["id"] = id;
    row.properties["kind"] = kind->id;
    return {id, kind->label, std::move(row.properties)};
}

StatementRow statement_row(const graph::Ontology& ontology, const Record& record,
                           std::vector<Finding>& findings) {
    Row row{ontology, record, findings, {}};
    const auto* type = ontology.type(record.at("type"));
    if (type == nullptr) {
        row.wrong(FindingCode::unknown_type, "type",
                  "'" + record.at("type") + "' is no relationship type.");
        return {};
    }
    check_end(row, "from", "domain", type->domain);
    check_end(row, "to", "range", type->range);
    put_cells(row, "statement", false);
    check_listed(row, "status", ontology.statuses);
    check_listed(row, "certainty", ontology.certainties);
    if (record.at("sources").empty() && type->id != "documented_in") {
        row.wrong(FindingCode::no_source, "sources",
                  "A statement needs a source, such as source:seed#2021, entry 3.");
    }
    row.properties.try_emplace("status", "done");
    const auto time = row.properties.contains("time") ? std::string(row.properties["time"].string())
                                                      : std::string();
    auto id = record.at("id").empty() ? statement_id(record.at("from"), type->id, record.at("to"),
                                                     time, record.at("role"))
                                      : record.at("id");
    row.properties["id"] = id;
    return {std::move(id), record.at("from"), type->cypher, record.at("to"),
            std::move(row.properties)};
}

}  // namespace khom::corpus
