#pragma once

#include <string>
#include <vector>

#include "corpus/import.h"
#include "corpus/record.h"
#include "corpus/validate.h"
#include "graph/snapshot.h"

namespace khom::corpus {

/// Rows that name an entity by an id that was merged away since they were written: what it led to
/// stands for it, and a warning says so.
class MergedIds {
  public:
    /// Both outlive it.
    MergedIds(const graph::Snapshot& stored, std::vector<Finding>& warnings)
        : stored_(stored), warnings_(warnings) {}

    /// The id that stands for `id`, which was in that column.
    std::string now(const Record& record, const std::string& column, const std::string& id);
    /// The sources that properties cite.
    void follow(const Record& record, graph::Map& properties);
    /// The ends and sources of a statement. One that was moved by a merge kept its id, or gave its
    /// sources to one that said the same.
    void follow(const Record& record, StatementRow& row);

  private:
    const graph::Snapshot& stored_;
    std::vector<Finding>& warnings_;
};

}  // namespace khom::corpus
