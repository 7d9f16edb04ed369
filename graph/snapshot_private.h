#pragma once

// The representation of a snapshot: a settled base (base.h), and beside it whole records of all
// that is newer, in tries that successors share. A record that is there hides what the base says.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/base.h"
#include "graph/own.h"
#include "graph/property_index.h"
#include "graph/snapshot.h"
#include "graph/trie.h"

namespace khom::graph {

using Properties = std::vector<std::pair<PropertyKeyId, Value>>;  // sorted by key

struct NodeRecord {
    bool alive = false;
    std::vector<LabelId> labels;
    Properties properties;
    std::array<std::vector<Adjacent>, 2> rows;  // [out, in], sorted
};

struct RelationshipRecord {
    bool alive = false;
    Endpoints ends;
    Properties properties;
};

/// Of a name, without making a std::string of it.
struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
        return std::hash<std::string_view>()(name);
    }
};

/// Names and numbers, in order of first use. Every property read by its name is looked up here.
struct Symbols {
    std::vector<std::string> names;
    std::unordered_map<std::string, std::uint32_t, NameHash, std::equal_to<>> numbers;

    std::uint32_t number_of(std::string_view name);
};

/// Public id → number, or none where the base's is taken back; in shards so that a change copies a
/// small part.
class PublicIds {
  public:
    PublicIds();
    /// Null if nothing is newer than the base.
    const std::optional<std::uint64_t>* find(std::string_view id) const;
    void put(std::string_view id, std::optional<std::uint64_t> number);

  private:
    static constexpr std::size_t shard_count = 64;
    using Shard = std::map<std::string, std::optional<std::uint64_t>, std::less<>>;
    static std::size_t shard_of(std::string_view id);
    std::array<std::shared_ptr<Shard>, shard_count> shards_;
};

/// Who got and who lost a label since the base.
struct LabelChanges {
    std::vector<NodeId> added, removed;  // sorted
};

struct SnapshotData {
    Revision revision{};
    std::shared_ptr<const Base> base = std::make_shared<const Base>();
    Trie<NodeRecord> nodes;
    Trie<RelationshipRecord> relationships;
    std::size_t newer = 0;  // records in the tries: what a rebuild would settle
    std::size_t node_limit = 0, relationship_limit = 0;
    std::size_t alive_nodes = 0, alive_relationships = 0;
    std::shared_ptr<Symbols> labels = std::make_shared<Symbols>();
    std::shared_ptr<Symbols> types = std::make_shared<Symbols>();
    std::shared_ptr<Symbols> keys = std::make_shared<Symbols>();
    PublicIds node_ids, relationship_ids;
    /// Of this state; drafts, whose content changes, do not ask them.
    std::shared_ptr<PropertyIndexes> indexes = std::make_shared<PropertyIndexes>();
    std::vector<std::shared_ptr<LabelChanges>> by_label;
    std::vector<std::size_t> by_type;  // counts
    std::shared_ptr<std::map<std::string, std::string, std::less<>>> redirects =
        std::make_shared<std::map<std::string, std::string, std::less<>>>();

    /// A graph that is all base; symbols are the caller's to set.
    static std::shared_ptr<SnapshotData> settled(std::shared_ptr<const Base> base);

    const NodeRecord* newer_node(NodeId id) const {
        return nodes.find(static_cast<std::size_t>(number(id)));
    }
    const RelationshipRecord* newer_relationship(RelationshipId id) const {
        return relationships.find(static_cast<std::size_t>(number(id)));
    }
    std::optional<std::uint64_t> find_node(std::string_view public_id) const;
    std::optional<std::uint64_t> find_relationship(std::string_view public_id) const;
};

// The changes a snapshot under construction knows; callers have checked what may be refused.
void put_node(SnapshotData& data, NodeId id, const std::vector<std::string>& labels,
              const Map& properties);
void put_relationship(SnapshotData& data, RelationshipId id, NodeId from, std::string_view type,
                      NodeId to, const Map& properties);
void remove_node(SnapshotData& data, NodeId id);
void remove_relationship(SnapshotData& data, RelationshipId id);
void put_property(SnapshotData& data, NodeId id, std::string_view key, const Value& value);
void put_property(SnapshotData& data, RelationshipId id, std::string_view key, const Value& value);
void put_label(SnapshotData& data, NodeId id, std::string_view label);
void drop_label(SnapshotData& data, NodeId id, std::string_view label);

/// The records as a copy, wherever they lie.
NodeRecord record_of(const SnapshotData& data, NodeId id);
RelationshipRecord record_of(const SnapshotData& data, RelationshipId id);

/// Does to `data` what a batch says: its after-images.
void apply(SnapshotData& data, const struct Batch& batch);

class BaseFile;

/// Where a new base goes.
struct RebuildInto {
    /// What it may take while it is made, about: the largest array, and all of them where there is
    /// no file.
    std::size_t memory_bytes = 0;
    BaseFile* file = nullptr;  ///< gets the arrays, which leave memory; none: they stay
};

/// A base of all that `data` holds; of one that went into a file, the arrays are there only. Cost:
/// linear in the graph; `data` may be read meanwhile. Throws: Fault if the memory does not suffice,
/// or the disk refuses.
std::shared_ptr<const Base> rebuilt(const SnapshotData& data, const RebuildInto& into);
/// `newest` on top of `base`, which was rebuilt from its ancestor `older`.
std::shared_ptr<SnapshotData> rebased(const SnapshotData& newest, const SnapshotData& older,
                                      std::shared_ptr<const Base> base);

}  // namespace khom::graph
