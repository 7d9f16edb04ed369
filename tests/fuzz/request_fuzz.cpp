// libFuzzer: how the bytes of a connection are cut makes no difference, and none of them crash the
// reader.
//   clang++-14 -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -I.
//   tests/fuzz/request_fuzz.cpp
//       server/request_reader.cpp server/url.cpp server/http.cpp -o build/request_fuzz
//   build/request_fuzz -runs=10000000 -max_len=600

#include "tests/fuzz/request_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    khom::testing::must_read_alike(std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}
