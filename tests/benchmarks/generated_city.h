#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "graph/store.h"
#include "graph/traversal/scope.h"
#include "graph/traversal/scratch.h"

namespace khom::benchmarks {

/// What graph_queries.csv asks; numbers are node ids, since nodes.csv numbers its rows from 0 as
/// the store does.
struct Questions {
    std::vector<graph::NodeId> starts;
    std::vector<std::pair<graph::NodeId, graph::NodeId>> pairs;
    std::vector<graph::NodeId> partners;
};
Questions read_questions(const std::filesystem::path& data);

/// Whether relationships get a `time` too: a year, a month or a day in EDTF, by turns.
enum class Times { none, edtf };

/// Loads nodes.csv and edges.csv of folder `data` into a new store at `path`, durably.
/// Properties as in the files: `gid`, `name_th`, `name_en`, `year`; the kind is the label.
void load(const std::filesystem::path& data, const std::filesystem::path& path, Times times);
std::unique_ptr<graph::Store> open(const std::filesystem::path& path);

/// The four questions of peers/README.md, asked of one snapshot, which it holds. Not for sharing
/// between threads.
class City {
  public:
    explicit City(std::shared_ptr<const graph::Snapshot> snapshot);

    /// Reads type, year, neighbour and its Thai name of all relationships of a node; how many there
    /// are.
    std::size_t one_hop(graph::NodeId start) const;
    /// Distinct nodes two relationships away, without the start.
    std::size_t two_hops(graph::NodeId start) const;
    /// The same over relationships whose time touches 2015 to 2019.
    std::size_t two_hops_within(graph::NodeId start) const;
    /// Relationships of a node whose time touches 2015 to 2019, and where they lead.
    std::size_t one_hop_within(graph::NodeId start) const;
    /// Length of the shortest path of at most 6; 0 where there is none.
    std::size_t path(graph::NodeId from, graph::NodeId to) const;
    /// Sum of the counts of the 50 partners that share most programmes, at least two, with one.
    std::size_t shared_programmes(graph::NodeId partner) const;

  private:
    std::shared_ptr<const graph::Snapshot> snapshot_;
    graph::PropertyKeyId year_{}, name_th_{};
    graph::TraversalFilter all_, partners_in_, within_;
    mutable graph::Scratch scratch_;
};

}  // namespace khom::benchmarks
