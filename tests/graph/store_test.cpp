#include "graph/store.h"

#include <unistd.h>
#include <filesystem>
#include <random>

#include "graph/edtf.h"

namespace khom::graph {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;

const Authorship tester{"test", "a test"};

class Folder {
  public:
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "khom-store-XXXXXX").string();
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

std::unique_ptr<Store> open_store(const Folder& folder) {
    StoreOptions options;
    options.create_if_missing = true;
    return std::move(*Store::open(folder.path() / "graph", options));
}

/// (a)-[:IN]->(b), with public ids.
void put_pair(Store& store) {
    auto draft = store.begin();
    const auto a = *draft.create_node({"Place"}, {{"id", "place:a"}, {"year", 2024}});
    const auto b =
        *draft.create_node({"Place", "City"}, {{"id", "place:b"}, {"tags", List{"x", 1.5}}});
    ASSERT_TRUE(draft.create_relationship(a, "IN", b, {{"id", "s-1"}}));
    ASSERT_TRUE(store.commit(std::move(draft), tester));
}

TEST(Store, ReadsBackWhatWasCommitted) {
    const Folder folder;
    const auto before = [&] {
        const auto store = open_store(folder);
        put_pair(*store);
        const auto snapshot = store->snapshot();
        return std::pair(snapshot->node(*snapshot->find("place:b")),
                         snapshot->relationship(*snapshot->find_relationship("s-1")));
    }();

    const auto store = open_store(folder);
    const auto snapshot = store->snapshot();

    EXPECT_THAT(snapshot->revision(), Eq(Revision{1}));
    EXPECT_THAT(snapshot->node(*snapshot->find("place:b")), Eq(before.first));
    EXPECT_THAT(snapshot->relationship(*snapshot->find_relationship("s-1")), Eq(before.second));
    EXPECT_THAT(snapshot->degree(*snapshot->find("place:a")), Eq(1U));
    EXPECT_THAT((*store->log().read(Revision{0}, 10)).size(), Eq(1U));
}

TEST(Store, IsLockedWhileOpen) {
    const Folder folder;
    const auto store = open_store(folder);

    const auto again = Store::open(folder.path() / "graph", {});

    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().code, Eq(RefusalCode::locked));
}

TEST(Store, RefusesAFolderWithoutAStore) {
    const Folder folder;

    EXPECT_THAT(Store::open(folder.path(), {}).error().code, Eq(RefusalCode::entity_not_found));
}

TEST(Store, GivesNoIdTwiceEvenAfterADeleteAndARestart) {
    const Folder folder;
    {
        const auto store = open_store(folder);
        put_pair(*store);
        auto draft = store->begin();
        draft.detach_erase(*draft.view().find("place:b"));
        ASSERT_TRUE(store->commit(std::move(draft), tester));
    }
    const auto store = open_store(folder);
    auto draft = store->begin();

    EXPECT_THAT(*draft.create_node({}, {}), Eq(NodeId{2}));
}

TEST(Store, RefusesADraftThatWasOvertaken) {
    const auto store = Store::in_memory({});
    auto first = store->begin();
    auto second = store->begin();
    ASSERT_TRUE(first.create_node({"A"}, {}));
    ASSERT_TRUE(second.create_node({"B"}, {}));
    ASSERT_TRUE(store->commit(std::move(first), tester));

    EXPECT_THAT(store->commit(std::move(second), tester).error().code, Eq(RefusalCode::conflict));
}

TEST(Store, MakesNoRevisionOfNoChange) {
    const auto store = Store::in_memory({});
    put_pair(*store);
    auto draft = store->begin();
    const auto a = *draft.view().find("place:a");
    ASSERT_TRUE(draft.set_property(a, "year", 2025));
    ASSERT_TRUE(draft.set_property(a, "year", 2024));
    draft.erase(*draft.create_node({"Gone"}, {}));

    const auto commit = store->commit(std::move(draft), tester);

    EXPECT_FALSE(commit->changed);
    EXPECT_THAT(commit->revision, Eq(Revision{1}));
}

TEST(Store, RefusesToLeaveRelationshipsDangling) {
    const auto store = Store::in_memory({});
    put_pair(*store);
    auto draft = store->begin();
    draft.erase(*draft.view().find("place:a"));

    EXPECT_THAT(store->commit(std::move(draft), tester).error().detail, Eq("DeleteConnectedNode"));
}

TEST(Store, RefusesAPublicIdThatIsTaken) {
    const auto store = Store::in_memory({});
    put_pair(*store);
    auto draft = store->begin();

    EXPECT_THAT(draft.create_node({}, {{"id", "place:a"}}).error().code,
                Eq(RefusalCode::constraint_validation_failed));
}

TEST(Store, FollowsRedirectsOfRedirects) {
    const auto store = Store::in_memory({});
    put_pair(*store);
    auto draft = store->begin();
    draft.redirect("place:x", "place:y");
    draft.redirect("place:y", "place:a");
    ASSERT_TRUE(store->commit(std::move(draft), tester));

    EXPECT_THAT(store->snapshot()->redirected("place:x"), Eq("place:a"));
    EXPECT_THAT(store->snapshot()->redirected("place:a"), Eq(std::nullopt));
}

