#pragma once

#include <memory>

#include "graph/ontology.h"
#include "graph/snapshot.h"
#include "index/index.h"

namespace khom::query {

/// What one question reads: one index view with its snapshot, and the ontology. Pinned once per
/// request.
struct Reading {
    std::shared_ptr<const index::View> view;
    std::shared_ptr<const graph::Ontology> ontology;

    const graph::Snapshot& graph() const { return *view->snapshot(); }
};

}  // namespace khom::query
