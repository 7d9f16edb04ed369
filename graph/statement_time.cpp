#include "graph/statement_time.h"

namespace khom::graph {

StatementTime time_of(const Snapshot& graph, RelationshipId statement) {
    if (const auto own = graph.property(statement, "time"); !own.is_null()) {
        return {std::string(string_or_empty(own)), false};
    }
    const auto from = graph.endpoints(statement).from;
    if (string_or_empty(graph.property(from, "kind")) != "program") {
        return {};
    }
    std::string edtf(string_or_empty(graph.property(from, "time")));
    const bool has_one = !edtf.empty();
    return {std::move(edtf), has_one};
}

}  // namespace khom::graph
