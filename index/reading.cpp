#include "index/reading.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace khom::index {

namespace {

constexpr std::size_t most_writings = 24;
/// A letter of the spelling that nothing in the name explains; a unit that the spelling leaves out;
/// a word that begins where no syllable does.
constexpr float extra_letter = 6.5F, left_out = 6.5F, broken_word = 2.5F;
constexpr float never = std::numeric_limits<float>::infinity();

constexpr std::size_t most_bytes = 8;  // of a writing

std::size_t letter_class(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<std::size_t>(c - 'a') : 26;
}
std::size_t first_class(const Writing& writing) {
    return letter_class(static_cast<char>(writing.letters & 0xFFU));
}

std::uint64_t packed(std::string_view text) {
    std::uint64_t letters = 0;
    for (auto i = text.size(); i-- > 0;) {
        letters = letters << 8U | static_cast<unsigned char>(text[i]);
    }
    return letters;
}

bool starts_with(std::uint64_t letters, const Writing& writing) {
    return (letters ^ writing.letters) << (8 * (most_bytes - writing.size)) == 0;
}

/// The eight letters from each on, packed as in a writing.
void pack_stretches(const std::string& text, std::vector<std::uint64_t>& all) {
    all.resize(text.size());
    std::uint64_t letters = 0;
    for (auto at = text.size(); at-- > 0;) {
        letters = letters << 8U | static_cast<unsigned char>(text[at]);
        all[at] = letters;
    }
}

/// What is left of a name costs at least this from each unit on; `rest`: where it may end early.
void least_left(const Reading& reading, Rest rest, std::vector<float>& least) {
    least.assign(reading.size() + 1, 0);
    for (auto i = reading.size(); i-- > 0;) {
        const auto left = static_cast<float>(reading.size() - i);
        const auto ended = i > 0 ? rest.begun + rest.each * left : never;
        least[i] = std::min(least[i + 1] + reading[i]->least, ended);
    }
}

/// Passes one unit: from the cheapest ways to be at each letter before it to those behind it.
/// False when nothing is left below `most`.
bool pass(const Writings& unit, const Spelling& spelling,
          const std::vector<std::uint64_t>& stretches, float most, std::vector<float>& now,
          std::vector<float>& next) {
    const auto& letters = spelling.letters;
    std::fill(next.begin(), next.end(), never);
    bool alive = false;
    for (std::size_t at = 0; at <= letters.size(); ++at) {
        if (at > 0) {
            now[at] = std::min(now[at], now[at - 1] + extra_letter);
        }
        if (now[at] > most) {
            continue;
        }
        alive = true;
        next[at] = std::min(next[at], now[at] + unit.silent);
        if (at == letters.size()) {
            continue;
        }
        const bool broken = unit.vowel && at > 0 && spelling.word_begins[at];
        const auto first = letter_class(letters[at]);
        const auto dearest = most + unit.least - now[at];  // one that costs more leads nowhere
        for (auto i = unit.begin[first]; i < unit.begin[first + 1]; ++i) {
            const auto& writing = unit.all[i];
            const auto end = at + writing.size;
            if (writing.cost > dearest) {
                break;
            }
            if (end <= letters.size() && starts_with(stretches[at], writing)) {
                float price = now[at] + writing.cost + (broken ? broken_word : 0);
                for (auto inside = at + 1; inside < end; ++inside) {
                    price += spelling.word_begins[inside] ? broken_word : 0;
                }
                next[end] = std::min(next[end], price);
            }
        }
    }
    return alive;
}

}  // namespace

Writing::Writing(std::string_view text, float price)
    : letters(packed(text)), size(static_cast<std::uint8_t>(text.size())), cost(price) {}

std::string Writing::text() const {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += static_cast<char>(letters >> (8 * i) & 0xFFU);
    }
    return text;
}

std::shared_ptr<const Writings> writings_of(const std::map<std::string, float>& costs, bool vowel) {
    Writings writings;
    writings.vowel = vowel;
    writings.silent = left_out;
    writings.least = left_out;
    for (const auto& [letters, price] : costs) {
        writings.least = std::min(writings.least, price);
        if (letters.empty()) {
            writings.silent = std::min(left_out, price);
        } else if (letters.size() <= most_bytes) {
            writings.all.emplace_back(letters, price);
        }
    }
    const auto cheaper = [](const auto& x, const auto& y) { return x.cost < y.cost; };
    std::sort(writings.all.begin(), writings.all.end(), cheaper);
    writings.all.erase(writings.all.begin() + static_cast<std::ptrdiff_t>(
                                                  std::min(writings.all.size(), most_writings)),
                       writings.all.end());
    std::stable_sort(writings.all.begin(), writings.all.end(),
                     [](const auto& x, const auto& y) { return first_class(x) < first_class(y); });
    for (const auto& writing : writings.all) {
        for (auto i = first_class(writing) + 1; i < writings.begin.size(); ++i) {
            ++writings.begin[i];
        }
    }
    return std::make_shared<const Writings>(std::move(writings));
}

Spelling::Spelling(std::string_view text) {
    bool begins = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) {
            letters += text[at];
            word_begins.push_back(begins);
            begins = false;
        } else if (c != '\'') {
            begins = true;
        }
    }
}

double cost(const Reading& reading, const Spelling& spelling, Rest rest, double most) {
    thread_local std::vector<float> now, next, least;
    thread_local std::vector<std::uint64_t> stretches;
    now.assign(spelling.letters.size() + 1, never);
    next.resize(now.size());
    now[0] = 0;
    pack_stretches(spelling.letters, stretches);
    least_left(reading, rest, least);
    const float slack = 1e-3F;  // sums of floats in another order
    float best = never;
    auto left = static_cast<float>(reading.size());
    for (std::size_t i = 0; i < reading.size(); ++i) {
        const auto allowed = std::min(static_cast<float>(most), best) + slack - least[i];
        if (!pass(*reading[i], spelling, stretches, allowed, now, next)) {
            return best <= static_cast<float>(most) ? best : never;
        }
        left -= 1;
        if (left > 0) {
            best = std::min(best, next.back() + rest.begun + rest.each * left);
        }
        std::swap(now, next);
    }
    for (std::size_t at = 1; at < now.size(); ++at) {
        now[at] = std::min(now[at], now[at - 1] + extra_letter);
    }
    best = std::min(best, now.back());
    return best <= static_cast<float>(most) ? best : never;
}

std::vector<std::string> spellings(const Reading& reading, double more) {
    std::string whole;
    std::vector<std::size_t> begins;
    std::vector<float> costs;
    for (const auto& unit : reading) {
        std::string cheapest;
        costs.push_back(unit->silent);
        for (const auto& writing : unit->all) {
            if (writing.cost < costs.back()) {
                costs.back() = writing.cost;
                cheapest = writing.text();
            }
        }
        begins.push_back(whole.size());
        whole += cheapest;
    }
    begins.push_back(whole.size());
    std::vector<std::string> all = {whole};
    for (std::size_t i = 0; i < reading.size(); ++i) {
        const auto begin = begins[i], size = begins[i + 1] - begins[i];
        const auto offer = [&](std::string_view letters, float price) {
            if (letters != std::string_view(whole).substr(begin, size) &&
                price - costs[i] <= static_cast<float>(more)) {
                all.push_back(std::string(whole).replace(begin, size, letters));
            }
        };
        offer({}, reading[i]->silent);
        for (const auto& writing : reading[i]->all) {
            offer(writing.text(), writing.cost);
        }
    }
    return all;
}

}  // namespace khom::index
