#include "graph/settings.h"

#include "graph/snapshot_private.h"

namespace khom::graph {

namespace {

constexpr std::string_view prefix = "setting/";  // a public id has no slash

}  // namespace

std::optional<std::string> setting(const Snapshot& graph, std::string_view name) {
    const auto& all = *graph.data()->redirects;
    const auto found = all.find(std::string(prefix).append(name));
    return found == all.end() || found->second.empty() ? std::nullopt
                                                       : std::optional(found->second);
}

void set_setting(Draft& draft, std::string_view name, const std::string& text) {
    draft.redirect(std::string(prefix).append(name), text);
}

std::optional<std::string_view> setting_name(std::string_view from) {
    return from.rfind(prefix, 0) == 0 ? std::optional(from.substr(prefix.size())) : std::nullopt;
}

}  // namespace khom::graph
