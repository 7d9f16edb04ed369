#include "corpus/import.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <tuple>
#include <utility>

#include "corpus/activities.h"
#include "corpus/known_names.h"
#include "corpus/merged_ids.h"
#include "corpus/readers/readers.h"
#include "corpus/readers/zip.h"
#include "corpus/sha256.h"
#include "corpus/undo.h"
#include "corpus/validate.h"
#include "graph/edtf.h"

namespace khom::embedded {
extern const std::string_view ontology_json;
}

namespace khom::corpus {

namespace {

constexpr std::uintmax_t most_bytes = std::uintmax_t{256} << 20U;

bool ends_in(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

Records read_all(const std::vector<InputFile>& files) {
    Records records;
    for (const auto& file : files) {
        if (ends_in(file.name, ".ndjson") || ends_in(file.name, ".jsonl")) {
            read_ndjson(file, records);
        } else {
            read_csv(file, records);
        }
    }
    return records;
}

/// Rows about one id become one; two different values for one column are a finding.
std::vector<Record> joined(const std::vector<Record>& rows, std::vector<Finding>& findings) {
    std::vector<Record> all;
    std::map<std::string, std::size_t> place;
    for (const auto& row : rows) {
        const auto [found, is_new] = place.emplace(row.at("id"), all.size());
        if (is_new) {
            all.push_back(row);
            continue;
        }
        auto& first = all[found->second];
        for (const auto& [column, cell] : row.cells) {
            const auto [at, added] = first.cells.emplace(column, cell);
            if (!added && at->second != cell) {
                findings.push_back(row.finding(
                    FindingCode::differs, column,
                    "'" + cell + "' differs from '" + at->second + "' in " + first.file + ":" +
                        std::to_string(first.line) + " for the same id."));
            }
        }
    }
    return all;
}

/// Everything read and checked, ready to be written.
struct Plan {
    std::vector<EntityRow> entities;
    std::set<std::string>
        merged_away;  ///< ids whose rows only fill what the entity they led to lacks
    std::vector<StatementRow> statements;
};

/// Ends and sources must be there: in these files, or in the store already.
void check_known(const Record& record, const StatementRow& ends, const graph::Map& properties,
                 const std::set<std::string>& imported, const graph::Snapshot& stored,
                 std::vector<Finding>& findings) {
    const auto check = [&](const std::string& column, const std::string& id) {
        if (!id.empty() && !imported.contains(id) && !stored.find(id)) {
            findings.push_back(record.finding(
                FindingCode::unknown_entity, column,
                "There is no entity '" + id + "', neither in these files nor in the data."));
        }
    };
    check("from", ends.from.empty() ? record.at("from") : ends.from);
    check("to", ends.to.empty() ? record.at("to") : ends.to);
    if (const auto sources = properties.find("sources"); sources != properties.end()) {
        for (const auto source : graph::strings_of(sources->second)) {
            check("sources", std::string(source));
        }
    }
}

Plan checked(const graph::Ontology& ontology, const Records& records, const graph::Snapshot& stored,
             ImportReport& report) {
    Plan plan;
    auto& findings = report.rejected;
    MergedIds merged(stored, report.warnings);
    const auto entities = joined(records.entities, findings);
    std::set<std::string> imported;
    for (const auto& record : entities) {
        imported.insert(record.at("id"));
    }
    for (const auto& record : entities) {
        plan.entities.push_back(entity_row(ontology, record, findings));
        auto& row = plan.entities.back();
        const auto current = merged.now(record, "id", row.id);
        if (current != row.id) {
            plan.merged_away.insert(row.id);
        }
        merged.follow(record, row.properties);
        const bool named = row.properties.contains("name_en") || row.properties.contains("name_th");
        if (!named && !row.id.empty() && !stored.find(current)) {
            findings.push_back(record.finding(FindingCode::no_name, "name_en",
                                              "The entity has no name, in neither language."));
        }
        check_known(record, {}, row.properties, imported, stored, findings);
    }
    std::map<std::string, const Record*> by_id;
    for (const auto& record : records.statements) {
        auto row = statement_row(ontology, record, findings);
        merged.follow(record, row);
        check_known(record, row, row.properties, imported, stored, findings);
        const auto [first, is_new] = by_id.emplace(row.id, &record);
        if (!is_new && !row.id.empty()) {
            findings.push_back(record.finding(FindingCode::repeated, "",
                                              "The same statement stands in " +
                                                  first->second->file + ":" +
                                                  std::to_string(first->second->line) + "."));
        }
        plan.statements.push_back(std::move(row));
    }
    return plan;
}

/// More names than these are not compared with each other: a bulk load is not a planner's file.
constexpr std::size_t most_compared = 200'000;

/// Whether two times can be of one thing: editions of a festival bear one name.
bool may_be_same(const std::string& a, const std::string& b) {
    const auto first = graph::parse_edtf(a), second = graph::parse_edtf(b);
    return a.empty() == b.empty() &&
           (!first || !second ||
            graph::overlaps(*first, {second->first_day(), second->last_day()}));
}

/// Themes of two schemes, such as an award's criteria and the key features, may share a name.
bool are_of_one_scheme(const KnownNames& known, const std::string& a, const std::string& b) {
    return kind_of(a) != "theme" || known.subtype_of(a) == known.subtype_of(b);
}

/// New entities that resemble another, stored or imported with them. Sources share titles and are
/// not looked at.
std::vector<LikelyDuplicate> likely_duplicates(const Records& records, const KnownNames& known,
                                               const graph::Snapshot& stored) {
    std::vector<LikelyDuplicate> all;
    std::set<std::pair<std::string, std::string>> told;
    for (const auto& record : records.entities) {
        const auto& id = record.at("id");
        if (stored.find(current_id(stored, id)) || kind_of(id) == "source") {
            continue;
        }
        for (const auto& near : known.resembling(record)) {
            const bool is_new = told.emplace(std::min(id, near.id), std::max(id, near.id)).second;
            if (is_new && are_of_one_scheme(known, id, near.id) &&
                may_be_same(known.time_of(id), known.time_of(near.id))) {
                all.push_back({record.file, record.line, id, near.id, near.score, near.why});
            }
        }
    }
    return all;
}

/// The first, and what the second gives over it.
graph::Map merged(graph::Map stored, const graph::Map& given) {
    for (const auto& [key, value] : given) {
        stored[key] = value;
    }
    return stored;
}

graph::Result<void> write(graph::Draft& draft, const Plan& plan, ImportReport& report) {
    const auto count = [&](bool changed) { ++(changed ? report.updated : report.unchanged); };
    for (const auto& row : plan.entities) {
        graph::Result<void> done;
        const bool was_merged = plan.merged_away.contains(row.id);
        const auto id = was_merged ? current_id(draft.base(), row.id) : row.id;
        if (const auto node = draft.view().find(id)) {
            const auto before = draft.view().properties(*node);
            // As in a merge, the entity's own words stand before those of what was merged into it.
            const auto after =
                was_merged ? merged(row.properties, before) : merged(before, row.properties);
            count(before != after);
            done = draft.replace_properties(*node, after);
        } else {
            ++report.created;
            done = draft.create_node({row.label}, row.properties).map([](graph::NodeId) {});
        }
        if (!done) {
            return done;
        }
    }
    for (const auto& row : plan.statements) {
        graph::Result<void> done;
        if (const auto known = draft.view().find_relationship(row.id)) {
            const auto before = draft.view().properties(*known);
            count(before != row.properties);
            done = draft.replace_properties(*known, row.properties);
        } else {
            ++report.created;
            done = draft
                       .create_relationship(*draft.view().find(row.from), row.type,
                                            *draft.view().find(row.to), row.properties)
                       .map([](graph::RelationshipId) {});
        }
        if (!done) {
            return done;
        }
    }
    return {};
}

graph::Result<std::string> bytes_of(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    if (error || !file) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "'" + path.string() + "' cannot be read.");
    }
    if (size > most_bytes) {
        return graph::refuse(graph::RefusalCode::limit_exceeded,
                             "'" + path.string() + "' is larger than 256 MiB.");
    }
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

}  // namespace

graph::Result<ImportReport> import(graph::Store& store, const graph::Ontology& ontology,
                                   const std::vector<InputFile>& files,
                                   const ImportOptions& options) {
    const auto tell = [&](std::string_view task, std::size_t done, std::size_t total) {
        if (options.progress) {
            options.progress(task, done, total);
        }
    };
    ImportReport report;
    report.dry_run = options.dry_run;
    tell("reading", 0, 3);
    auto records = read_all(files);
    tell("checking", 1, 3);
    auto draft = store.begin();
    const bool few = draft.base().node_count() + records.entities.size() <= most_compared;
    if (few || !records.activities.empty()) {
        KnownNames known(draft.base());
        for (const auto& record : records.entities) {
            known.add(record);
        }
        const auto first_activity = records.entities.size();
        expand_activities(ontology, known, records);
        for (auto at = first_activity; at < records.entities.size(); ++at) {
            known.add(records.entities[at]);
        }
        if (few) {
            report.likely_duplicates = likely_duplicates(records, known, draft.base());
        }
    }
    report.rejected = records.findings;
    const auto plan = checked(ontology, records, draft.base(), report);
    report.revision = draft.base().revision();
    if (!report.rejected.empty()) {
        std::stable_sort(report.rejected.begin(), report.rejected.end(),
                         [](const Finding& a, const Finding& b) {
                             return std::tie(a.file, a.line) < std::tie(b.file, b.line);
                         });
        return report;
    }
    tell("writing", 2, 3);
    if (auto written = write(draft, plan, report); !written) {
        return tl::unexpected(written.error());
    }
    if (options.dry_run) {
        for (const auto& refusal : store.check(draft)) {
            report.rejected.push_back(
                {"", 0, refusal.parameter, refusal.message, FindingCode::other});
        }
        return report;
    }
    return store.commit(std::move(draft), options.by).map([&](const graph::Commit& commit) {
        report.revision = commit.revision;
        report.batch = commit.changed ? "b-" + std::to_string(graph::number(commit.revision)) : "";
        tell("done", 3, 3);
        return report;
    });
}

graph::Result<std::vector<InputFile>> read_input(const std::filesystem::path& path) {
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
            const auto extension = entry.path().extension();
            if (extension == ".csv" || extension == ".ndjson" || extension == ".jsonl") {
                paths.push_back(entry.path());
            }
        }
        std::sort(paths.begin(), paths.end());
        if (paths.empty()) {
            return graph::refuse(graph::RefusalCode::entity_not_found,
                                 "'" + path.string() + "' has no .csv or .ndjson files.");
        }
    } else {
        paths.push_back(path);
    }
    std::vector<InputFile> files;
    for (const auto& one : paths) {
        auto bytes = bytes_of(one);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        if (one.extension() != ".zip") {
            files.push_back({one.filename().string(), std::move(*bytes)});
            continue;
        }
        auto inside = read_zip(one.filename().string(), *bytes, most_bytes);
        if (!inside) {
            return tl::unexpected(inside.error());
        }
        std::move(inside->begin(), inside->end(), std::back_inserter(files));
    }
    return files;
}

std::shared_ptr<const graph::Ontology> shipped_ontology() {
    static const auto shipped = [] {
        auto parsed = graph::parse_ontology(embedded::ontology_json);
        if (!parsed) {
            throw graph::Fault(parsed.error().message);
        }
        return std::make_shared<const graph::Ontology>(std::move(*parsed));
    }();
    return shipped;
}

std::string statement_id(std::string_view from, std::string_view type, std::string_view to,
                         std::string_view time, std::string_view role) {
    std::string text(from);
    for (const auto part : {type, to, time, role}) {
        text += '\n';
        text += part;
    }
    return "s-" + sha256(text).substr(0, 16);
}

}  // namespace khom::corpus
