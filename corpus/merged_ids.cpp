#include "corpus/merged_ids.h"

#include "corpus/undo.h"

namespace khom::corpus {

namespace {

std::string text_of(const graph::Map& properties, const char* name) {
    const auto found = properties.find(name);
    return found == properties.end() ? std::string()
                                     : std::string(graph::string_or_empty(found->second));
}

}  // namespace

std::string MergedIds::now(const Record& record, const std::string& column, const std::string& id) {
    auto current = current_id(stored_, id);
    if (current != id) {
        warnings_.push_back(
            record.finding(FindingCode::merged, column,
                           "'" + id + "' was merged into '" + current + "', which stands for it."));
    }
    return current;
}

void MergedIds::follow(const Record& record, graph::Map& properties) {
    const auto sources = properties.find("sources");
    if (sources == properties.end()) return;
    graph::List all;
    for (const auto id : graph::strings_of(sources->second)) {
        all.emplace_back(now(record, "sources", std::string(id)));
    }
    sources->second = std::move(all);
}

void MergedIds::follow(const Record& record, StatementRow& row) {
    const auto from = now(record, "from", row.from), to = now(record, "to", row.to);
    if (from != row.from || to != row.to) {
        row.from = from;
        row.to = to;
        if (!stored_.find_relationship(row.id)) {
            row.id = statement_id(from, record.at("type"), to, text_of(row.properties, "time"),
                                  text_of(row.properties, "role"));
            row.properties["id"] = row.id;
        }
    }
    follow(record, row.properties);
}

}  // namespace khom::corpus
