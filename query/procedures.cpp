#include "query/procedures.h"

#include "query/functions/text.h"

namespace khom::query {
namespace {

std::string lower(std::string_view name) {
    return functions::with_case(name, functions::LetterCase::lower);
}

}  // namespace

void Procedures::add(Procedure procedure) {
    const auto key = lower(procedure.name);
    by_name_.insert_or_assign(key, std::make_shared<const Procedure>(std::move(procedure)));
}

const Procedure* Procedures::find(std::string_view name) const {
    const auto found = by_name_.find(lower(name));
    return found == by_name_.end() ? nullptr : found->second.get();
}

std::vector<const Procedure*> Procedures::all() const {
    std::vector<const Procedure*> procedures;
    for (const auto& [name, procedure] : by_name_) procedures.push_back(procedure.get());
    return procedures;
}

}  // namespace khom::query
