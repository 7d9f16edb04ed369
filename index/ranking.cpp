#include "index/ranking.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace khom::index {

namespace {

// README.md shows what each of these brings.
constexpr double k1 = 1, b = 0.75;
constexpr double word_weight = 1, pair_weight = 0.3, cluster_weight = 0.6;
/// What is rare says more of a question than its rarity in bits.
constexpr double rarity_power = 1.35;
constexpr double many = 0.45;  // of the clusters, for a document without any of the words

double weight_of(Signal signal) {
    switch (signal) {
        case Signal::word:
            return word_weight;
        case Signal::pair:
            return pair_weight;
        case Signal::clusters:
            return cluster_weight;
    }
    return word_weight;
}

double rarity(double documents, double having) {
    return std::log(1 + (documents - having + 0.5) / (having + 0.5));
}

bool has(const std::vector<Posting>& list, std::uint32_t node) {
    const auto at =
        std::lower_bound(list.begin(), list.end(), node,
                         [](const auto& one, auto wanted) { return one.node < wanted; });
    return at != list.end() && at->node == node;
}

/// A sum for each document, with the list of those it was given to: cleared in what it was used.
class Sums {
  public:
    void reset(std::size_t limit) {
        for (const auto node : touched_) {
            sums_[node] = 0;
        }
        touched_.clear();
        if (sums_.size() < limit) {
            sums_.resize(limit, 0);
        }
    }
    void add(std::uint32_t node, float value) {
        auto& sum = sums_[node];
        if (sum == 0) {
            touched_.push_back(node);
        }
        sum += value;
    }
    void raise(std::uint32_t node, float value) {
        if (sums_[node] < value) {
            add(node, value - sums_[node]);
        }
    }
    float operator[](std::uint32_t node) const { return sums_[node]; }
    const std::vector<std::uint32_t>& touched() const { return touched_; }

  private:
    std::vector<float> sums_;
    std::vector<std::uint32_t> touched_;
};

struct Scratch {
    Sums weights, covered, met, translated, clusters, counts, certain;
};

class Ranking {
  public:
    Ranking(const Collection& collection, Scratch& scratch)
        : collection_(collection), scratch_(scratch) {
        scratch_.weights.reset(collection.lengths.size());
        scratch_.covered.reset(collection.lengths.size());
        scratch_.met.reset(collection.lengths.size());
        scratch_.translated.reset(collection.lengths.size());
        scratch_.clusters.reset(collection.lengths.size());
    }

    void add(const TermGroup& group) {
        std::vector<Postings> all;
        double having = 0;
        for (const auto& alternative : group.alternatives) {
            all.push_back(postings(alternative));
            having += alternative.weight * static_cast<double>(all.back()->size());
        }
        const auto documents = static_cast<double>(collection_.documents);
        const auto rare = rarity(documents, std::min(having, documents));
        const bool is_clusters = group.signal == Signal::clusters;
        if (group.counts) {
            (is_clusters ? asked_clusters_ : asked_) += rare;
        }
        const auto covers = group.counts ? static_cast<float>(rare) : 0;
        const Worth worth{std::pow(rare, rarity_power) * weight_of(group.signal),
                          is_clusters ? 0 : covers, is_clusters ? covers : 0};
        if (std::count_if(all.begin(), all.end(), [](const auto& one) { return !one->empty(); }) ==
            1) {
            for (std::size_t i = 0; i < all.size(); ++i) {
                for (const auto& posting : *all[i]) {
                    give(posting.node, group.alternatives[i].weight * posting.count, worth,
                         static_cast<float>(group.alternatives[i].certainty));
                }
            }
            return;
        }
        scratch_.counts.reset(collection_.lengths.size());
        scratch_.certain.reset(collection_.lengths.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (const auto& posting : *all[i]) {
                scratch_.counts.add(posting.node, static_cast<float>(group.alternatives[i].weight) *
                                                      static_cast<float>(posting.count));
                scratch_.certain.raise(posting.node,
                                       static_cast<float>(group.alternatives[i].certainty));
            }
        }
        for (const auto node : scratch_.counts.touched()) {
            give(node, scratch_.counts[node], worth, scratch_.certain[node]);
        }
    }

