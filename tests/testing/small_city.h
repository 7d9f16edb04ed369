#pragma once

#include <memory>
#include <string>

#include "graph/store.h"
#include "index/index.h"
#include "query/reading.h"

namespace khom::testing {

/// A city in memory, read from the text of two CSV files, indexed, ready to be asked.
class SmallCity {
  public:
    /// Throws std::runtime_error with the first finding if the files are not taken.
    SmallCity(const std::string& entities, const std::string& statements);

    query::Reading reading() const { return {index_->view(), ontology_}; }

  private:
    std::shared_ptr<const graph::Ontology> ontology_;
    std::unique_ptr<graph::Store> store_;
    std::unique_ptr<index::Index> index_;
};

}  // namespace khom::testing
