#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/edtf.h"
#include "graph/entity.h"
#include "graph/id.h"
#include "graph/value.h"

namespace khom::graph {

/// Which way a relationship is followed from a node.
enum class Direction { out, in, both };

/// One relationship as seen from one of its ends. Sixteen bytes, so that a scan of neighbours is
/// short: hence at most 2^24 types and 2^40 nodes.
struct Adjacent {
    TypeId type : 24 {};
    NodeId neighbour : 40 {};
    RelationshipId relationship{};

    Adjacent() = default;
    Adjacent(TypeId of_type, NodeId to, RelationshipId by)
        : type(of_type), neighbour(to), relationship(by) {}
    auto operator<=>(const Adjacent&) const = default;
};
static_assert(sizeof(Adjacent) == 16);

/// The ends and the type of a relationship.
struct Endpoints {
    NodeId from{};
    TypeId type{};
    NodeId to{};
    bool operator==(const Endpoints&) const = default;
};

class PropertyIndex;
struct SnapshotData;  // the representation: rows, columns, what is newer (snapshot_private.h)

/// The whole graph at one revision: immutable, shared, safe to read from any thread.
///
/// Held as `std::shared_ptr<const Snapshot>`; pinning one for a request costs one reference count.
/// Asking for a node or relationship that is not there is a programmer's error, except in `has` and
/// `find`.
class Snapshot {
  public:
    explicit Snapshot(std::shared_ptr<const SnapshotData> data);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    Revision revision() const;
    std::size_t node_count() const;
    std::size_t relationship_count() const;
    /// Ids are below these; arrays indexed by id need this many places.
    std::size_t node_id_limit() const;
    std::size_t relationship_id_limit() const;

    bool has(NodeId node) const;
    bool has(RelationshipId relationship) const;

    /// The node whose property `id` is `public_id`. Redirects of merged nodes are not followed.
    /// Cost: one hash look-up.
    std::optional<NodeId> find(std::string_view public_id) const;
    std::optional<RelationshipId> find_relationship(std::string_view public_id) const;
    /// Where a merged node's old public id leads now; none if it was never merged.
    std::optional<std::string> redirected(std::string_view public_id) const;

    /// Names and numbers of labels, types and property keys. No number where the name was never
    /// used.
    std::optional<LabelId> label(std::string_view name) const;
    std::optional<TypeId> type(std::string_view name) const;
    std::optional<PropertyKeyId> property_key(std::string_view name) const;
    std::string_view name(LabelId label) const;
    std::string_view name(TypeId type) const;
    std::string_view name(PropertyKeyId key) const;
    std::size_t label_count() const;
    std::size_t type_count() const;
    std::size_t property_key_count() const;

    /// All nodes, or those with a label, in rising order of id. Cost: linear in the answer.
    std::vector<NodeId> nodes() const;
    std::vector<NodeId> nodes(LabelId label) const;
    /// How many nodes have a label, relationships have a type: exact, constant cost.
    std::size_t count(LabelId label) const;
    std::size_t count(TypeId type) const;
    /// The nodes with a label whose property equals a value as openCypher's `=` does, in rising
    /// order of id. Cost: linear in the answer and in what is newer than the last rebuild; the
    /// first question about a key makes an index of it, linear in the nodes.
    std::vector<NodeId> nodes_with(LabelId label, PropertyKeyId key, const Value& value) const;
    /// All relationships in rising order of id.
    std::vector<RelationshipId> relationships() const;
    std::vector<RelationshipId> relationships(TypeId type) const;

    /// The labels of a node, rising. Valid while the snapshot lives.
    std::span<const LabelId> labels(NodeId node) const;
    bool has_label(NodeId node, LabelId label) const;

    /// What leaves (`out`) or reaches (`in`) a node, sorted by type, neighbour, relationship;
    /// `both` is not accepted here. A loop is in both. Valid while the snapshot lives. Cost:
    /// constant, or one binary search by type.
    std::span<const Adjacent> adjacent(NodeId node, Direction direction) const;
    std::span<const Adjacent> adjacent(NodeId node, Direction direction, TypeId type) const;
    /// out + in; a loop counts twice.
    std::size_t degree(NodeId node) const;

    Endpoints endpoints(RelationshipId relationship) const;

    /// One property, null if absent. Cost: a binary search; long texts may come from disk.
    Value property(NodeId node, PropertyKeyId key) const;
    Value property(RelationshipId relationship, PropertyKeyId key) const;
    Value property(NodeId node, std::string_view key) const;
    Value property(RelationshipId relationship, std::string_view key) const;
    /// One property without making a Value: none if it is absent or of another kind. Cost:
    /// nanoseconds, nothing is copied. A text is valid while the snapshot lives.
    std::optional<std::string_view> text(NodeId node, PropertyKeyId key) const;
    std::optional<std::string_view> text(RelationshipId relationship, PropertyKeyId key) const;
    std::optional<std::int64_t> integer(NodeId node, PropertyKeyId key) const;
    std::optional<std::int64_t> integer(RelationshipId relationship, PropertyKeyId key) const;
    /// The days its property `time` may cover, as `days_of` reads it; none without that property.
    /// Cost: nanoseconds for what is settled, parsing for what is newer.
    std::optional<DaySpan> days(NodeId node) const;
    std::optional<DaySpan> days(RelationshipId relationship) const;
    /// All properties by name.
    Map properties(NodeId node) const;
    Map properties(RelationshipId relationship) const;

    /// The nodes of a label in the order of a property; none until asked for twice
    /// (`PropertyIndexes`). Not of a draft's view, whose content changes.
    std::shared_ptr<const PropertyIndex> index(LabelId label, PropertyKeyId key) const;

    /// Whole copies, as they stand in batches and in the log.
    Node node(NodeId node) const;
    Relationship relationship(RelationshipId relationship) const;

    /// For this folder's own files: the representation.
    const std::shared_ptr<const SnapshotData>& data() const { return data_; }

  private:
    std::shared_ptr<const SnapshotData> data_;
};

}  // namespace khom::graph
