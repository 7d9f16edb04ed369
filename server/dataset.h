#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "graph/failure.h"
#include "graph/ontology.h"
#include "graph/store.h"
#include "index/index.h"
#include "query/reading.h"

namespace khom::server {

enum class Missing { is_refused, is_created };

/// One data folder, opened: DIR/graph holds the store, DIR/index the full-text index, both under
/// the shipped ontology and the rules of corpus and index. What every subcommand starts from.
class Dataset {
  public:
    /// The rules are set here, whatever `options` say. Refuses: entity_not_found where there is no
    /// data (unless created), locked, unsupported. Throws: graph::Fault.
    static graph::Result<std::unique_ptr<Dataset>> open(const std::filesystem::path& folder,
                                                        Missing missing,
                                                        graph::StoreOptions options = {});
    /// One without data, in memory only.
    static std::unique_ptr<Dataset> empty();

    graph::Store& store() { return *store_; }
    const std::filesystem::path& folder() const { return folder_; }
    const graph::Store& store() const { return *store_; }
    const graph::Ontology& ontology() const { return *ontology_; }

    /// The index, opened and caught up when first asked for: an import does not need it.
    index::Index& index();
    /// The newest published state: pin it once per request.
    query::Reading reading();

    /// Why requests cannot be answered now, if so: for /readyz.
    std::optional<std::string> not_ready();

  private:
    Dataset(std::filesystem::path folder, std::unique_ptr<graph::Store> store,
            std::shared_ptr<const graph::Ontology> ontology);

    std::filesystem::path folder_;
    std::shared_ptr<const graph::Ontology> ontology_;
    std::unique_ptr<graph::Store> store_;
    std::unique_ptr<index::Index> index_;  // after the store, which it reads
};

}  // namespace khom::server
