// The ranking leaves lists unread that cannot find a document; its slow twin reads them all.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <random>

#include "index/ranking.h"

namespace khom::index {
namespace {

constexpr std::uint32_t nodes = 100;

/// Texts of random terms, "0" in nearly all of them, "39" in very few.
struct Texts {
    std::map<std::string, std::vector<Posting>> lists;
    Collection collection;

    explicit Texts(std::mt19937& random) {
        collection.lengths.assign(nodes, 0);
        double length = 0;
        for (std::uint32_t node = 0; node < nodes; ++node) {
            for (std::uint32_t term = 0; term < 40; ++term) {
                if (random() % (term + 2) == 0) {
                    lists[std::to_string(term)].push_back(
                        {node, static_cast<std::uint32_t>(1 + random() % 3)});
                    collection.lengths[node] += lists[std::to_string(term)].back().count;
                }
            }
            length += collection.lengths[node];
        }
        collection.documents = nodes;
        collection.mean_length = length / nodes;
        collection.frequency = [this](const auto& term) { return listed(term).size(); };
        collection.postings = [this](const auto& term) {
            return std::make_shared<const std::vector<Posting>>(listed(term));
        };
        collection.counts = [this](const auto& term, auto asked) {
            return counts_in(listed(term), asked);
        };
    }
    std::vector<Posting> listed(const std::string& term) const {
        const auto list = lists.find(term);
        return list == lists.end() ? std::vector<Posting>() : list->second;
    }
    double count(const std::string& term, std::uint32_t node) const {
        for (const auto& posting : listed(term)) {
            if (posting.node == node) {
                return posting.count;
            }
        }
        return 0;
    }
};

std::vector<TermGroup> question(std::mt19937& random) {
    std::vector<TermGroup> groups(1 + random() % 8);
    for (auto& group : groups) {
        group.signal = std::array{Signal::word, Signal::pair, Signal::clusters,
                                  Signal::clusters}[random() % 4];
        group.counts = group.signal == Signal::pair ? random() % 8 == 0 : random() % 4 != 0;
        group.alternatives.clear();
        for (auto left = random() % 5 == 0 ? 3U : 1U; left > 0; --left) {
            TermGroup::Alternative one;
            one.term = std::to_string(random() % 44);
            one.weight = left == 1 ? 1 : 0.5;
            one.certainty = left == 1 ? 1 : 0.7;
            if (random() % 8 == 0) {
                one.with = {std::to_string(random() % 20)};
            }
            group.alternatives.push_back(one);
        }
    }
    return groups;
}

double rarity(double having) {
    return std::log(1 + (nodes - having + 0.5) / (having + 0.5));
}

/// What one group gives to one document: BM25 and the rarity of what it has.
TextMatch asked_of(const Texts& texts, const TermGroup& group, std::uint32_t node, double& rare) {
    double having = 0, count = 0, certain = 0;
    for (const auto& alternative : group.alternatives) {
        const auto counted = [&](std::uint32_t document) {
            auto least = texts.count(alternative.term, document);
            for (const auto& other : alternative.with) {
                least = std::min(least, texts.count(other, document));
            }
            return least;
        };
        for (std::uint32_t document = 0; document < nodes; ++document) {
            having += counted(document) > 0 ? alternative.weight : 0;
        }
        count += alternative.weight * counted(node);
        certain = counted(node) > 0 ? std::max<double>(certain, alternative.certainty) : certain;
    }
    having = std::min<double>(having, nodes);
    rare = rarity(having);
    const auto length = texts.collection.lengths[node] / texts.collection.mean_length;
    const auto weight = group.signal == Signal::word ? 1 : group.signal == Signal::pair ? 0.3 : 0.6;
    TextMatch match;
    match.weight = std::pow(rare, 1.35) * weight * count * 2 / (count + 0.25 + 0.75 * length);
    match.met = count > 0 ? 1 : 0;
    match.coverage = certain;
    return match;
}

std::vector<TextMatch> slowly_ranked(const Texts& texts, const std::vector<TermGroup>& groups) {
    std::vector<TextMatch> all;
    for (std::uint32_t node = 0; node < nodes; ++node) {
        TextMatch sum{graph::NodeId{node}};
        double asked = 0, asked_clusters = 0;
        for (const auto& group : groups) {
            double rare = 0;
            const auto given = asked_of(texts, group, node, rare);
            const bool is_clusters = group.signal == Signal::clusters;
            rare = group.counts ? rare : 0;
            (is_clusters ? asked_clusters : asked) += rare;
            sum.weight += given.weight;
            if (is_clusters) {
                sum.clusters += rare * given.coverage;
            } else {
                sum.met += rare * given.met;
                (given.coverage < 1 ? sum.translated : sum.coverage) += rare * given.coverage;
            }
        }
        const auto share = [](double part, double whole) { return whole > 0 ? part / whole : 0; };
        sum.clusters = share(sum.clusters, asked_clusters);
        for (auto* part : {&sum.met, &sum.translated, &sum.coverage}) {
            *part = share(*part, asked);
        }
        all.push_back(sum);
    }
    return all;
}

/// What is asked of a match, of the kinds that coverage.h asks.
struct Asked {
    double coverage = 0, clusters = 0, both = 0, met = 0;

