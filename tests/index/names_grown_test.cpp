// Names that were learnt piece by piece find what names learnt at once find.

#include <map>
#include <random>
#include <set>

#include "graph/store.h"
#include "index/names.h"

namespace khom::index {
namespace {

using ::testing::Eq;

const std::vector<std::string>& words() {
    static const std::vector<std::string> all = {"คลอง", "แม่ข่า", "วัด",  "ช้างม่อย", "โคม",   "ตลาด",
                                                 "ประตู", "ท่าแพ", "Mae", " Kha",   " Gate", "Wat"};
    return all;
}

std::map<graph::NodeId, std::pair<double, Match>> by_node(const std::vector<NameMatch>& matches) {
    std::map<graph::NodeId, std::pair<double, Match>> all;
    for (const auto& match : matches) {
        all[match.node] = {match.score, match.match};
    }
    return all;
}

TEST(Names, GrownFindWhatNamesLearntAtOnceFind) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto some = [&] {
        std::string text;
        for (auto left = 1 + random() % 3; left > 0; --left) {
            text += words()[random() % words().size()];
        }
        return text;
    };
    const auto store = graph::Store::in_memory({});
    auto names = std::make_shared<const Names>(*store->snapshot());
    for (int round = 0; round < 30; ++round) {
        auto draft = store->begin();
        std::set<graph::NodeId> changed;
        const auto nodes = draft.view().nodes();
        for (int i = 0; i < 4; ++i) {
            if (nodes.size() < 10 || random() % 3 == 0) {
                changed.insert(*draft.create_node({"Place"}, {{"name_th", graph::Value(some())}}));
                continue;
            }
            const auto node = nodes[random() % nodes.size()];
            if (random() % 3 == 0) {
                draft.erase(node);
            } else if (draft.view().has(node)) {
                ASSERT_TRUE(draft.set_property(node, "name_en", graph::Value(some())));
            }
            changed.insert(node);
        }
        ASSERT_TRUE(store->commit(std::move(draft), {"test", ""}));
        names = Names::grown(*names, *store->snapshot(), changed);
        const Names at_once(*store->snapshot());
        for (int question = 0; question < 10; ++question) {
            auto text = some();
            if (random() % 2 == 0) {
                text.resize(3 * (1 + random() % (1 + text.size() / 3)), 'a');
            }
            ASSERT_THAT(by_node(names->match(text)), Eq(by_node(at_once.match(text)))) << text;
            ASSERT_THAT(by_node(names->complete(text)), Eq(by_node(at_once.complete(text))))
                << text;
        }
    }
}

TEST(Names, CompleteAShortTextWithTheBestOfVeryMany) {
    const auto store = graph::Store::in_memory({});
    auto draft = store->begin();
    graph::NodeId central{};
    for (int i = 0; i < 6000; ++i) {
        const auto node = *draft.create_node(
            {"Place"}, {{"name_th", graph::Value("วัดที่" + std::to_string(100'000 + i))}});
        central = i == 4321 ? node : central;
    }
    for (int i = 0; i < 50; ++i) {
        const auto other = *draft.create_node({"Place"}, {{"name_th", graph::Value("ก")}});
        ASSERT_TRUE(draft.create_relationship(central, "NEAR", other, {}));
    }
    ASSERT_TRUE(store->commit(std::move(draft), {"test", ""}));
    const Names names(*store->snapshot());

    for (const std::string text : {"ว", "วั", "วัด", "วัดที", "วัดที่1", "ที่10"}) {
        const auto found = names.complete(text);
        ASSERT_THAT(found.size(), Eq(200U)) << text;
        EXPECT_THAT(found.front().node, Eq(central)) << text;
    }
}

}  // namespace
}  // namespace khom::index
