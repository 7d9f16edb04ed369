// romanisation_train PAIRS.tsv… [--without K/N] > romanisation.tsv
//
// Lays the letters of each Latin spelling along the reading units of its Thai name, and prints the
// pairs so laid: what index/romanisation learns from. Expectation and maximisation (Dempster, Laird
// and Rubin 1977): units first alone, then between their neighbours; it starts from what the Royal
// Institute's rules say of each consonant. --without K/N leaves out the names of fold K of N, for
// cross-validation.

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "index/canonical.h"
#include "index/sound.h"
#include "index/thai_reading.h"

namespace {

constexpr std::size_t longest = 4;
/// A pair whose letters are less probable than this for each unit is no romanisation but a mistake
/// or a translation.
constexpr double least_per_unit = 0.02;

struct Pair {
    std::string thai;
    std::u32string units;
    std::string latin;
};

/// What consonants are written as, at the beginning and at the end of a syllable.
std::vector<std::string> first_guess(char32_t unit) {
    static const std::vector<std::pair<std::u32string, std::vector<std::string>>> table = {
        {U"ก", {"k", "g", "c"}},
        {U"ขคฆฃฅ", {"kh", "k", "c", "g"}},
        {U"ง", {"ng", "n"}},
        {U"จ", {"ch", "j", "t", "c"}},
        {U"ฉชฌ", {"ch", "t", "sh", "j"}},
        {U"ซศษส", {"s", "t", "c", "z", "x"}},
        {U"ญ", {"y", "n"}},
        {U"ย", {"y", "i"}},
        {U"ฎด", {"d", "t"}},
        {U"ฏต", {"t"}},
        {U"ฐฑฒถทธ", {"th", "t"}},
        {U"ณน", {"n"}},
        {U"บ", {"b", "p"}},
        {U"ป", {"p"}},
        {U"ผพภ", {"ph", "p"}},
        {U"ฝฟ", {"f", "ph"}},
        {U"ม", {"m"}},
        {U"ร", {"r", "n"}},
        {U"ลฬ", {"l", "n", "r"}},
        {U"ว", {"w", "v", "o", "u"}},
        {U"หฮ", {"h"}},
        {U"ะัา", {"a"}},
        {U"ิี", {"i", "e"}},
        {U"ึื", {"ue", "u"}},
        {U"ุู", {"u", "oo"}},
        {U"เ", {"e"}},
        {U"แ", {"ae", "a", "e"}},
        {U"โ", {"o"}},
        {U"ไใ", {"ai", "i"}},
        {U"ำ", {"am"}},
        {U"อ", {"o", "or", "a", "er"}},
    };
    for (const auto& [letters, guesses] : table) {
        if (letters.find(khom::index::spoken_letter(unit)) != std::u32string::npos) {
            return guesses;
        }
    }
    return {};
}

double first_weight(char32_t unit, const std::string& chunk) {
    const bool silenced = khom::index::spoken_letter(unit) != unit;
    double weight = chunk.empty() ? (silenced ? 1 : 0.05) : 0.02 * std::pow(0.3, chunk.size());
    for (const auto& guess : first_guess(unit)) {
        if (chunk == guess) {
            weight = std::max(weight, 1.0);
        } else if (chunk.rfind(guess, 0) == 0) {
            weight = std::max(weight, std::pow(0.2, chunk.size() - guess.size()));
        }
    }
    return weight;
}

class Model {
  public:
    bool between_neighbours = false;

    double probability(const std::u32string& units, std::size_t at,
                       const std::string& chunk) const {
        if (counts_.empty()) {
            return first_weight(units[at], chunk);
        }
        double p = 1e-4 * std::pow(0.05, chunk.size());
        for (const auto& context : contexts(units, at)) {
            const auto known = counts_.find(context);
            if (known == counts_.end()) {
                break;
            }
            const auto seen = known->second.letters.find(chunk);
            const double count = seen == known->second.letters.end() ? 0 : seen->second;
            p = (count + 1.5 * p) / (known->second.total + 1.5);
        }
        return p;
    }

    void count(const std::u32string& units, std::size_t at, const std::string& chunk, double much) {
        if (much > 1e-6) {
            for (const auto& context : contexts(units, at)) {
                auto& known = counts_[context];
                known.letters[chunk] += much;
                known.total += much;
            }
        }
    }

  private:
    struct Seen {
        std::unordered_map<std::string, double> letters;
        double total = 0;
    };

    std::vector<std::u32string> contexts(const std::u32string& units, std::size_t at) const {
        const auto unit = [&](std::size_t i) { return i < units.size() ? units[i] : U'$'; };
        std::vector<std::u32string> all = {{units[at]}};
        if (between_neighbours) {
            all.push_back({units[at], unit(at + 1)});
            all.push_back({unit(at - 1), units[at], unit(at + 1)});
        }
        return all;
    }

