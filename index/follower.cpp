// A document depends on its node, on the names of its neighbours, on which of them are hubs, and on
// all names of the graph that its text mentions (document.h). Each of these is undone here.

#include "index/follower.h"

#include <algorithm>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/fields.h"

namespace khom::index {

namespace {

constexpr std::size_t most_entries_at_once = 100;
constexpr std::size_t most_names = 2000, most_nodes = 20000;

std::set<std::string> names_of(const std::optional<graph::Node>& node) {
    std::set<std::string> all;
    if (!node) {
        return all;
    }
    for (const auto& field : fields()) {
        const auto found = node->properties.find(field.property);
        if (field.role > FieldRole::alias || found == node->properties.end()) {
            continue;
        }
        auto texts = graph::strings_of(found->second);
        if (found->second.is(graph::ValueKind::string)) {
            texts.push_back(found->second.string());
        }
        for (const auto text : texts) {
            all.insert(canonical(text).text);
        }
    }
    return all;
}

void add(const graph::Batch& batch, Changes& changes) {
    for (const auto& change : batch.nodes) {
        changes.nodes.insert(change.id);
        const auto before = names_of(change.before), after = names_of(change.after);
        if (before != after) {
            changes.names_changed = true;
            changes.renamed.insert(change.id);
            changes.names.insert(before.begin(), before.end());
            changes.names.insert(after.begin(), after.end());
        }
    }
    for (const auto& change : batch.relationships) {
        const auto& one = change.after ? *change.after : *change.before;
        for (const auto end : {one.from, one.to}) {
            changes.nodes.insert(end);
            ++changes.linked[end];
        }
    }
}

template <class Take>
void each_neighbour(const graph::Snapshot& graph, graph::NodeId node, Take take) {
    for (const auto direction : {graph::Direction::out, graph::Direction::in}) {
        for (const auto& adjacent : graph.adjacent(node, direction)) {
            take(adjacent.neighbour);
        }
    }
}

/// Documents with every term that a text with this name in it must have, however it is cut.
std::vector<graph::NodeId> may_mention(const std::string& name, const TextIndex& before) {
    std::vector<std::string> needed;
    const auto terms = terms_of(name);
    for (const auto& pair : terms.clusters) {
        needed.push_back(term(TermKind::clusters, pair));
    }
    if (needed.empty()) {
        for (const auto& word : terms.words) {
            needed.push_back(term(TermKind::word, word));
        }
    }
    std::vector<graph::NodeId> all;
    for (std::size_t i = 0; i < needed.size() && (i == 0 || !all.empty()); ++i) {
        const auto having = before.having(needed[i]);
        if (i == 0) {
            all = having;
            continue;
        }
        std::vector<graph::NodeId> both;
        std::set_intersection(all.begin(), all.end(), having.begin(), having.end(),
                              std::back_inserter(both));
        all = std::move(both);
    }
    return all;
}

}  // namespace

Changes changes_since(std::optional<graph::Revision> from, const graph::Snapshot& to,
                      const graph::ChangeLog& log) {
    Changes changes;
    changes.all = !from || *from > to.revision();
    while (!changes.all && *from < to.revision()) {
        const auto entries = log.read(*from, most_entries_at_once);
        if (!entries || entries->empty()) {
            changes.all = true;
            break;
        }
        for (const auto& entry : *entries) {
            if (entry.revision <= to.revision()) {
                add(entry.batch, changes);
            }
            from = entry.revision;
        }
        changes.all = changes.names.size() > most_names || changes.nodes.size() > most_nodes ||
                      2 * changes.nodes.size() > to.node_count();
    }
    return changes;
}

std::set<graph::NodeId> affected(const Changes& changes, const graph::Snapshot& graph,
                                 const TextIndex& before) {
    auto all = changes.nodes;
    const auto add_neighbours = [&](graph::NodeId node) {
        each_neighbour(graph, node, [&](auto neighbour) { all.insert(neighbour); });
    };
    for (const auto node : changes.renamed) {
        if (graph.has(node) && graph.degree(node) <= most_neighbours) {
            add_neighbours(node);
        }
    }
    for (const auto& [node, count] : changes.linked) {
        const auto degree = graph.has(node) ? graph.degree(node) : 0;
        const bool was_or_is_hub = degree + count > most_neighbours;
        const bool was_or_is_none = degree <= most_neighbours + count;
        if (degree > 0 && was_or_is_hub && was_or_is_none) {
            add_neighbours(node);
        }
    }
    for (const auto& name : changes.names) {
        for (const auto node : may_mention(name, before)) {
            all.insert(node);
        }
    }
    // A word of the dictionary cuts names too, and neighbours carry them.
    for (const auto& word : changes.words) {
        for (const auto node : may_mention(word, before)) {
            all.insert(node);
            if (graph.has(node) && graph.degree(node) <= most_neighbours) {
                add_neighbours(node);
            }
        }
    }
    return all;
}

}  // namespace khom::index
