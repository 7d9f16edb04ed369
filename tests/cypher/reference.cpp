#include "tests/cypher/reference.h"

#include <algorithm>
#include <set>

namespace khom::reference {
namespace {

int pick(std::mt19937_64& random, int below) {
    return static_cast<int>(random() % static_cast<std::uint64_t>(below));
}

std::string variable_text(int variable) {
    return "v" + std::to_string(variable);
}

std::optional<bool> holds(const Graph& graph, const Predicate& predicate,
                          const std::map<int, int>& bound) {
    const auto x_of = [&](int variable) {
        return graph.nodes[static_cast<std::size_t>(bound.at(variable))].x;
    };
    const auto left = x_of(predicate.left);
    const auto right = predicate.right ? x_of(*predicate.right) : std::optional(predicate.number);
    if (!left || !right) return std::nullopt;
    if (predicate.op == "<") return *left < *right;
    if (predicate.op == "=") return *left == *right;
    if (predicate.op == "<>") return *left != *right;
    return *left >= *right;
}

/// The search: where it stands, and what it has chosen so far.
struct Search {
    const Graph& graph;
    const Pattern& pattern;
    const std::optional<Predicate>& predicate;
    std::map<int, int> bound;
    std::vector<std::vector<int>> chosen;  // relationships of each step
    std::set<int> used;
    Bag found;

    void node(std::size_t place, int id) {
        const auto& wanted = pattern.nodes[place];
        const auto& node = graph.nodes[static_cast<std::size_t>(id)];
        if (!wanted.label.empty() && wanted.label != node.label) return;
        if (wanted.x && wanted.x != node.x) return;
        const auto before = bound.find(wanted.variable);
        if (before != bound.end() && before->second != id) return;
        const bool added = bound.emplace(wanted.variable, id).second;
        if (place == pattern.steps.size()) {
            emit();
        } else {
            chosen.emplace_back();
            step(place, id);
            chosen.pop_back();
        }
        if (added) bound.erase(wanted.variable);
    }

    /// From `id`, having walked chosen.back() of the step so far.
    void step(std::size_t place, int id) {
        const auto& wanted = pattern.steps[place];
        const auto [min, max] = wanted.hops.value_or(std::pair(1, 1));
        const auto walked = static_cast<int>(chosen.back().size());
        if (walked >= min) node(place + 1, id);
        if (walked >= max) return;
        for (int i = 0; i < static_cast<int>(graph.relationships.size()); ++i) {
            const auto& each = graph.relationships[static_cast<std::size_t>(i)];
            if (used.contains(i) || (!wanted.type.empty() && wanted.type != each.type)) continue;
            std::set<int> ends;
            if (wanted.way != Pattern::Way::in && each.from == id) ends.insert(each.to);
            if (wanted.way != Pattern::Way::out && each.to == id) ends.insert(each.from);
            for (const auto end : ends) {
                used.insert(i);
                chosen.back().push_back(i);
                step(place, end);
                chosen.back().pop_back();
                used.erase(i);
            }
        }
    }

    void emit() {
        if (predicate && holds(graph, *predicate, bound) != true) return;
        std::string row;
        for (const auto variable : pattern.variables())
            row += (row.empty() ? "" : " | ") + std::to_string(bound.at(variable));
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            std::string list;
            for (const auto id : chosen[i]) list += (list.empty() ? "" : ", ") + std::to_string(id);
            row += " | " + (pattern.steps[i].hops ? "[" + list + "]" : list);
        }
        found.push_back(row);
    }
};

}  // namespace

std::string Graph::statement() const {
    std::string text;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        text += (i == 0 ? "CREATE " : ", ") + std::string("(n") + std::to_string(i) + ":" +
                nodes[i].label +
                (nodes[i].x ? " {x: " + std::to_string(*nodes[i].x) + "}" : std::string()) + ")";
    }
    for (const auto& each : relationships) {
        text += ", (n" + std::to_string(each.from) + ")-[:" + each.type + "]->(n" +
                std::to_string(each.to) + ")";
    }
    return text;
}

std::vector<int> Pattern::variables() const {
    std::set<int> all;
    for (const auto& node : nodes) all.insert(node.variable);
    return {all.begin(), all.end()};
}

