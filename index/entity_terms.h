#pragma once

#include "index/gazetteer.h"
#include "index/search_text.h"

namespace khom::index {

/// Where a question names an entity, the entity stands for each word of its name: texts that name
/// it are found however the name is cut in them.
void add_entities(SearchWords& words, const Gazetteer& names);

}  // namespace khom::index
