#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/id.h"
#include "index/names.h"

namespace khom::index {

/// Where the names of entities stand in a text. Immutable; safe from any thread.
class Gazetteer {
  public:
    explicit Gazetteer(const std::vector<Name>& names);

    /// A name at bytes of a canonical text.
    struct Mention {
        std::size_t begin_bytes = 0, end_bytes = 0;
        std::vector<graph::NodeId> nodes;  ///< all that bear it, rising
    };
    /// At each place the longest name, not overlapping, at cluster borders and in Latin as whole
    /// words. Cost: for each cluster of the text a few steps by the logarithm of the number of
    /// names.
    std::vector<Mention> mentions(std::string_view canonical_text) const;

  private:
    struct Entry {
        std::string text;  ///< canonical
        std::vector<graph::NodeId> nodes;
    };
    const Entry* longest_at(std::string_view text, std::size_t at) const;

    std::vector<Entry> entries_;  // sorted: names with one beginning stand together
};

}  // namespace khom::index
