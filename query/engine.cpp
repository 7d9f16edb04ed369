#include "query/engine.h"

#include <algorithm>
#include <cmath>

#include "query/cypher/parser.h"
#include "query/engine_private.h"
#include "query/plan/plan_text.h"
#include "query/plan/planner.h"
#include "query/refused.h"
#include "query/semantics/binder.h"

namespace khom::query {
namespace {

/// More different texts than this come from a program that should use parameters; the cache then
/// starts anew.
constexpr std::size_t max_plans = 1000;
constexpr std::size_t max_cached_text = 10'000;

Rows execute(const plan::Plan& plan, const Session& session, operators::Profile* profile) {
    operators::Execution execution(session.run.limits);
    prepare_execution(execution, plan, session, profile);
    const auto root = operators::build(*plan.root, profile);
    Rows rows;
    rows.columns = plan.columns;
    const auto most = session.draft == nullptr ? session.run.truncate_at : 0;
    root->open(execution);
    while (root->next(execution)) {
        if (plan.columns.empty()) continue;
        if (most != 0 && rows.rows.size() == most) {
            rows.truncated = true;
            break;
        }
        execution.meter.result_row();
        std::vector<graph::Value> row;
        row.reserve(plan.column_slots.size());
        for (const auto slot : plan.column_slots) row.push_back(execution[slot]);
        rows.rows.push_back(std::move(row));
    }
    rows.hits = execution.meter.hops();
    return rows;
}

/// A graph of quite another size wants another plan.
bool still_fits(const plan::Plan& plan, const graph::Snapshot& graph) {
    constexpr std::size_t handful = 100;
    const auto now = graph.node_count() + handful;
    const auto then = plan.node_count + handful;
    return now <= then * 2 && then <= now * 2;
}

std::string indented(const plan::PlanLine& line) {
    return std::string(static_cast<std::size_t>(line.depth) * 2, ' ') + line.text;
}

/// The plan, one row a step.
Rows explained(const plan::Plan& plan) {
    Rows rows;
    rows.columns = {"step"};
    for (const auto& line : plan::plan_lines(plan)) rows.rows.push_back({indented(line)});
    return rows;
}

/// Runs the statement and gives its plan with what each step did; the times of a step hold those of
/// its sources.
Rows profiled(const plan::Plan& plan, const Session& session) {
    operators::Profile profile;
    const auto result = execute(plan, session, &profile);
    Rows rows;
    rows.columns = {"step", "rows", "hits", "ms"};
    rows.hits = result.hits;
    for (const auto& line : plan::plan_lines(plan)) {
        const auto measured = line.step == nullptr ? operators::Measured() : profile[line.step];
        rows.rows.push_back({indented(line), static_cast<std::int64_t>(measured.rows),
                             static_cast<std::int64_t>(measured.hits),
                             std::floor(static_cast<double>(measured.nanoseconds) / 1000) / 1000});
    }
    return rows;
}

/// A property that got another value, came or went counts once.
std::uint64_t differences(const graph::Map& before, const graph::Map& after) {
    std::uint64_t count = 0;
    for (const auto& [key, value] : after) {
        const auto old = before.find(key);
        count += old == before.end() || !(old->second == value) ? 1U : 0U;
    }
    for (const auto& [key, value] : before) count += after.contains(key) ? 0U : 1U;
    return count;
}

std::uint64_t missing(const std::vector<std::string>& from, const std::vector<std::string>& in) {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        from, [&](const std::string& each) { return std::ranges::find(in, each) == in.end(); }));
}

/// What a batch does; what goes with a deleted thing is not counted again.
Effects effects_of(const graph::Batch& batch) {
    Effects effects;
    const graph::Node no_node;
    for (const auto& change : batch.nodes) {
        effects.nodes_created += change.before ? 0U : 1U;
        effects.nodes_deleted += change.after ? 0U : 1U;
        if (!change.after) continue;
        const auto& before = change.before ? *change.before : no_node;
        effects.properties_set += differences(before.properties, change.after->properties);
        effects.labels_added += missing(change.after->labels, before.labels);
        effects.labels_removed += missing(before.labels, change.after->labels);
    }
    const graph::Map no_properties;
    for (const auto& change : batch.relationships) {
        effects.relationships_created += change.before ? 0U : 1U;
        effects.relationships_deleted += change.after ? 0U : 1U;
        if (!change.after) continue;
        effects.properties_set += differences(
            change.before ? change.before->properties : no_properties, change.after->properties);
    }
    return effects;
}

