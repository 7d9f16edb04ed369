// A dossier is the graph seen through a form: every statement is judged once against the window,
// then each part picks what speaks for it. What a part names is put on record, so that each number
// opens to sentences and numbered sources.

#include "query/dossier_private.h"

#include <algorithm>
#include <set>

#include "query/lookup.h"
#include "query/sentences.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

std::string public_id(const graph::Snapshot& graph, graph::RelationshipId relationship) {
    const auto value = graph.property(relationship, graph::public_id_key);
    return std::string(graph::string_or_empty(value));
}

/// The later of two begins, the earlier of two ends; an empty one is open.
std::string narrower(const std::string& asked, const std::string& given) {
    return asked.empty() ? given : asked;
}

graph::Result<graph::TimeWindow> window_for(const DossierTemplate& form,
                                            const DossierQuestion& question) {
    if (form.needs_window && (question.from.empty() || question.to.empty())) {
        return graph::refuse_parameter(question.from.empty() ? "from" : "to",
                                       "This report covers a period of your choice: give `from` "
                                       "and `to`, or `fiscal_year`, such as 2567.");
    }
    const auto widest = window_of(form.since, form.until);
    auto asked = window_of(narrower(question.from, form.since), narrower(question.to, form.until));
    if (!asked || !widest) {
        return asked ? widest : asked;
    }
    if (widest->from && asked->from && asked->from->days < widest->from->days) {
        return graph::refuse_parameter("from", "'" + question.from + "' is before " + form.since +
                                                   ": only what came after counts here.");
    }
    if (widest->to && asked->to && asked->to->days > widest->to->days) {
        return graph::refuse_parameter(
            "to", "'" + question.to + "' is after " + form.until + ", where this form ends.");
    }
    return asked;
}

/// The fiscal year as its two dates.
graph::Result<DossierQuestion> dates_of(const DossierQuestion& asked) {
    if (asked.fiscal_year == 0) return asked;
    if (!asked.from.empty() || !asked.to.empty()) {
        return graph::refuse_parameter("fiscal_year", "Give a fiscal year or two dates, not both.");
    }
    if (asked.fiscal_year < 2500 || asked.fiscal_year > 2700) {
        return graph::refuse_parameter(
            "fiscal_year",
            "A Thai fiscal year is Buddhist, 2500 to 2700: 2567 begins on 1 "
            "October 2023.");
    }
    const int year = asked.fiscal_year - 543;
    return DossierQuestion{std::to_string(year - 1) + "-10-01", std::to_string(year) + "-09-30", 0};
}

Wording period_words(const std::string& from, const std::string& to) {
    if (from.empty() && to.empty()) return {"all years", "ทุกปี"};
    return time_label((from.empty() ? std::string("..") : from) + "/" +
                      (to.empty() ? std::string("..") : to))
        .words;
}

Wording rule_words(const DossierTemplate& form) {
    const auto counted = std::to_string(form.evidenced_counted);
    const auto sources = std::to_string(form.evidenced_sources);
    return {"Evidenced: at least " + counted + " counted things from at least " + sources +
                " sources. Thin: fewer. Missing: none. Only what is dated surely within the "
                "period, done and "
                "not doubtful counts; the rest stands under “to confirm”.",
            "มีหลักฐาน: นับได้อย่างน้อย " + counted + " รายการ จากอย่างน้อย " + sources +
                " แหล่ง หลักฐานน้อย: น้อยกว่านั้น ขาดหลักฐาน: ไม่มีเลย "
                "นับเฉพาะสิ่งที่ระบุเวลาแน่ชัดในช่วงนี้ ทำแล้ว และไม่มีข้อสงสัย ที่เหลืออยู่ใน “รอยืนยัน”"};
}

}  // namespace

const char* name(Coverage coverage) {
    switch (coverage) {
        case Coverage::evidenced:
            return "evidenced";
        case Coverage::thin:
            return "thin";
        case Coverage::missing:
            return "missing";
    }
    return "";
}

Wording wording(Coverage coverage) {
    switch (coverage) {
        case Coverage::evidenced:
            return {"evidenced", "มีหลักฐาน"};
        case Coverage::thin:
            return {"thin", "หลักฐานน้อย"};
        case Coverage::missing:
            return {"missing", "ขาดหลักฐาน"};
    }
    return {};
}

Coverage coverage(const DossierTemplate& form, std::size_t counted, std::size_t sources) {
    if (counted == 0) return Coverage::missing;
    return counted >= form.evidenced_counted && sources >= form.evidenced_sources
               ? Coverage::evidenced
               : Coverage::thin;
}

DossierRecord::DossierRecord(const Reading& read, const graph::TimeWindow& asked, Fit how)
    : reading(read), window(asked), fit(how) {
    const auto& graph = reading.graph();
    for (const auto relationship : graph.relationships()) {
        auto judgement = judge(graph, relationship, window, fit);
        const auto ends = graph.endpoints(relationship);
        const auto* type = reading.ontology->type_of_cypher(graph.name(ends.type));
        auto id = public_id(graph, relationship);
        if (judgement.standing != Standing::outside && type != nullptr && !id.empty()) {
            statements.push_back(
                {relationship, ends, std::move(id), type->id, std::move(judgement)});
        }
    }
    std::sort(statements.begin(), statements.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
}

const std::string& DossierRecord::name(const JudgedStatement& judged) {
    auto [at, is_new] = lines.try_emplace(judged.id);
    if (is_new) {
        const auto view = statement(reading, judged.relationship, graph::Direction::out);
        const auto from = entity_ref(reading, judged.ends.from);
        at->second = {judged.id, sentence(*reading.ontology, from, view.target, view),
                      view.certainty, numbers(view.sources), judged.judgement.why};
    }
    return at->first;
}

std::vector<std::size_t> DossierRecord::numbers(const std::vector<SourceRef>& cited) {
    std::vector<std::size_t> all;
    for (const auto& source : cited) {
        const auto [at, is_new] =
            numbered_.try_emplace({source.id, source.locator}, sources.size() + 1);
        if (is_new) sources.push_back(source);
        all.push_back(at->second);
    }
    return all;
}

std::size_t DossierRecord::sources_of(const std::vector<std::string>& ids) const {
    std::set<std::string> different;
    for (const auto& id : ids) {
        for (const auto number : lines.at(id).sources) {
            different.insert(sources[number - 1].id);
        }
    }
    return different.size();
}

graph::Result<Dossier> dossier(const Reading& reading, const DossierTemplate& form,
                               const DossierQuestion& asked) {
    const auto with_dates = dates_of(asked);
    if (!with_dates) return tl::unexpected(with_dates.error());
    const auto& question = *with_dates;
    return window_for(form, question).map([&](const graph::TimeWindow& window) {
        DossierRecord record(reading, window, form.fit);
        Dossier made;
        made.revision = graph::number(reading.graph().revision());
        made.id = form.id;
        made.title = form.title;
        made.about = form.about;
        made.from = narrower(question.from, form.since);
        made.to = narrower(question.to, form.until);
        made.period = period_words(made.from, made.to);
        made.rule = rule_words(form);
        for (const auto& section : form.sections) {
            made.sections.push_back(section_of(record, form, section));
        }
        made.areas = areas_of(record, form);
        made.partners = partners_of(record);
        made.programmes = programmes_of(record);
        made.figures = figures_of(record, form);
        made.places = places_of(record);
        made.statements = std::move(record.lines);
        made.sources = std::move(record.sources);
        return made;
    });
}

}  // namespace khom::query
