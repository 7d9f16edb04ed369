// libFuzzer: see README.md.

#include "tests/fuzz/text_promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    khom::testing::segment_promises(text);
    return 0;
}
