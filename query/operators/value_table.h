#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/value.h"

namespace khom::query::operators {

/// A set of rows of values, numbered in the order in which they came: what DISTINCT and grouping
/// look rows up in. Rows are the same by equivalence: null is null, 1 is 1.0.
///
/// All rows have `width` values. Open addressing over one array; a row costs its values and 12
/// bytes.
class ValueTable {
  public:
    explicit ValueTable(std::size_t width) : width_(width) {}

    struct Place {
        std::size_t number = 0;
        bool added = false;
    };
    /// The number of the row, which is added if it is new.
    Place add(std::span<const graph::Value> row);

    std::span<const graph::Value> row(std::size_t number) const {
        return std::span(values_).subspan(number * width_, width_);
    }
    std::size_t size() const { return hashes_.size(); }
    void clear();

  private:
    void grow();

    std::size_t width_;
    std::vector<graph::Value> values_;   ///< the rows, one after the other
    std::vector<std::uint32_t> hashes_;  ///< of each row
    std::vector<std::uint32_t> slots_;   ///< number + 1 of the row that stands there, or 0
};

}  // namespace khom::query::operators
