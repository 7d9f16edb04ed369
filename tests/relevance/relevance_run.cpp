// Prints a TREC run of a retrieval set, answered by the product itself: the documents are nodes of
// a graph, the index over it is the one that is served, each question is one search.
// `thai/tools/ireval.py` scores it.

#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "index/index.h"
#include "tests/relevance/retrieval_set.h"

int main(int argc, char** argv) {
    CLI::App app("Answers every question of a retrieval set and prints a TREC run.");
    std::filesystem::path documents, questions;
    std::size_t most = 100;
    bool cross_language = false;
    std::vector<khom::index::Part> without;
    app.add_option("docs", documents, "docs.jsonl, or docs.jsonl.gz")->required();
    app.add_option("queries", questions, "queries.jsonl")->required();
    app.add_option("--k", most, "how many hits a question")->check(CLI::Range(1, 1000));
    app.add_flag("--cross-language", cross_language, "also by translated words");
    using khom::index::Part;
    const std::map<std::string, Part> parts = {
        {"pairs", Part::pairs},       {"clusters", Part::clusters}, {"names", Part::names},
        {"entities", Part::entities}, {"degree", Part::degree},     {"spelling", Part::spelling},
        {"silence", Part::silence}};
    app.add_option("--without", without, "a part of ranking to leave out; may be repeated")
        ->transform(CLI::CheckedTransformer(parts));
    CLI11_PARSE(app, argc, argv);
    try {
        const auto store = khom::testing::read_documents(documents);
        const auto index = khom::index::Index::open({}, *store);
        const auto view = index->view();
        for (const auto& question : khom::testing::read_questions(questions)) {
            khom::index::SearchRequest request;
            request.text = question.text;
            request.limit = most;
            request.cross_language = cross_language;
            request.highlights = false;
            request.without = {without.begin(), without.end()};
            std::size_t rank = 0;
            for (const auto& hit : view->search(request).hits) {
                const auto id = view->snapshot()->property(hit.node, "id");
                std::printf("%s Q0 %.*s %zu %.6f khom\n", question.id.c_str(),
                            static_cast<int>(id.string().size()), id.string().data(), ++rank,
                            hit.score);
            }
        }
    } catch (const std::exception& fault) {
        std::cerr << "relevance_run: " << fault.what() << '\n';
        return 1;
    }
    return 0;
}
