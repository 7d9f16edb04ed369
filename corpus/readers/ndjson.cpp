#include <nlohmann/json.hpp>

#include "corpus/readers/readers.h"

namespace khom::corpus {

namespace {

using nlohmann::json;

/// As a list stands in one cell; its own semicolons are escaped.
std::string joined(const json& list) {
    std::string cell;
    for (const auto& item : list) {
        cell += cell.empty() ? "" : "; ";
        for (const char c : item.is_string() ? item.get<std::string>() : item.dump()) {
            cell += c == ';' || c == '\\' ? std::string{'\\', c} : std::string{c};
        }
    }
    return cell;
}

/// `name: {th, en}` becomes the columns name_th and name_en, as in CSV.
void add(Record& record, const std::string& name, const json& value) {
    if (value.is_object()) {
        for (const auto& [language, words] : value.items()) {
            add(record, name + "_" + language, words);
        }
    } else if (value.is_array()) {
        if (auto cell = joined(value); !cell.empty()) {
            record.cells[name] = std::move(cell);
        }
    } else if (value.is_string()) {
        if (!value.get_ref<const std::string&>().empty()) {
            record.cells[name] = value.get<std::string>();
        }
    } else if (!value.is_null()) {
        record.cells[name] = value.dump();
    }
}

}  // namespace

void read_ndjson(const InputFile& file, Records& records) {
    const auto text = to_utf8(file.bytes);
    if (!text) {
        records.findings.push_back({file.name, 0, "", text.error().message});
        return;
    }
    std::size_t line = 0;
    for (std::size_t begin = 0; begin < text->size();) {
        const auto end = std::min(text->find('\n', begin), text->size());
        const auto row = std::string_view(*text).substr(begin, end - begin);
        begin = end + 1;
        ++line;
        if (row.find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        const auto parsed = json::parse(row, nullptr, false);
        const bool is_entity =
            parsed.is_object() && parsed.contains("entity") && parsed["entity"].is_object();
        const bool is_statement =
            parsed.is_object() && parsed.contains("statement") && parsed["statement"].is_object();
        if (!is_entity && !is_statement) {
            records.findings.push_back(
                {file.name, line, "",
                 "The line is not {\"entity\": {…}} or {\"statement\": {…}}."});
            continue;
        }
        Record record{file.name, line, {}};
        for (const auto& [name, value] : parsed[is_entity ? "entity" : "statement"].items()) {
            add(record, name, value);
        }
        (is_entity ? records.entities : records.statements).push_back(std::move(record));
    }
}

}  // namespace khom::corpus
