#pragma once

#include <vector>

#include "query/operators/execution.h"
#include "query/operators/kept_rows.h"

namespace khom::query::operators {

/// The base of all operators that write: takes every row of its source before the first write,
/// writes for each, then gives the rows. So no clause reads what it writes itself.
class Write : public Operator {
  public:
    Write(const std::vector<cypher::Slot>& kept, OperatorPtr source)
        : kept_(kept), source_(std::move(source)) {}
    void open(Execution& execution) final;
    bool next(Execution& execution) final;

  protected:
    /// Writes for the row in the frame; `emit` gives the frame as a row, once or more often.
    virtual void write(Execution& execution) = 0;
    void emit(Execution& execution) { written_.push_back(keep(kept_, execution)); }
    const std::vector<cypher::Slot>& kept() const { return kept_; }

  private:
    const std::vector<cypher::Slot>& kept_;
    OperatorPtr source_;
    std::vector<KeptRow> written_;
    std::size_t at_ = 0;
    bool done_ = false;
};

/// The draft, or a refusal (forbidden) where only reading is allowed.
graph::Draft& draft_of(Execution& execution);

[[noreturn]] void throw_refusal(graph::Refusal refusal);

/// The value of a draft's answer; its refusal is thrown.
template <class T>
T accepted(graph::Result<T> result) {
    if (!result) throw_refusal(std::move(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// A value that a property can hold, or a refusal (type_error, InvalidPropertyType).
const graph::Value& storable(const graph::Value& value, std::string_view key);

}  // namespace khom::query::operators
