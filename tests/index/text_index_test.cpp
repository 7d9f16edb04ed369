#include <random>
#include <set>

#include "graph/store.h"
#include "index/canonical.h"
#include "index/gazetteer.h"
#include "index/index.h"
#include "index/segmenter.h"
#include "tests/index/answers.h"

namespace khom::index {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

/// Random text of pieces that are awkward together.
std::string awkward(std::mt19937& random, std::size_t most) {
    static const std::vector<const char*> pieces = {
        "ก", "า",        "ํ",     "ำ",     "้",       "่",     "ี",  "เ",    "แ",    "์",
        "๑", "A",        "é",    " ",     "\u200B", "\xFF", "-", "คลอง", "แม่ข่า", "ฯ",
        "ๆ", "learning", "2567", "1,000", "it's",   "日本", "😰", ".",    "ะ",    "ᨠ"};
    std::string text;
    for (auto left = random() % most; left > 0; --left) {
        text += pieces[random() % pieces.size()];
    }
    return text;
}

TEST(Segmenter, GivesRisingPiecesOfTheTextAndSplitsNoCluster) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 2000; ++round) {
        const auto text = canonical(awkward(random, 20)).text;
        std::size_t last = 0;
        for (const auto& token : segment(text)) {
            ASSERT_THAT(token.begin_bytes, ::testing::Ge(last)) << text;
            ASSERT_THAT(token.end_bytes, ::testing::Gt(token.begin_bytes)) << text;
            ASSERT_THAT(text.substr(token.begin_bytes, token.end_bytes - token.begin_bytes),
                        Eq(token.text));
            last = token.end_bytes;
        }
        ASSERT_THAT(last, ::testing::Le(text.size()));
    }
}

TEST(Segmenter, CutsNamesAndSentencesAsPeopleDo) {
    for (const auto& [text, words] : std::vector<std::pair<const char*, std::vector<std::string>>>{
             {"ไม่มีเงินครับ", {"ไม่", "มี", "เงิน", "ครับ"}},
             {"โตเกียวอากาศแจ่มใส", {"โตเกียว", "อากาศ", "แจ่มใส"}},
             {"ปี 2567 มี 1,000.50 บาท", {"ปี", "2567", "มี", "1,000.50", "บาท"}},
             {"ต่างๆ ฯ", {"ต่าง"}},
             {"it's learning-city", {"it's", "learning", "city"}}}) {
        std::vector<std::string> cut;
        for (const auto& token : segment(canonical(text).text)) {
            cut.push_back(token.text);
        }
        EXPECT_THAT(cut, Eq(words)) << text;
    }
}

graph::Map place(const std::string& id, const std::string& name, const std::string& text) {
    return {
        {"id", graph::Value(id)}, {"name_th", graph::Value(name)}, {"text_th", graph::Value(text)}};
}

const std::vector<std::string> asked = {"คลองแม่ข่า", "วัดช้างม่อย", "โคมลานนา", "ตลาด",
                                        "ช้าง",      "ประตู",     "lantern",  "โคม ตลาด"};

TEST(Index, GrownEqualsRebuilt) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::vector<std::string> words = {"คลอง",  "แม่ข่า", "วัด",   "ช้างม่อย", "โคม",
                                            "ลานนา", "ตลาด", "ประตู", "lantern"};
    const auto some = [&](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += words[random() % words.size()];
        }
        return text;
    };
    const auto store = graph::Store::in_memory({});
    const auto grown = Index::open({}, *store);
    for (int round = 0; round < 25; ++round) {
        auto draft = store->begin();
        const auto nodes = draft.view().nodes();
        for (int change = 0; change < 3; ++change) {
            const auto what = random() % 4;
            if (what == 0 || nodes.size() < 6) {
                ASSERT_TRUE(draft.create_node(
                    {"Place"}, place("p" + std::to_string(random()), some(2), some(6))));
            } else if (const auto node = nodes[random() % nodes.size()]; draft.view().has(node)) {
                if (what == 1) {
                    draft.detach_erase(node);
                } else if (what == 2) {
                    ASSERT_TRUE(draft.set_property(node, "name_th", graph::Value(some(2))));
                } else if (const auto other = nodes[random() % nodes.size()];
                           draft.view().has(other)) {
                    ASSERT_TRUE(draft.create_relationship(node, "NEAR", other, {}));
                }
            }
        }
        ASSERT_TRUE(store->commit(std::move(draft), {"test", ""}));
        grown->catch_up();
        const auto rebuilt = Index::open({}, *store);

        ASSERT_THAT(answers(*grown, asked), Eq(answers(*rebuilt, asked))) << "round " << round;
    }
}

TEST(Index, IsTakenUpWhereItWasLeftOnDisk) {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("khom-test-" + std::to_string(std::random_device{}()));
    const auto store = graph::Store::in_memory({});
    auto draft = store->begin();
    ASSERT_TRUE(draft.create_node({"Place"}, place("p1", "วัดช้างม่อย", "โคม")));
    ASSERT_TRUE(store->commit(std::move(draft), {"test", ""}));
    std::vector<std::string> first;
    { first = answers(*Index::open(folder, *store), asked); }
    const auto again = Index::open(folder, *store);

    EXPECT_THAT(first, ::testing::Not(IsEmpty()));
    EXPECT_THAT(answers(*again, asked), Eq(first));
    std::filesystem::remove_all(folder);
}

TEST(Gazetteer, FindsTheLongestNameAtClusterBordersAndWholeLatinWords) {
    const auto store = graph::Store::in_memory({});
    auto draft = store->begin();
    const auto canal = *draft.create_node({"Place"}, {{"name_th", graph::Value("คลองแม่ข่า")}});
    const auto short_name = *draft.create_node({"Place"}, {{"name_th", graph::Value("แม่ข่า")}});
    const auto latin = *draft.create_node({"Place"}, {{"name_en", graph::Value("Arts")}});
    ASSERT_TRUE(store->commit(std::move(draft), {"test", ""}));
    const Names names(*store->snapshot());
    const Gazetteer gazetteer(names.all());
    const auto found = [&](std::string_view text) {
        std::vector<graph::NodeId> all;
        for (const auto& mention : gazetteer.mentions(text)) {
            all.insert(all.end(), mention.nodes.begin(), mention.nodes.end());
        }
        return all;
    };

    EXPECT_THAT(found("ริมคลองแม่ข่าวันนี้"), ElementsAre(canal));
    EXPECT_THAT(found("ริมแม่ข่า arts parts"), ElementsAre(short_name, latin));
    EXPECT_THAT(found("แม่ข่าย"), ElementsAre(short_name));
    EXPECT_THAT(found("แม่ข่า้"), IsEmpty());
}

}  // namespace
}  // namespace khom::index