std::string Pattern::text() const {
    std::string text;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto& node = nodes[i];
        text += "(" + variable_text(node.variable) + (node.label.empty() ? "" : ":" + node.label) +
                (node.x ? " {x: " + std::to_string(*node.x) + "}" : std::string()) + ")";
        if (i == steps.size()) break;
        const auto& step = steps[i];
        text += step.way == Way::in ? "<-[" : "-[";
        text += "r" + std::to_string(i) + (step.type.empty() ? "" : ":" + step.type);
        if (step.hops) {
            text +=
                "*" + std::to_string(step.hops->first) + ".." + std::to_string(step.hops->second);
        }
        text += step.way == Way::out ? "]->" : "]-";
    }
    return text;
}

Pattern Pattern::reversed() const {
    auto turned = *this;
    std::ranges::reverse(turned.nodes);
    std::ranges::reverse(turned.steps);
    for (auto& step : turned.steps) {
        if (step.way != Way::both) step.way = step.way == Way::out ? Way::in : Way::out;
    }
    return turned;
}

std::string Predicate::text() const {
    return variable_text(left) + ".x " + op + " " +
           (right ? variable_text(*right) + ".x" : std::to_string(number));
}

Bag matches(const Graph& graph, const Pattern& pattern, const std::optional<Predicate>& predicate) {
    Search search{graph, pattern, predicate, {}, {}, {}, {}};
    for (int id = 0; id < static_cast<int>(graph.nodes.size()); ++id) search.node(0, id);
    std::ranges::sort(search.found);
    return search.found;
}

std::string columns(const Pattern& pattern) {
    std::string text;
    for (const auto variable : pattern.variables())
        text += (text.empty() ? "id(" : ", id(") + variable_text(variable) + ")";
    for (std::size_t i = 0; i < pattern.steps.size(); ++i) {
        const auto name = "r" + std::to_string(i);
        text += pattern.steps[i].hops ? ", [r IN " + name + " | id(r)]" : ", id(" + name + ")";
    }
    return text;
}

Graph random_graph(std::mt19937_64& random) {
    Graph graph;
    const int nodes = 1 + pick(random, 5);
    for (int i = 0; i < nodes; ++i) {
        graph.nodes.push_back(
            {pick(random, 2) == 0 ? "A" : "B",
             pick(random, 4) == 0 ? std::nullopt : std::optional(pick(random, 3))});
    }
    const int relationships = pick(random, 8);
    for (int i = 0; i < relationships; ++i) {
        graph.relationships.push_back(
            {pick(random, nodes), pick(random, nodes), pick(random, 3) == 0 ? "U" : "T"});
    }
    return graph;
}

Pattern random_pattern(std::mt19937_64& random) {
    Pattern pattern;
    const int steps = pick(random, 4);
    for (int i = 0; i <= steps; ++i) {
        Pattern::Node node;
        node.variable = pick(random, 6) == 0 && i > 0 ? pick(random, i) : i;
        if (pick(random, 3) == 0) node.label = pick(random, 2) == 0 ? "A" : "B";
        if (pick(random, 5) == 0) node.x = pick(random, 3);
        pattern.nodes.push_back(node);
    }
    for (int i = 0; i < steps; ++i) {
        Pattern::Step step;
        const int way = pick(random, 3);
        step.way = way == 0 ? Pattern::Way::out : way == 1 ? Pattern::Way::in : Pattern::Way::both;
        if (pick(random, 2) == 0) step.type = pick(random, 2) == 0 ? "T" : "U";
        if (pick(random, 4) == 0) {
            const int min = pick(random, 3);
            step.hops = std::pair(min, min + pick(random, 3));
        }
        pattern.steps.push_back(step);
    }
    return pattern;
}

Predicate random_predicate(std::mt19937_64& random, const Pattern& pattern) {
    const auto variables = pattern.variables();
    const auto any = [&] {
        return variables[static_cast<std::size_t>(
            pick(random, static_cast<int>(variables.size())))];
    };
    constexpr const char* operators[] = {"<", "=", "<>", ">="};
    Predicate predicate;
    predicate.left = any();
    predicate.op = operators[pick(random, 4)];
    if (pick(random, 2) == 0) predicate.right = any();
    predicate.number = pick(random, 3);
    return predicate;
}

}  // namespace khom::reference
