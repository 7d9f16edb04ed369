// Standard input, line by line, with `|` between the words the analyser sees; every character is
// kept.

#include <algorithm>
#include <iostream>
#include <string>

#include "index/canonical.h"
#include "index/segmenter.h"

namespace {

/// The line with a bar at each border of a word; what is no word stands between bars of its own.
std::string cut(const std::string& line) {
    const auto plain = khom::index::canonical(line);
    std::string out;
    std::size_t at = 0;
    const auto copy_until = [&](std::size_t end) {
        if (end > at) {
            out += (out.empty() ? "" : "|") + line.substr(at, end - at);
            at = end;
        }
    };
    for (const auto& token : khom::index::segment(plain.text)) {
        copy_until(plain.source[token.begin_bytes]);
        copy_until(plain.source[token.end_bytes]);
    }
    copy_until(line.size());
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
