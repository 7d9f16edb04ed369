#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace khom::index {

/// Where a name may be begun to be typed.
struct NameStart {
    std::uint32_t name = 0;
    std::uint16_t offset_bytes = 0;
    bool strong = false;  ///< the beginning of the name or of a word in it
};

/// The beginnings of all names and of their words and clusters, in the order of what follows: those
/// that go on with a text lie side by side.
class NameStarts {
  public:
    /// `texts` are kept; `starts` speak of them. Cost: sorting.
    NameStarts(std::vector<std::string> texts, std::vector<NameStart> starts);

    /// All starts that go on with `text`. Cost: logarithmic.
    std::span<const NameStart> going_on_with(std::string_view text) const;

    std::span<const NameStart> all() const { return starts_; }
    /// What stands from a start on.
    std::string_view rest(const NameStart& start) const {
        return std::string_view(texts_[start.name]).substr(start.offset_bytes);
    }

  private:
    std::vector<std::string> texts_;
    std::vector<NameStart> starts_;
};

/// Names that stand in a text.
///
/// Sorted, each with the longest other name that it begins with: the longest name at a place in a
/// text is the last one that sorts before the text there, or on the way up from it. An Aho-Corasick
/// automaton finds the same in linear time, but needs a node for each byte of 100,000 names.
class NamesInText {
  public:
    static constexpr std::size_t least_bytes = 6;

    /// `names`: of any order, each with its number; names of fewer than `least` bytes are left out.
    explicit NamesInText(std::vector<std::pair<std::string, std::uint32_t>> names,
                         std::size_t least = least_bytes);

    struct Found {
        std::size_t begin_bytes = 0, end_bytes = 0;
        std::span<const std::uint32_t> names;
    };
    /// Longest first from the left, not overlapping, from cluster border to cluster border, in
    /// Latin from word border to word border. Cost: linear in the text, logarithmic in the names.
    std::vector<Found> find(std::string_view text) const;

  private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    struct Entry {
        std::string text;
        std::vector<std::uint32_t> names;
        std::uint32_t beginning = none;  ///< the longest other entry that this one begins with
    };
    bool may_begin(std::string_view text) const;
    std::uint32_t longest_at(std::string_view text) const;

    std::size_t least_;
    std::vector<Entry> entries_;                  // sorted
    std::unordered_set<std::string> beginnings_;  // of a few bytes, or a whole short name
};

}  // namespace khom::index
