// However the bytes of a connection are cut, they read alike, and none of them crash the reader.

#include "tests/fuzz/request_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    khom::testing::must_read_alike(std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}
