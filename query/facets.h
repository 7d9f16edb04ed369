#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/entity.h"
#include "query/reading.h"

namespace khom::query {

/// The facets there are: kind, subtype, sector, theme, place, partner, year, criterion.
const std::vector<std::string>& facet_names();

/// The years an entity's time touches, both ends inclusive; open ends are the least and greatest
/// integers.
struct Years {
    std::int64_t first = 0, last = 0;
};
std::optional<Years> years_of(const graph::Snapshot& graph, graph::NodeId node);

/// The values of one facet of an entity, each once. Theme, criterion and partner: ids of entities
/// it is linked to; place: also what contains these places. Year: each year of its time; of a long
/// or open one its ends.
std::vector<std::string> facet_values(const Reading& reading, graph::NodeId node,
                                      std::string_view facet);

/// How a facet's value is called.
Wording facet_label(const Reading& reading, std::string_view facet, const std::string& value);

}  // namespace khom::query
