#include "graph/draft.h"

#include <algorithm>
#include <set>
#include <utility>

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

tl::unexpected<Refusal> deleted() {
    return refuse(RefusalCode::entity_not_found, "It was deleted before in the same statement.",
                  "DeletedEntityAccess");
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
    if (key == kPublicId && value.is(ValueKind::string)) {
        const auto taken = owner_of(data, owner, value.string());
        if (taken && *taken != number(owner)) {
            return refuse(RefusalCode::constraint_validation_failed,
                          "The id '" + std::string(value.string()) + "' is taken already.");
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
        return deleted();
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
        return deleted();
    }
    return check_all(*state_->data, {{std::string(key), value}}, node).map([&] {
        put_property(*state_->data, node, key, value);
        state_->nodes.insert(node);
    });
}

Result<void> Draft::set_property(RelationshipId relationship, std::string_view key,
                                 const Value& value) {
    if (!view().has(relationship)) {
        return deleted();
    }
    return check_all(*state_->data, {{std::string(key), value}}, relationship).map([&] {
        put_property(*state_->data, relationship, key, value);
        state_->relationships.insert(relationship);
    });
}

Result<void> Draft::replace_properties(NodeId node, const Map& properties) {
    if (!view().has(node)) {
        return deleted();
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
        return deleted();
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
        return deleted();
    }
    put_label(*state_->data, node, label);
    state_->nodes.insert(node);
    return {};
}

Result<void> Draft::remove_label(NodeId node, std::string_view label) {
    if (!view().has(node)) {
        return deleted();
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

void Draft::redirect(std::string from, std::string into) {
    own(state_->data->redirects)[from] = into;
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
