// The promises of tests/fuzz over seeded random text: the same in every run, in a few seconds. The
// fuzz targets ask the same of millions of texts.

#include "tests/fuzz/text_promises.h"

#include <random>

namespace khom::testing {
namespace {

constexpr unsigned seed = 2026;
constexpr int rounds = 4000;

/// Text of pieces that are awkward together, and of bytes that are no text.
std::string awkward(std::mt19937& random, std::size_t most) {
    static const std::vector<std::string> pieces = {
        "ก",        "น",     "ว",      "ั",
        "า",        "ำ",     "ิ",       "ฺ",
        "เ",        "แ",     "ไ",      "ๆ",
        "็",         "่",      "้",       "์",
        "\u0E4D",   "๑",     "ฯ",      "\xE0",
        "\xE0\xB8", "\xFF",  "é",      "\u0301",
        "\u200B",   "ᨠ",     "日",     "😰",
        "2567",     "1,000", "a",      "Z",
        "it's",     "\"",    " -",     " OR ",
        "name:",    "&",     "<",      ">",
        "'",        " ",     "\t",     "\n",
        "คลอง",     "แม่ข่า",  "น้ำพุร้อน", "มช.",
        "lantern",  "โคม",   ".",      std::string(1, '\0')};
    std::string text;
    for (auto left = random() % most; left > 0; --left) {
        text += random() % 12 == 0 ? std::string(1, static_cast<char>(random()))
                                   : pieces[random() % pieces.size()];
    }
    return text;
}

template <class Promise>
void over_random_texts(std::size_t most, Promise promise) {
    std::mt19937 random(seed);
    for (int round = 0; round < rounds; ++round) {
        promise(awkward(random, most), random);
    }
}

TEST(AnyBytes, HaveOneCanonicalTextWithItsWayBack) {
    over_random_texts(24, [](const std::string& text, std::mt19937&) { canonical_promises(text); });
}

TEST(AnyBytes, FallIntoClustersThatCoverThem) {
    over_random_texts(24, [](const std::string& text, std::mt19937&) { cluster_promises(text); });
}

TEST(AnyBytes, AreCutIntoRisingWordsThatSplitNoCluster) {
    over_random_texts(24, [](const std::string& text, std::mt19937&) { segment_promises(text); });
}

TEST(AnyBytes, AreAQuestionOfBoundedSize) {
    over_random_texts(40, [](const std::string& text, std::mt19937&) { question_promises(text); });
}

TEST(AnyBytes, AreMarkedAtClusterBordersAndShownAsTheyStand) {
    over_random_texts(120, [](const std::string& text, std::mt19937& random) {
        const auto begin = text.empty() ? 0 : random() % text.size();
        highlight_promises(text, std::string_view(text).substr(begin, 1 + random() % 12));
    });
}

}  // namespace
}  // namespace khom::testing
