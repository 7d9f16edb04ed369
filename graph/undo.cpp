#include "graph/undo.h"

namespace khom::graph {

Result<Commit> undo(Store& store, Revision revision, const Authorship& by) {
    if (number(revision) == 0 || revision > store.log().last()) {
        return refuse(RefusalCode::entity_not_found,
                      "There is no revision " + std::to_string(number(revision)) + ".");
    }
    return store.log().read(Revision{number(revision) - 1}, 1).and_then([&](const auto& entries) {
        return store.write(by, [&](Draft& draft) { return draft.revert(entries.front().batch); });
    });
}

}  // namespace khom::graph
