// Any bytes: they read as a statement or are refused, and what reads can be printed.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "query/cypher/ast_text.h"
#include "query/cypher/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto statement = khom::query::cypher::parse(text);
    if (statement) khom::query::cypher::ast_text(*statement, khom::query::cypher::Ranges::shown);
    return 0;
}
