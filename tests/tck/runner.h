#pragma once

#include <string>

#include "tests/tck/scenario.h"

namespace khom::tck {

/// How one scenario went. For an expected error, `rows` is not asked; for expected rows, the two
/// others are not.
struct Outcome {
    bool rows_right = false;
    bool phase_right = false;
    bool error_right = false;  ///< phase, type and detail
    bool graph_right = true;   ///< side effects as expected, nothing changed after an error
    std::string complaint;     ///< empty if all is right
    bool passed() const { return complaint.empty(); }
};

/// Runs one scenario on a scratch store of its own.
Outcome run(const Scenario& scenario);

}  // namespace khom::tck
