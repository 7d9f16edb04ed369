#pragma once

#include <exception>
#include <string>
#include <utility>

#include "graph/failure.h"

namespace khom::query {

/// How a refusal leaves the depth of a parser, a binder or an expression.
///
/// Inside one statement refusals start dozens of frames deep, in code that is pure arithmetic on
/// values; a Result in every one of those frames would cost 170 bytes each and bury the language
/// under plumbing. So within this folder they are thrown, and the three doors (`cypher::parse`,
/// `Engine::prepare`, `Engine::run`) turn them into values again: nothing thrown here passes them.
class Refused : public std::exception {
  public:
    explicit Refused(graph::Refusal refusal) : refusal_(std::move(refusal)) {}
    const char* what() const noexcept override { return refusal_.message.c_str(); }
    const graph::Refusal& refusal() const { return refusal_; }

  private:
    graph::Refusal refusal_;
};

/// Throws a Refused: the shorthand used throughout this folder.
[[noreturn]] inline void reject(graph::RefusalCode code, std::string detail, std::string message,
                                std::optional<graph::Span> span = std::nullopt) {
    throw Refused(graph::Refusal{code, std::move(message), std::move(detail), span, std::string()});
}

}  // namespace khom::query
