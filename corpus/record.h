#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "corpus/import.h"

namespace khom::corpus {

/// One row before it is a node or a relationship: columns by name, with where it stood. Empty cells
/// are not in it.
struct Record {
    std::string file;
    std::size_t line = 0;
    std::map<std::string, std::string> cells;

    const std::string& at(const std::string& column) const {
        static const std::string none;
        const auto found = cells.find(column);
        return found == cells.end() ? none : found->second;
    }
    Finding finding(FindingCode code, std::string column, std::string detail) const {
        return {file, line, std::move(column), std::move(detail), code};
    }
};

/// What was read from one or more files.
struct Records {
    std::vector<Record> entities;
    std::vector<Record> statements;
    std::vector<Record> activities;  ///< one row an activity, not yet entities and statements
    std::vector<Finding> findings;   ///< what could not be read
};

/// The byte between the values of a list in one cell is `;`; inside a value it is written `\;`, and
/// `\` as `\\`.
std::vector<std::string> split_list(const std::string& cell);

}  // namespace khom::corpus
