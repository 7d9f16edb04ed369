// A large import: one thread reads pieces, others turn them into checked rows, and the first loads
// the rows in the order of the files. First all entities, then the statements between them.

#include "corpus/large_import.h"

#include <algorithm>
#include <array>
#include <deque>
#include <future>
#include <map>
#include <utility>

#include "corpus/readers/pieces.h"
#include "corpus/readers/readers.h"
#include "corpus/validate.h"
#include "graph/bulk_load.h"

namespace khom::corpus {

namespace {

constexpr std::uintmax_t large_bytes = std::uintmax_t{32} << 20U;
constexpr std::size_t most_findings = 1000;
constexpr std::size_t pieces_at_work = 4;

enum class Pass { entities, statements };

/// A row with the place it came from.
template <class Row>
struct Placed {
    Row row;
    Record record;
};

struct Checked {
    std::vector<Placed<EntityRow>> entities;
    std::vector<Placed<StatementRow>> statements;
    std::vector<Finding> findings;
};

/// Lines that clearly belong to the other pass are not worth parsing.
std::string relevant_lines(const std::string& text, Pass pass) {
    const std::string_view other = pass == Pass::entities ? "{\"statement\"" : "{\"entity\"";
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size() - 1) + 1;
        if (text.compare(begin, other.size(), other) == 0) {
            kept += '\n';  // so that lines keep their numbers
        } else {
            kept.append(text, begin, end - begin);
        }
        begin = end;
    }
    return kept;
}

Checked checked(const graph::Ontology& ontology, Piece piece, Pass pass) {
    Records records;
    if (piece.file.name.ends_with(".csv")) {
        read_csv(piece.file, records);
    } else {
        piece.file.bytes = relevant_lines(piece.file.bytes, pass);
        read_ndjson(piece.file, records);
    }
    const auto placed = [&](std::size_t line) {
        return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(line) + piece.line_offset);
    };
    Checked result;
    result.findings = std::move(records.findings);
    if (pass == Pass::entities) {
        for (const auto& activity : records.activities) {
            result.findings.push_back(activity.finding(
                FindingCode::other, "",
                "Activities are read from small files only; import this file alone."));
        }
        for (auto& record : records.entities) {
            auto row = entity_row(ontology, record, result.findings);
            result.entities.push_back({std::move(row), std::move(record)});
        }
    } else {
        for (auto& record : records.statements) {
            auto row = statement_row(ontology, record, result.findings);
            result.statements.push_back({std::move(row), std::move(record)});
        }
    }
    for (auto& finding : result.findings) {
        finding.line = placed(finding.line);
    }
    for (auto& one : result.entities) {
        one.record.line = placed(one.record.line);
    }
    for (auto& one : result.statements) {
        one.record.line = placed(one.record.line);
    }
    return result;
}

/// Puts checked rows into the load; what is wrong goes to the report.
class Loader {
  public:
    Loader(graph::BulkLoad& load, ImportReport& report) : load_(load), report_(report) {}

    graph::Result<void> add(Checked&& piece) {
        for (auto& finding : piece.findings) {
            wrong(std::move(finding));
        }
        for (const auto& one : piece.entities) {
            if (auto done = add(one); !done) {
                return done;
            }
        }
        for (const auto& one : piece.statements) {
            if (auto done = add(one); !done) {
                return done;
            }
        }
        return {};
    }
    /// Sources may be named before they stand.
    void check_sources() {
        for (auto& [id, finding] : std::exchange(sources_, {})) {
            if (!load_.find(id)) {
                wrong(std::move(finding));
            }
        }
    }
    bool is_hopeless() const { return report_.rejected.size() >= most_findings; }

  private:
    static std::string missing(std::string_view id) {
        return "There is no entity '" + std::string(id) +
               "', neither in these files nor in the data.";
    }
    /// What both passes could not read is told once.
    void wrong(Finding finding) {
        const auto& told = report_.rejected;
        if (!is_hopeless() && std::find(told.begin(), told.end(), finding) == told.end()) {
            report_.rejected.push_back(std::move(finding));
        }
    }
    /// A refusal of the disk ends the import; any other is a finding.
    template <class Id>
    graph::Result<void> taken(const graph::Result<Id>& added, const Record& record) {
        if (added) {
            ++report_.created;
        } else if (added.error().code == graph::RefusalCode::storage_unavailable) {
            return tl::unexpected(added.error());
        } else {
            wrong(record.finding(FindingCode::other, "", added.error().message));
        }
        return {};
    }
    void remember_sources(const Record& record, const graph::Map& properties) {
        const auto sources = properties.find("sources");
        if (sources == properties.end()) {
            return;
        }
        for (const auto source : graph::strings_of(sources->second)) {
            if (!sources_.contains(source) && !load_.find(source)) {
                sources_.emplace(source, record.finding(FindingCode::unknown_entity, "sources",
                                                        missing(source)));
            }
        }
    }
    graph::Result<void> add(const Placed<EntityRow>& one) {
        if (one.row.id.empty()) {
            return {};  // found wrong already
        }
        if (!one.row.properties.contains("name_en") && !one.row.properties.contains("name_th")) {
            wrong(one.record.finding(FindingCode::no_name, "name_en",
                                     "The entity has no name, in neither language."));
            return {};
        }
        remember_sources(one.record, one.row.properties);
        return taken(load_.add_node({one.row.label}, one.row.properties), one.record);
    }
    graph::Result<void> add(const Placed<StatementRow>& one) {
        if (one.row.id.empty()) {
            return {};
        }
        const auto from = load_.find(one.row.from);
        const auto to = load_.find(one.row.to);
        if (!from) {
            wrong(one.record.finding(FindingCode::unknown_entity, "from", missing(one.row.from)));
        }
        if (!to) {
            wrong(one.record.finding(FindingCode::unknown_entity, "to", missing(one.row.to)));
        }
        if (!from || !to) {
            return {};
        }
        remember_sources(one.record, one.row.properties);
        return taken(load_.add_relationship(*from, one.row.type, *to, one.row.properties),
                     one.record);
    }

