#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "graph/id.h"

namespace khom::graph {

/// A set of node numbers that is emptied in constant time: a number is in it if its mark is the
/// set's of this round. One byte a node keeps 100,000 nodes in the second-level cache; the array is
/// wiped once in 126 rounds.
class Marks {
  public:
    /// Empties the set and makes room for numbers below `size`.
    void begin(std::size_t size) {
        if (marks_.size() < size || round_ >= last_round) {
            marks_.assign(size > marks_.size() ? size : marks_.size(), 0);
            round_ = 0;
        }
        round_ = static_cast<std::uint8_t>(round_ + 2);
    }
    bool has(std::size_t i) const { return marks_[i] >= round_; }
    /// Whether it was not there before.
    bool add(std::size_t i) {
        const bool added = marks_[i] < round_;
        if (added) marks_[i] = round_;
        return added;
    }
    /// For loops that count without a branch: the array, and the mark of this round (`round() + 1`
    /// is a second one).
    std::uint8_t* data() { return marks_.data(); }
    std::uint8_t round() const { return round_; }

  private:
    static constexpr std::uint8_t last_round = 252;
    std::vector<std::uint8_t> marks_;
    std::uint8_t round_ = 0;
};

/// What traversals write on while they run, kept between them: nothing is allocated once it has
/// grown to the graph.
///
/// One for each thread, or one for each request: an empty one costs nothing. Spans that a traversal
/// returns lie in it and end with the next traversal.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;

    struct Rooms;
    Rooms& rooms() { return *rooms_; }

  private:
    std::unique_ptr<Rooms> rooms_;
};

}  // namespace khom::graph
