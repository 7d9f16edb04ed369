#include "graph/statement_time.h"

namespace khom::graph {

namespace {

/// The programme a statement begins at, if it does.
std::optional<NodeId> programme_of(const Snapshot& graph, RelationshipId statement) {
    const auto label = graph.label("Program");
    const auto from = graph.endpoints(statement).from;
    return label && graph.has_label(from, *label) ? std::optional(from) : std::nullopt;
}

}  // namespace

StatementTime time_of(const Snapshot& graph, RelationshipId statement) {
    if (const auto own = graph.property(statement, valid_time_key); !own.is_null()) {
        return {std::string(string_or_empty(own)), false};
    }
    const auto programme = programme_of(graph, statement);
    auto edtf =
        programme ? string_or_empty(graph.property(*programme, valid_time_key)) : std::string();
    const bool has_one = !edtf.empty();
    return {std::move(edtf), has_one};
}

DaySpan days_of(const Snapshot& graph, RelationshipId statement) {
    if (const auto own = graph.days(statement)) {
        return *own;
    }
    const auto programme = programme_of(graph, statement);
    return programme ? graph.days(*programme).value_or(DaySpan()) : DaySpan();
}

}  // namespace khom::graph
