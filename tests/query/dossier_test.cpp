#include "query/dossier.h"

#include "corpus/import.h"
#include "graph/store.h"
#include "index/index.h"
#include "server/docx.h"
#include "server/dossier.h"
#include "server/dossier_versions.h"
#include "tests/testing/paths.h"

namespace khom::query {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// A store in memory with what `files` say, indexed.
class World {
  public:
    explicit World(const std::vector<corpus::InputFile>& files)
        : ontology_(corpus::shipped_ontology()), store_(graph::Store::in_memory({})) {
        const auto report =
            corpus::import(*store_, *ontology_, files, {false, {"test", "import"}, {}});
        if (!report || !report->rejected.empty()) {
            throw std::runtime_error(report ? report->rejected.front().detail
                                            : report.error().message);
        }
        index_ = index::Index::open({}, *store_);
    }
    Reading reading() const { return {index_->view(), ontology_}; }

  private:
    std::shared_ptr<const graph::Ontology> ontology_;
    std::unique_ptr<graph::Store> store_;
    std::unique_ptr<index::Index> index_;
};

const World& chiang_mai() {
    static const World world(
        *corpus::read_input(khom::testing::source_dir() + "/corpus/data/chiang-mai"));
    return world;
}

const DossierTemplate& form(std::string_view id) {
    return **server::dossier_form(id);
}

/// One section with one claim: partners of dated programmes.
DossierTemplate small_form() {
    return *parse_dossier_template(
        R"({"id": "small", "since": "2020-09-24", "rule": {"counted": 2, "sources": 1},
        "sections": [{"id": "one", "title": {"en": "One", "th": "หนึ่ง"}, "claims": [
            {"id": "partners", "pick": {"types": ["organized_by"], "to_kinds": ["partner"]}, "count": "to",
             "text": {"en": "{count} partners.", "th": "{count} ภาคี"}, "wanted": 1,
             "gap": {"en": "No partner.", "th": "ไม่มีภาคี"}}]}]})");
}

World small_world() {
    return World({{"entities.csv",
                   "id,subtype,name_en,sector,time,sources,certainty\n"
                   "source:page,web-page,Page,,,,\n"
                   "program:dated,event,Dated,,2021,source:page,stated\n"
                   "program:vague,event,Vague,,2020,source:page,stated\n"
                   "program:before,event,Before,,2019,source:page,stated\n"
                   "program:undated,event,Undated,,,source:page,stated\n"
                   "partner:school,school,School,academia,,source:page,stated\n"
                   "partner:firm,company,Firm,private,,source:page,stated\n"
                   "partner:sector,sector-group,The private sector,private,,source:page,stated\n"},
                  {"statements.csv",
                   "from,type,to,status,sources,certainty\n"
                   "program:dated,organized_by,partner:school,,source:page,stated\n"
                   "program:dated,organized_by,partner:sector,,source:page,stated\n"
                   "program:dated,organized_by,partner:firm,planned,source:page,stated\n"
                   "program:vague,organized_by,partner:firm,,source:page,stated\n"
                   "program:before,organized_by,partner:firm,,source:page,stated\n"
                   "program:undated,organized_by,partner:firm,,source:page,stated\n"}});
}

TEST(Dossier, CountsOnlyWhatIsDatedDoneAndSurelyWithin) {
    const auto world = small_world();

    const auto made = *dossier(world.reading(), small_form(), {});

    const auto& section = made.sections.at(0);
    ASSERT_THAT(section.claims, SizeIs(1));
    EXPECT_EQ(section.claims[0].text.en, "1 partners.");
    EXPECT_EQ(section.claims[0].counted.at(0).entity.id, "partner:school");
    EXPECT_EQ(section.status, Coverage::thin);
    EXPECT_THAT(section.to_confirm, SizeIs(3)) << "planned, 2020, undated; not the one of 2019";
    for (const auto& id : section.to_confirm) {
        EXPECT_THAT(made.statements.at(id).why, Not(IsEmpty()));
    }
}

TEST(Dossier, SaysWhatWouldFillAGap) {
    const auto world = small_world();

    const auto made = *dossier(world.reading(), small_form(), {"2023", "2024", 0});

    EXPECT_EQ(made.sections.at(0).status, Coverage::missing);
    EXPECT_EQ(made.sections.at(0).gaps.at(0).en, "No partner.");
}

TEST(Dossier, RefusesAWindowThatTheFormDoesNotCount) {
    const auto reading = chiang_mai().reading();

    EXPECT_EQ(dossier(reading, form("unesco-award-2024"), {"2019", "", 0}).error().parameter,
              "from");
    EXPECT_THAT(dossier(reading, form("unesco-award-2024"), {"2567", "", 0}).error().message,
                HasSubstr("2024"));
    EXPECT_EQ(dossier(reading, form("biennial-report"), {}).error().parameter, "from");
    EXPECT_EQ(dossier(reading, form("biennial-report"), {"2023", "", 2567}).error().parameter,
              "fiscal_year");
}

TEST(Dossier, AThaiFiscalYearBeginsInOctoberOfTheYearBefore) {
    const auto made = *dossier(chiang_mai().reading(), form("biennial-report"), {"", "", 2567});

    EXPECT_EQ(made.from, "2023-10-01");
    EXPECT_EQ(made.to, "2024-09-30");
}

