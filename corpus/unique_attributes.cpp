#include "corpus/unique_attributes.h"

#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

namespace khom::embedded {
extern const std::string_view ontology_json;
}

namespace khom::corpus {

std::vector<graph::Unique> unique_attributes(std::string_view ontology_json) {
    const auto ontology = nlohmann::json::parse(ontology_json);
    std::vector<graph::Unique> all;
    for (const auto& attribute : ontology.at("attributes")) {
        if (!attribute.value("unique", false)) continue;
        const auto on = attribute.at("on").get<std::vector<std::string>>();
        for (const auto& kind : ontology.at("kinds")) {
            const auto is = [&](const std::string& each) {
                return each == "*" || each == kind.at("id");
            };
            if (std::ranges::any_of(on, is)) {
                all.push_back(
                    {kind.at("label").get<std::string>(), attribute.at("name").get<std::string>()});
            }
        }
    }
    return all;
}

std::vector<graph::Unique> shipped_unique_attributes() {
    return unique_attributes(embedded::ontology_json);
}

}  // namespace khom::corpus