    std::vector<TextMatch> take() const {
        std::vector<TextMatch> all;
        for (const auto node : scratch_.weights.touched()) {
            const TextMatch match{graph::NodeId{node},
                                  scratch_.weights[node],
                                  share(scratch_.covered[node], asked_),
                                  share(scratch_.met[node], asked_),
                                  share(scratch_.translated[node], asked_),
                                  share(scratch_.clusters[node], asked_clusters_)};
            if (match.met > 0 || match.clusters >= many) {
                all.push_back(match);
            }
        }
        return all;
    }

  private:
    /// What a group gives to a document that has it.
    struct Worth {
        double weight = 0;
        float covers = 0, clusters = 0;
    };

    /// The documents that have all terms of an alternative, with the least of their counts.
    Postings postings(const TermGroup::Alternative& alternative) const {
        auto first = collection_.postings(alternative.term);
        if (alternative.with.empty()) {
            return first;
        }
        auto all = *first;
        for (const auto& term : alternative.with) {
            const auto other = collection_.postings(term);
            auto at = other->begin();
            std::erase_if(all, [&](Posting& one) {
                at = std::lower_bound(at, other->end(), one.node,
                                      [](const auto& a, auto node) { return a.node < node; });
                const bool missing = at == other->end() || at->node != one.node;
                one.count = missing ? 0 : std::min(one.count, at->count);
                return missing;
            });
        }
        return std::make_shared<const std::vector<Posting>>(std::move(all));
    }

    static double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

    void give(std::uint32_t node, double count, const Worth& worth, float certainty) {
        const auto norm = k1 * (1 - b + b * collection_.lengths[node] / collection_.mean_length);
        scratch_.weights.add(node,
                             static_cast<float>(worth.weight * count * (k1 + 1) / (count + norm)));
        if (worth.covers > 0) {
            scratch_.met.add(node, worth.covers);
            (certainty < 1 ? scratch_.translated : scratch_.covered)
                .add(node, worth.covers * certainty);
        }
        if (worth.clusters > 0) {
            scratch_.clusters.add(node, worth.clusters * certainty);
        }
    }

    const Collection& collection_;
    Scratch& scratch_;
    double asked_ = 0, asked_clusters_ = 0;
};

}  // namespace

std::vector<TextMatch> ranked(const Collection& collection, const std::vector<TermGroup>& groups) {
    thread_local Scratch scratch;
    Ranking ranking(collection, scratch);
    for (const auto& group : groups) {
        ranking.add(group);
    }
    return ranking.take();
}

std::vector<graph::NodeId> sharing_most(const Collection& collection,
                                        const std::vector<std::string>& terms, std::size_t most) {
    constexpr std::size_t enough = 20'000;  // postings that are all read
    std::vector<Postings> lists;
    for (const auto& term : terms) {
        if (auto list = collection.postings(term); !list->empty()) {
            lists.push_back(std::move(list));
        }
    }
    std::sort(lists.begin(), lists.end(),
              [](const auto& a, const auto& b) { return a->size() < b->size(); });
    thread_local Sums shared;
    shared.reset(collection.lengths.size());
    const auto worth = [&](const Postings& list) {
        return static_cast<float>(
            rarity(static_cast<double>(collection.documents), static_cast<double>(list->size())));
    };
    std::size_t next = 0;
    for (std::size_t read = 0; next < lists.size() && read < enough; ++next) {
        for (const auto& posting : *lists[next]) {
            shared.add(posting.node, worth(lists[next]));
        }
        read += lists[next]->size();
    }
    auto found = shared.touched();
    const auto keep_best = [&](std::size_t count) {
        const auto kept = std::min(count, found.size());
        std::partial_sort(
            found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
            [&](auto a, auto b) { return shared[a] != shared[b] ? shared[a] > shared[b] : a < b; });
        found.resize(kept);
    };
    keep_best(8 * most);
    for (; next < lists.size(); ++next) {
        for (const auto node : found) {
            if (has(*lists[next], node)) {
                shared.add(node, worth(lists[next]));
            }
        }
    }
    keep_best(most);
    std::vector<graph::NodeId> nodes;
    for (const auto node : found) {
        nodes.push_back(graph::NodeId{node});
    }
    return nodes;
}

}  // namespace khom::index
