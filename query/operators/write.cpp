#include "query/operators/write.h"

#include <string>

#include "query/refused.h"

namespace khom::query::operators {

void Write::open(Execution& execution) {
    source_->open(execution);
    written_.clear();
    at_ = 0;
    done_ = false;
}

bool Write::next(Execution& execution) {
    if (!done_) {
        done_ = true;
        std::vector<KeptRow> rows;
        while (source_->next(execution)) rows.push_back(keep(kept_, execution));
        for (const auto& row : rows) {
            execution.meter.step();
            restore(row, kept_, execution);
            write(execution);
        }
    }
    if (at_ == written_.size()) return false;
    restore(written_[at_++], kept_, execution);
    return true;
}

graph::Draft& draft_of(Execution& execution) {
    if (execution.draft == nullptr) {
        reject(graph::RefusalCode::forbidden, "",
               "This statement writes, and only reading is allowed here.");
    }
    return *execution.draft;
}

void throw_refusal(graph::Refusal refusal) {
    throw Refused(std::move(refusal));
}

const graph::Value& storable(const graph::Value& value, std::string_view key) {
    if (!value.is_storable()) {
        reject(graph::RefusalCode::type_error, "InvalidPropertyType",
               "The property '" + std::string(key) + "' cannot hold " +
                   functions::words_for(value) +
                   "; properties hold booleans, numbers, strings, temporal values and lists of "
                   "these.");
    }
    return value;
}

}  // namespace khom::query::operators
