// The vocabulary is a trie, and what was typed is compared with all its words at once: one row of
// the distance table for each letter on the way down, and no further where every entry of the row
// is too much. Distances are counted in tenths.

#include "index/spelling.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "index/keyboard.h"
#include "index/sound.h"

namespace khom::index {

namespace {

constexpr int scale = 10, letter_cost = 10, swap_cost = 7, key_cost = 6, breath_cost = 5,
              sound_cost = 4, double_cost = 4, mark_cost = 3;
constexpr std::size_t most_typed = 60;  // characters; longer is no word
constexpr int too_much = 10'000;
constexpr std::size_t most_begun = 5'000;  // words that go on from what was typed

bool is_mark(char32_t c) {
    return c == U'็' || (c >= 0x0E48 && c <= 0x0E4C);
}

char32_t short_vowel(char32_t c) {
    switch (c) {
        case U'ี':
            return U'ิ';
        case U'ื':
            return U'ึ';
        case U'ู':
            return U'ุ';
        case U'ั':
            return U'ะ';
        default:
            return c;
    }
}

char32_t latin_sound(char32_t c) {
    switch (c) {
        case U'k':
        case U'q':
            return U'c';
        case U'z':
            return U's';
        case U'y':
            return U'i';
        case U'w':
            return U'v';
        default:
            return c;
    }
}

bool sound_alike(char32_t a, char32_t b) {
    return thai_sound(a) == thai_sound(b) || short_vowel(a) == short_vowel(b) ||
           latin_sound(a) == latin_sound(b);
}

int change(char32_t a, char32_t b) {
    return a == b                     ? 0
           : is_mark(a) && is_mark(b) ? mark_cost
           : sound_alike(a, b)        ? sound_cost
           : are_neighbours(a, b)     ? key_cost
                                      : letter_cost;
}

int drop(char32_t letter, char32_t before) {
    return is_mark(letter)    ? mark_cost
           : letter == before ? double_cost
           : letter == U'h'   ? breath_cost
                              : letter_cost;
}

int tenths(double distance) {
    return static_cast<int>(distance * scale + 0.5);
}

/// What it costs to take a letter for each of those typed. Computed once a letter.
class Changes {
  public:
    explicit Changes(std::u32string_view typed) : typed_(typed) {}

    const std::vector<int>& of(char32_t letter) {
        auto& row = letter < 0x80                         ? rows_[letter]
                    : letter >= 0x0E00 && letter < 0x0E80 ? rows_[0x80 + (letter - 0x0E00)]
                                                          : rows_.back();
        if (row.empty() || &row == &rows_.back()) {
            row.clear();
            for (const char32_t c : typed_) {
                row.push_back(change(letter, c));
            }
        }
        return row;
    }

