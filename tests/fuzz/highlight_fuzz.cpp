// libFuzzer: the first byte says how many of the others are what is looked for. See README.md.

#include "tests/fuzz/text_promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (!bytes.empty()) {
        const auto length = std::min<std::size_t>(data[0], size - 1);
        khom::testing::highlight_promises(bytes.substr(1 + length), bytes.substr(1, length));
    }
    return 0;
}
