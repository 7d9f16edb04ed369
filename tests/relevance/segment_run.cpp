// Standard input, line by line, with `|` between the words the analyser sees; every character is
// kept.

#include <algorithm>
#include <iostream>
#include <string>

#include "index/canonical.h"
#include "index/segmenter.h"

namespace {

/// The line with a bar at each border of a word; signs stand between bars of their own.
std::string cut(const std::string& line) {
    const auto plain = khom::index::canonical(line);
    std::string out;
    std::size_t at = 0;
    const auto copy = [&](std::size_t end) {
        if (end <= at) {
            return;
        }
        out.append(out.empty() ? "" : "|").append(line, at, end - at);
        at = end;
    };
    const auto copy_signs = [&](std::size_t end) {
        while (at < end) {
            copy(std::min(end, khom::index::cluster_end(line, at + 1)));
        }
    };
    for (const auto& token : khom::index::segment(plain.text)) {
        copy_signs(plain.source[token.begin_bytes]);
        copy(plain.source[token.end_bytes]);
    }
    copy_signs(line.size());
    return out;
}

}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << cut(line) << '\n';
    }
    return 0;
}
