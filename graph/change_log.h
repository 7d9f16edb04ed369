#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "graph/batch.h"
#include "graph/failure.h"
#include "graph/id.h"

namespace khom::graph {

/// Who wrote a batch, and why: kept in the log, never shown to the public.
struct Authorship {
    std::string author;   ///< a key's name or "command line"
    std::string purpose;  ///< "import chiang-mai", "undo of 12", …
};

/// One committed batch.
struct LogEntry {
    Revision revision{};
    std::chrono::system_clock::time_point at;
    Authorship by;
    Batch batch;  ///< with before-images
};

/// What changed at each revision: history, undo, the change feed, and what followers (index,
/// replicas) read. Safe from any thread.
class ChangeLog {
  public:
    ChangeLog() = default;
    ChangeLog(const ChangeLog&) = delete;
    ChangeLog& operator=(const ChangeLog&) = delete;
    virtual ~ChangeLog() = default;

    /// The newest committed revision.
    virtual Revision last() const = 0;
    /// The oldest revision whose entry is still kept; last() + 1 if none is.
    virtual Revision first_kept() const = 0;
    /// Entries after `after`, oldest first, at most `limit`.
    /// Refuses: gone if the log was trimmed beyond `after`. Throws: Fault if an entry does not
    /// decode.
    virtual Result<std::vector<LogEntry>> read(Revision after, std::size_t limit) const = 0;
    /// Waits until last() > after, or the time is up; true if there is something to read.
    virtual bool wait(Revision after, std::chrono::milliseconds timeout) const = 0;
};

}  // namespace khom::graph
