#include "index/calendar.h"

namespace khom::index {
namespace {

using ::testing::Eq;

TEST(Calendar, WritesYearsOfBothErasAlike) {
    struct Row {
        const char *given, *wanted;
    };
    for (const auto& [given, wanted] :
         {Row{"2567", "2024"}, Row{"พ.ศ. 2567", "2024"}, Row{"พ.ศ.2567", "2024"},
          Row{"พศ 2567", "2024"}, Row{"ค.ศ. 2024", "2024"}, Row{"2024", "2024"},
          Row{"b.e. 2567", "2024"}, Row{"พ.ศ. 1839", "1296"}, Row{"1839", "1839"},
          Row{"25670", "25670"}, Row{"ซอย 24", "ซอย 24"}, Row{"งาน 2566-2567", "งาน 2023-2024"},
          Row{"พ.ศ. ใหม่", "พ.ศ. ใหม่"}, Row{"", ""}, Row{"ค.ศ. 2567", "2567"},
          Row{"พ.ศ. 0000", "0000"}}) {
        EXPECT_THAT(in_common_era(given), Eq(wanted)) << given;
    }
}

TEST(Calendar, FindsTheOneYearThatIsNamed) {
    EXPECT_THAT(year_in("songkran 2566"), Eq(2023));
    EXPECT_THAT(year_in("ยี่เป็ง พ.ศ. 2567 ค.ศ. 2024"), Eq(2024));
    EXPECT_THAT(year_in("วัดเจดีย์หลวง 1934"), Eq(1934));
    for (const char* text : {"", "songkran", "2022 2023", "ที่ 12345", "0999", "2566-2567"}) {
        EXPECT_THAT(year_in(text), Eq(std::nullopt)) << text;
    }
}

TEST(Calendar, LeavesWhatItWroteAsItIs) {
    for (const char* text : {"2567", "พ.ศ. 2567 ถึง ค.ศ. 2030", "cmdw 2565"}) {
        EXPECT_THAT(in_common_era(in_common_era(text)), Eq(in_common_era(text))) << text;
    }
}

}  // namespace
}  // namespace khom::index
