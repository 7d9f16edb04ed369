#include "query/types.h"

#include "query/nearest.h"

namespace khom::query {

TypeSet TypeSet::all(const Reading& reading) {
    TypeSet types;
    types.allowed_.assign(reading.graph().type_count(), true);
    return types;
}

void TypeSet::set(const Reading& reading, std::string_view id, bool allowed) {
    const auto* type = reading.ontology->type(id);
    const auto known = type == nullptr ? std::nullopt : reading.graph().type(type->cypher);
    if (known) {
        allowed_.resize(reading.graph().type_count());
        allowed_[graph::number(*known)] = allowed;
    }
}

graph::Result<TypeSet> types_of(const Reading& reading, const std::vector<std::string>& ids) {
    if (ids.empty()) {
        return TypeSet::all(reading);
    }
    TypeSet types;
    for (const auto& id : ids) {
        if (reading.ontology->type(id) == nullptr) {
            std::vector<std::string> known;
            for (const auto& type : reading.ontology->types) {
                known.push_back(type.id);
            }
            return graph::refuse_parameter("type", unknown_word(id, "relationship type", known));
        }
        types.put(reading, id);
    }
    return types;
}

}  // namespace khom::query
