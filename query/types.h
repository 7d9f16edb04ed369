#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"
#include "query/reading.h"

namespace khom::query {

/// Which relationship types a walk may follow.
class TypeSet {
  public:
    TypeSet() = default;
    /// All types of the graph.
    static TypeSet all(const Reading& reading);

    bool has(graph::TypeId type) const {
        const auto at = static_cast<std::size_t>(graph::number(type));
        return at < allowed_.size() && allowed_[at];
    }
    /// Both by the ontology's id, "organized_by"; nothing happens where the graph has none of that
    /// type.
    void put(const Reading& reading, std::string_view id) { set(reading, id, true); }
    void leave_out(const Reading& reading, std::string_view id) { set(reading, id, false); }

  private:
    void set(const Reading& reading, std::string_view id, bool allowed);

    std::vector<bool> allowed_;
};

/// The types that a request names; none named: all. Refuses: argument_error naming `type`, with the
/// nearest one.
graph::Result<TypeSet> types_of(const Reading& reading, const std::vector<std::string>& ids);

}  // namespace khom::query
