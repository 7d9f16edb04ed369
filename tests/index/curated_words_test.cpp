#include "index/curated_words.h"

#include <algorithm>
#include <filesystem>
#include <random>

#include "graph/settings.h"
#include "graph/store.h"
#include "index/index.h"
#include "index/word_sources.h"
#include "tests/index/answers.h"

namespace khom::index {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

graph::Map place(const std::string& id, const std::string& name, const std::string& text) {
    return {
        {"id", graph::Value(id)}, {"name_th", graph::Value(name)}, {"text_th", graph::Value(text)}};
}

void add(graph::Store& store, const std::string& id, const std::string& name,
         const std::string& text) {
    auto draft = store.begin();
    ASSERT_TRUE(draft.create_node({"Place"}, place(id, name, text)));
    ASSERT_TRUE(store.commit(std::move(draft), {"test", ""}));
}

void put_words(graph::Store& store, const Words& words) {
    ASSERT_TRUE(store.write({"test", ""},
                            [&](graph::Draft& draft) { return set_dictionary(draft, words); }));
}

void put_synonyms(graph::Store& store, const WordGroups& groups) {
    ASSERT_TRUE(store.write({"test", ""},
                            [&](graph::Draft& draft) { return set_synonyms(draft, groups); }));
}

std::vector<std::string> found(const Index& index, const std::string& text) {
    SearchRequest request;
    request.text = text;
    const auto view = index.view();
    std::vector<std::string> ids;
    for (const auto& hit : view->search(request).hits) {
        ids.emplace_back(graph::string_or_empty(view->snapshot()->property(hit.node, "id")));
    }
    return ids;
}

std::vector<std::string> tokens(const Index& index, const std::string& text) {
    std::vector<std::string> all;
    for (const auto& token : index.view()->analyse(text).tokens) {
        all.push_back(token.text);
    }
    return all;
}

TEST(Synonyms, WithSaraAmMatchInEverySpelling) {
    const auto store = graph::Store::in_memory({});
    add(*store, "place:spring", "บ่อแห่งหนึ่ง", "มีน้ำพุร้อนอยู่");
    add(*store, "place:hall", "หอประชุม", "ไม่มีอะไร");
    const auto index = Index::open({}, *store);
    ASSERT_THAT(found(*index, "thermal pool"), IsEmpty());
    // The member is written with nikhahit and sara aa, and its tone between them.
    put_synonyms(*store, {{"thermal pool", "น\u0E4D\u0E49\u0E32พุร้อน", "nam phu"}});
    index->catch_up();

    for (const std::string text : {"thermal pool", "nam phu", "น้ำพุร้อน", "น\u0E49\u0E4D\u0E32พุร้อน",
                                   "น\u0E4D\u0E49\u0E32พุร้อน"}) {
        EXPECT_THAT(found(*index, text), ElementsAre("place:spring")) << text;
    }
}

TEST(Synonyms, OfAWholeNameFindTheEntityFirst) {
    const auto store = graph::Store::in_memory({});
    add(*store, "place:fort", "ป้อมมะขาม", "");
    add(*store, "place:talk", "ห้องสมุด", "เล่าเรื่องป้อมมะขาม");
    put_synonyms(*store, {{"ป้อมมะขาม", "tamarind fort"}});
    const auto index = Index::open({}, *store);

    EXPECT_THAT(found(*index, "Tamarind Fort"), ElementsAre("place:fort", "place:talk"));
}

TEST(Synonyms, AreMarkedInThePassage) {
    const auto store = graph::Store::in_memory({});
    add(*store, "place:hall", "ห้องสมุด", "งานของมหาวิทยาลัยเชียงใหม่ที่นี่");
    const auto index = Index::open({}, *store);
    SearchRequest request;
    request.text = "มช.";

    const auto hits = index->view()->search(request).hits;
    ASSERT_THAT(hits.size(), Eq(1U));
    EXPECT_THAT(hits.front().highlights.at("text.th"), HasSubstr("<mark>มหาวิทยาลัยเชียงใหม่</mark>"));
}

TEST(Synonyms, PutAgainReplaceThoseOfBefore) {
    const auto store = graph::Store::in_memory({});
    add(*store, "place:pool", "สระ", "");
    put_synonyms(*store, {{"basin", "สระ"}});
    const auto index = Index::open({}, *store);
    ASSERT_THAT(found(*index, "basin"), ElementsAre("place:pool"));
    const auto before = store->snapshot()->revision();
    put_synonyms(*store, {});
    index->catch_up();

    EXPECT_THAT(found(*index, "basin"), IsEmpty());
    EXPECT_THAT(graph::number(store->log().last()), Eq(graph::number(before) + 1));
}

TEST(AddedWords, StandWholeInTextsAndQuestions) {
    const auto store = graph::Store::in_memory({});
    const auto index = Index::open({}, *store);
    ASSERT_THAT(tokens(*index, "ไปเที่ยวแอ่วม่วนใจ๋กัน"), Not(Contains("แอ่วม่วนใจ๋")));
    put_words(*store, {"แอ่วม่วนใจ๋"});
    index->catch_up();

    EXPECT_THAT(tokens(*index, "ไปเที่ยวแอ่วม่วนใจ๋กัน"), ElementsAre("ไป", "เที่ยว", "แอ่วม่วนใจ๋", "กัน"));
    const auto analysis = index->view()->analyse("แอ่วม่วนใจ๋");
    ASSERT_THAT(analysis.tokens.size(), Eq(1U));
    EXPECT_TRUE(analysis.tokens.front().in_dictionary);
    EXPECT_THAT(word_sources(*index->view(), analysis).front().source, Eq("dictionary"));
}

TEST(AddedWords, LetAnAbbreviationStandWithItsPoints) {
    const auto store = graph::Store::in_memory({});
    const auto index = Index::open({}, *store);

    EXPECT_THAT(tokens(*index, "งานวิจัยของมช.และบพท."),
                ElementsAre("งาน", "วิจัย", "ของ", "มช", "และ", "บพท"));
}

TEST(Analysis, SaysWhichListKnowsAWord) {
    const auto store = graph::Store::in_memory({});
    add(*store, "place:fort", "ฮ้อมขะหมุก", "");
    const auto index = Index::open({}, *store);
    const auto analysis = index->view()->analyse("ตลาด school 2567 xqzvw บพท.");
    const auto known = word_sources(*index->view(), analysis);
    std::map<std::string, std::string> sources;
    for (std::size_t i = 0; i < known.size(); ++i) {
        sources[analysis.tokens[i].text] = known[i].source;
        EXPECT_THAT(analysis.tokens[i].in_dictionary, Eq(known[i].source != "none"));
    }
    for (const auto& token : index->view()->analyse("ฮ้อมขะหมุก").tokens) {
        EXPECT_THAT(token.name_of, ElementsAre("place:fort"));
    }

    EXPECT_THAT(sources, Eq(std::map<std::string, std::string>{{"ตลาด", "lexicon"},
                                                               {"school", "lexicon"},
                                                               {"2567", "number"},
                                                               {"xqzvw", "none"},
                                                               {"บพท", "dictionary"}}));
}

TEST(CuratedWords, RefuseWhatCannotBeAWordAndSayWhere) {
    const auto store = graph::Store::in_memory({});
    auto draft = store->begin();
    const auto place_of = [](const graph::Result<void>& outcome) {
        return outcome ? "taken" : outcome.error().parameter;
    };

    EXPECT_THAT(place_of(set_dictionary(draft, {"ม่อนแจ่ม", "ก"})), Eq("words/1"));
    EXPECT_THAT(place_of(set_dictionary(draft, {"มี ช่องว่าง"})), Eq("words/0"));
    EXPECT_THAT(place_of(set_dictionary(draft, {""})), Eq("words/0"));
    EXPECT_THAT(place_of(set_dictionary(draft, {"ม่อน\nแจ่ม"})), Eq("words/0"));
    EXPECT_THAT(place_of(set_dictionary(draft, {std::string(101, 'a')})), Eq("words/0"));
    EXPECT_THAT(place_of(set_synonyms(draft, {{"a", "b"}, {"alone"}})), Eq("synonyms/1"));
    EXPECT_THAT(place_of(set_synonyms(draft, {{"a", "..."}})), Eq("synonyms/0/1"));
    EXPECT_THAT(place_of(set_synonyms(draft, {{"น้ำ", "น\u0E4D\u0E49\u0E32"}})), Eq("synonyms/0/1"));
    EXPECT_THAT(place_of(set_synonyms(draft, {{"a", "b\tc"}})), Eq("synonyms/0/1"));
    EXPECT_TRUE(draft.batch().empty());
}

TEST(CuratedWords, StayWithTheStoreAndAreNoEntities) {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("khom-words-" + std::to_string(std::random_device{}()));
    graph::StoreOptions options;
    options.create_if_missing = true;
    {
        const auto store = graph::Store::open(folder, options);
        ASSERT_TRUE(store);
        put_words(**store, {"ม่อนแจ่ม"});
        put_synonyms(**store, {{"a1", "b1"}});
    }
    {
        const auto store = graph::Store::open(folder, options);
        ASSERT_TRUE(store);
        const auto graph = (*store)->snapshot();
        EXPECT_THAT(dictionary(*graph), ElementsAre("ม่อนแจ่ม"));
        EXPECT_THAT(synonyms(*graph), ElementsAre(ElementsAre("a1", "b1")));
        EXPECT_THAT(graph->node_count(), Eq(0U));
        EXPECT_FALSE(graph->redirected("setting/dictionary"));
        EXPECT_THAT((*store)->find_damage(), IsEmpty());
    }
    std::filesystem::remove_all(folder);
}

const std::vector<std::string> asked = {"คลองแม่ข่า", "แม่ข่าวัด", "โคมตลาด", "ตลาดโคม", "วัด", "ช้างม่อย"};

TEST(CuratedWords, AnIndexGrownWithThemEqualsOneRebuilt) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::vector<std::string> words = {"คลอง", "แม่ข่า", "วัด", "ช้างม่อย", "โคม", "ตลาด"};
    const auto some = [&](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += words[random() % words.size()];
        }
        return text;
    };
    const auto store = graph::Store::in_memory({});
    const auto grown = Index::open({}, *store);
    for (int round = 0; round < 20; ++round) {
        add(*store, "place:p" + std::to_string(round), some(2), some(6));
        if (round > 0) {
            ASSERT_TRUE(store->write({"test", ""}, [&](graph::Draft& draft) -> graph::Result<void> {
                const auto nodes = draft.view().nodes();
                auto made = draft.create_relationship(nodes[random() % nodes.size()], "NEAR",
                                                      nodes[random() % nodes.size()], {});
                return made ? graph::Result<void>() : tl::unexpected(made.error());
            }));
        }
        Words dictionary;
        while (random() % 3 != 0) {
            dictionary.push_back(some(2));
        }
        put_words(*store, dictionary);
        if (random() % 2 == 0) {
            grown->catch_up();
        }
    }
    grown->catch_up();
    const auto rebuilt = Index::open({}, *store);

    EXPECT_THAT(answers(*grown, asked), Eq(answers(*rebuilt, asked)));
}

