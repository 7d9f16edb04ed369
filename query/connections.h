#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/failure.h"
#include "query/entity.h"
#include "query/reading.h"

namespace khom::query {

struct ConnectionsQuestion {
    std::string source, target;
    int max_hops = 4;                  ///< 1 to 6
    int k = 3;                         ///< 1 to 20 chains
    std::string rank = "informative";  ///< or "shortest"
    std::vector<std::string> avoid;    ///< public ids not to pass through
    std::string from, to;              ///< valid time
};

/// One step of a chain, in the order of walking.
struct ConnectionStep {
    EntityRef from, to;
    StatementView statement;  ///< seen from `from`
    Wording sentence;  ///< whole sentences: who did what with whom, when; planned is not done,
                       ///< doubt is said
};

struct Connection {
    double score = 0;  ///< 0 to 1, higher tells more
    std::vector<ConnectionStep> steps;
    Wording sentence;  ///< the chain as one sentence
};

struct ConnectionsResult {
    std::uint64_t revision = 0;
    EntityRef source, target;
    std::vector<Connection> paths;  ///< best first, no node twice in one
    /// Empty, or why `paths` is: none_within_max_hops, only_through_hubs, filtered_out.
    std::string reason;
    Wording explanation;  ///< the reason in words, with what to try next
};

/// Why are these two connected? Hubs (the city, the initiative) are penalised, and chains that only
/// pass through them are not shown but said (`only_through_hubs`), unless rank is "shortest".
/// Refuses: entity_not_found naming which; argument_error naming the parameter (same entity twice,
/// max_hops, k, Buddhist year).
graph::Result<ConnectionsResult> connections(const Reading& reading,
                                             const ConnectionsQuestion& question);

}  // namespace khom::query
