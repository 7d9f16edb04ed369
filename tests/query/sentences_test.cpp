#include "query/sentences.h"

#include "corpus/import.h"
#include "tests/testing/small_city.h"

namespace khom::query {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;

const EntityRef festival{"program:festival", "program", {"Festival of Light", "เทศกาลแสง"}};
const EntityRef canal{"place:canal", "place", {"Mae Kha Canal", "คลองแม่ข่า"}};
const EntityRef community{"partner:community", "partner", {"Chang Moi community", "ชุมชนช้างม่อย"}};
const EntityRef tradition{"program:yi-peng", "program", {"Yi Peng", ""}};

StatementView view(const std::string& type, const std::string& direction) {
    StatementView made;
    made.type = type;
    made.direction = direction;
    made.status = "done";
    made.certainty = "stated";
    return made;
}

Wording said(const EntityRef& from, const EntityRef& to, const StatementView& seen) {
    return sentence(*corpus::shipped_ontology(), from, to, seen);
}

TEST(Sentence, SaysWhoDidWhatInBothLanguages) {
    auto seen = view("held_at", "out");
    seen.time = time_label("2024-11-15");

    const auto words = said(festival, canal, seen);

    EXPECT_THAT(words.en, Eq("Festival of Light is held at Mae Kha Canal (15 November 2024)."));
    EXPECT_THAT(words.th, Eq("เทศกาลแสง จัดที่ คลองแม่ข่า (15 พฤศจิกายน พ.ศ. 2567)"));
}

TEST(Sentence, ReadsBackwardsWithTheInverseWording) {
    const auto words = said(canal, festival, view("held_at", "in"));

    EXPECT_THAT(words.en, Eq("Mae Kha Canal hosts Festival of Light."));
    EXPECT_THAT(words.th, Eq("คลองแม่ข่า เป็นที่จัดของ เทศกาลแสง"));
}

TEST(Sentence, SaysThatWhatIsPlannedIsNotDone) {
    for (const auto& [status, english, thai] :
         {std::tuple{"planned", "not yet done", "ยังไม่ได้ทำ"},
          std::tuple{"prepared", "not yet done", "ยังไม่ได้ทำ"},
          std::tuple{"drafted", "not yet submitted", "ยังไม่ได้ยื่น"},
          std::tuple{"submitted", "no outcome", "ยังไม่มีผล"}}) {
        auto seen = view("held_at", "out");
        seen.status = status;

        const auto words = said(festival, canal, seen);

        EXPECT_THAT(words.en, HasSubstr(english)) << status;
        EXPECT_THAT(words.th, HasSubstr(thai)) << status;
    }
}

TEST(Sentence, SaysWhatIsDoubted) {
    auto seen = view("organized_by", "out");
    seen.certainty = "doubtful";
    EXPECT_THAT(said(festival, community, seen).en, HasSubstr("(doubtful)"));
    seen.certainty = "inferred";
    EXPECT_THAT(said(festival, community, seen).th, HasSubstr("(อนุมาน)"));
    seen.certainty = "corroborated";
    EXPECT_THAT(said(festival, community, seen).en, Not(HasSubstr("(")));
}

TEST(Sentence, TakesTheOtherLanguagesNameWhereOneIsMissing) {
    EXPECT_THAT(said(tradition, canal, view("held_at", "out")).th,
                HasSubstr("Yi Peng จัดที่ คลองแม่ข่า"));
}

TEST(Sentence, DoesNotRepeatAYearThatTheNameSays) {
    auto seen = view("held_at", "out");
    seen.time = time_label("2024");
    const EntityRef named{
        "program:f", "program", {"Festival of Light (2024)", "เทศกาลแสง พ.ศ. 2567"}};

    EXPECT_THAT(said(named, canal, seen).en,
                Eq("Festival of Light (2024) is held at Mae Kha Canal."));
    EXPECT_THAT(said(named, canal, seen).th, Eq("เทศกาลแสง พ.ศ. 2567 จัดที่ คลองแม่ข่า"));
}

TEST(Sentence, KeepsNamesThatLookLikeTemplates) {
    const EntityRef odd{"program:odd", "program", {"{object} {to}", ""}};

    EXPECT_THAT(said(odd, canal, view("held_at", "out")).en,
                Eq("{object} {to} is held at Mae Kha Canal."));
}

TEST(Sentence, OfEveryTypeNamesBothEndsInBothDirectionsAndLanguages) {
    for (const auto& type : corpus::shipped_ontology()->types) {
        for (const auto* direction : {"out", "in"}) {
            const auto words = said(festival, canal, view(type.id, direction));
            EXPECT_THAT(words.en, HasSubstr(festival.name.en)) << type.id;
            EXPECT_THAT(words.en, HasSubstr(canal.name.en)) << type.id;
            EXPECT_THAT(words.th, HasSubstr(festival.name.th)) << type.id;
            EXPECT_THAT(words.th, HasSubstr(canal.name.th)) << type.id;
            EXPECT_THAT(words.en + words.th, Not(HasSubstr("{"))) << type.id;
            EXPECT_THAT(words.en.find(festival.name.en), Eq(0U)) << words.en;
        }
    }
}

ConnectionStep step(const EntityRef& from, const EntityRef& to, const StatementView& seen) {
    return {from, to, seen, {}};
}

TEST(ChainSentence, ContinuesWithARelativeClauseWhereTheObjectEndsTheClause) {
    const auto words = chain_sentence(*corpus::shipped_ontology(),
                                      {step(community, festival, view("organized_by", "in")),
                                       step(festival, canal, view("held_at", "out"))});

    EXPECT_THAT(
        words.en,
        Eq("Chang Moi community organises Festival of Light, which is held at Mae Kha Canal."));
    EXPECT_THAT(words.th, Eq("ชุมชนช้างม่อย จัด เทศกาลแสง ซึ่งจัดที่ คลองแม่ข่า"));
}

TEST(ChainSentence, NamesTheSubjectAgainWhereTheObjectStandsInside) {
    const auto words = chain_sentence(*corpus::shipped_ontology(),
                                      {step(festival, community, view("has_participant", "out")),
                                       step(community, canal, view("stewards", "out"))});

    EXPECT_THAT(
        words.en,
        Eq("Festival of Light has Chang Moi community as a participant; Chang Moi community takes "
           "care of Mae Kha Canal."));
}

TEST(ChainSentence, SaysOfEachPartWhetherItIsPlanned) {
    auto planned = view("held_at", "out");
    planned.status = "planned";

    const auto words = chain_sentence(
        *corpus::shipped_ontology(),
        {step(community, festival, view("organized_by", "in")), step(festival, canal, planned)});

    EXPECT_THAT(words.en, HasSubstr("Mae Kha Canal (planned, not yet done)"));
    EXPECT_THAT(words.th, HasSubstr("ยังไม่ได้ทำ"));
}

struct InWords {
    const char* edtf;
    const char* en;
    const char* th;
};

TEST(TimeLabel, WordsEveryFormInBothCalendars) {
    const std::vector<InWords> rows = {
        {"2021", "2021", "พ.ศ. 2564"},
        {"2020-09", "September 2020", "กันยายน พ.ศ. 2563"},
        {"2020-09-23", "23 September 2020", "23 กันยายน พ.ศ. 2563"},
        {"2020~", "about 2020", "ประมาณ พ.ศ. 2563"},
        {"2020?", "2020 (uncertain)", "พ.ศ. 2563 (ไม่แน่ชัด)"},
        {"2020%", "about 2020 (uncertain)", "ประมาณ พ.ศ. 2563 (ไม่แน่ชัด)"},
        {"2022/2023", "2022–2023", "พ.ศ. 2565–2566"},
        {"2022-11/2023", "November 2022 to 2023", "พฤศจิกายน พ.ศ. 2565 ถึง พ.ศ. 2566"},
        {"2025-11-05/2025-11-06", "5–6 November 2025", "5–6 พฤศจิกายน พ.ศ. 2568"},
        {"2025-11-30/2025-12-01", "30 November to 1 December 2025",
         "30 พฤศจิกายน ถึง 1 ธันวาคม พ.ศ. 2568"},
        {"2024-12-31/2025-01-01", "31 December 2024 to 1 January 2025",
         "31 ธันวาคม พ.ศ. 2567 ถึง 1 มกราคม พ.ศ. 2568"},
        {"2018/..", "since 2018", "ตั้งแต่ พ.ศ. 2561"},
        {"../2020", "until 2020", "จนถึง พ.ศ. 2563"},
        {"not a date", "not a date", "not a date"},
    };
    for (const auto& [edtf, en, th] : rows) {
        EXPECT_THAT(time_label(edtf).words, Eq(Wording{en, th})) << edtf;
    }
}

}  // namespace
}  // namespace khom::query
