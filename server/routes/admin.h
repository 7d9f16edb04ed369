#pragma once

#include <chrono>
#include <list>
#include <map>
#include <mutex>
#include <string>

#include "corpus/import.h"
#include "server/dataset.h"
#include "server/routes/answers.h"

namespace khom::server {

/// What curators do, over HTTP: imports, their undoing, merges. Safe from any thread; one write at
/// a time.
class AdminRoutes {
  public:
    explicit AdminRoutes(Dataset& dataset) : dataset_(dataset) {}

    /// One batch of NDJSON, CSV or a ZIP of these, all or nothing. 422 with the report if anything
    /// is wrong.
    Answer import(const Request& request);
    /// Takes a batch back: 204.
    Answer undo(const Request& request, const std::string& batch);
    /// {"from", "into"}: one entity of two.
    Answer merge(const Request& request);

  private:
    struct Remembered {
        std::string body_hash;
        Response response;
    };
    Response known(const std::string& key, const Remembered& remembered,
                   const std::string& body_hash) const;
    Answer import_files(const Request& request, std::vector<corpus::InputFile> files, bool dry_run);
    void remember(const std::string& key, Remembered remembered);
    void wait_for_index(graph::Revision revision);
    graph::Authorship by(const Request& request, std::string purpose) const;

    Dataset& dataset_;
    std::mutex mutex_;                           // of what follows, and held by who writes
    std::map<std::string, Remembered> answers_;  // by idempotency key and holder
    std::list<std::string> order_;               // oldest first
};

}  // namespace khom::server
