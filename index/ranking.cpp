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
    void sort() { std::sort(touched_.begin(), touched_.end()); }
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

    bool counts() const { return covers > 0 || clusters > 0; }
};

/// An alternative of a group: where its documents are. Of several terms that must stand together,
/// the list is made at once.
struct Source {
    const TermGroup::Alternative* alternative = nullptr;
    Postings together = nullptr;
    std::size_t size = 0;
};

struct Listed {
    std::vector<Source> sources;  ///< those that any document has
    std::size_t postings = 0;
    Worth worth;
};

/// What of a question is not yet asked of the documents.
struct Left {
    double covers = 0, clusters = 0;
};

/// The rarest of what counts is read whole, until what is left cannot make a match by itself; from
/// then on the documents found are asked whether they have the rest, and those that cannot become a
/// match any more are left out on the way, so that the longest lists meet the fewest.
class Ranking {
  public:
    Ranking(const Collection& collection, Scratch& scratch, const std::vector<TermGroup>& groups,
            const MayBeFound& may_be_found)
        : collection_(collection),
          scratch_(scratch),
          may_be_found_(may_be_found),
          length_worth_(k1 * b / collection.mean_length) {
        scratch_.given.reset(collection.lengths.size());
        for (const auto& group : groups) {
            groups_.push_back(listed(group));
            asked_.covers += groups_.back().worth.covers;
            asked_.clusters += groups_.back().worth.clusters;
        }
        std::stable_sort(groups_.begin(), groups_.end(), [](const auto& x, const auto& y) {
            return x.worth.counts() != y.worth.counts() ? x.worth.counts()
                                                        : x.postings < y.postings;
        });
    }

    std::vector<TextMatch> matches() {
        auto left = asked_;
        bool finds = true;
        for (const auto& group : groups_) {
            if (finds && !may_become_a_match({}, left)) {
                finds = false;
                scratch_.given.sort();
            }
            finds ? give_to_all(group) : give_to_found(group);
            left.covers = std::max(0.0, left.covers - group.worth.covers);
            left.clusters = std::max(0.0, left.clusters - group.worth.clusters);
            if (!finds && group.worth.counts()) {
                scratch_.given.take_back_if(
                    [&](const Given& given) { return !may_become_a_match(given, left); });
            }
        }
        return taken();
    }

  private:
    Listed listed(const TermGroup& group) const {
        Listed all;
        double having = 0;
        for (const auto& alternative : group.alternatives) {
            Source source{&alternative};
            source.together = alternative.with.empty() ? nullptr : together(alternative);
            source.size =
                source.together ? source.together->size() : collection_.frequency(alternative.term);
            all.postings += source.size;
            having += alternative.weight * static_cast<double>(source.size);
            if (source.size > 0) {
                all.sources.push_back(std::move(source));
            }
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
        if (from.sources.size() == 1) {
            const auto& alternative = *from.sources.front().alternative;
            const auto list = postings(from.sources.front());
            for (const auto& posting : *list) {
                give(posting.node, alternative.weight * posting.count, from.worth,
                     static_cast<float>(alternative.certainty));
            }
            return;
        }
        scratch_.counts.reset(collection_.lengths.size());
        scratch_.certain.reset(collection_.lengths.size());
        for (const auto& source : from.sources) {
            const auto weight = static_cast<float>(source.alternative->weight);
            const auto certainty = static_cast<float>(source.alternative->certainty);
            const auto list = postings(source);
            for (const auto& posting : *list) {
                scratch_.counts.at(posting.node) += weight * static_cast<float>(posting.count);
                auto& certain = scratch_.certain.at(posting.node);
                certain = std::max(certain, certainty);
            }
        }
        for (const auto node : scratch_.counts.touched()) {
            give(node, scratch_.counts[node], from.worth, scratch_.certain[node]);
        }
    }

    void give_to_found(const Listed& from) {
        const auto& found = scratch_.given.touched();
        std::vector<float> weighted(found.size()), certain(found.size());
        for (const auto& source : from.sources) {
            const auto weight = static_cast<float>(source.alternative->weight);
            const auto certainty = static_cast<float>(source.alternative->certainty);
            const auto counts = source.together
                                    ? counts_in(*source.together, found)
                                    : collection_.counts(source.alternative->term, found);
            for (std::size_t i = 0; i < found.size(); ++i) {
                weighted[i] += weight * static_cast<float>(counts[i]);
                certain[i] = counts[i] > 0 ? std::max(certain[i], certainty) : certain[i];
            }
        }
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (weighted[i] > 0) {
                give(found[i], weighted[i], from.worth, certain[i]);
            }
        }
    }

