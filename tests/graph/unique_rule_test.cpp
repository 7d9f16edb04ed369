#include "graph/unique_rule.h"

#include "graph/store.h"

namespace khom::graph {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;

std::unique_ptr<Store> store_with_unique_isbn() {
    StoreOptions options;
    options.rules = {unique_rule({{"Book", "isbn"}})};
    return Store::in_memory(options);
}

Result<Commit> put(Store& store, const std::vector<Map>& books, const std::string& label = "Book") {
    return store.write({}, [&](Draft& draft) -> Result<void> {
        for (const auto& each : books) {
            if (const auto made = draft.create_node({label}, each); !made) {
                return tl::unexpected(made.error());
            }
        }
        return {};
    });
}

TEST(UniqueRule, RefusesAValueThatAnotherNodeOfTheLabelHas) {
    const auto store = store_with_unique_isbn();
    ASSERT_TRUE(put(*store, {{{"id", "book:one"}, {"isbn", "978-1"}}}));

    const auto refused = put(*store, {{{"id", "book:two"}, {"isbn", "978-1"}}});

    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().code, Eq(RefusalCode::constraint_validation_failed));
    EXPECT_THAT(refused.error().message,
                AllOf(HasSubstr("book:one"), HasSubstr("book:two"), HasSubstr("isbn")));
    EXPECT_THAT(store->snapshot()->node_count(), Eq(1U));
}

TEST(UniqueRule, RefusesTwoOfOneBatch) {
    const auto store = store_with_unique_isbn();

    EXPECT_FALSE(put(*store, {{{"isbn", 1}}, {{"isbn", 1.0}}}));
}

TEST(UniqueRule, TakesOtherLabelsAndNodesWithoutTheProperty) {
    const auto store = store_with_unique_isbn();
    ASSERT_TRUE(put(*store, {{{"isbn", 1}}}));

    EXPECT_TRUE(put(*store, {{{"isbn", 1}}}, "Map"));
    EXPECT_TRUE(put(*store, {{{"title", "a"}}, {{"title", "a"}}}));
}

TEST(UniqueRule, SeesALabelAndAPropertyThatComeLater) {
    const auto store = store_with_unique_isbn();
    ASSERT_TRUE(put(*store, {{{"isbn", 1}}}));
    ASSERT_TRUE(put(*store, {{{"isbn", 1}}}, "Map"));
    const auto node = store->snapshot()->nodes().back();

    EXPECT_FALSE(store->write({}, [&](Draft& draft) { return draft.add_label(node, "Book"); }));
    EXPECT_TRUE(store->write({}, [&](Draft& draft) {
        return draft.set_property(node, "isbn", 2).and_then([&] {
            return draft.add_label(node, "Book");
        });
    }));
    EXPECT_FALSE(
        store->write({}, [&](Draft& draft) { return draft.set_property(node, "isbn", 1); }));
}

TEST(UniqueRule, LetsAValueGoOverInOneBatch) {
    const auto store = store_with_unique_isbn();
    ASSERT_TRUE(put(*store, {{{"isbn", 1}}, {{"isbn", 2}}}));
    const auto nodes = store->snapshot()->nodes();

    EXPECT_TRUE(store->write({}, [&](Draft& draft) {
        return draft.set_property(nodes[0], "isbn", 2).and_then([&] {
            return draft.set_property(nodes[1], "isbn", 1);
        });
    }));
}

TEST(UniqueRule, ScansOnceForALargeBatch) {
    const auto store = store_with_unique_isbn();
    std::vector<Map> books;
    for (int i = 0; i < 100; ++i) books.push_back({{"isbn", i}});
    ASSERT_TRUE(put(*store, books));
    for (auto& each : books) each["isbn"] = each["isbn"].integer() + 99;

    EXPECT_FALSE(put(*store, books));
    books.erase(books.begin());
    EXPECT_TRUE(put(*store, books));
}

}  // namespace
}  // namespace khom::graph
