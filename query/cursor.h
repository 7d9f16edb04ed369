#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"

namespace khom::query {

/// What binds a cursor to its question: a hash of everything that decides the order of the answer.
class QuestionHash {
  public:
    QuestionHash& add(std::string_view text);
    QuestionHash& add(const std::vector<std::string>& texts);
    std::uint64_t value() const { return value_; }

  private:
    std::uint64_t value_ = 0xcbf29ce484222325U;  // FNV-1a, 64 bits
};

/// An opaque cursor that says: go on after `offset` answers of this question. Letters and digits.
std::string cursor_at(std::size_t offset, std::uint64_t question);

/// Where a cursor goes on; 0 for none. Refuses: argument_error naming `cursor`, if it is not one of
/// ours or belongs to another question.
graph::Result<std::size_t> offset_of(std::string_view cursor, std::uint64_t question);

}  // namespace khom::query
