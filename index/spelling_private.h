#pragma once

// What a slip costs, in tenths of a letter: behind spelling.h and near_place.h.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace khom::index::slip {

inline constexpr std::size_t most_typed = 60;  // characters; longer is no word
inline constexpr int too_much = 10'000;        // for a cell: more than any row may cost
inline constexpr int scale = 10, letter_cost = 10, swap_cost = 7, key_cost = 6, breath_cost = 5,
                     sound_cost = 4, double_cost = 4, mark_cost = 3;

inline bool is_mark(char32_t c) {
    return c == U'็' || (c >= 0x0E48 && c <= 0x0E4C);
}

/// What it costs that a letter stands on one side only, behind another of that side.
inline int drop(char32_t letter, char32_t before) {
    return is_mark(letter)    ? mark_cost
           : letter == before ? double_cost
           : letter == U'h'   ? breath_cost
                              : letter_cost;
}

inline int tenths(double distance) {
    return static_cast<int>(std::lround(distance * scale));
}

/// What it costs to take a letter of a word for each of those typed.
class Changes {
  public:
    explicit Changes(std::u32string_view typed);

    /// Speaks of this letter from now on.
    void turn_to(char32_t letter) {
        letter_ = letter;
        const auto slot = slot_of(letter);
        row_ = slot == none ? nullptr : table()[slot].data();
    }
    int at(std::size_t typed) const {
        return row_ != nullptr && slots_[typed] != none ? row_[slots_[typed]]
               : typed_[typed] == letter_               ? 0
                                                        : letter_cost;
    }

  private:
    static constexpr std::size_t none = 256;
    using Table = std::array<std::array<std::uint8_t, none>, none>;

    /// ASCII and Thai; letters of other scripts are like none but themselves.
    static std::size_t slot_of(char32_t letter) {
        return letter < 0x80                         ? letter
               : letter >= 0x0E00 && letter < 0x0E80 ? 0x80 + (letter - 0x0E00)
                                                     : none;
    }
    static const Table& table();

    std::u32string_view typed_;
    std::vector<std::size_t> slots_;
    char32_t letter_ = 0;
    const std::uint8_t* row_ = nullptr;
};

}  // namespace khom::index::slip
