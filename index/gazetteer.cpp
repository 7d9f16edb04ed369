#include "index/gazetteer.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "index/canonical.h"

namespace khom::index {

namespace {

/// Shorter names occur by chance: "of", ชล.
constexpr std::size_t least_bytes = 4;

/// Each name with each of its bearers once: numbered as they stand in `bearers`.
std::vector<std::pair<std::string, std::uint32_t>> numbered(const std::vector<Name>& names,
                                                            std::vector<graph::NodeId>& bearers) {
    std::vector<std::pair<std::string, graph::NodeId>> all;
    all.reserve(names.size());
    for (const auto& name : names) {
        all.emplace_back(canonical(name.text).text, name.node);
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::vector<std::pair<std::string, std::uint32_t>> numbers;
    for (auto& [text, node] : all) {
        numbers.emplace_back(std::move(text), static_cast<std::uint32_t>(bearers.size()));
        bearers.push_back(node);
    }
    return numbers;
}

}  // namespace

Gazetteer::Gazetteer(const std::vector<Name>& names)
    : names_(numbered(names, bearers_), least_bytes) {}

std::vector<Gazetteer::Mention> Gazetteer::mentions(std::string_view text) const {
    std::vector<Mention> all;
    for (const auto& found : names_.find(text)) {
        Mention mention{found.begin_bytes, found.end_bytes, {}};
        for (const auto number : found.names) {
            mention.nodes.push_back(bearers_[number]);
        }
        all.push_back(std::move(mention));
    }
    return all;
}

}  // namespace khom::index
