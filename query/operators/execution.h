#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/draft.h"
#include "graph/snapshot.h"
#include "query/cypher/expression.h"
#include "query/functions/function.h"
#include "query/limits.h"
#include "query/procedures.h"

namespace khom::query::operators {

class Operator;

/// One run of one statement. The frame holds the current row: every variable has a slot of its own,
/// which nobody else writes, so that operators need not copy rows unless they keep them.
struct Execution : functions::Environment {
    explicit Execution(const Limits& limits);
    ~Execution();
    Execution(const Execution&) = delete;
    Execution& operator=(const Execution&) = delete;

    std::vector<graph::Value> frame;
    std::vector<const graph::Value*> parameters;  ///< by number; null where one was not given
    /// Property keys by number, as far as the graph knows them.
    const std::vector<std::string>* key_names = nullptr;
    std::vector<std::optional<graph::PropertyKeyId>> keys;
    graph::Draft* draft = nullptr;  ///< null where only reading is allowed
    Meter meter;
    ProcedureContext procedures;
    std::vector<std::unique_ptr<Operator>> subplans;

    /// A key of the statement; none where no property has it yet.
    std::optional<graph::PropertyKeyId> key(int number) const {
        const auto known = keys[static_cast<std::size_t>(number)];
        return known || draft == nullptr
                   ? known
                   : graph->property_key((*key_names)[static_cast<std::size_t>(number)]);
    }

    graph::Value& operator[](cypher::Slot slot) { return frame[static_cast<std::size_t>(slot)]; }
    const graph::Value& operator[](cypher::Slot slot) const {
        return frame[static_cast<std::size_t>(slot)];
    }
};

/// A step of a plan that gives rows one by one: `open` starts it for the frame as it stands, `next`
/// writes the next row's values into the operator's slots. An operator may be opened again and
/// again; what it held before is dropped.
class Operator {
  public:
    Operator() = default;
    Operator(const Operator&) = delete;
    Operator& operator=(const Operator&) = delete;
    virtual ~Operator() = default;
    virtual void open(Execution& execution) = 0;
    virtual bool next(Execution& execution) = 0;
};
using OperatorPtr = std::unique_ptr<Operator>;

}  // namespace khom::query::operators
