#pragma once

#include <string_view>
#include <vector>

#include "graph/unique_rule.h"

namespace khom::corpus {

/// The attributes that an ontology file calls unique ("unique": true), for each kind that has them.
/// Throws: nlohmann::json::exception for what is no ontology file.
std::vector<graph::Unique> unique_attributes(std::string_view ontology_json);

/// Those of the ontology that Khom ships.
std::vector<graph::Unique> shipped_unique_attributes();

}  // namespace khom::corpus
