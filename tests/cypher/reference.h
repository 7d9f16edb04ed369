#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace khom::reference {

/// A graph small enough to try everything on. Node and relationship numbers are the engine's ids.
struct Graph {
    struct Node {
        std::string label;
        std::optional<int> x;
    };
    struct Relationship {
        int from = 0, to = 0;
        std::string type;
    };
    std::vector<Node> nodes;
    std::vector<Relationship> relationships;

    /// One statement that makes it, nodes and relationships in order.
    std::string statement() const;
};

/// One path: nodes by variable, so that a variable may stand twice, and steps between them.
struct Pattern {
    struct Node {
        int variable = 0;
        std::string label;     ///< empty: any
        std::optional<int> x;  ///< `{x: …}`
    };
    enum class Way { out, in, both };
    struct Step {
        Way way = Way::out;
        std::string type;                         ///< empty: any
        std::optional<std::pair<int, int>> hops;  ///< none: a single relationship
    };
    std::vector<Node> nodes;
    std::vector<Step> steps;  ///< one less

    std::string text() const;
    Pattern reversed() const;
    /// The named variables, each once.
    std::vector<int> variables() const;
};

/// `a.x op b.x` or `a.x op number`, under openCypher's three values.
struct Predicate {
    int left = 0;
    std::string op;            ///< "<", "=", "<>", ">="
    std::optional<int> right;  ///< a variable, …
    int number = 0;            ///< … or this

    std::string text() const;
};

/// Rows as text, sorted: the ids of the variables and of every step's relationships.
using Bag = std::vector<std::string>;

/// All matches of the pattern for which the predicate, if there is one, is true: by trying every
/// node and every relationship at every place. No relationship is used twice.
Bag matches(const Graph& graph, const Pattern& pattern, const std::optional<Predicate>& predicate);

Graph random_graph(std::mt19937_64& random);
Pattern random_pattern(std::mt19937_64& random);
Predicate random_predicate(std::mt19937_64& random, const Pattern& pattern);

/// What RETURN must list for rows to read as those of `matches`.
std::string columns(const Pattern& pattern);

}  // namespace khom::reference
