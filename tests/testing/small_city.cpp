#include "tests/testing/small_city.h"

#include <stdexcept>

#include "corpus/import.h"

namespace khom::testing {

SmallCity::SmallCity(const std::string& entities, const std::string& statements)
    : ontology_(corpus::shipped_ontology()) {
    graph::StoreOptions options;
    options.rules = {corpus::ontology_rule(ontology_), index::indexability_rule()};
    store_ = graph::Store::in_memory(options);
    const auto report = corpus::import(*store_, *ontology_,
                                       {{"entities.csv", entities}, {"statements.csv", statements}},
                                       {false, {"test", "import"}, {}});
    if (!report || !report->rejected.empty()) {
        throw std::runtime_error(report ? report->rejected.front().detail : report.error().message);
    }
    index_ = index::Index::open({}, *store_);
}

}  // namespace khom::testing
