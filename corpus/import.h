#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/finding.h"
#include "graph/batch_rule.h"
#include "graph/failure.h"
#include "graph/ontology.h"
#include "graph/store.h"

namespace khom::corpus {

/// An entity that is probably there already under another id.
struct LikelyDuplicate {
    std::string file;
    std::size_t line = 0;
    std::string id;     ///< as imported
    std::string other;  ///< the one it resembles
    double score = 0;   ///< 0 to 1
    std::string why;
};

/// What an import did, or would do.
struct ImportReport {
    std::string batch;  ///< "b-<revision>"; empty if nothing was written
    bool dry_run = false;
    std::size_t created = 0, updated = 0, unchanged = 0;
    std::vector<Finding> rejected;  ///< not empty: nothing was written
    std::vector<Finding> warnings;
    std::vector<LikelyDuplicate> likely_duplicates;
    graph::Revision revision{};  ///< the store's after the import
};

/// One file as text; `name` is shown in findings.
struct InputFile {
    std::string name;
    std::string bytes;  ///< UTF-8 (with or without byte-order mark) or Windows-874
};

struct ImportOptions {
    bool dry_run = false;
    graph::Authorship by;
    std::function<void(std::string_view task, std::size_t done, std::size_t total)>
        progress;                                     ///< may be empty
    std::size_t piece_bytes = std::size_t{2} << 20U;  ///< what a large import reads at once
};

/// Reads, checks and writes: one batch, one revision, all or nothing. The same files again change
/// nothing. Refuses: as Store::commit (conflict, storage_unavailable). What is wrong with the data
/// is in the report, not a refusal.
graph::Result<ImportReport> import(graph::Store& store, const graph::Ontology& ontology,
                                   const std::vector<InputFile>& files,
                                   const ImportOptions& options);

/// Reads a file, the files of a .zip, or all *.csv and *.ndjson of a folder in name order. Refuses:
/// entity_not_found, limit_exceeded (over 256 MiB).
graph::Result<std::vector<InputFile>> read_input(const std::filesystem::path& path);

/// The ontology that is shipped (corpus/data/ontology.json, embedded). Throws Fault if it does not
/// parse.
std::shared_ptr<const graph::Ontology> shipped_ontology();

/// The rule that every batch obeys the ontology: kinds, types, domain and range, closed lists,
/// sources, times.
std::shared_ptr<const graph::BatchRule> ontology_rule(
    std::shared_ptr<const graph::Ontology> ontology);

/// "s-" and 16 hex digits of SHA-256 over the five, joined by line feeds.
std::string statement_id(std::string_view from, std::string_view type, std::string_view to,
                         std::string_view time, std::string_view role);

}  // namespace khom::corpus