  private:
    std::u32string_view typed_;
    std::array<std::vector<int>, 257> rows_;
};

using Row = std::vector<int>;

Row first_row(std::u32string_view typed) {
    Row row(typed.size() + 1);
    for (std::size_t j = 1; j < row.size(); ++j) {
        row[j] = row[j - 1] + drop(typed[j - 1], j > 1 ? typed[j - 2] : 0);
    }
    return row;
}

struct Letters {
    char32_t now = 0, before = 0;
};

/// The row behind one more letter of a word; the least entry of it.
int next_row(std::u32string_view typed, Letters word, const std::vector<int>& changes,
             const Row* before, const Row& last, Row& now) {
    const auto dropped = drop(word.now, word.before);
    now[0] = last[0] + dropped;
    int least = now[0];
    for (std::size_t j = 1; j < now.size(); ++j) {
        const char32_t c = typed[j - 1], c_before = j > 1 ? typed[j - 2] : 0;
        auto cost = std::min(
            {last[j] + dropped, now[j - 1] + drop(c, c_before), last[j - 1] + changes[j - 1]});
        if (before != nullptr && j > 1 && word.now == c_before && word.before == c &&
            c != c_before) {
            cost = std::min(cost, (*before)[j - 2] + swap_cost);
        }
        now[j] = cost;
        least = std::min(least, cost);
    }
    return least;
}

}  // namespace

double spelling_distance(std::u32string_view a, std::u32string_view b, double most) {
    Changes changes(b);
    Row before, last = first_row(b), now(last.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        next_row(b, {a[i], i > 0 ? a[i - 1] : 0}, changes.of(a[i]), i > 0 ? &before : nullptr, last,
                 now);
        before = last;
        std::swap(last, now);
    }
    const double distance = static_cast<double>(last.back()) / scale;
    return distance <= most ? distance : most + 1;
}

double allowed_distance(std::size_t characters) {
    return characters < 3 ? 0 : characters < 4 ? 0.6 : characters < 8 ? 1 : 2;
}

std::string reason(std::string_view typed, std::string_view meant) {
    const auto distance = spelling_distance(code_points(typed), code_points(meant), 9);
    const auto quoted = "'" + std::string(typed) + "'", other = "'" + std::string(meant) + "'";
    const auto slip = tenths(distance);
    if (slip == mark_cost) {
        return quoted + " differs from " + other + " by one tone or vowel mark.";
    }
    if (slip == sound_cost) {
        return quoted + " sounds like " + other + ".";
    }
    if (slip == key_cost) {
        return "One letter of " + quoted + " lies beside the one in " + other + " on the keyboard.";
    }
    if (slip == swap_cost) {
        return "Two letters of " + quoted + " are swapped in " + other + ".";
    }
    return quoted + " is spelt nearly as " + other + (distance <= 1 ? ", one letter apart." : ".");
}

Vocabulary::Vocabulary(std::vector<Word> words) {
    std::sort(words.begin(), words.end());
    for (auto& word : words) {
        if (word.first.empty() || word.second == 0) {
            continue;
        }
        if (!words_.empty() && words_.back().first == word.first) {
            words_.back().second += word.second;
        } else {
            words_.push_back(std::move(word));
        }
    }
    points_.reserve(words_.size());
    for (const auto& word : words_) {
        points_.push_back(code_points(word.first));
    }
    nodes_.emplace_back();
    grow(0, 0, words_.size(), 0);
    points_ = {};
}

void Vocabulary::grow(std::size_t node, std::size_t begin, std::size_t end, std::size_t depth) {
    if (begin < end && points_[begin].size() == depth) {
        nodes_[node].word = static_cast<std::uint32_t>(++begin);
    }
    const auto first = nodes_.size();
    std::vector<std::size_t> begins;
    for (auto i = begin; i < end; ++i) {
        if (i == begin || points_[i][depth] != points_[i - 1][depth]) {
            begins.push_back(i);
            nodes_.push_back({points_[i][depth]});
        }
    }
    nodes_[node].first_child = static_cast<std::uint32_t>(first);
    nodes_[node].children = static_cast<std::uint32_t>(begins.size());
    begins.push_back(end);
    for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
        grow(first + i, begins[i], begins[i + 1], depth + 1);
    }
}

std::uint32_t Vocabulary::frequency(std::string_view word) const {
    const auto at = std::lower_bound(
        words_.begin(), words_.end(), word,
        [](const Word& known, std::string_view text) { return known.first < text; });
    return at != words_.end() && at->first == word ? at->second : 0;
}

/// One descent: a row for each depth.
struct Vocabulary::Walk {
    const Vocabulary& vocabulary;
    std::u32string typed;
    int most = 0;
    bool whole = true;  ///< else a word may go on
    Changes changes{typed};
    std::vector<Row> rows{first_row(typed)};
    std::vector<NearWord> found{};

    void take(const Node& node, double distance) {
        const auto& [word, frequency] = vocabulary.words_[node.word - 1];
        found.push_back({word, frequency, distance});
    }
    void take_all_below(const Node& node, double distance) {
        if (node.word > 0) {
            take(node, distance);
        }
        for (std::uint32_t i = 0; i < node.children && found.size() < most_begun; ++i) {
            take_all_below(vocabulary.nodes_[node.first_child + i], distance);
        }
    }

