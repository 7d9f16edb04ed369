#pragma once

#include <memory>

#include "graph/failure.h"
#include "query/engine.h"
#include "query/reading.h"
#include "server/http.h"
#include "server/query_rows.h"

namespace khom::server {

/// What a statement that reads is asked with, and the flag by which it is given up.
struct QueryStreamed {
    query::Reading reading;
    query::Run run;
    std::size_t most_rows = 0;  ///< the client's wish; 0 for all
    std::shared_ptr<const std::atomic<bool>> abandoned = nullptr;
};

/// An answer that goes out row by row, as the client takes it: what is held is one piece of text
/// and what the statement itself needs (its sorts and groups).
///
/// The first piece is made before anything is sent, so what fails at once has a true status. What
/// fails later ends the body broken: in NDJSON the last line then is {"problem": {…}}.
/// Refuses: as Engine::stream and RowStream::next.
graph::Result<Response> stream_rows(const query::Engine& engine,
                                    const query::Engine::Prepared& prepared, RowFormat format,
                                    QueryStreamed question);

}  // namespace khom::server
