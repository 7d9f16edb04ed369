#pragma once

// What engine.cpp and row_stream.cpp share: a plan made ready to run.

#include "query/engine.h"
#include "query/operators/operators.h"

namespace khom::query {

/// What one call to the engine runs on.
struct Session {
    const graph::Snapshot& base;
    const graph::Snapshot& graph;
    graph::Draft* draft;
    const Run& run;
};

/// The parameters stay the session's.
void prepare_execution(operators::Execution& execution, const plan::Plan& plan,
                       const Session& session, operators::Profile* profile);

}  // namespace khom::query
