// Any bytes through the whole of preparation: what reads is bound and planned, or refused.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "graph/store.h"
#include "query/engine.h"
#include "query/standard_procedures.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto store = khom::graph::Store::in_memory({});
    static const khom::query::Engine engine(khom::query::standard_procedures());
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(engine.prepare(text, *store->snapshot()));
    return 0;
}
