// A planner's file: one row an activity, as a spreadsheet saves it.

#include "corpus/damage.h"
#include "corpus/import.h"

namespace khom::corpus {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const std::string city =
    "id,name_en,name_th,aliases_en,time,sources\n"
    "source:test,Annual report,รายงานประจำปี,,,\n"
    "place:canal,Mae Kha Canal,คลองแม่ข่า,Mae Kha,,source:test\n"
    "place:pier-a,Old Pier,,,,source:test\n"
    "place:pier-b,Old Pier,,,,source:test\n"
    "partner:school,Chiang Mai School,โรงเรียนเชียงใหม่,CMS,,source:test\n"
    "partner:council,City Council,สภาเมือง,,,source:test\n"
    "person:youth,Young people,เยาวชน,,,source:test\n"
    "program:initiative,Learning City,เมืองแห่งการเรียนรู้,,,source:test\n"
    "program:walk-2023,Canal Walk,เดินริมคลอง,,2023,source:test\n";

struct World {
    std::unique_ptr<graph::Store> store;
    World() {
        graph::StoreOptions options;
        options.rules = {ontology_rule(shipped_ontology())};
        store = graph::Store::in_memory(options);
        EXPECT_THAT(take("city.csv", city).rejected, IsEmpty());
    }
    ImportReport take(const std::string& name, const std::string& bytes,
                      bool dry_run = false) const {
        return *import(*store, *shipped_ontology(), {{name, bytes}},
                       {dry_run, {"test", "import"}, {}});
    }
    /// "type to" of what leaves the only program with this English name.
    std::vector<std::string> statements(const std::string& id) const {
        const auto graph = store->snapshot();
        std::vector<std::string> all;
        for (const auto& one : graph->adjacent(*graph->find(id), graph::Direction::out)) {
            all.push_back(
                std::string(graph->name(one.type)) + " " +
                std::string(graph::string_or_empty(graph->property(one.neighbour, "id"))));
        }
        return all;
    }
    graph::Value property(const std::string& id, const std::string& key) const {
        return store->snapshot()->property(*store->snapshot()->find(id), key);
    }
};

const std::string header =
    "id,activity,date,era,place,organisers,participants,part_of,attendance,hours,baht,source,"
    "locator\n";

TEST(Activities, BecomeAProgrammeWithItsStatements) {
    World world;

    const auto report =
        world.take("activities.csv",
                   header +
                       "program:clean-up,ล้างคลอง / Canal clean-up,2024-11-15,,แม่ข่า; "
                       "คลองแม่ข่า,\"Chiang Mai School; "
                       "สภาเมือง\",เยาวชน,เมืองแห่งการเรียนรู้,120,3.5,25000,รายงานประจำปี,page 4\n");

    ASSERT_THAT(report.rejected, SizeIs(1)) << "แม่ข่า is nobody's Thai name here";
    EXPECT_THAT(report.rejected[0].column, Eq("place"));
    EXPECT_THAT(report.rejected[0].detail, HasSubstr("place:canal (คลองแม่ข่า)"));

    const auto second = world.take(
        "activities.csv",
        header +
            "program:clean-up,ล้างคลอง / Canal clean-up,2024-11-15,,คลองแม่ข่า,\"Chiang Mai School; "
            "สภาเมือง\",เยาวชน,เมืองแห่งการเรียนรู้,120,3.5,25000,รายงานประจำปี,page 4\n");
    EXPECT_THAT(second.rejected, IsEmpty());
    EXPECT_THAT(second.created, Eq(6U));
    EXPECT_THAT(world.statements("program:clean-up"),
                UnorderedElementsAre("HELD_AT place:canal", "ORGANIZED_BY partner:school",
                                     "ORGANIZED_BY partner:council", "HAS_PARTICIPANT person:youth",
                                     "PART_OF program:initiative"));
    EXPECT_THAT(world.property("program:clean-up", "name_th"), Eq(graph::Value("ล้างคลอง")));
    EXPECT_THAT(world.property("program:clean-up", "name_en"), Eq(graph::Value("Canal clean-up")));
    EXPECT_THAT(world.property("program:clean-up", "participants"), Eq(graph::Value(120)));
    EXPECT_THAT(world.property("program:clean-up", "hours"), Eq(graph::Value(3.5)));
    EXPECT_THAT(world.property("program:clean-up", "budget_baht"), Eq(graph::Value(25000.0)));
    EXPECT_THAT(world.property("program:clean-up", "sources"),
                Eq(graph::Value(graph::List{"source:test"})));
    EXPECT_THAT(world.property("program:clean-up", "locators"),
                Eq(graph::Value(graph::List{"page 4"})));
}

TEST(Activities, ChangeNothingWhenTheFileComesAgain) {
    World world;
    const std::string file =
        "activity,date,era,place,organisers,source\n"
        "ล้างคลอง,2567-11-15,BE,Mae Kha,cms,https://example.org/report\n"
        "Lantern class,2024-11,,MAE KHA CANAL,สภาเมือง,Minutes of the council\n";
    const auto first = world.take("activities.csv", file);
    const auto second = world.take("activities.csv", file);

    EXPECT_THAT(first.rejected, IsEmpty());
    EXPECT_THAT(first.created, Eq(8U)) << "two activities, two sources, four statements";
    EXPECT_THAT(second.created + second.updated, Eq(0U));
    EXPECT_THAT(second.revision, Eq(first.revision));
}

TEST(Activities, AddToTheActivityThatIsKnownByNameAndTime) {
    World world;
    const auto report = world.take("activities.csv",
                                   "activity,date,place,attendance,source\n"
                                   "เดินริมคลอง,2023,คลองแม่ข่า,40,source:test\n"
                                   "เดินริมคลอง,2024,คลองแม่ข่า,55,source:test\n");

    EXPECT_THAT(report.rejected, IsEmpty());
    EXPECT_THAT(report.updated, Eq(1U));
    EXPECT_THAT(world.property("program:walk-2023", "participants"), Eq(graph::Value(40)));
    EXPECT_THAT(world.store->snapshot()->count(*world.store->snapshot()->label("Program")), Eq(3U));
}

struct Wrong {
    std::string row, column, detail;
};

TEST(Activities, AreRefusedWithCandidatesAndNothingIsWritten) {
    const std::vector<Wrong> rows = {
        {"x,Fair,2024,,Mae Kha Cannal,,,,,,,source:test,", "id", "is not an id"},
        {",Fair,2024,,Mae Kha Cannal,,,,,,,source:test,", "place",
         "Did you mean place:canal (Mae Kha Canal)"},
        {",Fair,2024,,Old Pier,,,,,,,source:test,", "place", "several: place:pier-a, place:pier-b"},
        {",Fair,2024,,,Zzz Unknown,,,,,,source:test,", "organisers", "Add it first"},
        {",Fair,2024,,City Council,,,,,,,source:test,", "place",
         "There is no place called 'City Council'"},
        {",Fair,2567,,,,,,,,,source:test,", "time", "write 2024 or `era=BE`"},
        {",Fair,Nov-24,,,,,,,,,source:test,", "time", "a spreadsheet has shortened"},
        {",Fair,15/11/2567,,,,,,,,,source:test,", "time", "write 2024-11-15"},
        {",Fair,2024,,,,,,2.565E3,,,source:test,", "participants", "a spreadsheet has shortened"},
        {",Fair,2024,,,,,,many,,,source:test,", "participants", "not a whole number"},
        {",Fair,2024,,,,,,,,,,", "source", "needs a source"},
        {",,2024,,,,,,,,,source:test,", "activity", "has no name"},
        {",Fair,2024,,,,,,,,,source:nowhere,", "sources", "There is no entity 'source:nowhere'"},
    };
    for (const auto& [row, column, detail] : rows) {
        World world;
        const auto before = world.store->snapshot()->revision();
        const auto report = world.take("activities.csv", header + row + "\n");

        ASSERT_THAT(report.rejected, Not(IsEmpty())) << row;
        const auto told = std::any_of(report.rejected.begin(), report.rejected.end(),
                                      [&column = column, &detail = detail](const Finding& finding) {
                                          return finding.column == column && finding.line == 2 &&
                                                 finding.detail.find(detail) != std::string::npos;
                                      });
        EXPECT_TRUE(told) << row << ": " << report.rejected[0].column << ": "
                          << report.rejected[0].detail;
        EXPECT_THAT(world.store->snapshot()->revision(), Eq(before)) << row;
    }
}

TEST(Activities, RefuseColumnsThatNobodyReads) {
    World world;
    const auto report =
        world.take("activities.csv", "activity,date,colour,source\nFair,2024,red,source:test\n");

    ASSERT_THAT(report.rejected, SizeIs(1));
    EXPECT_THAT(report.rejected[0].column, Eq("colour"));
}

TEST(Import, ReadsWhatSpreadsheetsOfOtherLocalesSeparateBy) {
    World world;
    EXPECT_THAT(
        world.take("a.csv", "id;name_en;aliases_en\nplace:a;A, the place;\"one; two\"\n").rejected,
        IsEmpty());
    EXPECT_THAT(world.property("place:a", "aliases_en"),
                Eq(graph::Value(graph::List{"one", "two"})));
    EXPECT_THAT(world.take("b.csv", "id\tname_en\nplace:b\tB\n").rejected, IsEmpty());
}

TEST(Import, ReadsUtf16AsASpreadsheetsUnicodeTextIs) {
    World world;
    std::string bytes = "\xFF\xFE";
    for (const char c : std::string("id\tname_th\nplace:u\t")) {
        bytes += c;
        bytes += '\0';
    }
    bytes += std::string("\x27\x0E\x31\x0E\x14\x0E\x0A\x00", 8);  // วัด and a line feed

    EXPECT_THAT(world.take("u.csv", bytes).rejected, IsEmpty());
    EXPECT_THAT(world.property("place:u", "name_th"), Eq(graph::Value("วัด")));
}

TEST(Import, ReportsLikelyDuplicatesByLettersAndSound) {
    World world;
    const auto report = world.take("new.csv",
                                   "id,name_en,name_th,time\n"
                                   "place:other-canal,Maekha Canal,,\n"
                                   "partner:cm-school,,โรงเรียน เชียงใหม่,\n"
                                   "program:walk-2024,Canal Walk,,2024\n"
                                   "place:quite-new,Quite another place,,\n",
                                   true);

    std::vector<std::string> pairs;
    for (const auto& one : report.likely_duplicates) {
        pairs.push_back(one.id + " " + one.other);
    }
    EXPECT_THAT(pairs, UnorderedElementsAre("place:other-canal place:canal",
                                            "partner:cm-school partner:school"))
        << "an edition of another year bears the same name";
}

TEST(Import, LeavesThemesOfTwoSchemesTheirCommonName) {
    World world;
    const auto report = world.take("themes.csv",
                                   "id,subtype,name_en\n"
                                   "theme:aw-9,award-criterion,Use of resources\n"
                                   "theme:kf-19,key-feature-area,Use of resources\n"
                                   "theme:kf-20,key-feature-area,Use of Resources\n",
                                   true);

    ASSERT_THAT(report.likely_duplicates, SizeIs(1));
    EXPECT_THAT(report.likely_duplicates[0].id, Eq("theme:kf-19"));
    EXPECT_THAT(report.likely_duplicates[0].other, Eq("theme:kf-20"));
}

struct Damaged {
    const char* cell;
    const char* detail;
};

TEST(Damage, IsNamedWithTheWayToMendIt) {
    const std::vector<Damaged> rows = {
        {"Nov-24", "text"},
        {"24-Nov", "text"},
        {"พ.ย.-67", "text"},
        {"2.565E3", "digits"},
        {"1E+05", "digits"},
        {"2.565E+03", "digits"},
        {"#REF!", "error sign"},
        {"####", "error sign"},
        {"à¸¢à¸µà¹ˆà¹€", "CSV UTF-8"},
        {"เธขเธตเนเน", "CSV UTF-8"},
        {"??????", "CSV UTF-8"},
        {"a\xEF\xBF\xBD"
         "b",
         "CSV UTF-8"},
    };
    for (const auto& [cell, detail] : rows) {
        ASSERT_TRUE(damage_in(cell)) << cell;
        EXPECT_THAT(*damage_in(cell), HasSubstr(detail)) << cell;
    }
}

TEST(Damage, IsNotSeenInWholeText) {
    for (const auto* cell :
         {"", "2024-11", "Nov-2024", "E3", "1E", "3E street", "May-be", "เธอเนื้อเย็น", "ยี่เป็ง", "why?",
          "#1", "What was in Nov-24?", "MAR-12345", "5e+06", "12-14", "a-b", "2565"}) {
        EXPECT_FALSE(damage_in(cell)) << cell;
    }
}

TEST(Damage, ReadsTheDateThatWasMeant) {
    const std::vector<std::pair<const char*, const char*>> rows = {
        {"15/11/2567", "2024-11-15"},
        {"15/11/2024", "2024-11-15"},
        {"11/15/2024", "2024-11-15"},
        {"15 พ.ย. 2567", "2024-11-15"},
        {"15 พฤศจิกายน พ.ศ. 2567", "2024-11-15"},
        {"พฤศจิกายน 2567", "2024-11"},
        {"November 2024", "2024-11"},
        {"Nov 15, 2024", "2024-11-15"},
        {"45611", "2024-11-15"},
        {"11/2567", "2024-11"},
    };
    for (const auto& [cell, edtf] : rows) {
        EXPECT_THAT(date_meant(cell), ::testing::Optional(Eq(edtf))) << cell;
    }
    for (const auto* cell : {"", "soon", "15", "1/2/3/4", "99/99/2024", "2024 2024 2024", "Nov"}) {
        EXPECT_THAT(date_meant(cell), Eq(std::nullopt)) << cell;
    }
}

}  // namespace
}  // namespace khom::corpus
