#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/snapshot.h"
#include "graph/value.h"
#include "query/semantics/type.h"

namespace khom::query {

struct Reading;

struct ProcedureField {
    std::string name;
    semantics::Type type;
    std::optional<graph::Value> preset =
        std::nullopt;  ///< taken where the caller leaves the last arguments out
};

/// What a procedure may look at.
struct ProcedureContext {
    const graph::Snapshot* graph = nullptr;
    const Reading* reading = nullptr;  ///< none for scratch graphs: procedures that need it refuse
    /// How many rows the statement will look at, where a LIMIT says so.
    std::optional<std::size_t> wanted = std::nullopt;
};

/// Something that CALL can run: rows of values, one for each output field. Throws Refused.
struct Procedure {
    std::string name;
    std::vector<ProcedureField> inputs;
    std::vector<ProcedureField> outputs;
    std::function<std::vector<std::vector<graph::Value>>(const ProcedureContext&,
                                                         std::span<const graph::Value>)>
        run;
    std::string purpose;  ///< one sentence, for db.procedures()
};

/// Procedures by name, without regard to case. Built once, then only read.
class Procedures {
  public:
    void add(Procedure procedure);
    /// Null where there is none of that name.
    const Procedure* find(std::string_view name) const;
    std::vector<const Procedure*> all() const;

  private:
    std::map<std::string, std::shared_ptr<const Procedure>, std::less<>> by_name_;
};

}  // namespace khom::query
