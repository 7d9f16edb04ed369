#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "graph/value.h"

namespace khom::query {

/// The last argument of a procedure: a map of named options. Every reader refuses an option of a
/// wrong kind (argument_error).
class ProcedureOptions {
  public:
    /// Refuses a value that is no map or null, and names that are not `known`, saying which are.
    ProcedureOptions(std::string_view procedure, const graph::Value& value,
                     std::initializer_list<std::string_view> known);

    std::int64_t integer(std::string_view name, std::int64_t low, std::int64_t high,
                         std::int64_t preset) const;
    std::string text(std::string_view name, std::initializer_list<std::string_view> choices) const;
    std::vector<std::string> texts(std::string_view name) const;

  private:
    const graph::Value* find(std::string_view name) const;
    [[noreturn]] void refuse(std::string_view name, const std::string& wanted) const;

    std::string procedure_;
    graph::Map options_;
};

}  // namespace khom::query
