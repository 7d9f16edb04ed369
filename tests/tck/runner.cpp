#include "tests/tck/runner.h"

#include <algorithm>
#include <set>

#include "graph/store.h"
#include "query/engine.h"
#include "tests/tck/canonical.h"

namespace khom::tck {
namespace {

using query::Engine;

/// What the kit counts as side effects, taken from one state of the graph.
struct State {
    std::set<std::string> nodes, relationships, labels, properties;
};

State state_of(const graph::Snapshot& graph) {
    State state;
    const auto properties = [&](const std::string& owner, const graph::Map& map) {
        for (const auto& [key, value] : map)
            state.properties.insert(owner + "." + key + "=" + canonical(value, graph, false));
    };
    for (const auto node : graph.nodes()) {
        const auto id = "n" + std::to_string(number(node));
        state.nodes.insert(id);
        for (const auto label : graph.labels(node))
            state.labels.insert(std::string(graph.name(label)));
        properties(id, graph.properties(node));
    }
    for (const auto relationship : graph.relationships()) {
        const auto id = "r" + std::to_string(number(relationship));
        state.relationships.insert(id);
        properties(id, graph.properties(relationship));
    }
    return state;
}

std::map<std::string, std::int64_t> effects(const State& before, const State& after) {
    std::map<std::string, std::int64_t> result;
    const auto count = [&](const char* name, const std::set<std::string>& old,
                           const std::set<std::string>& now) {
        const auto missing = [](const auto& from, const auto& in) {
            return std::ranges::count_if(
                from, [&](const std::string& each) { return !in.contains(each); });
        };
        if (const auto added = missing(now, old); added > 0)
            result["+" + std::string(name)] = added;
        if (const auto gone = missing(old, now); gone > 0) result["-" + std::string(name)] = gone;
    };
    count("nodes", before.nodes, after.nodes);
    count("relationships", before.relationships, after.relationships);
    count("labels", before.labels, after.labels);
    count("properties", before.properties, after.properties);
    return result;
}

std::string text_of(const std::map<std::string, std::int64_t>& counts) {
    std::string text;
    for (const auto& [name, count] : counts) text += name + " " + std::to_string(count) + " ";
    return text.empty() ? "none" : text;
}

query::semantics::Type type_named(std::string name) {
    using query::semantics::TypeKind;
    std::erase(name, '?');
    if (name == "STRING") return {TypeKind::string, 0};
    if (name == "INTEGER") return {TypeKind::integer, 0};
    if (name == "FLOAT") return {TypeKind::floating, 0};
    if (name == "NUMBER") return {TypeKind::number, 0};
    if (name == "BOOLEAN") return {TypeKind::boolean, 0};
    return {};
}

/// A mock: the rows whose input cells equal the arguments.
query::Procedure mock(const Json& json) {
    query::Procedure procedure;
    procedure.name = json.at("name");
    for (const auto& field : json.at("inputs"))
        procedure.inputs.push_back({field.at("name"), type_named(field.at("type"))});
    for (const auto& field : json.at("outputs"))
        procedure.outputs.push_back({field.at("name"), type_named(field.at("type"))});
    std::vector<std::vector<graph::Value>> rows;
    for (const auto& row : json.at("values")) {
        std::vector<graph::Value> cells;
        for (const auto& cell : row) cells.push_back(value_from(cell));
        rows.push_back(std::move(cells));
    }
    const auto inputs = procedure.inputs.size();
    procedure.run = [rows, inputs](const query::ProcedureContext& context,
                                   std::span<const graph::Value> arguments) {
        std::vector<std::vector<graph::Value>> result;
        for (const auto& row : rows) {
            bool same = true;
            for (std::size_t i = 0; i < inputs; ++i) {
                const auto wanted = canonical(row[i], *context.graph, false);
                auto given = canonical(arguments[i], *context.graph, false);
                same =
                    same && (wanted == given || wanted == given + ".0" || given == wanted + ".0");
            }
            if (same)
                result.emplace_back(row.begin() + static_cast<std::ptrdiff_t>(inputs), row.end());
        }
        return result;
    };
    return procedure;
}

/// One scratch graph, and what a query did to it.
class World {
  public:
    explicit World(const Scenario& scenario)
        : store_(graph::Store::in_memory({})), engine_(mocks(scenario)) {
        for (const auto& [name, json] : scenario.parameters)
            run_.parameters[name] = value_from(json);
        run_.limits.timeout = std::chrono::seconds(20);
    }

    struct Answer {
        graph::Result<query::Rows> rows;
        bool compiled = false;
    };

    Answer ask(const std::string& text) {
        const auto snapshot = store_->snapshot();
        const auto prepared = engine_.prepare(text, *snapshot);
        if (!prepared) return {tl::unexpected(prepared.error()), false};
        if (auto given = Engine::check_parameters(*prepared, run_.parameters); !given) {
            return {tl::unexpected(given.error()), false};
        }
        if (!Engine::writes(*prepared)) return {engine_.run(*prepared, *snapshot, run_), true};
        auto draft = store_->begin();
        auto rows = engine_.write(*prepared, draft, run_);
        if (rows) {
            const auto commit = store_->commit(std::move(draft), {"tck", "scenario"});
            if (!commit) return {tl::unexpected(commit.error()), true};
        }
        return {std::move(rows), true};
    }

