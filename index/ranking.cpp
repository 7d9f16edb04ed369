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

/// Where the list has the document, or null.
const Posting* find(const std::vector<Posting>& list, std::uint32_t node) {
    const auto at =
        std::lower_bound(list.begin(), list.end(), node,
                         [](const auto& one, auto wanted) { return one.node < wanted; });
    return at != list.end() && at->node == node ? &*at : nullptr;
}

/// What the groups have given to a document so far: side by side, since a posting adds to most of
/// it.
struct Given {
    float weight = 0, covered = 0, met = 0, translated = 0, clusters = 0;
};

bool is_nothing(float sum) {
    return sum == 0;
}
bool is_nothing(const Given& given) {
    return given.weight == 0;
}

/// A value for each document, with the list of those that have one: cleared in what was used.
template <class Value>
class OfDocuments {
  public:
    void reset(std::size_t limit) {
        for (const auto node : touched_) {
            all_[node] = {};
        }
        touched_.clear();
        if (all_.size() < limit) {
            all_.resize(limit);
        }
    }
    /// To be added to.
    Value& at(std::uint32_t node) {
        auto& value = all_[node];
        if (is_nothing(value)) {
            touched_.push_back(node);
        }
        return value;
    }
    /// Takes back what was given to those that `is_hopeless`.
    template <class Predicate>
    void take_back_if(const Predicate& is_hopeless) {
        std::erase_if(touched_, [&](auto node) {
            const bool gone = is_hopeless(all_[node]);
            if (gone) {
                all_[node] = {};
            }
            return gone;
        });
    }
    const Value& operator[](std::uint32_t node) const { return all_[node]; }
    const std::vector<std::uint32_t>& touched() const { return touched_; }

  private:
    std::vector<Value> all_;
    std::vector<std::uint32_t> touched_;
};

struct Scratch {
    OfDocuments<Given> given;
    OfDocuments<float> counts, certain;
};

/// What a group gives to a document that has it.
struct Worth {
    double weight = 0;
    float covers = 0, clusters = 0;
};

/// A group with its lists, one for each alternative.
struct Listed {
    const TermGroup* group = nullptr;
    std::vector<Postings> lists;
    std::size_t postings = 0;
    Worth worth;

    bool is_alone() const {
        return std::count_if(lists.begin(), lists.end(),
                             [](const auto& list) { return !list->empty(); }) <= 1;
    }
};

/// Documents that have a word are answers, and those with many of the clusters. So the words are
/// read first, then clusters, the rarest first, until those left are too few to make an answer;
/// what is left then, and pairs, are added to the documents that were found. Those that cannot come
/// to many clusters any more are left out on the way, so that the longest lists meet the fewest.
class Ranking {
  public:
    Ranking(const Collection& collection, Scratch& scratch, const std::vector<TermGroup>& groups)
        : collection_(collection),
          scratch_(scratch),
          length_worth_(k1 * b / collection.mean_length) {
        scratch_.given.reset(collection.lengths.size());
        for (const auto& group : groups) {
            groups_.push_back(listed(group));
            asked_ += groups_.back().worth.covers;
            asked_clusters_ += groups_.back().worth.clusters;
        }
        const auto order = [](const Listed& one) {
            return one.worth.covers > 0 ? 0 : one.worth.clusters > 0 ? 1 : 2;
        };
        std::stable_sort(groups_.begin(), groups_.end(), [&](const auto& x, const auto& y) {
            return order(x) != order(y)
                       ? order(x) < order(y)
                       : x.worth.clusters > 0 && x.worth.clusters > y.worth.clusters;
        });
    }

    std::vector<TextMatch> matches() {
        auto clusters_left = asked_clusters_;
        for (const auto& group : groups_) {
            const bool finds =
                group.worth.covers > 0 || share(clusters_left, asked_clusters_) >= many - rounding;
            finds ? give_to_all(group) : give_to_found(group);
            clusters_left -= group.worth.clusters;
            if (group.worth.clusters > 0) {
                leave_out_hopeless(clusters_left);
            }
        }
        return taken();
    }

  private:
    static constexpr double rounding = 1e-4;

    Listed listed(const TermGroup& group) const {
        Listed all{&group, {}, 0, {}};
        double having = 0;
        for (const auto& alternative : group.alternatives) {
            all.lists.push_back(postings(alternative));
            all.postings += all.lists.back()->size();
            having += alternative.weight * static_cast<double>(all.lists.back()->size());
        }
        const auto documents = static_cast<double>(collection_.documents);
        const auto rare = rarity(documents, std::min(having, documents));
        const bool is_clusters = group.signal == Signal::clusters;
        const auto covers = group.counts ? static_cast<float>(rare) : 0;
        all.worth = {std::pow(rare, rarity_power) * weight_of(group.signal),
                     is_clusters ? 0 : covers, is_clusters ? covers : 0};
        return all;
    }

    void give_to_all(const Listed& from) {
        const auto& alternatives = from.group->alternatives;
        if (from.is_alone()) {
            for (std::size_t i = 0; i < from.lists.size(); ++i) {
                for (const auto& posting : *from.lists[i]) {
                    give(posting.node, alternatives[i].weight * posting.count, from.worth,
                         static_cast<float>(alternatives[i].certainty));
                }
            }
            return;
        }
        scratch_.counts.reset(collection_.lengths.size());
        scratch_.certain.reset(collection_.lengths.size());
        for (std::size_t i = 0; i < from.lists.size(); ++i) {
            for (const auto& posting : *from.lists[i]) {
                scratch_.counts.at(posting.node) +=
                    static_cast<float>(alternatives[i].weight) * static_cast<float>(posting.count);
                auto& certain = scratch_.certain.at(posting.node);
                certain = std::max(certain, static_cast<float>(alternatives[i].certainty));
            }
        }
        for (const auto node : scratch_.counts.touched()) {
            give(node, scratch_.counts[node], from.worth, scratch_.certain[node]);
        }
    }

