#include "index/romanisation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "index/canonical.h"
#include "index/cross_script.h"
#include "index/generic_words.h"
#include "index/sound.h"
#include "index/thai_reading.h"

namespace khom::index {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Lt;

double price(const std::string& thai, const std::string& latin) {
    return cost(Romanisation::shipped().read(canonical(thai).text), Spelling(canonical(latin).text),
                no_rest, 1e6);
}

TEST(ThaiReading, PutsVowelsBehindTheConsonantsTheyAreSpokenAfter) {
    struct Row {
        const char32_t* written;
        const char32_t* read;
    };
    for (const auto& [written, read] :
         {Row{U"แปล", U"ปลแ"}, Row{U"แดง", U"ดแง"}, Row{U"แสลง", U"สลแง"}, Row{U"เมตตา", U"มเตตา"},
          Row{U"ไกล", U"กลไ"}, Row{U"โรงแรม", U"รโงรแม"}, Row{U"แตล", U"ตแล"}, Row{U"น้ำ", U"นำ"},
          Row{U"แหวน", U"หวแน"}, Row{U"abc 12", U"abc12"}, Row{U"เ", U"เ"}, Row{U"", U""}}) {
        EXPECT_TRUE(reading_units(written) == read)
            << std::string(written, written + std::u32string(written).size());
    }
    EXPECT_THAT(reading_units(U"เมือง").size(), Eq(3U));  // one unit for the vowel of three signs
    EXPECT_THAT(reading_units(U"จันทร์").size(), Eq(5U));  // the silenced letter is one of its own
    EXPECT_TRUE(spoken_letter(reading_units(U"จันทร์").back()) == U'ร');
}

TEST(Romanisation, FindsTheNameNearerThanItsNeighbours) {
    struct Row {
        const char* latin;
        const char* right;
        const char* wrong;
    };
    for (const auto& [latin, right, wrong] :
         {Row{"Yi Peng", "ยี่เป็ง", "ยางเปียง"}, Row{"yee peng", "ยี่เป็ง", "ยางเปียง"},
          Row{"chang moi", "ช้างม่อย", "ช้างเผือก"}, Row{"changmoy", "ช้างม่อย", "ช้างเผือก"},
          Row{"mae kha", "แม่ข่า", "แม่ขาน"}, Row{"tha phae", "ท่าแพ", "ท่าผา"},
          Row{"thapae", "ท่าแพ", "ท่าพยา"}, Row{"suan dok", "สวนดอก", "สันดอน"},
          Row{"screen", "สกรีน", "สกิน"}, Row{"graphic", "กราฟิก", "กราฟ"},
          Row{"lamphun", "ลำพูน", "ลำปาง"}, Row{"Tan En", "ตาลเอน", "ตาเนิน"}}) {
        EXPECT_THAT(price(right, latin), Lt(price(wrong, latin))) << latin;
        EXPECT_THAT(price(right, latin), Lt(1.0 + static_cast<double>(std::string(latin).size())))
            << latin;
    }
}

TEST(Romanisation, SaysThatNonsenseIsFarFromAnyName) {
    for (const char* latin : {"xylophone", "kubernetes", "passport renewal"}) {
        EXPECT_THAT(price("คลองแม่ข่า", latin), Ge(20)) << latin;
    }
}

TEST(Romanisation, SpellsTheMostProbableFirst) {
    EXPECT_THAT(spellings(Romanisation::shipped().read("ลำพูน"), 0), ElementsAre("lamphun"));
    EXPECT_THAT(spellings(Romanisation::shipped().read(""), 1), ElementsAre(""));
}

/// All ways to lay the letters, one by one.
double slow_cost(const Reading& reading, const Spelling& spelling) {
    const auto& letters = spelling.letters;
    const std::function<double(std::size_t, std::size_t)> rest = [&](std::size_t unit,
                                                                     std::size_t at) {
        double best = std::numeric_limits<double>::infinity();
        if (unit == reading.size() && at == letters.size()) {
            return 0.0;
        }
        if (at < letters.size()) {
            best = std::min(best, 6.5 + rest(unit, at + 1));
        }
        if (unit < reading.size()) {
            best = std::min(best, static_cast<double>(reading[unit]->silent) + rest(unit + 1, at));
            for (const auto& writing : reading[unit]->all) {
                if (letters.compare(at, writing.size, writing.text()) == 0) {
                    auto price = static_cast<double>(writing.cost);
                    const auto end = at + writing.size;
                    price += reading[unit]->vowel && at > 0 && spelling.word_begins[at] ? 2.5 : 0;
                    for (auto inside = at + 1; inside < end; ++inside) {
                        price += spelling.word_begins[inside] ? 2.5 : 0;
                    }
                    best = std::min(best, price + rest(unit + 1, end));
                }
            }
        }
        return best;
    };
    return rest(0, 0);
}

TEST(Romanisation, CostsWhatItsSlowTwinSaysAndNoMoreThanAllowed) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::vector<std::string> letters = {"ก", "น", "ม", "า", "เ", "แ", "ี",
                                              "ย", "อ", "์",  "ว", "a", "่"};
    const std::string latin = "kanmeiy ";
    for (int round = 0; round < 300; ++round) {
        std::string name = "ก", typed;
        for (auto left = random() % 4; left > 0; --left) {
            name += letters[random() % letters.size()];
        }
        for (auto left = random() % 6; left > 0; --left) {
            typed += latin[random() % latin.size()];
        }
        const auto reading = Romanisation::shipped().read(canonical(name).text);
        const Spelling spelling(typed);
        const auto right = slow_cost(reading, spelling);

        ASSERT_NEAR(cost(reading, spelling, no_rest, 1e6), right, 1e-3) << name << " / " << typed;
        ASSERT_THAT(std::isfinite(cost(reading, spelling, no_rest, right - 0.01)), Eq(false))
            << name << " / " << typed;
        ASSERT_THAT(cost(reading, spelling, {0, 0}, 1e6), Le(right + 1e-3))
            << name << " / " << typed;
    }
}

