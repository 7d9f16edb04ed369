#include "corpus/import.h"

#include "corpus/check.h"
#include "tests/testing/paths.h"

namespace khom::corpus {
namespace {

using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::unique_ptr<graph::Store> new_store() {
    graph::StoreOptions options;
    options.rules = {ontology_rule(shipped_ontology())};
    return graph::Store::in_memory(options);
}

const std::string base =
    "id,name_en,name_th,sources\n"
    "source:test,Test,,\n"
    "place:canal,Mae Kha Canal,คลองแม่ข่า,\"source:test#page 1; source:test#page 2\"\n"
    "program:festival,Festival of Light,,source:test\n";
const std::string link =
    "from,type,to,time,sources,certainty\nprogram:festival,held_at,place:canal,2024,source:test,"
    "stated\n";

ImportReport import_into(graph::Store& store, const std::vector<InputFile>& files,
                         bool dry_run = false) {
    return *import(store, *shipped_ontology(), files, {dry_run, {"test", "import"}, {}});
}

TEST(Import, TakesTheChiangMaiCorpusWholeAndTwiceWithoutChange) {
    const auto store = new_store();
    const auto files = *read_input(khom::testing::source_dir() + "/corpus/data/chiang-mai");

    const auto first = import_into(*store, files);
    for (const auto& finding : first.rejected) {
        ADD_FAILURE() << finding.file << ":" << finding.line << " " << finding.column << ": "
                      << finding.detail;
    }
    const auto second = import_into(*store, files);

    EXPECT_THAT(store->snapshot()->node_count(), Gt(400U));
    EXPECT_THAT(store->snapshot()->relationship_count(), Gt(500U));
    EXPECT_THAT(second.batch, IsEmpty());
    EXPECT_THAT(second.revision, Eq(first.revision));
    EXPECT_THAT(second.created + second.updated, Eq(0U));
}

TEST(Import, WritesWhatTheRowsSay) {
    const auto store = new_store();
    const auto report = import_into(*store, {{"e.csv", base}, {"s.csv", link}});
    const auto snapshot = store->snapshot();
    const auto canal = *snapshot->find("place:canal");

    EXPECT_THAT(report.created, Eq(4U));
    EXPECT_THAT(report.batch, Eq("b-1"));
    EXPECT_THAT(snapshot->property(canal, "name_th"), Eq(graph::Value("คลองแม่ข่า")));
    EXPECT_THAT(snapshot->property(canal, "locators"),
                Eq(graph::Value(graph::List{"page 1", "page 2"})));
    const auto statement = snapshot->find_relationship(
        statement_id("program:festival", "held_at", "place:canal", "2024", ""));
    ASSERT_TRUE(statement);
    EXPECT_THAT(snapshot->property(*statement, "year"), Eq(graph::Value(2024)));
    EXPECT_THAT(snapshot->property(*statement, "status"), Eq(graph::Value("done")));
}

TEST(Import, MakesTheStatementIdsThatArePublished) {
    EXPECT_THAT(statement_id("program:yi-peng-festival-of-light-2024", "held_at",
                             "place:mae-kha-canal", "2024", ""),
                ::testing::MatchesRegex("s-[0-9a-f]{16}"));
}

struct Wrong {
    std::string file;
    std::string column;
    std::string detail;
    FindingCode code;
};

TEST(Import, SaysWhatIsWrongAndWhatWasExpectedAndWritesNothing) {
    const auto statement = [](const std::string& row) {
        return "from,type,to,time,sources\n" + row + "\n";
    };
    const std::vector<Wrong> rows = {
        {"id,name_en\nplace:Chang Moi,x\n", "id", "is not an id", FindingCode::not_an_id},
        {"id,name_en,time\nplace:x,x,2567\n", "time",
         "looks like a Buddhist year; write 2024 or `era=BE`", FindingCode::buddhist_year},
        {"id,name_en,time\nplace:x,x,15/11/2024\n", "time", "write 2024-11-15",
         FindingCode::not_a_date},
        {"id,name_en,time\nplace:x,x,Nov-24\n", "time", "a date that a spreadsheet has shortened",
         FindingCode::damaged},
        {"id,name_en,time\nplace:x,x,2.565E3\n", "time",
         "a number that a spreadsheet has shortened", FindingCode::damaged},
        {"id,name_en,colour\nplace:x,x,red\n", "colour", "There is no column",
         FindingCode::unknown_column},
        {"id,name_en,sector\npartner:x,x,goverment\n", "sector", "is not one of: government",
         FindingCode::not_listed},
        {"id,name_en,subtype\nplace:x,x,castle\n", "subtype", "is no subtype of place",
         FindingCode::not_listed},
        {"id,lat\nplace:x,18.7\n", "name_en", "no name", FindingCode::no_name},
        {"id,name_en,lat,lon\nplace:x,x,98.7,18.7\n", "lat", "outside the globe",
         FindingCode::outside_the_globe},
        {"id,name_en\nplace:x,a\u202Eb\n", "name_en", "direction-changing", FindingCode::damaged},
        {"id,name_en\nplace:x,a\nplace:x,b\n", "name_en", "differs from 'a'", FindingCode::differs},
        {"id,name_en,sources\nplace:x,a,source:none\n", "sources",
         "There is no entity 'source:none'", FindingCode::unknown_entity},
        {statement("program:festival,organized_by,place:canal,,source:test"), "to",
         "range of organized_by is", FindingCode::wrong_kind},
        {statement("program:festival,likes,place:canal,,source:test"), "type",
         "is no relationship type", FindingCode::unknown_type},
        {statement("program:festival,held_at,place:nowhere,,source:test"), "to",
         "There is no entity 'place:nowhere'", FindingCode::unknown_entity},
        {statement("program:festival,held_at,place:canal,,"), "sources", "needs a source",
         FindingCode::no_source},
        {"id,name_en\nplace:x,\"a\n", "", "does not end", FindingCode::unreadable},
        {"a,b\n1,2\n", "", "neither an entity's", FindingCode::unreadable},
        {"id,name_en\nplace:x,a,b\n", "", "The row has 3 cells", FindingCode::unreadable},
    };
    for (const auto& [file, column, detail, code] : rows) {
        const auto store = new_store();
        const auto report = import_into(*store, {{"base.csv", base}, {"wrong.csv", file}});

        ASSERT_THAT(report.rejected, ::testing::Not(IsEmpty())) << file;
        EXPECT_THAT(report.rejected.front().file, Eq("wrong.csv"));
        EXPECT_THAT(report.rejected.front().column, Eq(column)) << file;
        EXPECT_THAT(report.rejected.front().detail, HasSubstr(detail)) << file;
        EXPECT_THAT(report.rejected.front().code, Eq(code)) << file;
        EXPECT_THAT(store->snapshot()->node_count(), Eq(0U));
    }
}

TEST(Import, ReadsByteOrderMarksAndWindows874) {
    const auto store = new_store();
    const auto report =
        import_into(*store, {{"base.csv", "\xEF\xBB\xBF" + base},
                             {"874.csv", "id,name_th\r\nplace:x,\xC7\xD1\xB4\r\n"}});

    EXPECT_THAT(report.rejected, IsEmpty());
    EXPECT_THAT(store->snapshot()->property(*store->snapshot()->find("place:x"), "name_th"),
                Eq(graph::Value("วัด")));
}

TEST(Import, TurnsBuddhistYearsWhereTheRowSaysSo) {
    const auto store = new_store();
    import_into(*store, {{"x.csv", "id,name_en,time,era\nplace:x,x,2567-11~,BE\n"}});

    EXPECT_THAT(store->snapshot()->property(*store->snapshot()->find("place:x"), "time"),
                Eq(graph::Value("2024-11~")));
}

TEST(Import, WritesNothingWhenOnlyTried) {
    const auto store = new_store();
    const auto report = import_into(*store, {{"base.csv", base}}, true);

    EXPECT_THAT(report.created, Eq(3U));
    EXPECT_THAT(store->snapshot()->node_count(), Eq(0U));
}

TEST(Import, ReadsNdjsonAsItReadsCsv) {
    const auto store = new_store();
    const auto report = import_into(
        *store,
        {{"x.ndjson", R"({"entity": {"id": "source:t", "kind": "source", "name": {"en": "T"}}}
{"entity": {"id": "place:x", "kind": "place", "name": {"th": "วัด", "en": "Wat"}, "aliases": {"en": ["a", "b"]}, "sources": ["source:t#p"]}}
{"entity": {"id": "program:p", "kind": "program", "name": {"en": "P"}}}
{"statement": {"from": "program:p", "type": "held_at", "to": "place:x", "time": "2024", "sources": ["source:t"], "certainty": "stated"}}
)"}});

    EXPECT_THAT(report.rejected, IsEmpty());
    EXPECT_THAT(store->snapshot()->relationship_count(), Eq(1U));
    EXPECT_THAT(store->snapshot()->property(*store->snapshot()->find("place:x"), "aliases_en"),
                Eq(graph::Value(graph::List{"a", "b"})));
}

std::vector<std::string> ids_of(const CheckReport& report, const std::string& name) {
    for (const auto& gap : report.gaps) {
        if (gap.name == name) {
            return gap.ids;
        }
    }
    return {"no such gap"};
}

TEST(Check, NamesWhatAPlannerWouldMiss) {
    const auto store = new_store();
    import_into(*store,
                {{"e.csv", base}, {"s.csv", link}, {"p.csv", "id,name_en\npartner:alone,Alone\n"}});

    const auto report = check(*store, *shipped_ontology());

    EXPECT_THAT(ids_of(report, "programmes_without_organiser"),
                ::testing::ElementsAre("program:festival"));
    EXPECT_THAT(ids_of(report, "programmes_without_place"), IsEmpty());
    EXPECT_THAT(ids_of(report, "programmes_without_date"),
                ::testing::ElementsAre("program:festival"));
    EXPECT_THAT(ids_of(report, "islands"), ::testing::ElementsAre("partner:alone"));
    EXPECT_THAT(ids_of(report, "entities_without_thai_name"),
                ::testing::ElementsAre("partner:alone", "program:festival"));
    EXPECT_THAT(ids_of(report, "statements_with_one_source"), SizeIs(1));
}

TEST(Check, FindsTheStateAsTheLogTellsIt) {
    const auto store = new_store();
    import_into(*store, {{"e.csv", base}, {"s.csv", link}});

    EXPECT_THAT(compare_with_log(*store), IsEmpty());
}

}  // namespace
}  // namespace khom::corpus
