#include "query/operators/evaluate.h"
#include "query/operators/operators.h"
#include "query/operators/row_count.h"
#include "query/refused.h"

namespace khom::query::operators {
namespace {

/// A procedure without output columns lets each row pass once.
class CallProcedure : public Operator {
  public:
    CallProcedure(const plan::CallProcedure& step, OperatorPtr source)
        : step_(step), call_(*step.call), source_(std::move(source)) {}

    void open(Execution& execution) override {
        source_->open(execution);
        rows_.clear();
        at_ = 0;
    }

    bool next(Execution& execution) override {
        while (true) {
            if (at_ < rows_.size()) {
                execution.meter.step();
                for (const auto& [column, slot] : call_.outputs)
                    execution[slot] = rows_[at_][column];
                ++at_;
                return true;
            }
            if (!source_->next(execution)) return false;
            run(execution);
            if (call_.procedure->outputs.empty()) {
                rows_.clear();
                return true;
            }
        }
    }

  private:
    void run(Execution& execution) {
        graph::List arguments;
        for (const auto& argument : call_.arguments)
            arguments.push_back(evaluate(*argument, execution));
        const auto& inputs = call_.procedure->inputs;
        for (auto i = arguments.size(); i < inputs.size(); ++i)
            arguments.push_back(inputs[i].preset.value_or(graph::Value()));
        auto context = execution.procedures;
        if (step_.limit != nullptr) {
            const auto skip = step_.skip == nullptr ? 0 : row_count(*step_.skip, execution);
            const auto limit = row_count(*step_.limit, execution);
            constexpr std::uint64_t many = 1'000'000;
            if (skip < many && limit < many) context.wanted = skip + limit;
        }
        rows_ = call_.procedure->run(context, arguments);
        at_ = 0;
    }

    const plan::CallProcedure& step_;
    const cypher::ProcedureCall& call_;
    OperatorPtr source_;
    std::vector<std::vector<graph::Value>> rows_;
    std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make(const plan::CallProcedure& step, OperatorPtr source) {
    return std::make_unique<CallProcedure>(step, std::move(source));
}

}  // namespace khom::query::operators