    explicit Asked(std::mt19937& random) {
        for (auto* one : {&coverage, &clusters, &both, &met}) {
            *one = random() % 3 == 0 ? 2 : 0.05 + 0.001 * static_cast<double>(random() % 450);
        }
    }
    /// With `more` than there is, where a rounding may decide.
    bool is_met(const TextMatch& match, double more = 0) const {
        return match.coverage + more >= coverage || match.clusters + more >= clusters ||
               std::min(match.coverage, match.clusters) + more >= both || match.met + more >= met;
    }
};

TEST(Ranking, FindsAndWeighsWhatItsSlowTwinDoes) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::size_t found = 0, left_out = 0;
    for (int round = 0; round < 120; ++round) {
        const Texts texts(random);
        const auto groups = question(random);
        const Asked asked(random);

        const auto right = slowly_ranked(texts, groups);
        std::map<std::uint64_t, TextMatch> matches;
        for (const auto& match :
             ranked(texts.collection, groups, [&](const auto& one) { return asked.is_met(one); })) {
            matches.emplace(graph::number(match.node), match);
        }

        found += matches.size();
        for (const auto& expected : right) {
            const auto node = graph::number(expected.node);
            const auto match = matches.find(node);
            if (match == matches.end()) {
                ASSERT_FALSE(asked.is_met(expected, -1e-3)) << node;
                ++left_out;
                continue;
            }
            ASSERT_TRUE(asked.is_met(expected, 1e-3)) << node;
            ASSERT_NEAR(match->second.weight, expected.weight, 1e-3 * (1 + expected.weight))
                << node;
            ASSERT_NEAR(match->second.met, expected.met, 1e-3) << node;
            ASSERT_NEAR(match->second.coverage, expected.coverage, 1e-3) << node;
            ASSERT_NEAR(match->second.translated, expected.translated, 1e-3) << node;
            ASSERT_NEAR(match->second.clusters, expected.clusters, 1e-3) << node;
        }
    }
    EXPECT_GT(found, 500U);
    EXPECT_GT(left_out, 1000U);
}

/// What a document shares with the terms: the rarity of each, by how much it says it.
double slowly_shared(const Texts& texts, const std::vector<std::string>& terms,
                     std::uint32_t node) {
    double sum = 0;
    for (const auto& term : terms) {
        double having = 0;
        for (std::uint32_t document = 0; document < nodes; ++document) {
            having += texts.count(term, document) > 0 ? 1 : 0;
        }
        const auto count = texts.count(term, node);
        sum += rarity(having) * count / (count + 8);
    }
    return sum;
}

TEST(Ranking, FindsThoseThatShareMostAsItsSlowTwinDoes) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 40; ++round) {
        const Texts texts(random);
        std::vector<std::string> terms;
        for (auto left = 1 + random() % 8; left > 0; --left) {
            terms.push_back(std::to_string(random() % 44));
        }
        std::sort(terms.begin(), terms.end());
        terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
        std::vector<double> best;
        for (std::uint32_t node = 0; node < nodes; ++node) {
            best.push_back(slowly_shared(texts, terms, node));
        }
        std::sort(best.begin(), best.end(), std::greater<>());
        const auto sharing = static_cast<std::size_t>(
            std::count_if(best.begin(), best.end(), [](double sum) { return sum > 0; }));

        const auto found = sharing_most(texts.collection, terms, 10);

        ASSERT_EQ(found.size(), std::min<std::size_t>(10, sharing));
        for (std::size_t i = 0; i < found.size(); ++i) {
            const auto node = static_cast<std::uint32_t>(graph::number(found[i]));
            ASSERT_NEAR(slowly_shared(texts, terms, node), best[i], 1e-4) << i;
        }
    }
}

}  // namespace
}  // namespace khom::index