TEST(Snapshot, NeverChangesUnderItsReader) {
    const auto store = Store::in_memory({});
    put_pair(*store);
    const auto old = store->snapshot();
    auto draft = store->begin();
    const auto a = *draft.view().find("place:a");
    ASSERT_TRUE(draft.set_property(a, "id", "place:c"));
    ASSERT_TRUE(draft.set_property(a, "year", Value()));
    draft.erase(*draft.view().find_relationship("s-1"));
    ASSERT_TRUE(draft.remove_label(a, "Place"));
    ASSERT_TRUE(store->commit(std::move(draft), tester));

    EXPECT_THAT(old->find("place:a"), Eq(a));
    EXPECT_THAT(old->property(a, "year"), Eq(Value(2024)));
    EXPECT_THAT(old->degree(a), Eq(1U));
    EXPECT_THAT(old->count(*old->label("Place")), Eq(2U));
    EXPECT_THAT(store->snapshot()->find("place:a"), Eq(std::nullopt));
    EXPECT_THAT(store->snapshot()->count(*old->label("Place")), Eq(1U));
}

/// A graph kept as plainly as can be: lists of what there is.
struct PlainGraph {
    std::map<NodeId, Map> nodes;
    std::map<RelationshipId, std::pair<NodeId, NodeId>> relationships;
};

TEST(Snapshot, AgreesWithAPlainGraphAfterRandomChanges) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto store = Store::in_memory({});
    PlainGraph plain;
    for (int round = 0; round < 200; ++round) {
        auto draft = store->begin();
        for (int change = 0; change < 5; ++change) {
            const auto any_node = [&] {
                return std::next(plain.nodes.begin(),
                                 static_cast<long>(random() % plain.nodes.size()))
                    ->first;
            };
            const auto choice = random() % 4;
            if (choice == 0 || plain.nodes.empty()) {
                const Map properties = {{"n", static_cast<std::int64_t>(random() % 10)}};
                plain.nodes[*draft.create_node({"N"}, properties)] = properties;
            } else if (choice == 1) {
                const auto from = any_node(), to = any_node();
                plain.relationships[*draft.create_relationship(from, "R", to, {})] = {from, to};
            } else if (choice == 2) {
                const auto node = any_node();
                plain.nodes[node]["n"] = 77;
                ASSERT_TRUE(draft.set_property(node, "n", 77));
            } else {
                const auto node = any_node();
                draft.detach_erase(node);
                plain.nodes.erase(node);
                std::erase_if(plain.relationships, [&](const auto& entry) {
                    return entry.second.first == node || entry.second.second == node;
                });
            }
        }
        ASSERT_TRUE(store->commit(std::move(draft), tester));
    }
    const auto snapshot = store->snapshot();
    ASSERT_THAT(snapshot->node_count(), Eq(plain.nodes.size()));
    ASSERT_THAT(snapshot->relationship_count(), Eq(plain.relationships.size()));
    for (const auto& [node, properties] : plain.nodes) {
        ASSERT_THAT(snapshot->properties(node), Eq(properties));
        const auto out = std::count_if(
            plain.relationships.begin(), plain.relationships.end(),
            [wanted = node](const auto& entry) { return entry.second.first == wanted; });
        ASSERT_THAT(snapshot->adjacent(node, Direction::out).size(),
                    Eq(static_cast<std::size_t>(out)));
    }
}

struct Time {
    const char* text;
    const char* outcome;  // part of the refusal, or "" if it is taken
};

TEST(Edtf, TakesTheSubsetAndExplainsWhatElseItIs) {
    for (const auto& [text, outcome] :
         {Time{"2021", ""}, Time{"2020-09", ""}, Time{"2020-02-29", ""}, Time{"2022/2023", ""},
          Time{"2024-11~", ""}, Time{"2023?", ""}, Time{"2018/..", ""}, Time{"../2020", ""},
          Time{"2567", "looks like a Buddhist year; write 2024"}, Time{"Nov-24", "is not a date"},
          Time{"2.565E3", "is not a date"}, Time{"2021-02-29", "does not exist"},
          Time{"2021-13", "does not exist"}, Time{"2023/2022", "ends before"},
          Time{"", "is not a date"}, Time{"../..", "open at both ends"},
          Time{"2021-1", "is not a date"}}) {
        const auto time = parse_edtf(text);
        EXPECT_THAT(time.has_value(), Eq(*outcome == '\0')) << text;
        if (!time) {
            EXPECT_THAT(time.error().message, HasSubstr(outcome)) << text;
        }
    }
    EXPECT_THAT(*edtf_from_buddhist("2567-11~"), Eq("2024-11~"));
}

TEST(Edtf, OverlapsAWindowByAnyDay) {
    const auto window = *parse_window("2021-06", "2022");
    for (const auto& [text, inside] : {std::pair{"2021", true},
                                       {"2021-05", false},
                                       {"2022-12-31", true},
                                       {"2023", false},
                                       {"2018/..", true},
                                       {"../2021-05-31", false},
                                       {"2019/2025", true}}) {
        EXPECT_THAT(overlaps(*parse_edtf(text), window), Eq(inside)) << text;
    }
    EXPECT_THAT(parse_window("2567", "").error().parameter, Eq("from"));
    EXPECT_THAT(parse_window("2022", "2021").error().parameter, Eq("to"));
}

}  // namespace
}  // namespace khom::graph