    /// Cost: the lists, or a few steps in each for each document found, whichever is less.
    void give_to_found(const Listed& from) {
        constexpr std::size_t steps = 16;  // of looking a document up
        const auto& found = scratch_.given.touched();
        const auto& alternatives = from.group->alternatives;
        if (from.is_alone() && from.postings < found.size() * steps) {
            for (std::size_t i = 0; i < from.lists.size(); ++i) {
                for (const auto& posting : *from.lists[i]) {
                    if (scratch_.given[posting.node].weight > 0) {
                        give(posting.node, alternatives[i].weight * posting.count, from.worth,
                             static_cast<float>(alternatives[i].certainty));
                    }
                }
            }
            return;
        }
        for (const auto node : found) {
            float count = 0, certain = 0;
            for (std::size_t i = 0; i < from.lists.size(); ++i) {
                if (const auto* posting = find(*from.lists[i], node)) {
                    count += static_cast<float>(alternatives[i].weight) *
                             static_cast<float>(posting->count);
                    certain = std::max(certain, static_cast<float>(alternatives[i].certainty));
                }
            }
            if (count > 0) {
                give(node, count, from.worth, certain);
            }
        }
    }

    void leave_out_hopeless(double clusters_left) {
        const auto least = (many - rounding) * asked_clusters_ - clusters_left;
        if (least > 0) {
            scratch_.given.take_back_if(
                [&](const Given& given) { return given.met == 0 && given.clusters < least; });
        }
    }

    std::vector<TextMatch> taken() const {
        std::vector<TextMatch> all;
        all.reserve(scratch_.given.touched().size());
        for (const auto node : scratch_.given.touched()) {
            const auto& given = scratch_.given[node];
            const auto clusters = share(given.clusters, asked_clusters_);
            if (given.met > 0 || clusters >= many) {
                all.push_back({graph::NodeId{node}, given.weight, share(given.covered, asked_),
                               share(given.met, asked_), share(given.translated, asked_),
                               clusters});
            }
        }
        return all;
    }

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
        const auto norm = k1 * (1 - b) + length_worth_ * collection_.lengths[node];
        auto& given = scratch_.given.at(node);
        given.weight += static_cast<float>(worth.weight * count * (k1 + 1) / (count + norm));
        given.met += worth.covers;
        (certainty < 1 ? given.translated : given.covered) += worth.covers * certainty;
        given.clusters += worth.clusters * certainty;
    }

    const Collection& collection_;
    Scratch& scratch_;
    double length_worth_;  // what one more term of a text adds to its norm
    std::vector<Listed> groups_;
    double asked_ = 0, asked_clusters_ = 0;
};

}  // namespace

std::vector<TextMatch> ranked(const Collection& collection, const std::vector<TermGroup>& groups) {
    thread_local Scratch scratch;
    return Ranking(collection, scratch, groups).matches();
}

std::vector<graph::NodeId> sharing_most(const Collection& collection,
                                        const std::vector<std::string>& terms, std::size_t most) {
    constexpr std::size_t enough = 20'000;  // postings that are all read
    constexpr float half_said = 8;          // so often as a name says it once (fields.h)
    std::vector<Postings> lists;
    for (const auto& term : terms) {
        if (auto list = collection.postings(term); !list->empty()) {
            lists.push_back(std::move(list));
        }
    }
    std::sort(lists.begin(), lists.end(),
              [](const auto& x, const auto& y) { return x->size() < y->size(); });
    thread_local OfDocuments<float> shared;
    shared.reset(collection.lengths.size());
    const auto add = [&](const Posting& posting, float rare) {
        const auto count = static_cast<float>(posting.count);
        shared.at(posting.node) += rare * count / (count + half_said);
    };
    const auto worth = [&](const Postings& list) {
        return static_cast<float>(
            rarity(static_cast<double>(collection.documents), static_cast<double>(list->size())));
    };
    std::size_t next = 0;
    for (std::size_t read = 0; next < lists.size() && read < enough; ++next) {
        for (const auto rare = worth(lists[next]); const auto& posting : *lists[next]) {
            add(posting, rare);
        }
        read += lists[next]->size();
    }
    auto found = shared.touched();
    const auto keep_best = [&](std::size_t count) {
        const auto kept = std::min(count, found.size());
        std::partial_sort(
            found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
            [&](auto x, auto y) { return shared[x] != shared[y] ? shared[x] > shared[y] : x < y; });
        found.resize(kept);
    };
    keep_best(8 * most);
    for (; next < lists.size(); ++next) {
        for (const auto rare = worth(lists[next]); const auto node : found) {
            if (const auto* posting = find(*lists[next], node)) {
                add(*posting, rare);
            }
        }
    }
    keep_best(most);
    std::vector<graph::NodeId> nodes;
    nodes.reserve(found.size());
    for (const auto node : found) {
        nodes.push_back(graph::NodeId{node});
    }
    return nodes;
}

}  // namespace khom::index
