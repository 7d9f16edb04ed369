#pragma once

// Properties by key, not by row: each key one typed column over all nodes or all relationships.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/flat.h"
#include "graph/value.h"

namespace khom::graph {

/// One property value as a column holds it: numbers in `bits`; a string's own bytes, or any other
/// value encoded (codec.h), in `bytes`, which belong to the column.
struct Cell {
    ValueKind kind = ValueKind::null;
    std::uint64_t bits = 0;
    std::string_view bytes;

    bool is_null() const { return kind == ValueKind::null; }
};

/// `encoded` lends its memory to cells that need it.
Cell cell_of(const Value& value, std::string& encoded);
Value value_of(const Cell& cell);

/// The values of one key. Equal strings are kept once where strings repeat.
struct Column {
    /// What all cells are; `list` stands for "encoded, each with its own kind".
    ValueKind kind = ValueKind::null;
    std::size_t rows = 0;         ///< rows of the table, with or without a value here
    std::size_t count = 0;        ///< rows with a value
    Flat<std::uint64_t> present;  ///< a bit for each row; empty if every row has a value
    Flat<std::uint32_t> ranks;    ///< values before each block of 512 rows
    Flat<std::uint32_t> narrow;   ///< a cell for each value that is present, …
    Flat<std::uint64_t> wide;     ///< … or here, if 32 bits are too few for one of them
    Flat<std::uint32_t> heap;     ///< strings and encoded values: length in bytes, then the bytes

    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    /// Which of the values a row has; `none` if it has none.
    std::size_t index_of(std::size_t row) const {
        if (row >= rows) {
            return none;
        }
        if (present.empty()) {
            return row;
        }
        const auto word = row / 64;
        const auto bit = std::uint64_t{1} << row % 64;
        if ((present[word] & bit) == 0) {
            return none;
        }
        std::size_t index = ranks[row / 512];
        for (auto before = row / 512 * 8; before < word; ++before) {
            index += static_cast<std::size_t>(std::popcount(present[before]));
        }
        return index + static_cast<std::size_t>(std::popcount(present[word] & (bit - 1)));
    }
    Cell at(std::size_t row) const {
        const auto index = index_of(row);
        return index == none ? Cell() : cell(index);
    }
    Cell cell(std::size_t index) const;
};

/// Collects the values of one key; rows come in rising order.
class ColumnBuilder {
  public:
    /// `distinct`: no value occurs twice, so none is looked for.
    enum class Repeats { possible, distinct };
    explicit ColumnBuilder(Repeats repeats) : interning_(repeats == Repeats::possible) {}

    void add(std::size_t row, const Cell& cell);
    /// The column over `rows` rows; the builder is used up.
    Column finish(std::size_t rows);
    bool empty() const { return count_ == 0; }
    /// Makes room for as much as a column has that this one will be like.
    void expect_like(const Column& column);
    /// Memory it holds.
    std::size_t bytes() const;
    ValueKind kind() const { return kind_; }
    /// Where the newest string lies, and what lies there; only of a column of strings.
    std::uint32_t last_place() const { return narrow_.back(); }
    std::string_view text_at(std::uint32_t place) const;

  private:
    Cell cell(std::size_t index) const;
    void append(const Cell& cell);
    void append_bits(std::uint64_t bits);
    std::uint32_t stored(std::string_view bytes);
    void encode_all();
    void remember(std::uint32_t place);

    ValueKind kind_ = ValueKind::null;
    std::size_t count_ = 0;
    bool interning_, is_wide_ = false;
    std::vector<std::uint64_t> present_, wide_;
    std::vector<std::uint32_t> narrow_, heap_;
    std::vector<std::uint32_t> table_;  // open addressing: place in heap_ + 1
    std::size_t distinct_ = 0;
};

/// A hash that stays the same on disk.
std::uint64_t stable_hash(std::string_view bytes);

}  // namespace khom::graph
