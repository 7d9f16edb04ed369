// The index is of the graph as the statement found it. What the statement touched since is added to
// every answer: the filter that follows sees to the rest.

#include "query/operators/lookup.h"

#include <algorithm>
#include <string_view>

#include "graph/property_index.h"
#include "query/operators/evaluate.h"

namespace khom::query::operators {
namespace {

using graph::NodeId;
using graph::Value;
using graph::ValueKind;
using plan::PropertyLookup;

void scan(std::string_view label, const Execution& execution, std::vector<NodeId>& nodes) {
    if (label.empty()) {
        nodes = execution.graph->nodes();
    } else if (const auto known = execution.graph->label(label)) {
        nodes = execution.graph->nodes(*known);
    }
}

void from_index(const graph::PropertyIndex& index, const PropertyLookup& lookup,
                Execution& execution, std::vector<NodeId>& nodes) {
    const auto value = lookup.value == nullptr ? Value() : evaluate(*lookup.value, execution);
    switch (lookup.kind) {
        case PropertyLookup::Kind::equal:
            if (!value.is_null()) index.equal(value, nodes);
            return;
        case PropertyLookup::Kind::any_of:
            if (!value.is(
                    ValueKind::list)) {  // null finds nothing, the rest is the filter's to refuse
                if (!value.is_null()) scan(execution.base->name(index.label()), execution, nodes);
                return;
            }
            for (const auto& each : value.list()) {
                execution.meter.step();
                if (!each.is_null()) index.equal(each, nodes);
            }
            return;
        case PropertyLookup::Kind::prefix:
            if (value.is(ValueKind::string)) index.with_prefix(value.string(), nodes);
            return;
        case PropertyLookup::Kind::range: {
            const auto low = lookup.low == nullptr ? Value() : evaluate(*lookup.low, execution);
            const auto high = lookup.high == nullptr ? Value() : evaluate(*lookup.high, execution);
            const bool unknown = (lookup.low != nullptr && low.is_null()) ||
                                 (lookup.high != nullptr && high.is_null());
            if (!unknown) index.range(low, high, nodes);
            return;
        }
    }
}

/// Each node once, and only those that are still there.
void add_touched(const Execution& execution, std::vector<NodeId>& nodes) {
    const auto& touched = execution.draft->touched_nodes();
    if (touched.empty()) return;
    std::erase_if(nodes, [&](NodeId node) { return touched.contains(node); });
    for (const auto node : touched) {
        if (execution.graph->has(node)) nodes.push_back(node);
    }
}

}  // namespace

void look_up(const std::string& label, const PropertyLookup& lookup, Execution& execution,
             std::vector<NodeId>& nodes) {
    nodes.clear();
    const auto& base = *execution.base;
    const auto label_id = base.label(label);
    const auto key = base.property_key(lookup.key);
    const auto index = label_id && key ? base.index(*label_id, *key) : nullptr;
    if (index == nullptr) {
        scan(label, execution, nodes);
        return;
    }
    from_index(*index, lookup, execution, nodes);
    if (lookup.kind == PropertyLookup::Kind::any_of) {
        std::ranges::sort(nodes);
        nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    }
    if (execution.draft != nullptr) add_touched(execution, nodes);
}

}  // namespace khom::query::operators
