#include <algorithm>

#include "graph/analytics/igraph_private.h"

namespace khom::graph {

namespace {

constexpr std::size_t most_nodes = 100'000;
constexpr std::size_t most_edges = 1'000'000;
constexpr igraph_uint_t seed = 20200923;  // any fixed number; the day the city joined

std::mutex& the_lock() {
    static std::mutex lock;
    return lock;
}

/// Whose budget the library looks at while it works: it hands no data to its interruption handler.
/// Guarded by the lock.
struct Watch {
    const Budget* budget = nullptr;
    RefusalCode code = RefusalCode::deadline_exceeded;
};
Watch& watch() {
    static Watch one;
    return one;
}

bool is_over(Watch& watched) {
    const auto& budget = *watched.budget;
    if (budget.cancelled != nullptr && budget.cancelled->load(std::memory_order_relaxed)) {
        watched.code = RefusalCode::cancelled;
        return true;
    }
    watched.code = RefusalCode::deadline_exceeded;
    return budget.deadline && std::chrono::steady_clock::now() >= *budget.deadline;
}

igraph_error_t look_at_budget(void*) {
    if (watch().budget == nullptr || !is_over(watch())) return IGRAPH_SUCCESS;
    IGRAPH_FINALLY_FREE();  // as the library asks of a handler that interrupts
    return IGRAPH_INTERRUPTED;
}

void require(igraph_error_t code) {
    if (code != IGRAPH_SUCCESS) throw Fault(std::string("igraph: ") + igraph_strerror(code));
}

}  // namespace

IgraphReals::IgraphReals() {
    require(igraph_vector_init(&vector_, 0));
}

IgraphReals::IgraphReals(const std::vector<double>& values) {
    require(igraph_vector_init(&vector_, static_cast<igraph_integer_t>(values.size())));
    std::copy(values.begin(), values.end(), VECTOR(vector_));
}

std::vector<double> IgraphReals::values() const {
    return {VECTOR(vector_), VECTOR(vector_) + igraph_vector_size(&vector_)};
}

IgraphIntegers::IgraphIntegers() {
    require(igraph_vector_int_init(&vector_, 0));
}

IgraphIntegers::IgraphIntegers(const std::vector<std::uint32_t>& values) {
    require(igraph_vector_int_init(&vector_, static_cast<igraph_integer_t>(values.size())));
    std::copy(values.begin(), values.end(), VECTOR(vector_));
}

std::vector<std::size_t> IgraphIntegers::values() const {
    std::vector<std::size_t> values;
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&vector_); ++i) {
        values.push_back(static_cast<std::size_t>(VECTOR(vector_)[i]));
    }
    return values;
}

Igraph::Igraph(const WeightedGraph& graph, const Budget& budget) : lock_(the_lock()) {
    igraph_set_error_handler(&igraph_error_handler_ignore);
    igraph_set_warning_handler(&igraph_warning_handler_ignore);
    igraph_set_interruption_handler(&look_at_budget);
    watch().budget = &budget;
    if (is_over(watch())) throw Interrupted{watch().code};
    require(igraph_rng_seed(igraph_rng_default(), seed));

    std::vector<std::uint32_t> ends;
    std::vector<double> weights;
    for (const auto& edge : graph.edges) {
        ends.push_back(edge.one);
        ends.push_back(edge.other);
        weights.push_back(edge.weight);
    }
    IgraphIntegers edges(ends);
    weights_.emplace(weights);
    require(igraph_create(&graph_, edges.get(), static_cast<igraph_integer_t>(graph.node_count),
                          IGRAPH_UNDIRECTED));
}

Igraph::~Igraph() {
    igraph_destroy(&graph_);
    watch().budget = nullptr;
}

void Igraph::on_igraph(const char* task, igraph_error_t code) const {
    if (code == IGRAPH_INTERRUPTED) throw Interrupted{watch().code};
    if (code != IGRAPH_SUCCESS) throw Fault(std::string(task) + ": " + igraph_strerror(code));
}

Result<void> check(const WeightedGraph& graph) {
    if (graph.node_count > most_nodes || graph.edges.size() > most_edges) {
        return refuse(RefusalCode::limit_exceeded,
                      "Networks of at most 100,000 nodes and 1,000,000 edges are measured.");
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const auto& edge : graph.edges) {
        const bool sound = edge.one != edge.other && edge.one < graph.node_count &&
                           edge.other < graph.node_count && edge.weight > 0;
        if (!sound) {
            return refuse(RefusalCode::argument_error,
                          "An edge of a network joins two of its nodes, with a weight above 0.");
        }
        pairs.emplace_back(std::minmax(edge.one, edge.other));
    }
    std::ranges::sort(pairs);
    if (std::ranges::adjacent_find(pairs) != pairs.end()) {
        return refuse(RefusalCode::argument_error, "A network has one edge between two nodes.");
    }
    return {};
}

}  // namespace khom::graph
