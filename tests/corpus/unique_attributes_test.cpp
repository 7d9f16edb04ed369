#include "corpus/unique_attributes.h"

namespace khom::corpus {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

TEST(UniqueAttributes, AreThoseTheOntologyCallsSoForEachKindThatHasThem) {
    const auto found = unique_attributes(R"({
        "kinds": [{"id": "place", "label": "Place"}, {"id": "source", "label": "Source"}],
        "attributes": [{"name": "name_en", "value": "string", "on": ["*"]},
                       {"name": "isbn", "value": "string", "on": ["source"], "unique": true},
                       {"name": "code", "value": "string", "on": ["*"], "unique": true}]})");

    EXPECT_THAT(found,
                ElementsAre(Eq(graph::Unique{"Source", "isbn"}), Eq(graph::Unique{"Place", "code"}),
                            Eq(graph::Unique{"Source", "code"})));
}

TEST(UniqueAttributes, AreNoneInTheOntologyThatIsShipped) {
    EXPECT_THAT(shipped_unique_attributes(), IsEmpty());
}

}  // namespace
}  // namespace khom::corpus
