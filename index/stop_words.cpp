#include "index/stop_words.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "index/canonical.h"

namespace khom::embedded {
extern const std::string_view stop_words;
}

namespace khom::index {

namespace {

std::unordered_set<std::string> read(std::string_view file) {
    std::unordered_set<std::string> words;
    for (std::size_t begin = 0; begin < file.size();) {
        const auto end = std::min(file.find('\n', begin), file.size());
        const auto line = file.substr(begin, end - begin);
        begin = end + 1;
        if (line.empty() || line.front() == '#') {
            continue;
        }
        for (std::size_t at = 0; at < line.size();) {
            const auto space = std::min(line.find(' ', at), line.size());
            words.insert(canonical(line.substr(at, space - at)).text);
            at = space + 1;
        }
    }
    return words;
}

}  // namespace

bool is_stop_word(std::string_view word) {
    static const auto words = read(embedded::stop_words);
    return words.contains(std::string(word));
}

}  // namespace khom::index
