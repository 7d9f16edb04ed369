// The snapshot against its slow twin: plain maps of whole nodes and relationships.

#include "graph/snapshot.h"

#include <algorithm>
#include <random>

#include "graph/store.h"
#include "graph/value_order.h"
#include "tests/testing/folder.h"

namespace khom::graph {
namespace {

using ::testing::ElementsAreArray;
using ::testing::Eq;

const Authorship tester{"test", "a test"};

struct Twin {
    std::map<NodeId, Node> nodes;
    std::map<RelationshipId, Relationship> relationships;

    std::vector<Adjacent> adjacent(const Snapshot& snapshot, NodeId node, Direction way) const {
        std::vector<Adjacent> all;
        for (const auto& [id, one] : relationships) {
            const auto [here, there] =
                way == Direction::out ? std::pair(one.from, one.to) : std::pair(one.to, one.from);
            if (here == node) {
                all.emplace_back(*snapshot.type(one.type), there, id);
            }
        }
        std::sort(all.begin(), all.end());
        return all;
    }
    std::vector<NodeId> with_label(const std::string& label) const {
        std::vector<NodeId> all;
        for (const auto& [id, node] : nodes) {
            if (std::count(node.labels.begin(), node.labels.end(), label) > 0) {
                all.push_back(id);
            }
        }
        return all;
    }
};

template <class Key, class Held>
std::vector<Key> keys_of(const std::map<Key, Held>& map) {
    std::vector<Key> keys;
    for (const auto& [key, held] : map) {
        keys.push_back(key);
    }
    return keys;
}

void expect_same_node(const Snapshot& snapshot, const Twin& twin, const Node& node) {
    ASSERT_TRUE(snapshot.has(node.id));
    ASSERT_THAT(snapshot.node(node.id), Eq(node));
    for (const auto way : {Direction::out, Direction::in}) {
        ASSERT_THAT(snapshot.adjacent(node.id, way),
                    ElementsAreArray(twin.adjacent(snapshot, node.id, way)));
    }
    for (const auto& [key, value] : node.properties) {
        const auto key_id = *snapshot.property_key(key);
        ASSERT_THAT(snapshot.property(node.id, key), Eq(value));
        ASSERT_THAT(snapshot.text(node.id, key_id).has_value(), Eq(value.is(ValueKind::string)));
        ASSERT_THAT(snapshot.text(node.id, key_id).value_or(""), Eq(string_or_empty(value)));
        ASSERT_THAT(snapshot.integer(node.id, key_id).has_value(),
                    Eq(value.is(ValueKind::integer)));
        if (!node.labels.empty()) {
            std::vector<NodeId> equal;
            for (const auto other : twin.with_label(node.labels[0])) {
                const auto held = twin.nodes.at(other).properties.find(key);
                if (held != twin.nodes.at(other).properties.end() &&
                    equals(held->second, value) == true) {
                    equal.push_back(other);
                }
            }
            ASSERT_THAT(snapshot.nodes_with(*snapshot.label(node.labels[0]), key_id, value),
                        ElementsAreArray(equal));
        }
    }
    const auto time = node.properties.find("time");
    ASSERT_THAT(
        snapshot.days(node.id),
        Eq(time == node.properties.end() ? std::nullopt
                                         : std::optional(days_of(string_or_empty(time->second)))));
    if (const auto id = node.properties.find(public_id_key); id != node.properties.end()) {
        ASSERT_THAT(snapshot.find(id->second.string()), Eq(node.id));
    }
}

void expect_same(const Snapshot& snapshot, const Twin& twin) {
    ASSERT_THAT(snapshot.node_count(), Eq(twin.nodes.size()));
    ASSERT_THAT(snapshot.relationship_count(), Eq(twin.relationships.size()));
    ASSERT_THAT(snapshot.nodes(), ElementsAreArray(keys_of(twin.nodes)));
    ASSERT_THAT(snapshot.relationships(), ElementsAreArray(keys_of(twin.relationships)));
    for (const auto& [id, node] : twin.nodes) {
        expect_same_node(snapshot, twin, node);
    }
    std::map<std::string, std::size_t> types;
    for (const auto& [id, one] : twin.relationships) {
        ASSERT_THAT(snapshot.relationship(id), Eq(one));
        ++types[one.type];
    }
    for (std::uint32_t label = 0; label < snapshot.label_count(); ++label) {
        const auto all = twin.with_label(std::string(snapshot.name(LabelId{label})));
        ASSERT_THAT(snapshot.nodes(LabelId{label}), ElementsAreArray(all));
        ASSERT_THAT(snapshot.count(LabelId{label}), Eq(all.size()));
    }
    for (std::uint32_t type = 0; type < snapshot.type_count(); ++type) {
        ASSERT_THAT(snapshot.count(TypeId{type}),
                    Eq(types[std::string(snapshot.name(TypeId{type}))]));
    }
    for (int id = 0; id < 12; ++id) {
        const auto text = "id:" + std::to_string(id);
        const auto is_used =
            std::any_of(twin.nodes.begin(), twin.nodes.end(), [&](const auto& entry) {
                const auto held = entry.second.properties.find(public_id_key);
                return held != entry.second.properties.end() && held->second == Value(text);
            });
        ASSERT_THAT(snapshot.find(text).has_value(), Eq(is_used));
    }
}

/// Makes the same random changes on a draft and on the twin.
class Changer {
  public:
    explicit Changer(std::mt19937& random) : random_(random) {}

