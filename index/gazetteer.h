#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "graph/id.h"
#include "index/name_tables.h"
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
    /// words ("songkran2023" has "songkran"). Cost: see `NamesInText::find`.
    std::vector<Mention> mentions(std::string_view canonical_text) const;

  private:
    std::vector<graph::NodeId> bearers_;  // by the number of a name
    NamesInText names_;
};

}  // namespace khom::index
