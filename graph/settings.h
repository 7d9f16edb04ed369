#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/draft.h"
#include "graph/snapshot.h"

namespace khom::graph {

/// Texts that belong to a store and are no part of its graph, by name: "synonyms". Written by
/// commits, so that they are versioned, logged and copied with everything else.
///
/// On disk they stand among the redirects, under a key that is no public id.
std::optional<std::string> setting(const Snapshot& graph, std::string_view name);

/// Sets it; an empty text takes it away.
void set_setting(Draft& draft, std::string_view name, const std::string& text);

/// The name of the setting that a redirect's `from` stands for; none if it is a redirect.
std::optional<std::string_view> setting_name(std::string_view from);

}  // namespace khom::graph
