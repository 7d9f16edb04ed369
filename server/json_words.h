#pragma once

#include <string>
#include <vector>

#include "index/word_sources.h"

namespace khom::server {

/// As `analysis_json`, with what is known of each token: which list has it, and its synonyms.
std::string analysis_json(const index::Analysis& analysis,
                          const std::vector<index::WordSource>& sources);

}  // namespace khom::server
