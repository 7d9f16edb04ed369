#include "query/row_stream.h"

#include "query/engine_private.h"
#include "query/plan/plan.h"
#include "query/refused.h"

namespace khom::query {

void prepare_execution(operators::Execution& execution, const plan::Plan& plan,
                       const Session& session, operators::Profile* profile) {
    execution.graph = &session.graph;
    execution.base = &session.base;
    execution.now = functions::now();
    execution.frame.resize(static_cast<std::size_t>(plan.slot_count));
    for (const auto& name : plan.parameters) {
        const auto given = session.run.parameters.find(name);
        execution.parameters.push_back(given == session.run.parameters.end() ? nullptr
                                                                             : &given->second);
    }
    execution.key_names = &plan.keys;
    for (const auto& name : plan.keys) execution.keys.push_back(session.graph.property_key(name));
    execution.draft = session.draft;
    execution.procedures = {&session.graph, session.run.reading};
    for (const auto& subplan : plan.subplans) {
        execution.subplans.push_back(subplan == nullptr ? nullptr
                                                        : operators::build(*subplan, profile));
    }
}

/// In the order in which they must go: operators before the execution, all before the plan.
struct RowStream::Running {
    Running(std::shared_ptr<const plan::Plan> the_plan,
            std::shared_ptr<const graph::Snapshot> snapshot, Run the_run,
            std::shared_ptr<void> the_place)
        : plan(std::move(the_plan)),
          graph(std::move(snapshot)),
          run(std::move(the_run)),
          place(std::move(the_place)),
          execution(run.limits) {
        prepare_execution(execution, *plan, {*graph, *graph, nullptr, run}, nullptr);
        root = operators::build(*plan->root, nullptr);
        execution.meter.pause();
    }

    bool next() {
        execution.meter.resume();
        if (!is_open) root->open(execution);
        is_open = true;
        const bool found = root->next(execution);
        execution.meter.pause();
        return found && !plan->columns.empty();
    }

    std::shared_ptr<const plan::Plan> plan;
    std::shared_ptr<const graph::Snapshot> graph;
    Run run;
    std::shared_ptr<void> place;  ///< among those that may be open
    operators::Execution execution;
    operators::OperatorPtr root;
    bool is_open = false;
};

RowStream::RowStream() = default;
RowStream::~RowStream() = default;

graph::Result<std::unique_ptr<RowStream>> RowStream::open(
    std::shared_ptr<const plan::Plan> plan, std::shared_ptr<const graph::Snapshot> graph, Run run,
    const std::shared_ptr<std::atomic<int>>& open_count) {
    const std::shared_ptr<void> place(nullptr, [open_count](void*) { --*open_count; });
    if (++*open_count > most) {
        return graph::refuse(graph::RefusalCode::overloaded,
                             "As many answers as may be are being streamed; try again later.");
    }
    std::unique_ptr<RowStream> stream(new RowStream());
    stream->graph_ = graph;
    stream->made_.columns = plan->columns;
    stream->running_ =
        std::make_unique<Running>(std::move(plan), std::move(graph), std::move(run), place);
    return stream;
}

std::unique_ptr<RowStream> RowStream::of(Rows rows, std::shared_ptr<const graph::Snapshot> graph) {
    std::unique_ptr<RowStream> stream(new RowStream());
    stream->made_ = std::move(rows);
    stream->graph_ = std::move(graph);
    return stream;
}

const std::vector<std::string>& RowStream::columns() const {
    return made_.columns;
}

const graph::Snapshot& RowStream::graph() const {
    return *graph_;
}

graph::Result<bool> RowStream::next(std::vector<graph::Value>& row) {
    if (running_ == nullptr) {
        if (at_ == made_.rows.size()) return false;
        row = std::move(made_.rows[at_++]);
        return true;
    }
    try {
        if (!running_->next()) {
            running_.reset();
            return false;
        }
        running_->execution.meter.result_row();
        row.clear();
        for (const auto slot : running_->plan->column_slots) {
            row.push_back(running_->execution[slot]);
        }
        return true;
    } catch (const Refused& refused) {
        running_.reset();
        return tl::unexpected<graph::Refusal>(refused.refusal());
    }
}

}  // namespace khom::query
