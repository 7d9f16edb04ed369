#pragma once

#include "query/operators/execution.h"
#include "query/operators/profile.h"
#include "query/plan/plan.h"

namespace khom::query::operators {

/// The operator for a step of a plan, on top of the operator that gives its rows. One file each, of
/// the step's name. An operator refers to its step, which must outlive it.
OperatorPtr make(const plan::Argument& step, OperatorPtr source);
OperatorPtr make(const plan::NodeScan& step, OperatorPtr source);
OperatorPtr make(const plan::StoredCount& step, OperatorPtr source);
OperatorPtr make(const plan::NodeById& step, OperatorPtr source);
OperatorPtr make(const plan::NodeByProperty& step, OperatorPtr source);
OperatorPtr make(const plan::Ends& step, OperatorPtr source);
OperatorPtr make(const plan::Expand& step, OperatorPtr source);
OperatorPtr make(const plan::VarExpand& step, OperatorPtr source);
OperatorPtr make(const plan::Repeat& step, OperatorPtr source, Profile* profile);
OperatorPtr make(const plan::ShortestPath& step, OperatorPtr source);
OperatorPtr make(const plan::Filter& step, OperatorPtr source);
OperatorPtr make(const plan::BuildPath& step, OperatorPtr source);
OperatorPtr make(const plan::Optional& step, OperatorPtr source, Profile* profile);
OperatorPtr make(const plan::Apply& step, OperatorPtr source, Profile* profile);
OperatorPtr make(const plan::Unwind& step, OperatorPtr source);
OperatorPtr make(const plan::Project& step, OperatorPtr source);
OperatorPtr make(const plan::Aggregate& step, OperatorPtr source);
OperatorPtr make(const plan::Distinct& step, OperatorPtr source);
OperatorPtr make(const plan::Sort& step, OperatorPtr source);
OperatorPtr make(const plan::Skip& step, OperatorPtr source);
OperatorPtr make(const plan::Limit& step, OperatorPtr source);
OperatorPtr make(const plan::Union& step, OperatorPtr source, Profile* profile);
OperatorPtr make(const plan::CallProcedure& step, OperatorPtr source);
OperatorPtr make(const plan::Create& step, OperatorPtr source);
OperatorPtr make(const plan::Merge& step, OperatorPtr source, Profile* profile);
OperatorPtr make(const plan::SetItems& step, OperatorPtr source);
OperatorPtr make(const plan::Delete& step, OperatorPtr source);

/// The operators of a step and of all below it, in build.cpp. With a profile, each is measured.
OperatorPtr build(const plan::Step& step, Profile* profile);

}  // namespace khom::query::operators
