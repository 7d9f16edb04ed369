#include "server/dataset.h"

#include <utility>

#include "corpus/import.h"
#include "corpus/unique_attributes.h"

namespace khom::server {

Dataset::Dataset(std::filesystem::path folder, std::unique_ptr<graph::Store> store,
                 std::shared_ptr<const graph::Ontology> ontology)
    : folder_(std::move(folder)), ontology_(std::move(ontology)), store_(std::move(store)) {}

graph::Result<std::unique_ptr<Dataset>> Dataset::open(const std::filesystem::path& folder,
                                                      Missing missing,
                                                      graph::StoreOptions options) {
    namespace fs = std::filesystem;
    const bool create = missing == Missing::is_created;
    std::error_code error;
    if (create && !fs::exists(folder, error)) {
        fs::create_directories(folder, error);
        fs::permissions(folder, fs::perms::owner_all, error);
    }
    if (error || (!create && !fs::is_directory(folder / "graph", error))) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "There is no Khom data in '" + folder.string() +
                                 "'. 'khom import --data " + folder.string() + " PATH' makes it.");
    }
    auto ontology = corpus::shipped_ontology();
    options.rules = {corpus::ontology_rule(ontology), index::indexability_rule(),
                     graph::unique_rule(corpus::shipped_unique_attributes())};
    options.create_if_missing = create;
    return graph::Store::open(folder / "graph", std::move(options))
        .map([&](std::unique_ptr<graph::Store> store) {
            return std::unique_ptr<Dataset>(new Dataset(folder, std::move(store), ontology));
        });
}

std::unique_ptr<Dataset> Dataset::empty() {
    return std::unique_ptr<Dataset>(
        new Dataset({}, graph::Store::in_memory({}), corpus::shipped_ontology()));
}

index::Index& Dataset::index() {
    if (!index_) {
        index_ = index::Index::open(folder_.empty() ? folder_ : folder_ / "index", *store_);
    }
    return *index_;
}

query::Reading Dataset::reading() {
    return {index().view(), ontology_};
}

std::optional<std::string> Dataset::not_ready() {
    if (auto fault = index().fault()) {
        return "the index cannot follow the graph at the moment";
    }
    const auto indexed = index().view()->snapshot()->revision();
    if (indexed != store_->snapshot()->revision()) {
        return "the index is behind the graph";
    }
    return std::nullopt;
}

}  // namespace khom::server