    /// `least`: of the row of the node. A swap goes on from the row before, so that one counts too.
    void into(const Node& node, char32_t before, std::size_t depth, int least) {
        if (rows[depth].back() <= most) {
            const auto distance = static_cast<double>(rows[depth].back()) / scale;
            if (!whole) {
                take_all_below(node, distance);
            } else if (node.word > 0) {
                take(node, distance);
            }
        }
        if (rows.size() < depth + 2) {
            rows.emplace_back(typed.size() + 1);
        }
        for (std::uint32_t i = 0; i < node.children; ++i) {
            const auto& child = vocabulary.nodes_[node.first_child + i];
            const auto below =
                next_row(typed, {child.letter, before}, changes.of(child.letter),
                         depth > 0 ? &rows[depth - 1] : nullptr, rows[depth], rows[depth + 1]);
            if (std::min(below, least + swap_cost) <= most) {
                into(child, child.letter, depth + 1, below);
            }
        }
    }
};

std::vector<NearWord> Vocabulary::nearest(std::string_view word, double most,
                                          std::size_t limit) const {
    return walked(word, most, limit, true);
}

std::vector<NearWord> Vocabulary::beginning_nearly(std::string_view word, double most,
                                                   std::size_t limit) const {
    auto all = walked(word, most, most_begun, false);
    std::unordered_set<std::string>
        known;  // a word is found from each of its beginnings, nearest first
    std::erase_if(all, [&](const NearWord& near) { return !known.insert(near.word).second; });
    all.resize(std::min(all.size(), limit));
    return all;
}

std::vector<NearWord> Vocabulary::walked(std::string_view word, double most, std::size_t limit,
                                         bool whole) const {
    const auto typed = code_points(word);
    if (typed.empty() || typed.size() > most_typed) {
        return {};
    }
    Walk walk{*this, typed, tenths(most), whole};
    walk.into(nodes_.front(), 0, 0, 0);
    auto& found = walk.found;
    const auto nearer = [](const NearWord& a, const NearWord& b) {
        return a.distance != b.distance     ? a.distance < b.distance
               : a.frequency != b.frequency ? a.frequency > b.frequency
                                            : a.word < b.word;
    };
    const auto kept = std::min(limit, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
                      nearer);
    found.resize(kept);
    return found;
}

std::vector<std::string> Vocabulary::split(std::string_view glued) const {
    struct Best {
        int words = too_much;
        double weight = 0;
        std::size_t begin = 0;
    };
    const auto text = code_points(glued);
    if (text.size() > most_typed) {
        return {};
    }
    std::vector<Best> best(text.size() + 1);
    best[0].words = 0;
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        const Node* node = &nodes_.front();
        for (auto end = begin; end < text.size() && best[begin].words < too_much; ++end) {
            const auto* first = nodes_.data() + node->first_child;
            const auto* child = std::lower_bound(
                first, first + node->children, text[end],
                [](const Node& known, char32_t letter) { return known.letter < letter; });
            if (child == first + node->children || child->letter != text[end]) {
                break;
            }
            node = child;
            if (node->word > 0 && end > begin) {
                const auto words = best[begin].words + 1;
                const auto weight = best[begin].weight + words_[node->word - 1].second;
                auto& there = best[end + 1];
                if (words < there.words || (words == there.words && weight > there.weight)) {
                    there = {words, weight, begin};
                }
            }
        }
    }
    std::vector<std::string> words;
    if (best.back().words >= 2 && best.back().words < too_much) {
        for (auto end = text.size(); end > 0; end = best[end].begin) {
            words.insert(words.begin(), utf8(std::u32string_view(text).substr(
                                            best[end].begin, end - best[end].begin)));
        }
    }
    return words;
}

}  // namespace khom::index