    std::shared_ptr<const graph::Snapshot> snapshot() const { return store_->snapshot(); }

  private:
    static query::Procedures mocks(const Scenario& scenario) {
        query::Procedures procedures;
        for (const auto& json : scenario.procedures) procedures.add(mock(json));
        return procedures;
    }

    std::unique_ptr<graph::Store> store_;
    Engine engine_;
    query::Run run_;
};

std::string compare_rows(const Expectation& expect, const query::Rows& rows,
                         const graph::Snapshot& graph) {
    std::vector<std::size_t> order;
    for (const auto& column : expect.columns) {
        const auto found = std::ranges::find(rows.columns, column);
        if (found == rows.columns.end()) return "no column '" + column + "'";
        order.push_back(static_cast<std::size_t>(found - rows.columns.begin()));
    }
    if (rows.columns.size() != expect.columns.size()) return "other columns than expected";
    std::vector<std::string> wanted;
    std::vector<std::string> got;
    for (const auto& row : expect.rows) {
        std::string text;
        for (const auto& cell : row) text += canonical(cell, expect.ignore_list_order) + " | ";
        wanted.push_back(std::move(text));
    }
    for (const auto& row : rows.rows) {
        std::string text;
        for (const auto column : order)
            text += canonical(row[column], graph, expect.ignore_list_order) + " | ";
        got.push_back(std::move(text));
    }
    if (!expect.ordered) {
        std::ranges::sort(wanted);
        std::ranges::sort(got);
    }
    if (wanted == got) return {};
    std::string text = "rows differ; expected:";
    for (const auto& row : wanted) text += "\n      " + row;
    text += "\n    got:";
    for (const auto& row : got) text += "\n      " + row;
    return text;
}

std::string compare(const Expectation& expect, const World::Answer& answer,
                    const graph::Snapshot& graph) {
    if (!answer.rows) {
        const auto& refusal = answer.rows.error();
        return std::string("refused: ") + graph::name(refusal.code) + " " + refusal.detail + ": " +
               refusal.message;
    }
    if (expect.kind == Expectation::Kind::empty)
        return answer.rows->rows.empty() ? "" : "rows where none were expected";
    return compare_rows(expect, *answer.rows, graph);
}

void judge_error(const Expectation& expect, const World::Answer& answer, Outcome& outcome) {
    const auto wanted = expect.type + " " + expect.detail + " at " + expect.phase;
    if (answer.rows) {
        outcome.complaint = "no error, where " + wanted + " was expected";
        return;
    }
    const auto& refusal = answer.rows.error();
    const std::string phase = answer.compiled ? "runtime" : "compile time";
    outcome.phase_right = expect.phase == "any time" || expect.phase == phase;
    outcome.error_right = outcome.phase_right && graph::name(refusal.code) == expect.type &&
                          (expect.detail == "*" || expect.detail == refusal.detail);
    if (!outcome.error_right) {
        outcome.complaint = "expected " + wanted + ", got " + graph::name(refusal.code) + " " +
                            refusal.detail + " at " + phase + ": " + refusal.message;
    }
}

}  // namespace

Outcome run(const Scenario& scenario) {
    Outcome outcome;
    World world(scenario);
    for (const auto& statement : scenario.setup) {
        const auto answer = world.ask(statement);
        if (!answer.rows) {
            outcome.complaint =
                "setup refused: " + answer.rows.error().message + "\n    " + statement;
            return outcome;
        }
    }
    const auto before = state_of(*world.snapshot());
    const auto answer = world.ask(scenario.query);
    const auto snapshot = world.snapshot();
    const auto done = effects(before, state_of(*snapshot));
    if (scenario.expect.kind == Expectation::Kind::error) {
        judge_error(scenario.expect, answer, outcome);
        outcome.graph_right = done.empty();
    } else {
        outcome.complaint = compare(scenario.expect, answer, *snapshot);
        outcome.graph_right = !scenario.side_effects || *scenario.side_effects == done;
        for (const auto& control : scenario.controls) {
            if (!outcome.complaint.empty()) break;
            const auto after = world.ask(control.query);
            outcome.complaint = compare(control.expect, after, *world.snapshot());
            if (!outcome.complaint.empty())
                outcome.complaint = "control query: " + outcome.complaint;
        }
    }
    if (outcome.complaint.empty() && !outcome.graph_right) {
        outcome.complaint =
            "side effects differ: expected " +
            text_of(scenario.side_effects.value_or(std::map<std::string, std::int64_t>())) +
            ", got " + text_of(done);
    }
    outcome.rows_right =
        scenario.expect.kind != Expectation::Kind::error && outcome.complaint.empty();
    return outcome;
}

}  // namespace khom::tck