TEST(Index, OfAnotherStoreAtTheSameRevisionIsMadeAnew) {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("khom-two-stores-" + std::to_string(std::random_device{}()));
    graph::StoreOptions options;
    options.create_if_missing = true;
    for (const std::string name : {"คลองหนึ่ง", "ประตูสอง"}) {
        const auto store = graph::Store::open(folder / name, options);
        ASSERT_TRUE(store);
        add(**store, "place:one", name, "");
        const auto index = Index::open(folder / "index", **store);

        EXPECT_THAT(found(*index, name), ElementsAre("place:one"));
    }
    std::filesystem::remove_all(folder);
}

TEST(Index, OfABackupThatWentAnotherWayIsMadeAnew) {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("khom-two-ways-" + std::to_string(std::random_device{}()));
    graph::StoreOptions options;
    options.create_if_missing = true;
    {
        const auto store = graph::Store::open(folder / "graph", options);
        ASSERT_TRUE(store);
        add(**store, "place:one", "สะพาน", "");
        ASSERT_TRUE(graph::Store::copy(folder / "graph", folder / "copy"));
        add(**store, "place:two", "คลองหนึ่ง", "");
        const auto index = Index::open(folder / "index", **store);
        ASSERT_THAT(found(*index, "คลองหนึ่ง"), ElementsAre("place:two"));
    }
    {
        const auto copy = graph::Store::open(folder / "copy", options);
        ASSERT_TRUE(copy);
        add(**copy, "place:two", "ประตูสอง", "");
        const auto index = Index::open(folder / "index", **copy);

        EXPECT_THAT(found(*index, "ประตูสอง"), ElementsAre("place:two"));
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace khom::index
