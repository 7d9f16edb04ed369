#include "query/timeline.h"

#include <set>

#include "tests/testing/small_city.h"

namespace khom::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const testing::SmallCity& city() {
    static const testing::SmallCity made(
        "id,subtype,name_en,time,sources\n"
        "source:page,web-page,The page,,\n"
        "place:canal,waterway,Canal,,source:page\n"
        "place:farm,park,Farm,2020/..,source:page\n"
        "program:year,event,Year,2021,source:page\n"
        "program:month,event,Month,2021-05,source:page\n"
        "program:day,event,Day,2021-05-09,source:page\n"
        "program:long,project,Long,2019/2022,source:page\n"
        "program:later,event,Later,2024-11~,source:page\n"
        "program:tradition,tradition,Tradition,,source:page\n",
        "from,type,to,time,status,sources,certainty\n"
        "program:day,held_at,place:canal,,,source:page,stated\n"
        "program:later,held_at,place:canal,,planned,source:page,stated\n"
        "program:tradition,held_at,place:canal,2020-11,,source:page,stated\n");
    return made;
}

TimelineResult asked(TimelineQuestion question) {
    return *timeline(city().reading(), question);
}

std::vector<std::string> ids(const std::vector<TimelineItem>& items) {
    std::vector<std::string> ids;
    for (const auto& item : items)
        ids.push_back(item.entity.id.substr(item.entity.id.find(':') + 1));
    return ids;
}

std::vector<std::string> counts(const TimelineResult& timeline) {
    std::vector<std::string> counts;
    for (const auto& bucket : timeline.buckets) {
        counts.push_back(bucket.edtf + ":" + std::to_string(bucket.count));
        EXPECT_EQ(bucket.count, bucket.ids.size());
    }
    return counts;
}

TEST(Timeline, OrdersMixedPrecisionOldestFirstCoarserBeforeFiner) {
    const auto all = asked({});

    EXPECT_THAT(ids(all.items), ElementsAre("long", "farm", "year", "month", "day", "later"));
    EXPECT_THAT(ids(all.undated), ElementsAre("tradition"));
    EXPECT_THAT(all.undated[0].why, ElementsAre(Doubt::undated));
}

TEST(Timeline, CountsInTheBucketAnItemBeginsIn) {
    TimelineQuestion question;
    EXPECT_THAT(counts(asked(question)), ElementsAre("2019:1", "2020:1", "2021:3", "2024:1"));
    question.bucket = "month";
    EXPECT_THAT(counts(asked(question)),
                ElementsAre("2019:1", "2020:1", "2021:1", "2021-05:2", "2024-11:1"));
    question.bucket = "quarter";
    EXPECT_THAT(counts(asked(question)), ElementsAre("2019:1", "2020:1", "2021:1",
                                                     "2021-04/2021-06:2", "2024-10/2024-12:1"));
    question.bucket = "none";
    EXPECT_THAT(counts(asked(question)), IsEmpty());
}

TEST(Timeline, LabelsBothCalendars) {
    const auto all = asked({});
    EXPECT_EQ(all.buckets[2].label.en, "2021");
    EXPECT_EQ(all.buckets[2].label.th, "พ.ศ. 2564");
    EXPECT_EQ(all.items[4].time.words.th, "9 พฤษภาคม พ.ศ. 2564");
}

TEST(Timeline, PutsWhatBeganBeforeTheWindowIntoABucketOfItsOwn) {
    TimelineQuestion question;
    question.from = "2021-05";
    question.to = "2022";
    question.bucket = "month";
    EXPECT_THAT(counts(asked(question)), ElementsAre("../2021-04-30:2", "2021:1", "2021-05:2"));
}

TEST(Timeline, OfAnEntityHoldsTheDatedStatementsAboutIt) {
    TimelineQuestion question;
    question.entities = {"place:canal"};
    const auto all = asked(question);

    ASSERT_THAT(all.items, SizeIs(3));
    EXPECT_EQ(all.items[0].other->id, "program:tradition");
    EXPECT_EQ(all.items[1].other->id, "program:day");
    EXPECT_TRUE(all.items[1].time.from_programme);
    EXPECT_THAT(all.items[2].why, ElementsAre(Doubt::planned));
    EXPECT_THAT(all.items[2].summary.en, HasSubstr("lanned"));
}

TEST(Timeline, PagesJoinToTheWhole) {
    const auto all = asked({});
    TimelineQuestion question;
    question.limit = 2;
    std::vector<std::string> joined;
    do {
        const auto page = asked(question);
        EXPECT_EQ(page.total, all.total);
        EXPECT_EQ(counts(page), counts(all));
        for (const auto& id : ids(page.items)) joined.push_back(id);
        question.cursor = page.next_cursor;
    } while (!question.cursor.empty());
    EXPECT_EQ(joined, ids(all.items));
}

TEST(Timeline, RefusesWhatItDoesNotKnow) {
    const auto parameter = [](TimelineQuestion question) {
        return timeline(city().reading(), question).error().parameter;
    };
    TimelineQuestion question;
    question.bucket = "week";
    EXPECT_EQ(parameter(question), "bucket");
    question = {};
    question.entities = {"place:none"};
    EXPECT_EQ(parameter(question), "entity");
    question = {};
    question.kinds = {"dragon"};
    EXPECT_EQ(parameter(question), "kind");
    question = {};
    question.from = "2567";
    EXPECT_EQ(parameter(question), "from");
    question = {};
    question.cursor = "nonsense";
    EXPECT_EQ(parameter(question), "cursor");
}

}  // namespace
}  // namespace khom::query
