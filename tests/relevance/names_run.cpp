// names_run ENTRIES.txt QUERIES.txt [ROMANISATION.tsv]
//
// Makes an entity of each line of ENTRIES, with a Thai name and nothing else, and asks for each
// line of QUERIES (or its second column, if it has some): prints latin, Thai and score, tabs
// between, for thai/tools/nameeval.py. It asks what the product asks, index/names. A third file is
// learnt from instead of the shipped pairs, for cross-validation.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "graph/draft.h"
#include "graph/store.h"
#include "index/names.h"

namespace {

constexpr std::size_t most_answers = 20;

std::vector<std::string> lines(const char* path, std::size_t column) {
    std::ifstream file(path);
    std::vector<std::string> all;
    for (std::string line; std::getline(file, line);) {
        std::string field = line;
        std::istringstream fields(line);
        for (std::size_t i = 0; i <= column && std::getline(fields, line, '\t'); ++i) {
            field = line;
        }
        if (!field.empty()) {
            all.push_back(field);
        }
    }
    return all;
}

std::string whole(const char* path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

int main(int count, char** arguments) {
    using namespace khom;
    if (count < 3) {
        std::cerr << "names_run ENTRIES.txt QUERIES.txt [ROMANISATION.tsv]\n";
        return EXIT_FAILURE;
    }
    const auto entries = lines(arguments[1], 0);
    const auto store = graph::Store::in_memory({});
    graph::Draft draft(store->snapshot());
    for (const auto& entry : entries) {
        (void)draft.create_node({"Entity"}, {{"name_th", graph::Value(entry)}});
    }
    if (!store->commit(std::move(draft), {"names_run", ""})) {
        std::cerr << "names_run: the entries were refused\n";
        return EXIT_FAILURE;
    }
    const index::Romanisation other(count > 3 ? whole(arguments[3]) : "");
    const auto snapshot = store->snapshot();
    const index::Names names(*snapshot, {count > 3 ? other : index::Romanisation::shipped(),
                                         index::GenericWords::shipped()});
    std::cout << std::setprecision(9);
    std::set<std::string> asked;
    for (const auto& query : lines(arguments[2], 1)) {
        if (!asked.insert(query).second) {
            continue;
        }
        auto found = names.match(query);
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return a.score != b.score ? a.score > b.score : a.node < b.node;
        });
        found.resize(std::min(found.size(), most_answers));
        for (const auto& match : found) {
            std::cout << query << '\t' << names.all()[match.name].text << '\t' << match.score
                      << '\n';
        }
    }
}
