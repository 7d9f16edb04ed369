// An index that goes along from commit to commit finds what one made now would.

#include "graph/property_index.h"

#include <algorithm>
#include <random>

#include "graph/store.h"
#include "graph/value_order.h"

namespace khom::graph {
namespace {

using ::testing::Eq;
using ::testing::NotNull;

Value some_value(std::mt19937& random) {
    const auto small = static_cast<std::int64_t>(random() % 12);
    switch (random() % 4) {
        case 0:
            return Value(small);
        case 1:
            return Value(static_cast<double>(small) / 2);
        case 2:
            return Value("w" + std::to_string(small));
        default:
            return {};
    }
}

using Nodes = std::vector<NodeId>;

template <class Holds>
Nodes scanned(const Snapshot& graph, LabelId label, Holds holds) {
    Nodes nodes;
    for (const auto node : graph.nodes(label)) {
        const auto value = graph.property(node, "x");
        if (!value.is_null() && holds(value)) nodes.push_back(node);
    }
    return nodes;
}

Nodes in_order(Nodes nodes) {
    std::ranges::sort(nodes);
    return nodes;
}

void change_some(Draft& draft, std::mt19937& random) {
    for (int i = 0; i < 5; ++i) {
        auto nodes = draft.view().nodes();
        const auto node = nodes.empty() ? NodeId{} : nodes[random() % nodes.size()];
        const auto kind = nodes.empty() ? 0 : random() % 6;
        if (kind < 2) {
            ASSERT_TRUE(draft.create_node({"A"}, {{"x", some_value(random)}}));
        } else if (kind == 2) {
            ASSERT_TRUE(draft.set_property(node, "x", some_value(random)));
        } else if (kind == 3) {
            ASSERT_TRUE(draft.remove_label(node, "A"));
        } else if (kind == 4) {
            ASSERT_TRUE(draft.add_label(node, "A"));
        } else if (random() % 2 == 0) {
            draft.detach_erase(node);
        }
    }
}

void expect_as_scanned(const Snapshot& graph, std::mt19937& random) {
    const auto label = *graph.label("A");
    const auto index = graph.index(label, *graph.property_key("x"));
    ASSERT_THAT(index, NotNull());
    const auto low = some_value(random), high = some_value(random);
    Nodes equal, range, prefix;
    index->equal(low, equal);
    index->range(low, high, range);
    index->with_prefix("w1", prefix);

    const auto accepted = [&](const Value& value) {
        const auto to_low = compare(value, low), to_high = compare(value, high);
        return (low.is_null() || (to_low && *to_low >= 0)) &&
               (high.is_null() || (to_high && *to_high <= 0));
    };
    if (!low.is_null()) {
        EXPECT_THAT(
            in_order(equal),
            Eq(scanned(graph, label, [&](const Value& value) { return order(value, low) == 0; })));
    }
    const auto wanted = scanned(graph, label, accepted);
    EXPECT_TRUE(std::ranges::includes(in_order(range), wanted));
    EXPECT_THAT(in_order(prefix), Eq(scanned(graph, label, [](const Value& value) {
                    return value.is(ValueKind::string) && value.string().starts_with("w1");
                })));
}

TEST(PropertyIndex, GoesAlongWithEveryCommitAndFindsWhatAScanFinds) {
    const auto seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto store = Store::in_memory({});
    ASSERT_TRUE(store->write({}, [](Draft& draft) -> Result<void> {
        for (int i = 0; i < 200; ++i) {
            if (const auto made = draft.create_node({"A"}, {{"x", i % 12}}); !made)
                return tl::unexpected(made.error());
        }
        return {};
    }));
    const auto first = store->snapshot();
    EXPECT_FALSE(first->index(*first->label("A"), *first->property_key("x")));

    for (int i = 0; i < 300 && !::testing::Test::HasFailure(); ++i) {
        ASSERT_TRUE(store->write({}, [&](Draft& draft) -> Result<void> {
            change_some(draft, random);
            return {};
        }));
        if (i % 50 == 49) store->rebuild();
        if (i % 3 != 0) expect_as_scanned(*store->snapshot(), random);
    }
}

TEST(PropertyIndex, IsThereForTheSuccessorOfASnapshotThatHadIt) {
    const auto store = Store::in_memory({});
    const auto add = [](Draft& draft) -> Result<void> {
        return draft.create_node({"A"}, {{"x", 1}}).map([](NodeId) {});
    };
    ASSERT_TRUE(store->write({}, add));
    const auto index = [&] {
        const auto now = store->snapshot();
        return now->index(*now->label("A"), *now->property_key("x"));
    };
    index();
    ASSERT_THAT(index(), NotNull());

    ASSERT_TRUE(store->write({}, add));

    ASSERT_THAT(index(), NotNull());
    EXPECT_THAT(index()->size(), Eq(2U));
}

}  // namespace
}  // namespace khom::graph