    graph::BulkLoad& load_;
    ImportReport& report_;
    std::map<std::string, Finding, std::less<>> sources_;  // not seen yet
};

struct Progress {
    const ImportOptions& options;
    std::size_t total = 0, before = 0;
    void tell(std::string_view task, std::size_t done) const {
        if (options.progress) {
            options.progress(task, before + done, total);
        }
    }
};

graph::Result<void> load_file(const std::filesystem::path& path, const graph::Ontology& ontology,
                              Pass pass, Loader& loader, const Progress& progress) {
    PieceReader pieces(path, progress.options.piece_bytes);
    std::deque<std::future<Checked>> at_work;
    const auto* task = pass == Pass::entities ? "entities" : "statements";
    bool is_read = false;
    while (!loader.is_hopeless()) {
        while (!is_read && at_work.size() < pieces_at_work) {
            auto piece = pieces.next();
            if (!piece) {
                return tl::unexpected(std::move(piece.error()));
            }
            is_read = !piece->has_value();
            if (!is_read) {
                at_work.push_back(
                    std::async(std::launch::async, [&ontology, pass, one = std::move(**piece)] {
                        return checked(ontology, one, pass);
                    }));
            }
        }
        if (at_work.empty()) {
            break;
        }
        auto piece = at_work.front().get();
        at_work.pop_front();
        if (auto added = loader.add(std::move(piece)); !added) {
            return added;
        }
        progress.tell(task, pieces.bytes_read());
    }
    return {};
}

bool is_data(const std::filesystem::path& path) {
    const auto extension = path.extension();
    return extension == ".csv" || extension == ".ndjson" || extension == ".jsonl";
}

}  // namespace

std::vector<std::filesystem::path> large_files(const std::vector<std::filesystem::path>& named) {
    std::vector<std::filesystem::path> files;
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (const auto& path : named) {
        if (!std::filesystem::is_directory(path, error)) {
            if (!is_data(path)) {
                return {};
            }
            files.push_back(path);
            continue;
        }
        const auto first = static_cast<std::ptrdiff_t>(files.size());
        for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
            if (is_data(entry.path())) {
                files.push_back(entry.path());
            }
        }
        std::sort(files.begin() + first, files.end());
    }
    for (const auto& file : files) {
        const auto size = std::filesystem::file_size(file, error);
        bytes += error ? 0 : size;
    }
    return bytes > large_bytes ? files : std::vector<std::filesystem::path>();
}

graph::Result<ImportReport> import_large(graph::Store& store, const graph::Ontology& ontology,
                                         const std::vector<std::filesystem::path>& files,
                                         const ImportOptions& options) {
    ImportReport report;
    report.dry_run = options.dry_run;
    auto load = store.bulk_load();
    if (!load) {
        return tl::unexpected(std::move(load.error()));
    }
    Progress progress{options};
    for (const auto& file : files) {
        progress.total += 2 * static_cast<std::size_t>(std::filesystem::file_size(file));
    }
    Loader loader(**load, report);
    for (const auto pass : {Pass::entities, Pass::statements}) {
        for (const auto& file : files) {
            if (auto done = load_file(file, ontology, pass, loader, progress); !done) {
                return tl::unexpected(std::move(done.error()));
            }
            progress.before += static_cast<std::size_t>(std::filesystem::file_size(file));
        }
        loader.check_sources();
    }
    report.revision = store.snapshot()->revision();
    if (!report.rejected.empty() || options.dry_run) {
        return report;
    }
    progress.tell("writing", 0);
    return (*load)->commit(options.by).map([&](const graph::Commit& commit) {
        report.revision = commit.revision;
        report.batch = "b-" + std::to_string(graph::number(commit.revision));
        progress.tell("done", 0);
        return report;
    });
}

}  // namespace khom::corpus