    void change(Draft& draft, Twin& twin) {
        const auto choice = twin.nodes.empty() ? 0 : below(10);
        if (choice < 2) {
            Node node{{}, labels(), properties(draft)};
            node.id = *draft.create_node(node.labels, node.properties);
            twin.nodes.emplace(node.id, node);
        } else if (choice < 5) {
            Relationship one{{},
                             any(twin.nodes),
                             "T" + std::to_string(below(3)),
                             any(twin.nodes),
                             {{"year", below(5)}}};
            one.id = *draft.create_relationship(one.from, one.type, one.to, one.properties);
            twin.relationships.emplace(one.id, one);
        } else if (choice == 5) {
            const auto node = any(twin.nodes);
            auto held = properties(draft);
            ASSERT_TRUE(draft.replace_properties(node, held));
            twin.nodes[node].properties = held;
        } else if (choice == 6) {
            relabel(draft, twin, any(twin.nodes));
        } else if (choice == 7 && !twin.relationships.empty()) {
            const auto one = any(twin.relationships);
            const Value value = below(2) == 0 ? Value() : Value("t" + std::to_string(below(3)));
            ASSERT_TRUE(draft.set_property(one, "year", value));
            auto& held = twin.relationships[one].properties;
            held.erase("year");
            if (!value.is_null()) {
                held["year"] = value;
            }
        } else if (choice == 8 && !twin.relationships.empty()) {
            const auto one = any(twin.relationships);
            draft.erase(one);
            twin.relationships.erase(one);
        } else if (choice == 9 && below(3) == 0) {
            const auto node = any(twin.nodes);
            draft.detach_erase(node);
            twin.nodes.erase(node);
            std::erase_if(twin.relationships, [&](const auto& entry) {
                return entry.second.from == node || entry.second.to == node;
            });
        }
    }

  private:
    int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
    template <class Id, class Held>
    Id any(const std::map<Id, Held>& map) {
        return std::next(map.begin(), below(static_cast<int>(map.size())))->first;
    }
    std::vector<std::string> labels() {
        std::vector<std::string> all;
        for (const auto* label : {"A", "B", "C"}) {
            if (below(2) == 0) {
                all.emplace_back(label);
            }
        }
        return all;
    }
    void relabel(Draft& draft, Twin& twin, NodeId node) {
        const std::string label(1, static_cast<char>('A' + below(4)));
        auto& held = twin.nodes[node].labels;
        std::erase(held, label);
        if (below(2) == 0) {
            ASSERT_TRUE(draft.add_label(node, label));
            held.push_back(label);
            std::sort(held.begin(), held.end());
        } else {
            ASSERT_TRUE(draft.remove_label(node, label));
        }
    }
    /// Of every kind that can be stored; one public id in two, if it is free.
    Map properties(const Draft& draft) {
        Map map;
        const std::vector<Value> some = {below(3),
                                         Value(std::int64_t{1} << 40),
                                         1.0,
                                         below(2) == 0,
                                         "โคม",
                                         std::string(300, 'x'),
                                         Date{below(9) - 4},
                                         List{1, "two", 3.5},
                                         Duration{1, 2, 3, 4},
                                         Time{5, 3600},
                                         DateTime{1, 2, 3, "Asia/Bangkok"}};
        map["mixed"] = some[static_cast<std::size_t>(below(static_cast<int>(some.size())))];
        map["number"] = below(4) - 2;
        const std::vector<Value> times = {Value(),         "2015",    "2015-07/..",
                                          "../2020-02-29", "no time", 7};
        map["time"] = times[static_cast<std::size_t>(below(6))];
        if (map["time"].is_null()) map.erase("time");
        if (below(3) == 0) {
            map["name"] = "name " + std::to_string(below(6));
        }
        const auto id = "id:" + std::to_string(below(12));
        if (below(2) == 0 && !draft.view().find(id)) {
            map[public_id_key] = id;
        }
        return map;
    }