TEST(Dossier, EveryNumberIsTheLengthOfItsEvidenceAndOpensToSentencesWithSources) {
    const auto made = *dossier(chiang_mai().reading(), form("unesco-award-2024"), {});

    EXPECT_THAT(made.sections, SizeIs(8));
    EXPECT_THAT(made.areas, SizeIs(12));
    for (const auto& section : made.sections) {
        for (const auto& claim : section.claims) {
            EXPECT_EQ(claim.count, claim.evidence.size()) << section.id << claim.id;
            EXPECT_THAT(claim.text.en, HasSubstr(std::to_string(claim.count)));
            EXPECT_THAT(claim.text.th, HasSubstr(std::to_string(claim.count)));
            for (const auto& id : claim.evidence) {
                const auto& line = made.statements.at(id);
                EXPECT_THAT(line.why, IsEmpty()) << id;
                EXPECT_THAT(line.sources,
                            AllOf(Not(IsEmpty()), Not(Contains(Ge(made.sources.size() + 1)))));
            }
        }
    }
}

TEST(Dossier, NothingBeforeTheCityJoinedCounts) {
    const auto reading = chiang_mai().reading();
    const auto made = *dossier(reading, form("unesco-award-2024"), {});

    for (const auto& programme : made.programmes) {
        EXPECT_THAT(programme.time.edtf.substr(0, 4), Ge("2020")) << programme.entity.id;
        EXPECT_NE(programme.time.edtf, "2020") << programme.entity.id;
    }
}

TEST(Dossier, TheSameRevisionGivesTheSameDigest) {
    const auto reading = chiang_mai().reading();
    const auto& award = form("unesco-award-2024");

    const auto once = server::dossier_json(*dossier(reading, award, {}));

    EXPECT_EQ(once, server::dossier_json(*dossier(reading, award, {})));
    EXPECT_THAT(once, HasSubstr("\"digest\":\"sha256:"));
    EXPECT_NE(once, server::dossier_json(*dossier(reading, award, {"2022", "", 0})));
}

TEST(Dossier, MarkdownCitesEverySourceByNumber) {
    const auto reading = chiang_mai().reading();
    const auto made = *dossier(reading, form("unesco-award-2024"), {});
    const auto text = server::dossier_markdown(made, *reading.ontology, "th", "");

    EXPECT_THAT(text, HasSubstr("# หลักฐานประกอบรางวัลเมืองแห่งการเรียนรู้ยูเนสโก"));
    EXPECT_THAT(text, HasSubstr("\n" + std::to_string(made.sources.size()) + ". "));
    EXPECT_THAT(text, HasSubstr("| เทศบาลนครเชียงใหม่ | ภาครัฐ |")) << "words, not ids";
}

TEST(Dossier, IsReadBackFromItsOwnJson) {
    const auto reading = chiang_mai().reading();
    for (const auto& asked : {std::pair{"unesco-award-2024", DossierQuestion{}},
                              std::pair{"biennial-report", DossierQuestion{"", "", 2567}}}) {
        const auto made = *dossier(reading, form(asked.first), asked.second);
        const auto json = server::dossier_json(made);

        const auto again = server::dossier_from_json(json);

        EXPECT_EQ(server::dossier_json(again), json);
        EXPECT_EQ(server::dossier_markdown(again, *reading.ontology, "th", ""),
                  server::dossier_markdown(made, *reading.ontology, "th", ""));
        EXPECT_EQ(server::dossier_csv(again), server::dossier_csv(made));
        EXPECT_EQ(again.places.size(), made.places.size());
    }
}

TEST(Dossier, FiguresAreShownWithAllTheirDigits) {
    EXPECT_EQ(server::figure_text(1.5), "1.5");
    EXPECT_EQ(server::figure_text(2.0), "2");
    EXPECT_EQ(server::figure_text(0.25), "0.25");
    EXPECT_EQ(server::figure_text(std::int64_t{999}), "999");
    EXPECT_EQ(server::figure_text(std::int64_t{12000}), "12,000");
    EXPECT_EQ(server::figure_text(std::int64_t{-1234567}), "-1,234,567");
    EXPECT_EQ(server::figure_text(1234567.5), "1,234,567.5");
    EXPECT_EQ(server::figure_text("about 50"), "about 50");
}

TEST(Docx, IsMadeOrSaysWhatIsMissing) {
    const auto made = server::docx_of("# หัวเรื่อง\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n", "th");

    if (!made) {
        ASSERT_THAT(made.error().message, HasSubstr("pandoc, which is not installed"));
        GTEST_SKIP() << made.error().message;
    }
    EXPECT_EQ(made->substr(0, 2), "PK");
}

TEST(DossierTemplate, AMisspeltMemberIsNamed) {
    const auto refused = parse_dossier_template(
        R"({"id": "x", "sections": [{"id": "one", "claims": [
            {"id": "c", "pick": {"tpyes": []}, "count": "to", "text": {"en": "a", "th": "b"}}]}]})");

    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("one.c.pick has 'tpyes'"));
}

}  // namespace
}  // namespace khom::query
