#include "index/translation.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

namespace khom::embedded {
extern const std::string_view translation_pairs;
}

namespace khom::index {

namespace {

using Table = std::unordered_map<std::string, std::vector<Translation>>;

Table read(std::string_view file) {
    Table table;
    for (std::size_t begin = 0; begin < file.size();) {
        const auto end = std::min(file.find('\n', begin), file.size());
        const auto line = file.substr(begin, end - begin);
        begin = end + 1;
        const auto first = line.find('\t'), second = line.find('\t', first + 1);
        if (line.empty() || line.front() == '#' || second == std::string_view::npos) {
            continue;
        }
        const auto english = line.substr(0, first);
        const auto thai = line.substr(first + 1, second - first - 1);
        const auto weight = std::strtod(std::string(line.substr(second + 1)).c_str(), nullptr);
        table[std::string(english)].push_back({thai, weight});
        table[std::string(thai)].push_back({english, weight});
    }
    for (auto& [form, all] : table) {
        std::stable_sort(all.begin(), all.end(),
                         [](const auto& a, const auto& b) { return a.weight > b.weight; });
    }
    return table;
}

}  // namespace

const std::vector<Translation>& translations(const std::string& form) {
    static const auto table = read(embedded::translation_pairs);
    static const std::vector<Translation> none;
    const auto found = table.find(form);
    return found == table.end() ? none : found->second;
}

}  // namespace khom::index