    std::mt19937& random_;
};

void compare_with_twin(Store* store) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Changer changer(random);
    Twin twin;
    std::vector<std::pair<std::shared_ptr<const Snapshot>, Twin>> pinned;
    for (int round = 0; round < 60; ++round) {
        auto draft = store->begin();
        for (int change = 0; change < 6; ++change) {
            changer.change(draft, twin);
        }
        ASSERT_NO_FATAL_FAILURE(expect_same(draft.view(), twin));
        if (random() % 4 == 0) {
            store->rebuild();  // between begin and commit
        }
        ASSERT_TRUE(store->commit(std::move(draft), tester));
        ASSERT_NO_FATAL_FAILURE(expect_same(*store->snapshot(), twin));
        if (random() % 4 == 0) {
            store->rebuild();
            ASSERT_NO_FATAL_FAILURE(expect_same(*store->snapshot(), twin));
        }
        if (round % 15 == 0) {
            pinned.emplace_back(store->snapshot(), twin);
        }
    }
    for (const auto& [snapshot, then] : pinned) {
        ASSERT_NO_FATAL_FAILURE(expect_same(*snapshot, then));
    }
}

TEST(Snapshot, AgreesWithItsTwinThroughDraftsRebuildsAndOldReaders) {
    compare_with_twin(Store::in_memory({}).get());
}

TEST(Snapshot, OfAStoreOnDiskAgreesWithItsTwinToo) {
    const testing::Folder folder;
    StoreOptions options;
    options.create_if_missing = true;
    compare_with_twin(Store::open(folder.path() / "graph", options)->get());
}

TEST(Snapshot, KeepsItsRevisionThroughARebuild) {
    const auto store = Store::in_memory({});
    auto draft = store->begin();
    ASSERT_TRUE(draft.create_node({"A"}, {{"id", "a"}}));
    ASSERT_TRUE(store->commit(std::move(draft), tester));
    const auto before = store->snapshot();

    store->rebuild();

    EXPECT_THAT(store->snapshot()->revision(), Eq(before->revision()));
    EXPECT_THAT(store->log().last(), Eq(before->revision()));
    EXPECT_TRUE(store->snapshot() != before);
}

TEST(Snapshot, SettlesRelationshipsOfAHubInOrder) {
    const auto store = Store::in_memory({});
    auto draft = store->begin();
    const auto hub = *draft.create_node({}, {});
    for (int i = 0; i < 100; ++i) {
        const auto other = *draft.create_node({}, {});
        ASSERT_TRUE(draft.create_relationship(hub, i % 2 == 0 ? "B" : "A", other, {}));
        ASSERT_TRUE(draft.create_relationship(hub, "A", hub, {}));
    }
    ASSERT_TRUE(store->commit(std::move(draft), tester));
    store->rebuild();
    const auto snapshot = store->snapshot();
    const auto out = snapshot->adjacent(hub, Direction::out);

    EXPECT_THAT(out.size(), Eq(200U));
    EXPECT_TRUE(std::is_sorted(out.begin(), out.end()));
    EXPECT_THAT(snapshot->adjacent(hub, Direction::out, *snapshot->type("A")).size(), Eq(150U));
    EXPECT_THAT(snapshot->adjacent(hub, Direction::in).size(), Eq(100U));
    EXPECT_THAT(snapshot->degree(hub), Eq(300U));
}

}  // namespace
}  // namespace khom::graph
