#include "index/misspelling.h"

#include <limits>
#include <random>

#include "graph/store.h"
#include "index/canonical.h"
#include "index/index.h"
#include "index/near_place.h"
#include "index/sound.h"
#include "index/spelling.h"

namespace khom::index {
namespace {

using ::testing::DoubleNear;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string place(const std::string& text, const std::string& typed, double most) {
    const BorderedText bordered(canonical(text).text);
    const auto found = nearest_place(bordered, code_points(typed), most);
    return found ? utf8(bordered.letters.substr(found->begin, found->end - found->begin)) : "";
}

TEST(NearPlace, IsWhereATextHasNearlyWhatWasTyped) {
    EXPECT_THAT(place("เดินริมคลองแม่ข่าวันนี้", "คลองแม่ค่า", 1), Eq("คลองแม่ข่า"));
    EXPECT_THAT(place("เดินริมคลองแม่ข่าวันนี้", "แม่ข่า", 1), Eq("แม่ข่า"));
    EXPECT_THAT(place("the lantern festival", "lantren", 1), Eq("lantern"));
    EXPECT_THAT(place("the lantern festival", "lantren", 0.5), Eq(""));
    EXPECT_THAT(place("a participant", "particip", 2), Eq(""));  // in the middle of a word
    EXPECT_THAT(place("", "คลอง", 2), Eq(""));
    EXPECT_THAT(place("คลอง", "", 2), Eq(""));
    EXPECT_THAT(place("คลอง", std::string(5000, 'a'), 2), Eq(""));
}

TEST(NearPlace, IsAsFarAsItsSlowTwinSays) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::u32string letters = U"กขคเาีิ่้ abhk1";
    const auto some = [&](std::size_t most) {
        std::u32string text;
        for (auto left = 1 + random() % most; left > 0; --left) {
            // A letter twice costs less than two, which a place that begins between them cannot
            // know.
            const auto letter = letters[random() % letters.size()];
            text += text.empty() || text.back() != letter ? std::u32string(1, letter) : U"";
        }
        return text;
    };
    for (int round = 0; round < 1500; ++round) {
        const BorderedText text(utf8(some(14)));
        const auto typed = some(6);
        const double most = static_cast<double>(random() % 31) / 10;
        const bool may_be_nothing = spelling_distance(U"", typed, 9) <= most + 1e-9;
        auto least = std::numeric_limits<double>::infinity();
        for (std::size_t begin = 0; begin < text.letters.size(); ++begin) {
            for (auto end = begin + 1; end <= text.letters.size(); ++end) {
                if (text.borders[begin] != 0 && text.borders[end] != 0) {
                    least = std::min(least, spelling_distance(
                                                text.letters.substr(begin, end - begin), typed, 9));
                }
            }
        }

        const auto found = nearest_place(text, typed, most);

        const auto asked =
            utf8(typed) + " in " + utf8(text.letters) + " within " + std::to_string(most);
        ASSERT_THAT(found.has_value(), Eq(!may_be_nothing && least <= most + 1e-9)) << asked;
        if (found) {
            const auto there = text.letters.substr(found->begin, found->end - found->begin);
            ASSERT_THAT(found->distance, DoubleNear(least, 1e-9)) << asked;
            ASSERT_THAT(spelling_distance(there, typed, 9), DoubleNear(least, 1e-9)) << asked;
            ASSERT_TRUE(text.borders[found->begin] != 0 && text.borders[found->end] != 0) << asked;
        }
    }
}

/// A city of three texts.
class Misspelling : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        store_ = graph::Store::in_memory({}).release();
        auto draft = store_->begin();
        const auto add = [&](const std::string& id, const char* property, const std::string& text) {
            ASSERT_TRUE(draft.create_node(
                {"Place"}, {{"id", graph::Value(id)}, {property, graph::Value(text)}}));
        };
        add("canal", "text_th", "ชาวบ้านช่วยกันฟื้นฟูลำคลองสายเก่า มีพิพิธภัณฑ์ชุมชนริมน้ำ");
        add("lantern", "text_en", "A workshop on making paper lanterns for the festival.");
        add("craft", "text_th", "ครูช่างสอนทอผ้าตีนจกและแกะสลักไม้");
        add("year", "text_en", "A festival in 2019.");
        ASSERT_TRUE(store_->commit(std::move(draft), {"test", ""}));
        index_ = Index::open({}, *store_).release();
    }
    static void TearDownTestSuite() {
        delete index_;
        delete store_;
    }
    static SearchAnswer search(const std::string& text) {
        SearchRequest request;
        request.text = text;
        return index_->view()->search(request);
    }
    static std::string first(const SearchAnswer& answer) {
        return answer.hits.empty()
                   ? ""
                   : std::string(graph::string_or_empty(
                         index_->view()->snapshot()->property(answer.hits.front().node, "id")));
    }

    static inline graph::Store* store_ = nullptr;
    static inline Index* index_ = nullptr;
};

TEST_F(Misspelling, IsMendedInWordsOfTexts) {
    struct Row {
        const char *typed, *id, *meant;
    };
    for (const auto& [typed, id, meant] :
         {Row{"พิพิดภัณฑ์ชุมชน", "canal", "พิพิธภัณฑ์ชุมชน"}, Row{"ฟื้นฟูลำครอง", "canal", "ฟื้นฟูลำคลอง"},
          Row{"แกะสลกไม้", "craft", "แกะสลักไม้"}, Row{"สอน ตีนจด", "craft", "สอน ตีนจก"},
          Row{"lantrens", "lantern", "lanterns"},
          Row{"workshp lanterns", "lantern", "workshop lanterns"}}) {
        const auto answer = search(typed);
        EXPECT_THAT(first(answer), Eq(id)) << typed;
        ASSERT_TRUE(answer.did_you_mean) << typed;
        EXPECT_THAT(answer.did_you_mean->text, Eq(meant));
        EXPECT_THAT(answer.did_you_mean->why, HasSubstr("'"));
        EXPECT_THAT(answer.did_you_mean->total, Eq(answer.total));
        EXPECT_THAT(answer.hits.front().match, Eq(Match::typo)) << typed;
    }
}

TEST_F(Misspelling, MarksWhatTheTextHas) {
    EXPECT_THAT(search("พิพิดภัณฑ์ชุมชน").hits.at(0).highlights.at("text.th"),
                HasSubstr("<mark>พิพิธภัณฑ์ชุมชน</mark>"));
}

TEST_F(Misspelling, IsNeitherANumberNorAnotherWord) {
    for (const auto* typed : {"festival 2018", "ตีนแมว", "cat", "ครูใหญ่", "workshop passport"}) {
        const auto answer = search(typed);
        EXPECT_THAT(answer.hits, IsEmpty()) << typed;
        EXPECT_FALSE(answer.did_you_mean) << typed;
    }
}

}  // namespace
}  // namespace khom::index
