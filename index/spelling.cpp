// The vocabulary is a trie, and what was typed is compared with all its words at once: one row of
// the distance table for each letter on the way down, and no further where every entry of the row
// is too much. Distances are counted in tenths.

#include "index/spelling.h"

#include <algorithm>
#include <memory>
#include <unordered_set>

#include "index/keyboard.h"
#include "index/sound.h"
#include "index/spelling_private.h"

namespace khom::index {

using namespace slip;

namespace {

constexpr std::size_t most_begun = 5'000;  // words that go on from what was typed
constexpr std::size_t most_counted = 255;  // characters of a word

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

/// A row of the distance table: what lies beyond `begin` to `end` is more than the most.
struct Row {
    std::vector<int> cells;
    std::size_t begin = 0, end = 0;

    explicit Row(std::size_t size) : cells(size, too_much) {}
};

/// What was typed, with what the rows are made of.
struct TypedWord {
    std::u32string_view letters;
    int most = 0;
    std::vector<int> drops;  // what each letter costs that a word has not
    Changes changes;

    TypedWord(std::u32string_view typed, int most_tenths)
        : letters(typed), most(most_tenths), changes(typed) {
        for (std::size_t j = 0; j < typed.size(); ++j) {
            drops.push_back(drop(typed[j], j > 0 ? typed[j - 1] : 0));
        }
    }
};

Row first_row(const TypedWord& typed) {
    Row row(typed.letters.size() + 1);
    row.cells[0] = 0;
    for (row.end = 1; row.end < row.cells.size(); ++row.end) {
        const auto cost = row.cells[row.end - 1] + typed.drops[row.end - 1];
        if (cost > typed.most) {
            break;
        }
        row.cells[row.end] = cost;
    }
    return row;
}

struct Letters {
    char32_t now = 0, before = 0;
};

/// The row behind one more letter of a word; the least entry of it.
int next_row(TypedWord& typed, Letters word, const Row* before, const Row& last, Row& now) {
    std::fill(now.cells.begin() + static_cast<std::ptrdiff_t>(now.begin),
              now.cells.begin() + static_cast<std::ptrdiff_t>(now.end), too_much);
    typed.changes.turn_to(word.now);
    const auto dropped = drop(word.now, word.before);
    const bool may_swap = before != nullptr && before->begin < before->end;
    auto j = last.begin < last.end ? last.begin : now.cells.size();
    auto reach = last.begin < last.end ? last.end : 0;
    if (may_swap) {
        j = std::min(j, before->begin + 2);
        reach = std::max(reach, before->end + 1);
    }
    int least = too_much;
    now.begin = now.end = j;
    for (; j < now.cells.size() && (j <= reach || now.end == j); ++j) {
        auto cost = last.cells[j] + dropped;
        if (j > 0) {
            cost = std::min({cost, now.cells[j - 1] + typed.drops[j - 1],
                             last.cells[j - 1] + typed.changes.at(j - 1)});
        }
        if (may_swap && j > 1 && word.now == typed.letters[j - 2] &&
            word.before == typed.letters[j - 1] && word.now != word.before) {
            cost = std::min(cost, before->cells[j - 2] + swap_cost);
        }
        if (cost <= typed.most) {
            now.cells[j] = cost;
            now.begin = now.begin == now.end ? j : now.begin;
            now.end = j + 1;
            least = std::min(least, cost);
        }
    }
    return least;
}

}  // namespace

slip::Changes::Changes(std::u32string_view typed) : typed_(typed) {
    slots_.reserve(typed.size());
    for (const auto letter : typed) {
        slots_.push_back(slot_of(letter));
    }
}

const slip::Changes::Table& slip::Changes::table() {
    static const auto all = [] {
        const auto letter = [](std::size_t slot) {
            return static_cast<char32_t>(slot < 0x80 ? slot : 0x0E00 + (slot - 0x80));
        };
        auto table = std::make_unique<Table>();
        for (std::size_t a = 0; a < none; ++a) {
            for (std::size_t b = 0; b < none; ++b) {
                (*table)[a][b] = static_cast<std::uint8_t>(change(letter(a), letter(b)));
            }
        }
        return table;
    }();
    return *all;
}

double spelling_distance(std::u32string_view a, std::u32string_view b, double most) {
    TypedWord typed(b, tenths(most));
    Row before(b.size() + 1), last = first_row(typed), now(b.size() + 1);
    for (std::size_t i = 0; i < a.size(); ++i) {
        next_row(typed, {a[i], i > 0 ? a[i - 1] : 0}, i > 0 ? &before : nullptr, last, now);
        std::swap(before, last);
        std::swap(last, now);
    }
    const auto distance = last.cells.back();
    return distance <= typed.most ? static_cast<double>(distance) / scale : most + 1;
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
    std::size_t shortest = most_counted, longest = 0;
    for (auto i = begin; i < end; ++i) {
        const auto size = std::min(points_[i].size(), most_counted);
        shortest = std::min(shortest, size);
        longest = std::max(longest, size);
    }
    nodes_[node].shortest = static_cast<std::uint8_t>(shortest);
    nodes_[node].longest = static_cast<std::uint8_t>(longest);
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
    nodes_[node].children = static_cast<std::uint16_t>(begins.size());
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
    TypedWord typed;
    bool whole = true;  ///< else a word may go on
    std::vector<Row> rows{first_row(typed)};
    std::vector<NearWord> found{};

    /// Whether some word from here on is about as long as what was typed: no character is dropped
    /// or added for less than a mark.
    bool is_as_long(const Node& node) const {
        const auto length = typed.letters.size();
        const auto slack = static_cast<std::size_t>(typed.most / mark_cost);
        return node.longest + slack >= length && (!whole || node.shortest <= length + slack);
    }
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
        if (const auto cost = rows[depth].cells.back(); cost <= typed.most) {
            const auto distance = static_cast<double>(cost) / scale;
            if (!whole) {
                take_all_below(node, distance);
            } else if (node.word > 0) {
                take(node, distance);
            }
        }
        if (rows.size() < depth + 2) {
            rows.emplace_back(typed.letters.size() + 1);
        }
        for (std::uint32_t i = 0; i < node.children; ++i) {
            const auto& child = vocabulary.nodes_[node.first_child + i];
            if (!is_as_long(child)) {
                continue;
            }
            const auto below =
                next_row(typed, {child.letter, before}, depth > 0 ? &rows[depth - 1] : nullptr,
                         rows[depth], rows[depth + 1]);
            if (std::min(below, least + swap_cost) <= typed.most) {
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
    Walk walk{*this, TypedWord(typed, tenths(most)), whole};
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
