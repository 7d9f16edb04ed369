#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace khom::graph {

/// Why a request was refused. The first block carries openCypher's names (TCK, "error
/// classification"); the second is ours. A new code must choose its HTTP status and exit code, or
/// nothing compiles.
enum class RefusalCode {
    syntax_error,
    semantic_error,
    parameter_missing,
    constraint_verification_failed,
    constraint_validation_failed,
    entity_not_found,
    property_not_found,
    label_not_found,
    type_error,
    argument_error,
    arithmetic_error,
    procedure_error,

    invalid_data,        ///< an import or a batch breaks a rule
    gone,                ///< it was here once: deleted, or the log no longer reaches back
    conflict,            ///< somebody wrote in between
    forbidden,           ///< needs a key, or a wider one
    limit_exceeded,      ///< rows, memory, hops or size beyond what one request may use
    deadline_exceeded,   ///< the request's time is used up
    cancelled,           ///< the caller went away
    overloaded,          ///< try again later
    locked,              ///< another process holds the data
    unsupported,         ///< a format or version this build does not know
    storage_unavailable  ///< the disk refuses writes; reads go on
};

/// "SyntaxError", "TypeError", … for openCypher's codes; "InvalidData", … for ours.
const char* name(RefusalCode code);

/// Bytes `begin_bytes` up to but without `end_bytes` of the text that was refused.
struct Span {
    std::size_t begin_bytes = 0;
    std::size_t end_bytes = 0;
    bool operator==(const Span&) const = default;
};

/// The caller's to fix. `message` is one or more whole sentences, safe to show: what, where, what
/// was expected.
struct Refusal {
    RefusalCode code = RefusalCode::argument_error;
    std::string message;
    std::string
        detail;  ///< openCypher's detail, e.g. "UndefinedVariable"; empty where there is none
    std::optional<Span> span;  ///< where in the text, if it was about a text
    std::string parameter;     ///< which parameter or field, if it was about one
    bool operator==(const Refusal&) const = default;
};

template <class T>
using Result = tl::expected<T, Refusal>;

/// Shorthand for `return refuse(code, "…")` in a function that returns a Result.
inline tl::unexpected<Refusal> refuse(RefusalCode code, std::string message,
                                      std::string detail = {},
                                      std::optional<Span> span = std::nullopt) {
    return tl::unexpected<Refusal>(
        Refusal{code, std::move(message), std::move(detail), span, std::string()});
}

/// As `refuse`, naming the parameter or field that was wrong.
inline tl::unexpected<Refusal> refuse_parameter(std::string parameter, std::string message) {
    return tl::unexpected<Refusal>(Refusal{RefusalCode::argument_error, std::move(message),
                                           std::string(), std::nullopt, std::move(parameter)});
}

/// Ours to fix: disk, corruption, a broken invariant. Logged whole, never shown to a client.
class Fault : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace khom::graph
