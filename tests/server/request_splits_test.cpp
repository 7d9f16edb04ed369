#include "tests/fuzz/request_reading.h"

namespace khom::testing {
namespace {

TEST(RequestReader, ReadsAlikeHoweverItsBytesAreCut) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int i = 0; i < 3'000; ++i) {
        const auto bytes = nearly_a_request(random);
        const auto whole = read_in_pieces(bytes, {});
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
            ASSERT_EQ(read_in_pieces(bytes, {cut}), whole)
                << ::testing::PrintToString(bytes) << " cut at " << cut;
        }
        must_read_alike(bytes);
    }
}

}  // namespace
}  // namespace khom::testing
