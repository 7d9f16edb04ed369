#include "graph/value.h"

#include <cmath>
#include <limits>

namespace khom::graph {
namespace {

TEST(Value, IsSameOnlyInKindAndContent) {
    EXPECT_EQ(Value("ยี่เป็ง"), Value(std::string("ยี่เป็ง")));
    EXPECT_EQ(Value(List{1, "a"}), Value(List{1, "a"}));
    EXPECT_NE(Value(1), Value(1.0));
    EXPECT_NE(Value(), Value(false));
    EXPECT_EQ(Value(std::nan("")), Value(std::nan("")));
}

TEST(Value, StoresListsOfPlainValuesButNoMapsOrNestedLists) {
    EXPECT_TRUE(Value(List{"a", "b"}).is_storable());
    EXPECT_FALSE(Value(List{List{1}}).is_storable());
    EXPECT_FALSE(Value(Map{{"a", 1}}).is_storable());
    EXPECT_FALSE(Value(NodeId{1}).is_storable());
}

TEST(Value, GivesNoStringWhereThereIsNone) {
    EXPECT_EQ(string_or_empty(Value(3)), "");
    const Value mixed = List{"a", 3, "b"};
    EXPECT_EQ(strings_of(mixed).size(), 2U);
}

TEST(Value, LendsItsStringOnlyWhereItLivesOn) {
    const Value kept = "text";
    static_assert(std::is_same_v<decltype(string_or_empty(kept)), std::string_view>);
    static_assert(std::is_same_v<decltype(string_or_empty(Value("text"))), std::string>);

    EXPECT_EQ(string_or_empty(kept).data(), kept.string().data());
    EXPECT_EQ(string_or_empty(Value("text")), "text");
}

}  // namespace
}  // namespace khom::graph
