#pragma once

#include <string>
#include <string_view>

#include "graph/change_log.h"
#include "graph/entity.h"

namespace khom::graph {

/// The bytes of what is kept on disk; the grammar stands in codec.cpp. Decoding throws Fault where
/// bytes are damaged.
std::string encode(const Value& value);
std::string encode(const Node& node);
std::string encode(const Relationship& relationship);
std::string encode(const LogEntry& entry);
Value decode_value(std::string_view bytes);
Node decode_node(std::string_view bytes);
Relationship decode_relationship(std::string_view bytes);
LogEntry decode_log_entry(std::string_view bytes);

}  // namespace khom::graph
