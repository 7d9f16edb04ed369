#include "query/operators/operators.h"

namespace khom::query::operators {

OperatorPtr build(const plan::Step& step, Profile* profile) {
    auto source = step.source == nullptr ? nullptr : build(*step.source, profile);
    auto built = std::visit(
        [&](const auto& form) {
            if constexpr (requires { make(form, std::move(source), profile); }) {
                return make(form, std::move(source), profile);
            } else {
                return make(form, std::move(source));
            }
        },
        step.form);
    return profile == nullptr ? std::move(built) : measured(std::move(built), (*profile)[&step]);
}

}  // namespace khom::query::operators
