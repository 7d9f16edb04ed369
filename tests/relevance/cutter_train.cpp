// Learns the weights of the Thai cutter (index/thai_cutter.h) from cut sentences by an averaged
// perceptron, and writes them, one signed byte a feature. With --folds it says first how well the
// same does on sentences it has not seen. How it was called: index/lexicon/README.md.

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "index/thai_cutter.h"

namespace {

using khom::index::ThaiCutter;
using Letters = std::vector<std::uint8_t>;

/// One run of Thai letters with the truth for each place.
struct Run {
    Letters letters;
    std::vector<bool> border;
    std::size_t sentence = 0;
};

/// The Thai runs of a sentence with | between words.
void read_runs(const std::string& line, std::size_t sentence, std::vector<Run>& all) {
    Run run;
    bool border = false;
    const auto flush = [&] {
        if (run.letters.size() > 1) {
            run.sentence = sentence;
            all.push_back(run);
        }
        run = {};
        border = false;
    };
    for (std::size_t i = 0; i < line.size();) {
        const auto lead = static_cast<unsigned char>(line[i]);
        if (lead == 0xE0 && i + 2 < line.size() &&
            (static_cast<unsigned char>(line[i + 1]) & 0xFEU) == 0xB8) {
            // As the segmenter: ฯ and ๆ are no letters.
            const auto letter = ((static_cast<unsigned char>(line[i + 1]) & 1U) << 6U) |
                                (static_cast<unsigned char>(line[i + 2]) & 0x3FU);
            if (letter == 0x2F || letter == 0x46) {
                flush();
                i += 3;
                continue;
            }
            run.letters.push_back(static_cast<std::uint8_t>(letter));
            run.border.push_back(border);
            border = false;
            i += 3;
        } else if (lead == '|') {
            border = true;
            ++i;
        } else {
            flush();
            ++i;
        }
    }
    flush();
}

class Perceptron {
  public:
    Perceptron() : weights_(ThaiCutter::feature_count), sums_(ThaiCutter::feature_count) {}

    void learn(const ThaiCutter& cutter, const Run& run) {
        cutter.walk(run.letters, [&](std::size_t at, const ThaiCutter::Features& features) {
            const bool truth = run.border[at];
            const auto sum = score(weights_, features);
            const double margin = 4;
            if ((truth ? sum : -sum) <= margin) {
                for (const auto feature : features) {
                    weights_[feature] += truth ? 1 : -1;
                    sums_[feature] += (truth ? 1 : -1) * time_;
                }
            }
            ++time_;
            return truth;
        });
    }
    /// The averages, scaled into a signed byte.
    std::string bytes() const {
        std::vector<double> mean(weights_.size());
        for (std::size_t i = 0; i < mean.size(); ++i) {
            mean[i] = weights_[i] - sums_[i] / time_;
        }
        std::vector<double> sizes;
        for (const auto one : mean) {
            if (one != 0) {
                sizes.push_back(std::abs(one));
            }
        }
        std::sort(sizes.begin(), sizes.end());
        const auto most = sizes.empty() ? 1 : sizes[sizes.size() * 999 / 1000];
        std::string out;
        for (const auto one : mean) {
            out += static_cast<char>(
                static_cast<std::int8_t>(std::clamp(std::lround(one * 127 / most), -127L, 127L)));
        }
        return out;
    }

  private:
    static double score(const std::vector<double>& weights, const ThaiCutter::Features& features) {
        return std::accumulate(features.begin(), features.end(), 0.0,
                               [&](double sum, auto feature) { return sum + weights[feature]; });
    }
    std::vector<double> weights_, sums_;
    double time_ = 1;
};

std::string train(const ThaiCutter& cutter, std::vector<const Run*> runs, int rounds) {
    Perceptron perceptron;
    std::mt19937 random(7);
    for (int round = 0; round < rounds; ++round) {
        std::shuffle(runs.begin(), runs.end(), random);
        for (const auto* run : runs) {
            perceptron.learn(cutter, *run);
        }
    }
    return perceptron.bytes();
}

/// Word F1 over the Thai runs.
double measure(const ThaiCutter& cutter, const std::vector<const Run*>& runs) {
    double right = 0, cut = 0, true_words = 0;
    std::vector<std::uint32_t> ends;
    for (const auto* run : runs) {
        cutter.cut(run->letters, ends);
        std::vector<std::uint32_t> truth;
        for (std::size_t at = 1; at < run->letters.size(); ++at) {
            if (run->border[at]) {
                truth.push_back(static_cast<std::uint32_t>(at));
            }
        }
        truth.push_back(static_cast<std::uint32_t>(run->letters.size()));
        cut += static_cast<double>(ends.size());
        true_words += static_cast<double>(truth.size());
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const auto begin = i == 0 ? 0 : ends[i - 1];
            const auto found = std::lower_bound(truth.begin(), truth.end(), ends[i]);
            const auto before = found == truth.begin() ? 0 : *(found - 1);
            right += found != truth.end() && *found == ends[i] && before == begin ? 1 : 0;
        }
    }
    return 2 * right / (cut + true_words);
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Learns the weights of the Thai cutter.");
    std::string words, out;
    std::vector<std::string> sets;
    std::size_t folds = 0;
    int rounds = 8;
    app.add_option("words", words, "the lexicon, one word a line")->required();
    app.add_option("out", out, "where the weights go")->required();
    app.add_option("sets", sets, "cut sentences, | between words")->required();
    app.add_option("--folds", folds, "cross-validate first");
    app.add_option("--rounds", rounds, "over all sentences");
    CLI11_PARSE(app, argc, argv);
    const auto lexicon = read_file(words);
    const ThaiCutter empty(lexicon, {});
    std::vector<std::vector<Run>> runs(sets.size());
    for (std::size_t set = 0; set < sets.size(); ++set) {
        std::ifstream file(sets[set]);
        std::size_t sentence = 0;
        for (std::string line; std::getline(file, line);) {
            read_runs(line, sentence++, runs[set]);
        }
    }
    std::vector<double> f1(sets.size());
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<const Run*> seen;
        for (const auto& set : runs) {
            for (const auto& run : set) {
                if (run.sentence % folds != fold) {
                    seen.push_back(&run);
                }
            }
        }
        const ThaiCutter cutter(lexicon, train(empty, seen, rounds));
        for (std::size_t set = 0; set < sets.size(); ++set) {
            std::vector<const Run*> unseen;
            for (const auto& run : runs[set]) {
                if (run.sentence % folds == fold) {
                    unseen.push_back(&run);
                }
            }
            f1[set] += measure(cutter, unseen) / static_cast<double>(folds);
        }
    }
    for (std::size_t set = 0; folds > 0 && set < sets.size(); ++set) {
        std::cout << sets[set] << ": word F1 of Thai runs not seen " << f1[set] << '\n';
    }
    std::vector<const Run*> all;
    for (const auto& set : runs) {
        for (const auto& run : set) {
            all.push_back(&run);
        }
    }
    std::ofstream(out, std::ios::binary) << train(empty, all, rounds);
    return 0;
}
