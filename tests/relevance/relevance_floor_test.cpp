// What ranking has reached on real questions may not be lost unseen: each floor lies a little below
// the figure of RESULTS.md. Only sets that are quick to index; relevance_run asks the others.

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "graph/snapshot.h"
#include "index/index.h"
#include "tests/relevance/retrieval_set.h"
#include "tests/testing/paths.h"

namespace khom::index {
namespace {

using ::testing::Ge;

struct Set {
    const char* name;
    bool cross_language;
    double floor;       ///< of the mean nDCG@10
    std::size_t every;  ///< one question in so many is asked
};

using Grades = std::map<std::string, int>;  // by document

std::map<std::string, Grades> read_grades(const std::string& path) {
    std::map<std::string, Grades> all;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::istringstream columns(line);
        std::string question, document;
        int grade = 0;
        if (columns >> question >> document >> grade && grade > 0) {
            all[question][document] = grade;
        }
    }
    return all;
}

double discounted(int grade, std::size_t rank) {
    return (std::exp2(grade) - 1) / std::log2(static_cast<double>(rank) + 2);
}

/// nDCG@10, as thai/tools/ireval.py counts it.
double ndcg(const Grades& grades, const View& view, const std::vector<Hit>& hits) {
    double sum = 0, ideal = 0;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const auto found = grades.find(
            std::string(graph::string_or_empty(view.snapshot()->property(hits[i].node, "id"))));
        sum += found == grades.end() ? 0 : discounted(found->second, i);
    }
    std::vector<int> best;
    for (const auto& [document, grade] : grades) {
        best.push_back(grade);
    }
    std::sort(best.rbegin(), best.rend());
    for (std::size_t i = 0; i < std::min<std::size_t>(best.size(), 10); ++i) {
        ideal += discounted(best[i], i);
    }
    return sum / ideal;
}

class Relevance : public ::testing::TestWithParam<Set> {};

TEST_P(Relevance, StaysAboveItsFloor) {
    const auto& set = GetParam();
    const auto folder = testing::source_dir() + "/../shared/thai/retrieval/" + set.name + "/";
    if (!std::ifstream(folder + "docs.jsonl")) {
        GTEST_SKIP() << folder << " is not here";
    }
    const auto grades = read_grades(folder + "qrels.tsv");
    const auto store = testing::read_documents(folder + "docs.jsonl");
    const auto index = Index::open({}, *store);
    const auto view = index->view();
    const auto questions = testing::read_questions(folder + "queries.jsonl");
    double sum = 0;
    std::size_t asked = 0;
    for (std::size_t i = 0; i < questions.size(); i += set.every) {
        SearchRequest request;
        request.text = questions[i].text;
        request.limit = 10;
        request.highlights = false;
        request.cross_language = set.cross_language;
        sum += ndcg(grades.at(questions[i].id), *view, view->search(request).hits);
        ++asked;
    }
    const auto mean = sum / static_cast<double>(asked);
    std::cout << "  nDCG@10 " << mean << " of " << asked << " questions\n";

    EXPECT_THAT(mean, Ge(set.floor));
}

INSTANTIATE_TEST_SUITE_P(Sets, Relevance,
                         ::testing::Values(Set{"xquad-th", false, 0.975, 1},
                                           Set{"xquad-en2th", true, 0.495, 2},
                                           Set{"xquad-th2en", true, 0.485, 2}),
                         [](const auto& set) {
                             std::string name = set.param.name;
                             std::erase(name, '-');
                             return name;
                         });

}  // namespace
}  // namespace khom::index
