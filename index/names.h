#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/id.h"
#include "graph/snapshot.h"
#include "index/index.h"

namespace khom::index {

/// How well a name answers a text, and why.
struct NameMatch {
    graph::NodeId node{};
    double score = 0;  ///< 0 to 100: 100 is the very name
    Match match = Match::exact;
    std::size_t name = 0;  ///< which of `Names::all()`
};

/// One name or alias of an entity.
struct Name {
    graph::NodeId node{};
    std::string field;     ///< "name.en", "aliases.th", …
    std::string text;      ///< as stored
    std::string squashed;  ///< canonical, letters and digits only
    std::string sound;
    std::u32string points;        ///< of `squashed`
    std::u32string sound_points;  ///< of `sound`
    bool own_name = false;        ///< not an alias
};

/// All names and aliases of a graph. Immutable; safe from any thread.
class Names {
  public:
    explicit Names(const graph::Snapshot& graph);

    const std::vector<Name>& all() const { return names_; }

    /// The best match of each entity with `text`, for a whole search: equal, begins with, contains,
    /// is contained in, sounds like, is misspelt. Cost: linear in the names.
    std::vector<NameMatch> match(std::string_view text) const;
    /// The same for a text that is still being typed: equal, begins with, a word begins with,
    /// contains, sounds so.
    std::vector<NameMatch> complete(std::string_view text) const;

    /// The entities whose name stands at bytes of a canonical text: longest first, not overlapping.
    struct Found {
        std::size_t begin_bytes = 0, end_bytes = 0;
        std::vector<graph::NodeId> nodes;
    };
    std::vector<Found> find_in(std::string_view canonical_text) const;

  private:
    void add(const graph::Snapshot& graph, graph::NodeId node);

    std::vector<Name> names_;
    std::unordered_map<std::string, std::vector<graph::NodeId>> by_canonical_;  // not squashed
    std::size_t longest_ = 0;
};

}  // namespace khom::index
