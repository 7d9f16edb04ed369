#include "index/spelling.h"

#include <algorithm>
#include <random>

#include "index/keyboard.h"
#include "index/sound.h"

namespace khom::index {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;

std::vector<std::string> words(const std::vector<NearWord>& near) {
    std::vector<std::string> all;
    for (const auto& word : near) {
        all.push_back(word.word);
    }
    return all;
}

TEST(SpellingDistance, CountsLessForWhatIsEasilyConfused) {
    struct Row {
        const char32_t *a, *b;
        double distance;
    };
    for (const auto& [a, b, distance] :
         {Row{U"คลอง", U"คลอง", 0}, Row{U"แม่ข่า", U"แม่ค่า", 0.4}, Row{U"เป็ง", U"เปง", 0.3},
          Row{U"ยี่", U"ยี้", 0.3}, Row{U"วัด", U"วัน", 1}, Row{U"canal", U"canla", 0.7},
          Row{U"canal", U"cannal", 0.4}, Row{U"canal", U"kanal", 0.4}, Row{U"canal", U"canak", 0.6},
          Row{U"canal", U"cana", 1}, Row{U"", U"ab", 2}, Row{U"พูน", U"พุน", 0.4},
          Row{U"abcdef", U"uvwxyz", 3.5}}) {
        EXPECT_NEAR(spelling_distance(a, b, 2.5), distance, 1e-9);
        EXPECT_NEAR(spelling_distance(b, a, 2.5), distance, 1e-9);
    }
}

TEST(Vocabulary, NamesTheNearestFirstAndOfEqualsTheMostFrequent) {
    const Vocabulary vocabulary(
        {{"คลอง", 5}, {"คลัง", 9}, {"กลอง", 2}, {"คลอง", 1}, {"ข้าว", 1}, {"", 3}});

    EXPECT_THAT(words(vocabulary.nearest("คลอง", 1, 10)), ElementsAre("คลอง", "คลัง", "กลอง"));
    EXPECT_THAT(words(vocabulary.nearest("ค้ลอง", 0.5, 10)), ElementsAre("คลอง"));
    EXPECT_THAT(words(vocabulary.nearest("คลอง", 1, 1)), ElementsAre("คลอง"));
    EXPECT_THAT(vocabulary.frequency("คลอง"), Eq(6U));
    EXPECT_THAT(vocabulary.frequency("คล"), Eq(0U));
    EXPECT_THAT(vocabulary.nearest("", 2, 10), IsEmpty());
    EXPECT_THAT(vocabulary.nearest(std::string(5000, 'a'), 2, 10), IsEmpty());
    EXPECT_THAT(Vocabulary({}).nearest("a", 2, 10), IsEmpty());
}

TEST(Vocabulary, SplitsGluedWordsIntoTheFewest) {
    const Vocabulary vocabulary({{"learning", 5},
                                 {"city", 9},
                                 {"learn", 2},
                                 {"ing", 1},
                                 {"เมือง", 3},
                                 {"เรียนรู้", 3},
                                 {"เรียน", 9},
                                 {"รู้", 9}});

    EXPECT_THAT(vocabulary.split("learningcity"), ElementsAre("learning", "city"));
    EXPECT_THAT(vocabulary.split("เมืองเรียนรู้"), ElementsAre("เมือง", "เรียนรู้"));
    EXPECT_THAT(vocabulary.split("city"), IsEmpty());
    EXPECT_THAT(vocabulary.split("cityx"), IsEmpty());
    EXPECT_THAT(vocabulary.split(""), IsEmpty());
}

TEST(Vocabulary, FindsWhatItsSlowTwinFinds) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::vector<std::string> letters = {"ก", "ข", "ค", "า", "ี",  "ิ",
                                              "่",  "้",  "a", "b", "h", "k"};
    const auto word = [&] {
        std::string text;
        for (auto left = 1 + random() % 6; left > 0; --left) {
            text += letters[random() % letters.size()];
        }
        return text;
    };
    for (int round = 0; round < 20; ++round) {
        std::vector<Vocabulary::Word> all;
        for (int i = 0; i < 200; ++i) {
            all.emplace_back(word(), 1 + random() % 5);
        }
        const Vocabulary vocabulary(all);
        for (int i = 0; i < 20; ++i) {
            const auto typed = word();
            const double most = static_cast<double>(random() % 21) / 10;
            std::vector<std::string> right;
            for (const auto& [known, frequency] : all) {
                if (spelling_distance(code_points(known), code_points(typed), most) <=
                    most + 1e-9) {
                    right.push_back(known);
                }
            }
            std::sort(right.begin(), right.end());
            right.erase(std::unique(right.begin(), right.end()), right.end());
            auto found = words(vocabulary.nearest(typed, most, 1000));
            std::sort(found.begin(), found.end());
            ASSERT_THAT(found, Eq(right)) << typed << " within " << most;
        }
    }
}

TEST(Vocabulary, AcceptsAnyBytes) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const Vocabulary vocabulary({{"คลอง", 5}, {"canal", 9}});
    for (int round = 0; round < 2000; ++round) {
        std::string typed;
        for (auto left = random() % 40; left > 0; --left) {
            typed += static_cast<char>(random());
        }
        vocabulary.nearest(typed, 2, 10);
        vocabulary.split(typed);
        other_layout(typed);
    }
}

TEST(Reason, SaysWhyInASentence) {
    EXPECT_THAT(reason("แม่ค่า", "แม่ข่า"), HasSubstr("sounds like"));
    EXPECT_THAT(reason("เปง", "เป็ง"), HasSubstr("mark"));
    EXPECT_THAT(reason("canla", "canal"), HasSubstr("swapped"));
    EXPECT_THAT(reason("canak", "canal"), HasSubstr("keyboard"));
    EXPECT_THAT(reason("canal", "banana"), HasSubstr("nearly"));
}

TEST(Keyboard, WritesWhatTheSameKeysWriteInTheOtherLayout) {
    EXPECT_THAT(other_layout("l;ylfu"), Optional(Eq("สวัสดี")));
    EXPECT_THAT(other_layout("สวัสดี"), Optional(Eq("l;ylfu")));
    EXPECT_THAT(other_layout("8]v'c,j0jk"), Optional(Eq("คลองแม่จ่า")));
    EXPECT_THAT(other_layout("ทีหำีท"), Optional(Eq("museum")));
    EXPECT_THAT(other_layout("123"), Eq(std::nullopt));
    EXPECT_THAT(other_layout("คลอง canal"), Eq(std::nullopt));
    EXPECT_THAT(other_layout(""), Eq(std::nullopt));
}

TEST(Keyboard, KnowsWhichKeysLieSideBySide) {
    EXPECT_TRUE(are_neighbours(U'a', U's'));
    EXPECT_TRUE(are_neighbours(U'ก', U'ด'));
    EXPECT_TRUE(are_neighbours(U'q', U'a'));
    EXPECT_FALSE(are_neighbours(U'q', U'p'));
    EXPECT_FALSE(are_neighbours(U'ก', U'漢'));
}

}  // namespace
}  // namespace khom::index
