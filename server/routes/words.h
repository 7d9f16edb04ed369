#pragma once

#include "server/dataset.h"
#include "server/routes/answers.h"
#include "server/search_log.h"

namespace khom::server {

/// What was looked for, where that is kept; `days` says of how many days.
Answer search_report_route(const Request& request, const SearchLog* log);

/// The words that curators add to the search: what stands whole (dictionary), what means the same
/// (synonyms). A list is read and put whole; it is a batch like any other, and searchable within
/// 5 s. Safe from any thread.
class WordRoutes {
  public:
    explicit WordRoutes(Dataset& dataset) : dataset_(dataset) {}

    /// {"rev", "words", "shipped"}.
    Answer dictionary() const;
    /// {"words": ["…"]}: answers as `dictionary` does. Refuses: argument_error naming "words/3".
    Answer put_dictionary(const Request& request);
    /// {"rev", "synonyms", "shipped"}.
    Answer synonyms() const;
    /// {"synonyms": [["มช.", "CMU"]]}. Refuses: argument_error naming "synonyms/3/1".
    Answer put_synonyms(const Request& request);

  private:
    Answer put(const Request& request, const graph::Change& change);

    Dataset& dataset_;
};

}  // namespace khom::server
