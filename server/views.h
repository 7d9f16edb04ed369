#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "corpus/writers/export.h"
#include "graph/failure.h"
#include "query/reading.h"
#include "query/search.h"
#include "server/http.h"
#include "server/kept.h"

namespace khom::server {

/// What somebody saw and wants to come back to or cite: a page of ours and its parameters.
struct View {
    std::string id;              ///< "v-" and 16 hexadecimal digits of the SHA-256 of what it says
    std::string kind;            ///< search, graph, map, timeline, network, dossier
    Pairs parameters;            ///< those of the page of that kind, in one order
    std::uint64_t revision = 0;  ///< when it was saved; a view shows the graph as it is now
    std::string json;            ///< as it is kept and answered
};

inline constexpr std::size_t most_kept_views = 10'000;
/// Where there are so many, a view that nobody opened for so long gives way.
inline constexpr std::chrono::hours unopened_view_patience{30 * 24};
inline constexpr std::size_t most_view_bytes = 16'384;

/// A view from {"kind", "title", "state"}. Names in `state` that are parameters of the page decide
/// what it shows; others are the client's own and are kept as they are.
/// Refuses: argument_error naming what is wrong, such as a state that the page would refuse.
graph::Result<View> parse_view(std::string_view body, const query::Reading& reading);

/// Keeps it; the same content again is the same view. Refuses: storage_unavailable.
graph::Result<View> keep_view(KeptTexts& kept, View view);
/// Refuses: entity_not_found.
graph::Result<View> find_view(const KeptTexts& kept, const std::string& id);

/// "/search?q=…": the page that shows it. A dossier's also names the view, whose notes it shows.
std::string page_of(const View& view);

/// Of a dossier's view: the planner's notes, by section.
std::map<std::string, std::string> notes_of(const View& view);

/// What of the graph it shows. Refuses: as the questions behind it, where the graph has changed.
graph::Result<corpus::Filter> shown_by(const View& view, const query::Reading& reading);

/// All that a search finds, page by page, at most 100,000. `question.limit` is ours to set.
graph::Result<std::vector<graph::NodeId>> all_found(const query::Reading& reading,
                                                    query::SearchQuestion question);

}  // namespace khom::server
