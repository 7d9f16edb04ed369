#include "graph/unique_rule.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "graph/snapshot.h"
#include "graph/value_order.h"

namespace khom::graph {

namespace {

/// A look-up reads what is newer than the last rebuild; a scan reads the label once.
constexpr std::size_t most_look_ups = 32;

using Held = std::pair<Value, NodeId>;

/// The values that the batch gives to nodes of the label.
std::vector<Held> given(const Batch& batch, const Unique& unique) {
    std::vector<Held> all;
    for (const auto& change : batch.nodes) {
        if (!change.after || !std::ranges::binary_search(change.after->labels, unique.label)) {
            continue;
        }
        const auto found = change.after->properties.find(unique.key);
        if (found != change.after->properties.end()) all.emplace_back(found->second, change.id);
    }
    return all;
}

/// Two nodes with one value, if there are any.
std::optional<std::pair<NodeId, NodeId>> same_by_scan(const Snapshot& after, LabelId label,
                                                      PropertyKeyId key) {
    std::vector<Held> all;
    for (const auto node : after.nodes(label)) {
        if (auto value = after.property(node, key); !value.is_null()) {
            all.emplace_back(std::move(value), node);
        }
    }
    std::ranges::sort(all, [](const Held& one, const Held& other) {
        const auto values = order(one.first, other.first);
        return values != 0 ? values < 0 : one.second < other.second;
    });
    const auto twice = std::ranges::adjacent_find(
        all, [](const Held& one, const Held& other) { return order(one.first, other.first) == 0; });
    if (twice == all.end()) return std::nullopt;
    return std::pair(twice->second, std::next(twice)->second);
}

std::optional<std::pair<NodeId, NodeId>> same(const Batch& batch, const Snapshot& after,
                                              const Unique& unique) {
    const auto label = after.label(unique.label);
    const auto key = after.property_key(unique.key);
    const auto values = given(batch, unique);
    if (!label || !key || values.empty()) return std::nullopt;
    if (values.size() > most_look_ups) return same_by_scan(after, *label, *key);
    for (const auto& [value, node] : values) {
        for (const auto other : after.nodes_with(*label, *key, value)) {
            if (other != node) return std::pair(other, node);
        }
    }
    return std::nullopt;
}

std::string named(const Snapshot& graph, NodeId node) {
    const auto id = graph.property(node, public_id_key);
    const auto text = string_or_empty(id);
    return text.empty() ? "node " + std::to_string(number(node)) : "'" + std::string(text) + "'";
}

class UniqueRule : public BatchRule {
  public:
    explicit UniqueRule(std::vector<Unique> constraints) : constraints_(std::move(constraints)) {}

    std::vector<Refusal> check(const Batch& batch, const Snapshot& after) const override {
        std::vector<Refusal> all;
        for (const auto& unique : constraints_) {
            const auto both = same(batch, after, unique);
            if (!both) continue;
            all.push_back({RefusalCode::constraint_validation_failed,
                           named(after, both->first) + " and " + named(after, both->second) +
                               " have the same '" + unique.key + "', which is unique among " +
                               unique.label + " nodes.",
                           "CreateBlockedByConstraint",
                           {},
                           {}});
        }
        return all;
    }

  private:
    std::vector<Unique> constraints_;
};

}  // namespace

std::shared_ptr<const BatchRule> unique_rule(std::vector<Unique> constraints) {
    return std::make_shared<const UniqueRule>(std::move(constraints));
}

}  // namespace khom::graph
