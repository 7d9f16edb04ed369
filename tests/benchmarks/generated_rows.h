#pragma once

// How the files of peers/gen.py are read.

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"

namespace khom::benchmarks {

/// Calls `visit(cells)` for every line but the header; no cell of gen.py holds a comma or a quote.
template <class Visit>
void each_row(const std::filesystem::path& file, Visit visit) {
    std::ifstream lines(file);
    if (!lines) {
        throw graph::Fault("cannot read " + file.string());
    }
    std::string line;
    std::getline(lines, line);
    std::vector<std::string_view> cells;
    while (std::getline(lines, line)) {
        cells.clear();
        std::string_view left = line;
        for (auto comma = left.find(','); comma != std::string_view::npos; comma = left.find(',')) {
            cells.push_back(left.substr(0, comma));
            left.remove_prefix(comma + 1);
        }
        cells.push_back(left);
        visit(cells);
    }
}

inline std::int64_t integer(std::string_view cell) {
    std::int64_t value = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return value;
}

}  // namespace khom::benchmarks