TEST(Romanisation, AcceptsAnyBytes) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 2000; ++round) {
        std::string name, typed;
        for (auto left = random() % 20; left > 0; --left) {
            name += static_cast<char>(random());
            typed += static_cast<char>(random());
        }
        const auto reading = Romanisation::shipped().read(canonical(name).text);
        EXPECT_THAT(cost(reading, Spelling(canonical(typed).text), no_rest, 1e6), Ge(0));
        EXPECT_THAT(spellings(reading, 2).size(), Ge(1U));
    }
}

TEST(GenericWords, MeetAcrossLanguages) {
    const auto& words = GenericWords::shipped();
    const auto thai = words.in_thai("ประตูท่าแพ");
    const auto english = words.in_english("tha phae gate");

    ASSERT_THAT(thai.size(), Ge(1U));
    EXPECT_THAT(thai.front().end_bytes, Eq(std::string("ประตู").size()));
    ASSERT_THAT(english.size(), Eq(1U));
    EXPECT_THAT(english.front().begin_bytes, Eq(9U));
    EXPECT_THAT(thai.front().meanings, Eq(english.front().meanings));
}

TEST(GenericWords, TakeTheLongestPhrase) {
    const auto words = GenericWords::shipped().in_english("mae wang national park");
    ASSERT_THAT(words.size(), Eq(1U));
    EXPECT_THAT(words.front().begin_bytes, Eq(9U));
    EXPECT_THAT(GenericWords::shipped().in_english(""), IsEmpty());
    EXPECT_THAT(GenericWords::shipped().in_thai(""), IsEmpty());
}

TEST(GenericWords, AskForAKindOfThingAlone) {
    const auto& words = GenericWords::shipped();

    for (const char* text : {"เทศบาล", "municipality", "night market", "วัด เก่า"}) {
        EXPECT_TRUE(words.are_all_of(canonical(text).text)) << text;
    }
    for (const char* text : {"เทศบาลตาก", "tak municipality", "แม่ข่า", "วัด 1", "", " "}) {
        EXPECT_FALSE(words.are_all_of(canonical(text).text)) << text;
    }
}

TEST(GenericWords, AreWrittenOutWhereTheyAreAbbreviated) {
    const auto out = [](const char* text) {
        return GenericWords::shipped().written_out(canonical(text).text);
    };
    EXPECT_THAT(out("รร.เทศบาลวัดเชียงยืน"), Eq("โรงเรียนเทศบาลวัดเชียงยืน"));
    EXPECT_THAT(out("ร.ร.วัดเกต ถ.เจริญราษฎร์ อ. เมือง"), Eq("โรงเรียนวัดเกต ถนนเจริญราษฎร์ อำเภอ เมือง"));
    EXPECT_THAT(out("ม.เชียงใหม่"), Eq("มหาวิทยาลัยเชียงใหม่"));
    EXPECT_THAT(out("พ.ศ. 2567 มช. นาย ก.ต."), Eq("พ.ศ. 2567 มช. นาย ก.ต."));
    EXPECT_THAT(out(""), IsEmpty());
}

TEST(GenericWords, AreNoPartOfOtherAbbreviations) {
    EXPECT_THAT(GenericWords::shipped().in_thai("กม. อสม. กทม."), IsEmpty());
    EXPECT_THAT(GenericWords::shipped().in_thai("ม.แม่โจ้").size(), Eq(1U));
}

TEST(CrossScript, TakesThePlainerOfNamesThatAreReadAlike) {
    CrossScript names(Romanisation::shipped(), GenericWords::shipped());
    names.add(0, canonical("หนองค่าย").text);
    names.add(1, canonical("หนองคาย").text);

    const auto found = names.find("nong khai", Typed::whole, 20);

    ASSERT_THAT(found.size(), Eq(2U));
    EXPECT_THAT(found.front().name, Eq(1U));
    EXPECT_THAT(found.front().cost, Lt(found.back().cost));
}

}  // namespace
}  // namespace khom::index
