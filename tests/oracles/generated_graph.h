#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "graph/store.h"

namespace khom::oracles {

/// The seed of a random test: KHOM_SEED where it is set, else drawn. Tests print it.
inline std::uint64_t seed() {
    const char* given = std::getenv("KHOM_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

struct GraphShape {
    int nodes = 12;
    int relationships = 30;
};

/// A small graph with loops, parallel relationships, deleted nodes, three labels, three types,
/// certainties and times.
inline std::shared_ptr<const graph::Snapshot> generated_graph(std::mt19937_64& random,
                                                              GraphShape shape) {
    const auto store = graph::Store::in_memory({});
    const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    const std::vector<std::string> labels{"Program", "Partner", "Place"};
    const std::vector<std::string> types{"HELD_AT", "ORGANIZED_BY", "PART_OF"};
    const std::vector<std::string> certainties{"", "stated", "inferred", "doubtful"};
    const std::vector<std::string> times{"", "", "2020", "2021-05/2022", "2023-11-08", "2024~"};
    auto draft = store->begin();
    std::vector<graph::NodeId> nodes;
    for (int i = 0; i < shape.nodes; ++i) {
        graph::Map properties;
        const auto& time = times[static_cast<std::size_t>(below(6))];
        if (!time.empty()) properties["time"] = time;
        nodes.push_back(
            *draft.create_node({labels[static_cast<std::size_t>(below(3))]}, properties));
    }
    const auto skewed = [&] {  // low numbers are hubs
        const double u = std::uniform_real_distribution<double>(0, 1)(random);
        return nodes[static_cast<std::size_t>(shape.nodes * u * u)];
    };
    for (int i = 0; i < shape.relationships; ++i) {
        graph::Map properties;
        const auto& certainty = certainties[static_cast<std::size_t>(below(4))];
        const auto& time = times[static_cast<std::size_t>(below(6))];
        if (!certainty.empty()) properties["certainty"] = certainty;
        if (!time.empty()) properties["time"] = time;
        const auto from = skewed();
        const auto to = below(20) == 0 ? from : skewed();
        (void)draft.create_relationship(from, types[static_cast<std::size_t>(below(3))], to,
                                        properties);
    }
    draft.detach_erase(nodes.back());
    (void)store->commit(std::move(draft), {"test", "generated"});
    if (below(2) == 0) store->rebuild();  // settled, or all newer
    return store->snapshot();
}

}  // namespace khom::oracles
