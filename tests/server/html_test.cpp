#include "server/pages/html.h"
#include "server/pages/whole_words.h"

namespace khom::server {
namespace {

using ::testing::Eq;

TEST(Html, EscapesWhatCouldBecomeMarkup) {
    EXPECT_THAT(escaped("<script>\"a\" & 'b'</script>"),
                Eq("&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"));
    EXPECT_THAT(escaped("ยี่เป็ง 😀"), Eq("ยี่เป็ง 😀"));
}

TEST(Html, ShowsCharactersThatDisguiseText) {
    EXPECT_THAT(escaped("a\u202Eb\u2066c\x07"
                        "d\u061Ce\u0085f"),
                Eq("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf"));
    EXPECT_THAT(escaped("ก\u200Bข\u200D"), Eq("ก\u200Bข\u200D"));
}

TEST(Html, LetsOnlyMarksThroughInHighlights) {
    EXPECT_THAT(marked("<mark>a</mark> &lt;b&gt; <b onclick=x>c</b> & d"),
                Eq("<mark>a</mark> &lt;b&gt; &lt;b onclick=x&gt;c&lt;/b&gt; &amp; d"));
    EXPECT_THAT(marked("<mark onclick=x>"), Eq("&lt;mark onclick=x&gt;"));
}

TEST(Html, KeepsWordsWholeThatBrowsersWouldBreak) {
    EXPECT_THAT(kept_whole("<p title=\"แม่ข่า\">คลองแม่ข่าและย่านริมน้ำปิง</p>"),
                Eq("<p title=\"แม่ข่า\">คลอง<span class=\"whole\">แม่ข่า</span>และย่าน"
                   "<span class=\"whole\">ริมน้ำปิง</span></p>"));
    EXPECT_THAT(kept_whole("no Thai, 1 < 2"), Eq("no Thai, 1 < 2"));
}

TEST(Html, KeepsWordsWholeInRunningTextOnly) {
    const std::string other =
        "<svg a><text>แม่ข่า</text></svg><textarea>แม่ข่า</textarea>"
        "<select><option>แม่ข่า</option></select><pre>แม่ข่า</pre>";
    EXPECT_THAT(kept_whole(other), Eq(other));
    EXPECT_THAT(kept_whole("<section>แม่ข่า"), Eq("<section><span class=\"whole\">แม่ข่า</span>"));
}

TEST(Html, LeavesAMarkWithTheLetterItStandsOn) {
    EXPECT_THAT(kept_whole("แม่โจ้"), Eq("<span class=\"whole\">แม่โจ้</span>"));
    EXPECT_THAT(kept_whole("ป่าห้า\u0E48"), Eq("ป่าห้า\u0E48"));
}

TEST(Html, KeepsAChosenLanguageInLinks) {
    EXPECT_THAT(link({"th", true}, "/search", {{"q", "a b&c"}}), Eq("/search?q=a%20b%26c&lang=th"));
    EXPECT_THAT(link({"th", false}, "/search"), Eq("/search"));
}

TEST(Html, FallsBackToTheOtherLanguage) {
    const PageLanguage thai{"th", false};

    EXPECT_THAT(name_html(thai, {"Only English", ""}), Eq("<span lang=\"en\">Only English</span>"));
    EXPECT_THAT(thai.other({"Only English", ""}), Eq(""));
    EXPECT_THAT(thai.other({"English", "ไทย"}), Eq("English"));
}

}  // namespace
}  // namespace khom::server
