#include <algorithm>
#include <unordered_map>

#include "query/functions/function.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

std::unordered_map<std::string_view, const Function*> all_functions() {
    std::unordered_map<std::string_view, const Function*> functions;
    for (const auto family : {string_functions(), math_functions(), list_functions(),
                              entity_functions(), conversion_functions(), temporal_functions()}) {
        for (const auto& function : family) functions.emplace(function.name, &function);
    }
    return functions;
}

}  // namespace

const Function* find_function(std::string_view name) {
    static const auto function_table = all_functions();
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    });
    const auto found = function_table.find(lower);
    return found == function_table.end() ? nullptr : found->second;
}

std::vector<std::string> function_names() {
    // Those that are not all in lower case; the others are taken from the families.
    static const std::vector<std::string> spelt = {"toUpper",   "toLower",   "lTrim",   "rTrim",
                                                   "toString",  "toInteger", "toFloat", "toBoolean",
                                                   "startNode", "endNode"};
    std::vector<std::string> names;
    for (const auto& [name, function] : all_functions()) {
        const auto written = std::ranges::find_if(
            spelt,
            [wanted = function](const std::string& each) { return find_function(each) == wanted; });
        names.push_back(written == spelt.end() ? std::string(name) : *written);
    }
    std::ranges::sort(names);
    return names;
}

std::string words_for(const graph::Value& value) {
    return semantics::words_for(semantics::type_of(value));
}

void wrong_argument(std::string_view function, std::string_view what, const graph::Value& got) {
    reject(graph::RefusalCode::type_error, "InvalidArgumentValue",
           std::string(function) + " takes " + std::string(what) + ", and was given " +
               words_for(got) + ".");
}

}  // namespace khom::query::functions
