#pragma once

#include <memory>

namespace khom::graph {

/// What `shared` holds, for writing: a copy is put in its place if anybody else holds it too.
template <class T>
T& own(std::shared_ptr<T>& shared) {
    if (shared.use_count() > 1) {
        shared = std::make_shared<T>(*shared);
    }
    return *shared;
}

}  // namespace khom::graph
