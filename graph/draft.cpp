#include "graph/draft.h"

#include <algorithm>
#include <set>
#include <utility>

#include "graph/draft_private.h"
#include "graph/snapshot_private.h"

namespace khom::graph {

struct Draft::State {
    std::shared_ptr<const Snapshot> base;
    std::shared_ptr<SnapshotData> data;
    Snapshot view;
    std::set<NodeId> nodes;  // touched
    std::set<RelationshipId> relationships;
    std::vector<Redirect> redirects;

    explicit State(std::shared_ptr<const Snapshot> from)
        : base(std::move(from)), data(std::make_shared<SnapshotData>(*base->data())), view(data) {}
};

namespace {

std::optional<std::uint64_t> owner_of(const SnapshotData& data, NodeId, std::string_view id) {
    return data.find_node(id);
}

std::optional<std::uint64_t> owner_of(const SnapshotData& data, RelationshipId,
                                      std::string_view id) {
    return data.find_relationship(id);
}

template <class Id>
Result<void> check_free(const SnapshotData& data, std::string_view key, const Value& value,
                        Id owner) {
    if (key == public_id_key && value.is(ValueKind::string)) {
        const auto taken = owner_of(data, owner, value.string());
        if (taken && *taken != number(owner)) {
            return refuse_taken(value.string());
        }
    }
    return {};
}

template <class Id>
Result<void> check_all(const SnapshotData& data, const Map& properties, Id owner) {
    for (const auto& [key, value] : properties) {
        if (auto storable = check_storable(key, value); !storable) {
            return storable;
        }
        if (auto free = check_free(data, key, value, owner); !free) {
            return free;
        }
    }
    return {};
}

}  // namespace

tl::unexpected<Refusal> refuse_deleted() {
    return refuse(RefusalCode::entity_not_found, "It was deleted before in the same statement.",
                  "DeletedEntityAccess");
}

tl::unexpected<Refusal> refuse_taken(std::string_view public_id) {
    return refuse(RefusalCode::constraint_validation_failed,
                  "The id '" + std::string(public_id) + "' is taken already.");
}

Result<void> check_storable(std::string_view key, const Value& value) {
    if (!value.is_storable()) {
        return refuse(RefusalCode::type_error,
                      "Property '" + std::string(key) +
                          "' cannot hold a map, a node, a relationship or a path.",
                      "InvalidPropertyType");
    }
    return {};
}

Draft::Draft(std::shared_ptr<const Snapshot> base)
    : state_(std::make_unique<State>(std::move(base))) {}
Draft::~Draft() = default;
Draft::Draft(Draft&&) noexcept = default;
Draft& Draft::operator=(Draft&&) noexcept = default;

const Snapshot& Draft::view() const {
    return state_->view;
}

const Snapshot& Draft::base() const {
    return *state_->base;
}

const std::set<NodeId>& Draft::touched_nodes() const {
    return state_->nodes;
}

Result<NodeId> Draft::create_node(const std::vector<std::string>& labels, const Map& properties) {
    auto& data = *state_->data;
    const NodeId id{data.node_limit};
    return check_all(data, properties, id).map([&] {
        put_node(data, id, labels, properties);
        state_->nodes.insert(id);
        return id;
    });
}

Result<RelationshipId> Draft::create_relationship(NodeId from, std::string_view type, NodeId to,
                                                  const Map& properties) {
    auto& data = *state_->data;
    if (!view().has(from) || !view().has(to)) {
        return refuse_deleted();
    }
    const RelationshipId id{data.relationship_limit};
    return check_all(data, properties, id).map([&] {
        put_relationship(data, id, from, type, to, properties);
        state_->relationships.insert(id);
        return id;
    });
}

Result<void> Draft::set_property(NodeId node, std::string_view key, const Value& value) {
    if (!view().has(node)) {
        return refuse_deleted();
    }
    return check_all(*state_->data, {{std::string(key), value}}, node).map([&] {
        put_property(*state_->data, node, key, value);
        state_->nodes.insert(node);
    });
}

Result<void> Draft::set_property(RelationshipId relationship, std::string_view key,
                                 const Value& value) {
    if (!view().has(relationship)) {
        return refuse_deleted();
    }
    return check_all(*state_->data, {{std::string(key), value}}, relationship).map([&] {
        put_property(*state_->data, relationship, key, value);
        state_->relationships.insert(relationship);
    });
}

Result<void> Draft::replace_properties(NodeId node, const Map& properties) {
    if (!view().has(node)) {
        return refuse_deleted();
    }
    return check_all(*state_->data, properties, node).map([&] {
        for (const auto& [key, value] : view().properties(node)) {
            if (!properties.contains(key)) {
                put_property(*state_->data, node, key, Value());
            }
        }
        for (const auto& [key, value] : properties) {
            put_property(*state_->data, node, key, value);
        }
        state_->nodes.insert(node);
    });
}

Result<void> Draft::replace_properties(RelationshipId relationship, const Map& properties) {
    if (!view().has(relationship)) {
        return refuse_deleted();
    }
    return check_all(*state_->data, properties, relationship).map([&] {
        for (const auto& [key, value] : view().properties(relationship)) {
            if (!properties.contains(key)) {
                put_property(*state_->data, relationship, key, Value());
            }
        }
        for (const auto& [key, value] : properties) {
            put_property(*state_->data, relationship, key, value);
        }
        state_->relationships.insert(relationship);
    });
}

Result<void> Draft::add_label(NodeId node, std::string_view label) {
    if (!view().has(node)) {
        return refuse_deleted();
    }
    put_label(*state_->data, node, label);
    state_->nodes.insert(node);
    return {};
}

Result<void> Draft::remove_label(NodeId node, std::string_view label) {
    if (!view().has(node)) {
        return refuse_deleted();
    }
    drop_label(*state_->data, node, label);
    state_->nodes.insert(node);
    return {};
}

void Draft::erase(NodeId node) {
    if (view().has(node)) {
        remove_node(*state_->data, node);
        state_->nodes.insert(node);
    }
}

void Draft::erase(RelationshipId relationship) {
    if (view().has(relationship)) {
        remove_relationship(*state_->data, relationship);
        state_->relationships.insert(relationship);
    }
}

void Draft::detach_erase(NodeId node) {
    if (!view().has(node)) {
        return;
    }
    for (const auto direction : {Direction::out, Direction::in}) {
        const auto all = view().adjacent(node, direction);
        for (const auto& adjacent : std::vector<Adjacent>(all.begin(), all.end())) {
            erase(adjacent.relationship);
        }
    }
    erase(node);
}

namespace {

Node whole(const Snapshot& snapshot, NodeId id) {
    return snapshot.node(id);
}

Relationship whole(const Snapshot& snapshot, RelationshipId id) {
    return snapshot.relationship(id);
}

Value value_in(const Map& properties, const char* key) {
    const auto found = properties.find(key);
    return found == properties.end() ? Value() : found->second;
}

/// "'place:canal'", or "node 7" where there is no public id.
template <class Change>
std::string name_of(const Change& change, const char* kind) {
    const auto& whole = change.after ? change.after : change.before;
    const auto id = value_in(whole->properties, public_id_key);
    return id.is(ValueKind::string) ? "'" + std::string(id.string()) + "'"
                                    : std::string(kind) + " " + std::to_string(number(change.id));
}

/// As the batch left it, and what it had before can be had again.
template <class Change>
Result<void> check_reversible(const SnapshotData& data, const Snapshot& now, const Change& change,
                              const std::vector<Change>& all, const char* kind) {
    const auto current = now.has(change.id) ? std::optional(whole(now, change.id)) : std::nullopt;
    if (current != change.after) {
        return refuse(RefusalCode::conflict,
                      name_of(change, kind) + " was changed since; undo that first.");
    }
    const auto id = change.before ? value_in(change.before->properties, public_id_key) : Value();
    const auto owner = owner_of(data, change.id, string_or_empty(id));
    const auto goes = [&](std::uint64_t taken) {
        return std::any_of(all.begin(), all.end(),
                           [&](const Change& other) { return number(other.id) == taken; });
    };
    if (owner && *owner != number(change.id) && !goes(*owner)) {
        return refuse_taken(string_or_empty(id));
    }
    return {};
}

bool has_or_gets(const Snapshot& now, const Batch& back, NodeId id) {
    return now.has(id) ||
           std::any_of(back.nodes.begin(), back.nodes.end(),
                       [&](const auto& change) { return change.id == id && change.after; });
}

}  // namespace

Batch turned(const Batch& batch) {
    Batch back;
    for (const auto& change : batch.nodes) {
        back.nodes.push_back({change.id, change.after, change.before});
    }
    for (const auto& change : batch.relationships) {
        back.relationships.push_back({change.id, change.after, change.before});
    }
    for (const auto& redirect : batch.redirects) {
        back.redirects.push_back({redirect.from, ""});
    }
    return back;
}

Result<void> Draft::revert(const Batch& batch) {
    for (const auto& change : batch.nodes) {
        if (auto good = check_reversible(*state_->data, view(), change, batch.nodes, "node");
            !good) {
            return good;
        }
    }
    for (const auto& change : batch.relationships) {
        if (auto good = check_reversible(*state_->data, view(), change, batch.relationships,
                                         "relationship");
            !good) {
            return good;
        }
    }
    auto back = turned(batch);
    for (const auto& change : back.relationships) {
        // An end may have been deleted since.
        if (change.after && (!has_or_gets(view(), back, change.after->from) ||
                             !has_or_gets(view(), back, change.after->to))) {
            return refuse(RefusalCode::conflict,
                          "What is to be undone led to a node that was deleted since.");
        }
    }
    graph::apply(*state_->data, back);
    for (const auto& change : back.nodes) {
        state_->nodes.insert(change.id);
    }
    for (const auto& change : back.relationships) {
        state_->relationships.insert(change.id);
    }
    state_->redirects.insert(state_->redirects.end(), back.redirects.begin(), back.redirects.end());
    return {};
}

void Draft::redirect(std::string from, std::string into) {
    if (into.empty()) {
        own(state_->data->redirects).erase(from);
    } else {
        own(state_->data->redirects)[from] = into;
    }
    state_->redirects.push_back({std::move(from), std::move(into)});
}

std::optional<NodeId> Draft::dangling() const {
    const auto found = std::find_if(state_->nodes.begin(), state_->nodes.end(), [&](NodeId node) {
        return !view().has(node) && view().degree(node) > 0;
    });
    return found == state_->nodes.end() ? std::nullopt : std::optional(*found);
}

Batch Draft::batch() const {
    Batch batch;
    for (const auto id : state_->nodes) {
        NodeChange change{id, {}, {}};
        if (base().has(id)) {
            change.before = base().node(id);
        }
        if (view().has(id)) {
            change.after = view().node(id);
        }
        if (change.before != change.after) {
            batch.nodes.push_back(std::move(change));
        }
    }
    for (const auto id : state_->relationships) {
        RelationshipChange change{id, {}, {}};
        if (base().has(id)) {
            change.before = base().relationship(id);
        }
        if (view().has(id)) {
            change.after = view().relationship(id);
        }
        if (change.before != change.after) {
            batch.relationships.push_back(std::move(change));
        }
    }
    batch.redirects = state_->redirects;
    return batch;
}

}  // namespace khom::graph
