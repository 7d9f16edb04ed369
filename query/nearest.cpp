#include "query/nearest.h"

#include <algorithm>
#include <numeric>

namespace khom::query {

namespace {

constexpr std::size_t most_bytes = 64;
constexpr std::size_t most_listed = 30;

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + other});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = std::min(now[j], before[j - 2] + 1);
            }
        }
        before.swap(last);
        last.swap(now);
    }
    return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view given, const std::vector<std::string>& words) {
    given = given.substr(0, most_bytes);
    std::string best;
    std::size_t least = 0;
    for (const auto& word : words) {
        const auto apart = distance(given, std::string_view(word).substr(0, most_bytes));
        const bool near = apart * 3 <= std::max(given.size(), word.size());
        if (near && (best.empty() || apart < least)) {
            best = word;
            least = apart;
        }
    }
    return best;
}

std::string unknown_word(std::string_view given, std::string_view what,
                         const std::vector<std::string>& words) {
    auto message = "'" + std::string(given.substr(0, most_bytes)) + "' is no " + std::string(what);
    const auto near = nearest(given, words);
    message += near.empty() ? "." : "; did you mean '" + near + "'?";
    message += " There are: ";
    for (std::size_t i = 0; i < std::min(words.size(), most_listed); ++i) {
        message += (i == 0 ? "" : ", ") + words[i];
    }
    return message + (words.size() > most_listed ? ", …" : ".");
}

}  // namespace khom::query