graph::Result<Rows> answer(const plan::Plan& plan, const Session& session) {
    try {
        switch (plan.statement.mode) {
            case cypher::StatementMode::explain:
                return explained(plan);
            case cypher::StatementMode::profile:
                return profiled(plan, session);
            case cypher::StatementMode::run:
                return execute(plan, session, nullptr);
        }
        return Rows();
    } catch (const Refused& refused) {
        return tl::unexpected<graph::Refusal>(refused.refusal());
    }
}

}  // namespace

Engine::Engine(Procedures procedures)
    : procedures_(std::move(procedures)), open_streams_(std::make_shared<std::atomic<int>>(0)) {}
Engine::~Engine() = default;

graph::Result<Engine::Prepared> Engine::prepare(std::string_view text,
                                                const graph::Snapshot& statistics) const {
    const std::string key(text);
    {
        const std::lock_guard lock(mutex_);
        const auto found = plans_.find(key);
        if (found != plans_.end() && still_fits(*found->second, statistics)) return found->second;
    }
    auto statement = cypher::parse(text);
    if (!statement) return tl::unexpected(statement.error());
    const auto binding = semantics::bind(*statement, procedures_);
    if (!binding) return tl::unexpected(binding.error());
    Prepared prepared = plan::plan(std::move(*statement), *binding, statistics);
    if (key.size() <= max_cached_text) {
        const std::lock_guard lock(mutex_);
        if (plans_.size() >= max_plans) plans_.clear();
        plans_.insert_or_assign(key, prepared);
    }
    return prepared;
}

graph::Result<void> Engine::check_parameters(const Prepared& prepared,
                                             const graph::Map& parameters) {
    if (prepared->statement.mode == cypher::StatementMode::explain) return {};
    for (const auto& name : prepared->parameters) {
        if (parameters.find(name) != parameters.end()) continue;
        auto refusal =
            graph::refuse(graph::RefusalCode::parameter_missing,
                          "The parameter $" + name + " was not given.", "MissingParameter");
        refusal.value().parameter = name;
        return refusal;
    }
    return {};
}

bool Engine::writes(const Prepared& prepared) {
    return prepared->writes && prepared->statement.mode != cypher::StatementMode::explain;
}

graph::Result<Rows> Engine::run(const Prepared& prepared, const graph::Snapshot& graph,
                                const Run& run) const {
    if (writes(prepared)) {
        return graph::refuse(graph::RefusalCode::forbidden,
                             "This statement writes, and only reading is allowed here.");
    }
    return check_parameters(prepared, run.parameters).and_then([&] {
        return answer(*prepared, {graph, graph, nullptr, run});
    });
}

graph::Result<std::unique_ptr<RowStream>> Engine::stream(
    const Prepared& prepared, std::shared_ptr<const graph::Snapshot> graph, Run run) const {
    if (writes(prepared)) {
        return graph::refuse(graph::RefusalCode::forbidden,
                             "This statement writes, and only reading is allowed here.");
    }
    if (const auto given = check_parameters(prepared, run.parameters); !given) {
        return tl::unexpected(given.error());
    }
    if (prepared->statement.mode == cypher::StatementMode::run) {
        return RowStream::open(prepared, std::move(graph), std::move(run), open_streams_);
    }
    return answer(*prepared, {*graph, *graph, nullptr, run}).map([&](Rows rows) {
        return RowStream::of(std::move(rows), std::move(graph));
    });
}

graph::Result<Rows> Engine::write(const Prepared& prepared, graph::Draft& draft,
                                  const Run& run) const {
    auto rows = check_parameters(prepared, run.parameters).and_then([&] {
        return answer(*prepared, {draft.base(), draft.view(), &draft, run});
    });
    if (rows && draft.dangling()) {
        return graph::refuse(graph::RefusalCode::constraint_verification_failed,
                             "A node that still has relationships cannot be deleted; DETACH DELETE "
                             "deletes these too.",
                             "DeleteConnectedNode");
    }
    if (rows) rows->effects = effects_of(draft.batch());
    return rows;
}

}  // namespace khom::query
