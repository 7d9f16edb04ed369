#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/reading.h"

namespace khom::index {

/// How Thai is written in Latin letters, learnt from pairs: the probability of letters for a unit
/// between its neighbours.
///
/// Source: joint multigrams (Bisani and Ney 2008) with one unit on the Thai side; narrow and wide
///         contexts are mixed, each wider one by how often it was seen.
class Romanisation {
  public:
    /// `pairs`: a line each, Thai name, tab, the letters of each of its units with | between them;
    /// lines that begin with # and lines that do not fit are passed over.
    explicit Romanisation(std::string_view pairs);
    /// The pairs that ship in lexicon/romanisation.tsv.
    static const Romanisation& shipped();

    /// Shape: of canonical text, Thai or not. Cost: linear.
    Reading read(std::string_view canonical) const;

  private:
    /// One sighting: in this context these letters were written, so many times.
    struct Seen {
        std::uint64_t context = 0;  ///< its hash
        std::uint32_t letters = 0, count = 1;
        auto operator<=>(const Seen&) const = default;
    };
    void learn(std::u32string_view units, std::string_view letters);
    void count();
    std::span<const Seen> seen(std::uint64_t context) const;
    /// What is written at the end of a chain of contexts of which so many are known.
    std::map<std::string, float> mixed(std::span<const std::uint64_t> chain) const;
    std::shared_ptr<const Writings> writings(std::u32string_view units, std::size_t at) const;

    std::vector<Seen> seen_;  // sorted, each once
    std::vector<std::string> letters_;
    std::unordered_map<std::string, std::uint32_t> letters_id_;
    mutable std::mutex mutex_;  // of read_
    mutable std::map<std::array<std::uint64_t, 3>, std::shared_ptr<const Writings>> read_;
};

}  // namespace khom::index
