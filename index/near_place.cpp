// One row of the distance table for each letter of the text. A place may begin at any border, so
// the first cell of a row is free there; each cell remembers where its place began. Of a row only
// the beginning is filled that can still come to something: behind it all is too much.

#include "index/near_place.h"

#include <algorithm>

#include "index/canonical.h"
#include "index/sound.h"
#include "index/spelling_private.h"

namespace khom::index {

using namespace slip;

namespace {

struct Cell {
    int cost = too_much;
    std::size_t begin = 0;
};

Cell operator+(const Cell& cell, int cost) {
    return {cell.cost + cost, cell.begin};
}

const Cell& less(const Cell& a, const Cell& b) {
    return b.cost < a.cost ? b : a;
}

class Table {
  public:
    Table(const BorderedText& text, std::u32string_view typed, int most)
        : text_(text),
          typed_(typed),
          most_(most),
          changes_(typed),
          before_(typed.size() + 1),
          last_(typed.size() + 1),
          now_(typed.size() + 1) {
        begin_row(0, {});
        fill_row(0);
    }

    /// What the place costs that ends behind the letters read so far.
    const Cell& whole() const { return now_.back(); }

    /// Reads the letter that ends at `end`.
    void read(std::size_t end) {
        std::swap(before_, last_);
        std::swap(last_, now_);
        filled_before_ = filled_last_;
        filled_last_ = filled_;
        const auto& first = last_.front();
        begin_row(end, first + dropped(end, first));
        fill_row(end);
    }

  private:
    /// What it costs that the text has the letter before `end` and what was typed has not.
    int dropped(std::size_t end, const Cell& from) const {
        return drop(text_.letters[end - 1], from.begin + 1 < end ? text_.letters[end - 2] : 0);
    }
    void begin_row(std::size_t end, const Cell& going_on) {
        now_[0] = text_.borders[end] != 0 ? Cell{0, end} : going_on;
    }
    void fill_row(std::size_t end) {
        const auto reach = std::max(filled_last_ + 1, filled_before_ + 2);
        if (end > 0) {
            changes_.turn_to(text_.letters[end - 1]);
        }
        filled_ = 0;
        std::size_t j = 1;
        for (; j < now_.size() && (j <= reach || now_[j - 1].cost <= most_); ++j) {
            const char32_t c = typed_[j - 1], c_before = j > 1 ? typed_[j - 2] : 0;
            auto best = now_[j - 1] + drop(c, c_before);
            if (end > 0) {
                best = less(best, last_[j - 1] + changes_.at(j - 1));
                best = less(best, last_[j] + dropped(end, last_[j]));
            }
            if (end > 1 && j > 1 && c != c_before && text_.letters[end - 1] == c_before &&
                text_.letters[end - 2] == c) {
                best = less(best, before_[j - 2] + swap_cost);
            }
            now_[j] = best;
            filled_ = best.cost <= most_ ? j : filled_;
        }
        std::fill(now_.begin() + static_cast<std::ptrdiff_t>(j), now_.end(), Cell{});
    }

    const BorderedText& text_;
    std::u32string_view typed_;
    int most_;
    Changes changes_;
    std::vector<Cell> before_, last_, now_;
    std::size_t filled_before_ = 0, filled_last_ = 0, filled_ = 0;  // the last cell within `most_`
};

}  // namespace

BorderedText::BorderedText(std::string_view text) : letters(code_points(text)) {
    borders.assign(letters.size() + 1, 1);
    for (std::size_t i = 1; i < letters.size(); ++i) {
        const bool is_border =
            is_cluster_border(letters[i - 1], letters[i]) &&
            !(is_latin_or_digit(letters[i - 1]) && is_latin_or_digit(letters[i]));
        borders[i] = is_border ? 1 : 0;
    }
}

std::optional<NearPlace> nearest_place(const BorderedText& text, std::u32string_view typed,
                                       double most) {
    if (typed.empty() || typed.size() > most_typed) {
        return std::nullopt;
    }
    Table table(text, typed, tenths(most));
    if (table.whole().cost <= tenths(most)) {
        return std::nullopt;
    }
    std::optional<NearPlace> best;
    auto least = tenths(most) + 1;
    for (std::size_t end = 1; end <= text.letters.size() && least > 0; ++end) {
        table.read(end);
        const auto& whole = table.whole();
        if (text.borders[end] != 0 && whole.cost < least && whole.begin < end) {
            least = whole.cost;
            best = {whole.begin, end, static_cast<double>(least) / scale};
        }
    }
    return best;
}

}  // namespace khom::index