    std::unordered_map<std::u32string, Seen> counts_;
};

using Row = std::vector<double>;

void expect(const Pair& pair, const Model& old, Model& next) {
    const auto n = pair.units.size(), m = pair.latin.size();
    std::vector<Row> forward(n + 1, Row(m + 1)), backward(n + 1, Row(m + 1));
    const auto p = [&](std::size_t i, std::size_t from, std::size_t to) {
        return old.probability(pair.units, i, pair.latin.substr(from, to - from));
    };
    forward[0][0] = backward[n][m] = 1;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t from = 0; from <= m; ++from) {
            for (auto to = from; forward[i][from] > 0 && to <= std::min(m, from + longest); ++to) {
                forward[i + 1][to] += forward[i][from] * p(i, from, to);
            }
        }
    }
    const double whole = forward[n][m];
    if (!(whole > 1e-280)) {
        return;
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t from = 0; from <= m; ++from) {
            for (auto to = from; forward[i][from] > 0 && to <= std::min(m, from + longest); ++to) {
                if (backward[i + 1][to] > 0) {
                    const double through = p(i, from, to) * backward[i + 1][to];
                    backward[i][from] += through;
                    next.count(pair.units, i, pair.latin.substr(from, to - from),
                               forward[i][from] * through / whole);
                }
            }
        }
    }
}

/// The most probable laying of the letters, or nothing when there is none.
std::string laid(const Pair& pair, const Model& model) {
    const auto n = pair.units.size(), m = pair.latin.size();
    std::vector<Row> best(n + 1, Row(m + 1, 0));
    std::vector<std::vector<std::size_t>> came(n + 1, std::vector<std::size_t>(m + 1, 0));
    best[0][0] = 1;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t from = 0; from <= m; ++from) {
            for (auto to = from; best[i][from] > 0 && to <= std::min(m, from + longest); ++to) {
                const double p =
                    best[i][from] *
                    model.probability(pair.units, i, pair.latin.substr(from, to - from));
                if (p > best[i + 1][to]) {
                    best[i + 1][to] = p;
                    came[i + 1][to] = from;
                }
            }
        }
    }
    if (best[n][m] <= std::pow(least_per_unit, static_cast<double>(n))) {
        return {};
    }
    std::vector<std::string> pieces(n);
    for (std::size_t i = n, to = m; i-- > 0;) {
        pieces[i] = pair.latin.substr(came[i + 1][to], to - came[i + 1][to]);
        to = came[i + 1][to];
    }
    std::string line;
    for (const auto& piece : pieces) {
        line += (&piece == &pieces.front() ? "" : "|") + piece;
    }
    return line;
}

std::uint32_t fold_of(const std::string& name) {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : name) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return hash >> 8U;
}

std::vector<Pair> read(const char* path, std::uint32_t without, std::uint32_t folds) {
    std::vector<Pair> pairs;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto tab = line.find('\t');
        if (tab == std::string::npos || line[0] == '#') {
            continue;
        }
        Pair pair;
        pair.thai = line.substr(0, tab);
        const auto latin =
            khom::index::canonical(line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1)).text;
        for (const char c : latin) {
            if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
                pair.latin += c;
            }
        }
        pair.units = khom::index::reading_units(
            khom::index::code_points(khom::index::canonical(pair.thai).text));
        if (folds == 0 || fold_of(pair.thai) % folds != without) {
            pairs.push_back(std::move(pair));
        }
    }
    return pairs;
}

}  // namespace

int main(int count, char** arguments) {
    std::vector<const char*> paths;
    std::uint32_t without = 0, folds = 0;
    for (int i = 1; i < count; ++i) {
        if (std::string(arguments[i]) == "--without" && i + 1 < count) {
            const std::string fold = arguments[++i];
            without = static_cast<std::uint32_t>(std::stoul(fold));
            folds = static_cast<std::uint32_t>(std::stoul(fold.substr(fold.find('/') + 1)));
        } else {
            paths.push_back(arguments[i]);
        }
    }
    std::vector<Pair> pairs;
    for (const auto* path : paths) {
        const auto more = read(path, without, folds);
        pairs.insert(pairs.end(), more.begin(), more.end());
    }
    Model model;
    for (int round = 0; round < 8; ++round) {
        Model next;
        next.between_neighbours = round >= 4;
        for (const auto& pair : pairs) {
            expect(pair, model, next);
        }
        model = std::move(next);
    }
    for (const auto& pair : pairs) {
        const auto line = laid(pair, model);
        if (!line.empty() && line.find_first_not_of('|') != std::string::npos) {
            std::cout << pair.thai << '\t' << line << '\n';
        }
    }
}
