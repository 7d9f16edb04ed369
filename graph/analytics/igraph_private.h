#pragma once

// The seal around igraph, the only files that name it. The library keeps its random numbers, its
// error handler and its stack of things to free in globals, so whoever calls it holds its one lock
// (Igraph). Its errors are codes: `on_igraph` turns them into faults, and the budget's end into a
// refusal.

#include <igraph/igraph.h>

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "graph/analytics/weighted_graph.h"
#include "graph/failure.h"
#include "graph/traversal/scope.h"

namespace khom::graph {

/// A vector of the library, freed with its scope.
class IgraphReals {
  public:
    IgraphReals();
    explicit IgraphReals(const std::vector<double>& values);
    ~IgraphReals() { igraph_vector_destroy(&vector_); }
    IgraphReals(const IgraphReals&) = delete;
    IgraphReals& operator=(const IgraphReals&) = delete;
    igraph_vector_t* get() { return &vector_; }
    std::vector<double> values() const;

  private:
    igraph_vector_t vector_{};
};

class IgraphIntegers {
  public:
    IgraphIntegers();
    explicit IgraphIntegers(const std::vector<std::uint32_t>& values);
    ~IgraphIntegers() { igraph_vector_int_destroy(&vector_); }
    IgraphIntegers(const IgraphIntegers&) = delete;
    IgraphIntegers& operator=(const IgraphIntegers&) = delete;
    igraph_vector_int_t* get() { return &vector_; }
    std::vector<std::size_t> values() const;

  private:
    igraph_vector_int_t vector_{};
};

/// Thrown within this folder when the budget ends inside the library; `measured` makes it a
/// refusal.
struct Interrupted {
    RefusalCode code = RefusalCode::deadline_exceeded;
};

/// The library, locked for one measure, and one graph in it.
class Igraph {
  public:
    /// Waits for the lock, seeds the random numbers, hands the graph over.
    Igraph(const WeightedGraph& graph, const Budget& budget);
    ~Igraph();
    Igraph(const Igraph&) = delete;
    Igraph& operator=(const Igraph&) = delete;

    const igraph_t* get() const { return &graph_; }
    igraph_vector_t* weights() { return weights_->get(); }
    /// Throws Fault, or Interrupted.
    void on_igraph(const char* task, igraph_error_t code) const;

  private:
    std::unique_lock<std::mutex> lock_;
    igraph_t graph_{};
    std::optional<IgraphReals> weights_;
};

/// Refuses what a measure cannot take.
Result<void> check(const WeightedGraph& graph);

/// Runs `measure(library)` on a graph that passes `check`.
template <class Measure>
auto measured(const WeightedGraph& graph, const Budget& budget, Measure&& measure)
    -> Result<decltype(measure(std::declval<Igraph&>()))> {
    if (const auto sound = check(graph); !sound) return tl::unexpected(sound.error());
    try {
        Igraph library(graph, budget);
        return measure(library);
    } catch (const Interrupted& interrupted) {
        return refuse(interrupted.code,
                      "The time for this request ended while the network was measured.");
    }
}

}  // namespace khom::graph
