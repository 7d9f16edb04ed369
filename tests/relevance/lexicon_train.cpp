// Learns which words translate which from sentence pairs (en-th.tsv: source, English, Thai): IBM
// model 1 in both directions, then both probabilities' geometric mean, so that a word that goes
// with everything goes with nothing. Prints English form, Thai form, weight. Pairs of single words
// (loanword.tsv: Thai, Latin, kind) can be added. How it was called: index/lexicon/README.md.

#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include <CLI/CLI.hpp>

#include "index/analyser.h"
#include "index/canonical.h"

namespace {

using Words = std::vector<std::string>;
struct Pair {
    Words english, thai;
};
using Table = std::unordered_map<std::string, std::unordered_map<std::string, double>>;

Words words_of(const std::string& text) {
    return khom::index::terms_of(khom::index::canonical(text).text).words;
}

std::vector<std::string> columns(const std::string& line) {
    std::vector<std::string> all;
    std::istringstream in(line);
    for (std::string one; std::getline(in, one, '\t');) {
        all.push_back(one);
    }
    return all;
}

/// P(to | from) by expectation and maximisation; an empty word takes what has no partner. Every
/// pair of words that stand in one sentence pair is a cell, looked up once: the rounds run over
/// arrays.
Table learn(const std::vector<Pair>& pairs, Words Pair::*from, Words Pair::*to, int rounds) {
    std::unordered_map<std::string, std::size_t> cells;
    std::vector<std::pair<std::string, std::string>> words;
    std::vector<std::vector<std::size_t>> links;  // for each target word of each pair, its cells
    for (const auto& pair : pairs) {
        auto sources = pair.*from;
        sources.emplace_back();
        for (const auto& target : pair.*to) {
            links.emplace_back();
            for (const auto& source : sources) {
                const auto cell = cells.try_emplace(source + '\t' + target, cells.size());
                if (cell.second) {
                    words.emplace_back(source, target);
                }
                links.back().push_back(cell.first->second);
            }
        }
    }
    std::vector<double> known(words.size(), 1);
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> counts(words.size(), 0);
        for (const auto& link : links) {
            double sum = 0;
            for (const auto cell : link) {
                sum += known[cell];
            }
            for (const auto cell : link) {
                counts[cell] += known[cell] / sum;
            }
        }
        std::unordered_map<std::string, double> sums;
        for (std::size_t cell = 0; cell < words.size(); ++cell) {
            sums[words[cell].first] += counts[cell];
        }
        for (std::size_t cell = 0; cell < words.size(); ++cell) {
            // What was seen once is believed less.
            known[cell] = counts[cell] / (sums[words[cell].first] + 0.2);
        }
    }
    Table table;
    for (std::size_t cell = 0; cell < words.size(); ++cell) {
        if (known[cell] > 1e-4) {
            table[words[cell].first][words[cell].second] = known[cell];
        }
    }
    return table;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Learns a bilingual word lexicon.");
    std::string sentences, single;
    int rounds = 8;
    double least = 0.06;
    std::size_t most = 6;
    app.add_option("sentences", sentences, "source, English, Thai")->required();
    app.add_option("--words", single, "Thai, Latin, kind: pairs of single words");
    app.add_option("--rounds", rounds, "of expectation and maximisation");
    app.add_option("--least", least, "weight of a pair that is kept");
    app.add_option("--most", most, "translations of one word");
    CLI11_PARSE(app, argc, argv);
    std::vector<Pair> pairs;
    std::ifstream file(sentences);
    for (std::string line; std::getline(file, line);) {
        if (const auto fields = columns(line); fields.size() >= 3) {
            pairs.push_back({words_of(fields[1]), words_of(fields[2])});
        }
    }
    const auto thai_of = learn(pairs, &Pair::english, &Pair::thai, rounds);
    const auto english_of = learn(pairs, &Pair::thai, &Pair::english, rounds);
    std::map<std::string, std::set<std::pair<double, std::string>>> all;
    for (const auto& [english, row] : thai_of) {
        for (const auto& [thai, forward] : row) {
            const auto back = english_of.find(thai);
            if (english.empty() || back == english_of.end() || !back->second.contains(english)) {
                continue;
            }
            const auto weight = std::sqrt(forward * back->second.at(english));
            if (weight >= least && english != thai) {
                all[english].emplace(-weight, thai);
            }
        }
    }
    std::ifstream words(single);
    for (std::string line; std::getline(words, line);) {
        const auto fields = columns(line);
        if (fields.size() < 2) {
            continue;
        }
        const auto thai = words_of(fields[0]), english = words_of(fields[1]);
        if (thai.size() == 1 && english.size() == 1) {
            all[english.front()].emplace(-0.6, thai.front());
        }
    }
    for (const auto& [english, row] : all) {
        std::size_t count = 0;
        for (const auto& [weight, thai] : row) {
            if (count++ < most) {
                std::printf("%s\t%s\t%.2f\n", english.c_str(), thai.c_str(), -weight);
            }
        }
    }
    return 0;
}
