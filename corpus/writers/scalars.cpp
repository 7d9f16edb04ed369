// Network formats have typed attributes, one type a column. A property may be an integer here and a
// fraction there, so the type is what holds all values of the column; lists become text.

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>

#include "corpus/writers/writer.h"

namespace khom::corpus {

namespace {

using graph::Value;
using graph::ValueKind;

std::string number_text(double number) {
    std::array<char, 40> text{};
    // Digits where they are few, so that 22000000 does not come back from a spreadsheet as 2.2E+07.
    const double size = std::abs(number);
    const bool plain = size == 0 || (size >= 1e-6 && size < 1e15);
    auto* const last = text.data() + text.size();
    const auto end = plain ? std::to_chars(text.data(), last, number, std::chars_format::fixed).ptr
                           : std::to_chars(text.data(), last, number).ptr;
    return {text.data(), end};
}

std::string padded(std::int64_t number, std::size_t width) {
    auto text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

ScalarType type_of(const Value& value) {
    switch (value.kind()) {
        case ValueKind::boolean:
            return ScalarType::boolean;
        case ValueKind::integer:
            return ScalarType::integer;
        case ValueKind::floating:
            return ScalarType::number;
        case ValueKind::null:
        case ValueKind::string:
        case ValueKind::list:
        case ValueKind::map:
        case ValueKind::date:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            return ScalarType::string;
    }
    return ScalarType::string;
}

ScalarType wider(ScalarType one, ScalarType other) {
    const auto numeric = [](ScalarType type) {
        return type == ScalarType::integer || type == ScalarType::number;
    };
    if (one == other) {
        return one;
    }
    return numeric(one) && numeric(other) ? ScalarType::number : ScalarType::string;
}

void see(const graph::Map& properties, std::map<std::string, ScalarType>& seen) {
    for (const auto& [name, value] : properties) {
        const auto type = type_of(value);
        const auto [found, is_new] = seen.emplace(name, type);
        if (!is_new) {
            found->second = wider(found->second, type);
        }
    }
}

std::vector<Column> ordered(const std::map<std::string, ScalarType>& seen,
                            const graph::Ontology& ontology) {
    std::vector<Column> columns;
    const auto add = [&](const std::string& name) {
        if (name != "locators" && name != "id" && name != "kind") {
            columns.push_back({name, seen.at(name)});
        }
    };
    for (const auto& attribute : ontology.attributes) {
        if (seen.contains(attribute.name)) {
            add(attribute.name);
        }
    }
    for (const auto& [name, type] : seen) {
        if (ontology.attribute(name) == nullptr) {
            add(name);
        }
    }
    return columns;
}

}  // namespace

Columns columns_of(const WriterSetup& setup) {
    const auto& graph = *setup.selection.snapshot;
    std::map<std::string, ScalarType> entities, statements;
    for (const auto node : setup.selection.entities) {
        see(graph.properties(node), entities);
    }
    for (const auto statement : setup.selection.statements) {
        see(graph.properties(statement), statements);
    }
    return {ordered(entities, setup.ontology), ordered(statements, setup.ontology)};
}

std::string plain_text(const Value& value) {
    switch (value.kind()) {
        case ValueKind::boolean:
            return value.boolean() ? "true" : "false";
        case ValueKind::integer:
            return std::to_string(value.integer());
        case ValueKind::floating:
            return number_text(value.floating());
        case ValueKind::string:
            return std::string(value.string());
        case ValueKind::list:
            return joined_list(texts_of(value));
        case ValueKind::date: {
            const std::chrono::year_month_day day{
                std::chrono::sys_days{std::chrono::days{value.date().days}}};
            return padded(int{day.year()}, 4) + "-" + padded(unsigned{day.month()}, 2) + "-" +
                   padded(unsigned{day.day()}, 2);
        }
        case ValueKind::null:
        case ValueKind::map:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            return {};
    }
    return {};
}

bool year_follows(const graph::Map& properties) {
    const auto year = properties.find("year");
    const auto time = graph::parse_edtf(scalar_text(properties, "time"));
    if (year == properties.end() || !time) {
        return year == properties.end();
    }
    const auto& first = time->begin ? time->begin : time->end;
    return first && year->second == Value(static_cast<std::int64_t>(first->year));
}

std::vector<std::string> texts_of(const Value& value) {
    std::vector<std::string> texts;
    if (value.is(ValueKind::list)) {
        for (const auto& item : value.list()) {
            texts.push_back(plain_text(item));
        }
    } else if (!value.is_null()) {
        texts.push_back(plain_text(value));
    }
    return texts;
}

std::string scalar_text(const graph::Map& properties, std::string_view name) {
    if (name == "sources") {
        return joined_list(cited(properties));
    }
    const auto found = properties.find(std::string(name));
    return found == properties.end() ? std::string() : plain_text(found->second);
}

std::vector<std::string> cited(const graph::Map& properties) {
    const auto list = [&](const char* name) {
        const auto found = properties.find(name);
        return found == properties.end() ? std::vector<std::string>() : texts_of(found->second);
    };
    auto sources = list("sources");
    const auto locators = list("locators");
    for (std::size_t i = 0; i < sources.size() && i < locators.size(); ++i) {
        if (!locators[i].empty()) {
            sources[i] += "#" + locators[i];
        }
    }
    return sources;
}

std::string joined_list(const std::vector<std::string>& items) {
    std::string cell;
    for (const auto& item : items) {
        cell += cell.empty() ? "" : "; ";
        for (const char c : item) {
            cell += c == ';' || c == '\\' ? std::string{'\\', c} : std::string{c};
        }
    }
    return cell;
}

std::string display_name(const EntityItem& item) {
    for (const char* name : {"name_en", "name_th"}) {
        if (auto text = scalar_text(item.properties, name); !text.empty()) {
            return text;
        }
    }
    return item.id;
}

std::string xml_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\n':
                out += "&#10;";
                break;
            case '\r':
                out += "&#13;";
                break;
            case '\t':
                out += "&#9;";
                break;
            default:
                out += byte < 0x20 ? std::string("\xEF\xBF\xBD") : std::string{c};
        }
    }
    return out;
}

Days days_of(std::string_view edtf) {
    Days days;
    const auto time = graph::parse_edtf(edtf);
    if (!time) {
        return days;
    }
    if (const auto first = time->first_day()) {
        days.first = plain_text(Value(*first));
    }
    if (const auto last = time->last_day()) {
        days.last = plain_text(Value(*last));
    }
    return days;
}

}  // namespace khom::corpus
