#pragma once

// The representation of a snapshot: pages of records that successors share until one of them writes
// to a page.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/snapshot.h"

namespace khom::graph {

/// `shared` if nobody else holds it, else a copy of it put in its place: copy on write.
template <class T>
T& own(std::shared_ptr<T>& shared) {
    if (shared.use_count() > 1) {
        shared = std::make_shared<T>(*shared);
    }
    return *shared;
}

/// An array in pages; copying it copies the page table only.
template <class T>
class Pages {
  public:
    static constexpr std::size_t page_size = 256;

    std::size_t size() const { return size_; }
    const T& at(std::size_t i) const { return (*pages_[i / page_size])[i % page_size]; }
    T& edit(std::size_t i) { return own(pages_[i / page_size])[i % page_size]; }
    void grow_to(std::size_t size) {
        while (pages_.size() * page_size < size) {
            pages_.push_back(std::make_shared<Page>());
        }
        size_ = std::max(size_, size);
    }

  private:
    using Page = std::array<T, page_size>;
    std::vector<std::shared_ptr<Page>> pages_;
    std::size_t size_ = 0;
};

using Properties = std::vector<std::pair<PropertyKeyId, Value>>;  // sorted by key

struct NodeRecord {
    bool alive = false;
    std::vector<LabelId> labels;
    Properties properties;
    std::vector<Adjacent> out, in;  // sorted
};

struct RelationshipRecord {
    bool alive = false;
    Endpoints ends;
    Properties properties;
};

/// Names and numbers, in order of first use.
struct Symbols {
    std::vector<std::string> names;
    std::map<std::string, std::uint32_t, std::less<>> numbers;

    std::uint32_t number_of(std::string_view name);
};

/// Public id → number, in shards so that a change copies a small part.
class PublicIds {
  public:
    PublicIds();
    const std::uint64_t* find(std::string_view id) const;
    void put(const std::string& id, std::uint64_t number);
    void remove(const std::string& id);

  private:
    static constexpr std::size_t shard_count = 64;
    using Shard = std::map<std::string, std::uint64_t, std::less<>>;
    static std::size_t shard_of(std::string_view id);
    std::array<std::shared_ptr<Shard>, shard_count> shards_;
};

struct SnapshotData {
    Revision revision{};
    Pages<NodeRecord> nodes;
    Pages<RelationshipRecord> relationships;
    std::size_t alive_nodes = 0, alive_relationships = 0;
    std::shared_ptr<Symbols> labels = std::make_shared<Symbols>();
    std::shared_ptr<Symbols> types = std::make_shared<Symbols>();
    std::shared_ptr<Symbols> keys = std::make_shared<Symbols>();
    PublicIds node_ids, relationship_ids;
    std::vector<std::shared_ptr<std::vector<NodeId>>> by_label;  // sorted
    std::vector<std::size_t> by_type;                            // counts
    std::shared_ptr<std::map<std::string, std::string, std::less<>>> redirects =
        std::make_shared<std::map<std::string, std::string, std::less<>>>();
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

}  // namespace khom::graph