    /// Whether a document that has so much may be found if it has all that is left, too.
    bool may_become_a_match(const Given& given, const Left& left) const {
        constexpr double rounding = 1e-4;
        const auto at_most = [](double share) {
            return share > rounding ? share + rounding : share;
        };
        const auto covers = at_most(share(left.covers, asked_.covers));
        auto match = as_match({}, given);
        match.coverage += covers;
        match.met += covers;
        match.translated += covers;
        match.clusters += at_most(share(left.clusters, asked_.clusters));
        return may_be_found_(match);
    }

    std::vector<TextMatch> taken() const {
        std::vector<TextMatch> all;
        for (const auto node : scratch_.given.touched()) {
            const auto match = as_match(graph::NodeId{node}, scratch_.given[node]);
            if (may_be_found_(match)) {
                all.push_back(match);
            }
        }
        return all;
    }

    TextMatch as_match(graph::NodeId node, const Given& given) const {
        return {node,
                given.weight,
                share(given.covered, asked_.covers),
                share(given.met, asked_.covers),
                share(given.translated, asked_.covers),
                share(given.clusters, asked_.clusters)};
    }

    Postings postings(const Source& source) const {
        return source.together ? source.together : collection_.postings(source.alternative->term);
    }

    /// The documents that have all terms of an alternative, with the least of their counts.
    Postings together(const TermGroup::Alternative& alternative) const {
        auto all = *collection_.postings(alternative.term);
        for (const auto& term : alternative.with) {
            std::vector<std::uint32_t> nodes;
            nodes.reserve(all.size());
            for (const auto& one : all) {
                nodes.push_back(one.node);
            }
            const auto counts = collection_.counts(term, nodes);
            auto count = counts.begin();
            std::erase_if(all, [&](Posting& one) {
                one.count = std::min(one.count, *count++);
                return one.count == 0;
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
    const MayBeFound& may_be_found_;
    double length_worth_;  // what one more term of a text adds to its norm
    std::vector<Listed> groups_;
    Left asked_;
};

}  // namespace

Counts counts_in(const std::vector<Posting>& list, std::span<const std::uint32_t> nodes) {
    constexpr std::size_t steps = 16;  // of a search
    Counts counts(nodes.size());
    const bool is_short = list.size() < nodes.size() * steps;
    auto at = list.begin();
    const auto is_before = [](const Posting& one, std::uint32_t node) { return one.node < node; };
    for (std::size_t i = 0; i < nodes.size() && at != list.end(); ++i) {
        if (is_short) {
            at = std::find_if_not(at, list.end(),
                                  [&](const auto& one) { return is_before(one, nodes[i]); });
        } else {
            at = std::lower_bound(at, list.end(), nodes[i], is_before);
        }
        counts[i] = at != list.end() && at->node == nodes[i] ? at->count : 0;
    }
    return counts;
}

std::vector<TextMatch> ranked(const Collection& collection, const std::vector<TermGroup>& groups,
                              const MayBeFound& may_be_found) {
    thread_local Scratch scratch;
    return Ranking(collection, scratch, groups, may_be_found).matches();
}

std::vector<graph::NodeId> sharing_most(const Collection& collection,
                                        const std::vector<std::string>& terms, std::size_t most) {
    constexpr std::size_t enough = 20'000;  // postings that are all read
    constexpr float half_said = 8;          // so often as a name says it once (fields.h)
    std::vector<std::pair<std::size_t, const std::string*>> rarest;
    for (const auto& term : terms) {
        if (const auto having = collection.frequency(term); having > 0) {
            rarest.emplace_back(having, &term);
        }
    }
    std::sort(rarest.begin(), rarest.end(), [](const auto& x, const auto& y) {
        return x.first != y.first ? x.first < y.first : *x.second < *y.second;
    });
    thread_local OfDocuments<float> shared;
    shared.reset(collection.lengths.size());
    const auto add = [&](std::uint32_t node, std::uint32_t times, float rare) {
        const auto count = static_cast<float>(times);
        shared.at(node) += rare * count / (count + half_said);
    };
    const auto rare = [&](std::size_t having) {
        return static_cast<float>(
            rarity(static_cast<double>(collection.documents), static_cast<double>(having)));
    };
    std::size_t next = 0;
    for (std::size_t read = 0; next < rarest.size() && read < enough; ++next) {
        const auto& [having, term] = rarest[next];
        const auto worth = rare(having);
        const auto list = collection.postings(*term);
        for (const auto& posting : *list) {
            add(posting.node, posting.count, worth);
        }
        read += having;
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
    std::sort(found.begin(), found.end());
    for (; next < rarest.size(); ++next) {
        const auto& [having, term] = rarest[next];
        const auto worth = rare(having);
        const auto counts = collection.counts(*term, found);
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (counts[i] > 0) {
                add(found[i], counts[i], worth);
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
