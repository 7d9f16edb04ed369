#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "corpus/import.h"
#include "server/dataset.h"
#include "server/remembered_answers.h"
#include "server/routes/answers.h"

namespace khom::server {

/// What curators do, over HTTP: imports, their undoing, merges. Safe from any thread; one write at
/// a time.
class AdminRoutes {
  public:
    explicit AdminRoutes(Dataset& dataset);

    /// One batch of NDJSON, CSV or a ZIP of these, all or nothing. 422 with the report if anything
    /// is wrong.
    Answer import(const Request& request);
    /// Takes a batch back: 204.
    Answer undo(const Request& request, const std::string& batch);
    /// {"from", "into"}: one entity of two.
    Answer merge(const Request& request);

  private:
    Response known(const std::string& key, RememberedAnswers::Answer remembered,
                   const std::string& request) const;
    Answer import_files(const Request& request, const std::vector<corpus::InputFile>& files,
                        bool dry_run);
    void wait_for_index(graph::Revision revision);
    graph::Authorship by(const Request& request, std::string purpose) const;

    Dataset& dataset_;
    std::mutex mutex_;           // of what follows, and held by who writes
    RememberedAnswers answers_;  // by idempotency key and holder
};

}  // namespace khom::server
