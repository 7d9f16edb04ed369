#pragma once

#include <memory>
#include <vector>

#include "graph/entity.h"
#include "graph/snapshot_private.h"

namespace khom::graph {

/// Makes a snapshot that is all base from whole records: nodes in rising order of id, then
/// relationships likewise.
class GraphBuilder {
  public:
    GraphBuilder();
    const BaseBuilder& base() const { return base_; }
    void add(const Node& node);
    /// Throws: Fault if an end was not added.
    void add(const Relationship& relationship);
    /// The builder is used up.
    std::shared_ptr<SnapshotData> finish(std::size_t node_limit, std::size_t relationship_limit,
                                         Revision revision);

  private:
    struct Names {
        std::shared_ptr<Symbols> labels = std::make_shared<Symbols>();
        std::shared_ptr<Symbols> types = std::make_shared<Symbols>();
        std::shared_ptr<Symbols> keys = std::make_shared<Symbols>();
    };
    Names names_;
    BaseBuilder base_;
    std::vector<LabelId> labels_;
    std::string encoded_;
};

}  // namespace khom::graph
