#include "query/operators/operators.h"

namespace khom::query::operators {

OperatorPtr build(const plan::Step& step) {
    auto source = step.source == nullptr ? nullptr : build(*step.source);
    return std::visit([&](const auto& form) { return make(form, std::move(source)); }, step.form);
}

}  // namespace khom::query::operators
