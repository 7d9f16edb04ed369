#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/snapshot.h"
#include "graph/value.h"
#include "query/functions/moment.h"
#include "query/semantics/type.h"

namespace khom::query::functions {

/// What a function may look at besides its arguments.
struct Environment {
    const graph::Snapshot* graph = nullptr;  ///< with the statement's own changes
    const graph::Snapshot* base = nullptr;   ///< as the statement found it
    Moment now;                              ///< one instant for the whole statement
};

using Arguments = std::span<const graph::Value>;

/// A scalar function. With `null_gives_null` it is not called where an argument is null.
struct Function {
    std::string_view name;  ///< in lower case
    int min_arguments = 0;
    int max_arguments = 0;
    std::array<semantics::TypeSet, 3> accepts = {semantics::anything, semantics::anything,
                                                 semantics::anything};
    semantics::Type result;
    graph::Value (*evaluate)(const Environment&, Arguments) = nullptr;
    bool null_gives_null = true;
    bool constant = true;  ///< false for rand() and the clocks
};

/// The function of that name, without regard to case, or null.
const Function* find_function(std::string_view name);

/// The names of all, as openCypher writes them: "toUpper".
std::vector<std::string> function_names();

/// The families, each from a file of its own.
std::span<const Function> string_functions();
std::span<const Function> math_functions();
std::span<const Function> list_functions();
std::span<const Function> entity_functions();
std::span<const Function> conversion_functions();
std::span<const Function> temporal_functions();

/// Refuses with TypeError, InvalidArgumentValue: `what` was expected.
[[noreturn]] void wrong_argument(std::string_view function, std::string_view what,
                                 const graph::Value& got);

/// "a string", "an integer": the kind of a value in words.
std::string words_for(const graph::Value& value);

}  // namespace khom::query::functions
