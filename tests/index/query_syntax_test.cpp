#include "index/query_syntax.h"

#include <random>
#include <string>

namespace khom::index {
namespace {

/// Readings on lines of their own; pieces as -field:"text".
std::string read(std::string_view text) {
    std::string out;
    for (const auto& reading : readings(text)) {
        out += out.empty() ? "" : " / ";
        std::string line;
        for (const auto& piece : reading) {
            line += line.empty() ? "" : " ";
            line += piece.excluded ? "-" : "";
            line += piece.field.empty() ? "" : piece.field + ":";
            line += piece.quoted ? "<" + piece.text + ">" : piece.text;
        }
        out += line;
    }
    return out;
}

TEST(QuerySyntax, ReadsOperatorsAndLeavesTheRestAsText) {
    for (const auto& [text, expected] : std::vector<std::pair<const char*, const char*>>{
             {"mae kha", "mae kha"},
             {"\"mae kha\" canal", "<mae kha> canal"},
             {"yi -flower -\"old city\"", "yi -flower -<old city>"},
             {"a OR b c", "a c / b c"},
             {"a | \"b c\"", "a / <b c>"},
             {"a or b", "a or b"},
             {"OR a OR", "a"},
             {"a OR OR b", "a b"},
             {"kind:place -kind:source name:\"two words\"",
              "kind:place -kind:source name:<two words>"},
             {"10:30 http://a.b note: x", "10:30 http://a.b note: x"},
             {"kind: place", "kind: place"},
             {"วราวุธ\" ย้ำ พม. เดินหน้า", "วราวุธ ย้ำ พม. เดินหน้า"},
             {"วราวุธ\" ย้ำ \"สาม คำ\" แล้ว", "วราวุธ ย้ำ <สาม คำ> แล้ว"},
             {"- a -", "- a -"},
             {"\"\" \"", ""},
             {"", ""}}) {
        EXPECT_EQ(read(text), expected) << text;
    }
}

TEST(QuerySyntax, ReadsAnyBytesInAtMostEightWays) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::vector<std::string> parts = {"a", " ",     "\"",    "-",  ":",    "OR",   " OR ",
                                            "|", "kind:", "name:", "ข่า", "\xE0", "\xFF", "“"};
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto left = random() % 40; left > 0; --left) {
            text += parts[random() % parts.size()];
        }
        const auto all = readings(text);
        ASSERT_GE(all.size(), 1U) << text;
        ASSERT_LE(all.size(), 8U) << text;
    }
}

}  // namespace
}  // namespace khom::index
