#pragma once

#include <string>
#include <vector>

#include "query/plan/plan.h"

namespace khom::query::plan {

/// One line of a printed plan: what the step does, and how deep it stands. Steps stand above their
/// sources; what runs once for each row (OPTIONAL MATCH, subqueries) stands deeper.
struct PlanLine {
    std::string text;
    int depth = 0;
    const Step* step = nullptr;  ///< null for headings
};

std::vector<PlanLine> plan_lines(const Plan& plan);

/// The lines as an indented tree.
std::string plan_text(const Plan& plan);

}  // namespace khom::query::plan
