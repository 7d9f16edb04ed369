#include "server/url.h"

namespace khom::server {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Pair;

TEST(Url, DecodesThaiAfterSplitting) {
    const auto target = parse_target("/v1/a%2Fb?q=%E0%B8%81%26%3D+x&q=2&empty=&bare");

    ASSERT_TRUE(target);
    EXPECT_THAT(target->segments, ElementsAre("v1", "a/b"));
    EXPECT_THAT(target->query, ElementsAre(Pair("q", "ก&= x"), Pair("q", "2"), Pair("empty", ""),
                                           Pair("bare", "")));
}

TEST(Url, RefusesWhatDoesNotDecode) {
    for (const char* target : {"/%", "/%4", "/%zz", "/?q=%E0%B8", "/?q=%FF", "/%00", "/a/../b",
                               "/%2e%2e/b", "relative", "", "/?q=%C0%AF", "/?q=%ED%A0%80"}) {
        EXPECT_FALSE(parse_target(target)) << target;
    }
}

TEST(Url, EncodesWhatItDecodesBack) {
    const std::string text = "ยี่เป็ง & 100% +/?#";

    EXPECT_THAT(percent_decoded(percent_encoded(text), Plus::kept), Eq(text));
}

TEST(Url, KnowsUtf8FromOtherBytes) {
    EXPECT_TRUE(is_utf8("a ก 😀 \xEF\xBF\xBD"));
    for (const char* bytes : {"\x80", "\xC1\x81", "\xE0\x80\x80", "\xED\xA0\x80",
                              "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE0\xB8", "a\xFF"}) {
        EXPECT_FALSE(is_utf8(bytes));
    }
}

}  // namespace
}  // namespace khom::server
