#include "query/procedure_options.h"

#include <algorithm>

#include "query/refused.h"

namespace khom::query {

using graph::Value;
using graph::ValueKind;

namespace {

std::string listed(std::initializer_list<std::string_view> names) {
    std::string text;
    for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

}  // namespace

ProcedureOptions::ProcedureOptions(std::string_view procedure, const Value& value,
                                   std::initializer_list<std::string_view> known)
    : procedure_(procedure) {
    if (value.is_null()) return;
    if (!value.is(ValueKind::map)) refuse("options", "a map");
    options_ = value.map();
    for (const auto& [name, option] : options_) {
        if (std::ranges::find(known, name) == known.end()) {
            refuse(name, "not an option; these are: " + listed(known));
        }
    }
}

const Value* ProcedureOptions::find(std::string_view name) const {
    const auto found = options_.find(name);
    return found == options_.end() || found->second.is_null() ? nullptr : &found->second;
}

void ProcedureOptions::refuse(std::string_view name, const std::string& wanted) const {
    reject(graph::RefusalCode::argument_error, "InvalidArgumentValue",
           procedure_ + ": '" + std::string(name) + "' is " + wanted + ".");
}

std::int64_t ProcedureOptions::integer(std::string_view name, std::int64_t low, std::int64_t high,
                                       std::int64_t preset) const {
    const auto* value = find(name);
    if (value == nullptr) return preset;
    if (!value->is(ValueKind::integer) || value->integer() < low || value->integer() > high) {
        refuse(name, "an integer from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return value->integer();
}

std::string ProcedureOptions::text(std::string_view name,
                                   std::initializer_list<std::string_view> choices) const {
    const auto* value = find(name);
    if (value == nullptr) return std::string(*choices.begin());
    if (!value->is(ValueKind::string) ||
        std::ranges::find(choices, value->string()) == choices.end()) {
        refuse(name, "one of " + listed(choices));
    }
    return std::string(value->string());
}

std::vector<std::string> ProcedureOptions::texts(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) return {};
    std::vector<std::string> texts;
    if (!value->is(ValueKind::list)) refuse(name, "a list of strings");
    for (const auto& each : value->list()) {
        if (!each.is(ValueKind::string)) refuse(name, "a list of strings");
        texts.emplace_back(each.string());
    }
    return texts;
}

}  // namespace khom::query
