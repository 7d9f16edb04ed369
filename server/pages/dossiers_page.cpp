#include <initializer_list>

#include "server/dossier.h"
#include "server/pages/dossier_citing.h"

namespace khom::server {

namespace {

struct Field {
    std::string_view name;
    std::string_view words;
    std::string_view example;
};

/// A day of the Common Era in the other calendar; scripts say that of what is typed.
std::string buddhist_day(std::string_view example) {
    return "<khom-buddhist-day>เช่น " + escaped(query::time_label(example).words.th) +
           "</khom-buddhist-day>";
}

/// Choose a period, then read. What must be given is asked for before anything is sent.
std::string period_html(const PageLanguage& language, const query::DossierTemplate& form,
                        std::initializer_list<Field> fields) {
    std::string html = "<form class=\"ask period\" action=\"/dossiers/" + escaped(form.id) + "\">";
    if (language.chosen) {
        html += "<input type=\"hidden\" name=\"lang\" value=\"" + language.code + "\">";
    }
    for (const auto& field : fields) {
        const bool common_era = field.name != "fiscal_year";
        html += "<label>" + std::string(field.words) +
                (language.thai() && common_era ? buddhist_day(field.example) : std::string()) +
                "<input type=\"text\" name=\"" + std::string(field.name) +
                "\" maxlength=\"10\" size=\"11\" placeholder=\"" + std::string(field.example) +
                "\"" + (form.needs_window ? " required" : "") + "></label> ";
    }
    return html + "<button>" + std::string(language.say("Show", "แสดง")) + "</button></form>\n";
}

/// Dates for any report; a fiscal year too where the form has no window of its own.
std::string form_html(const PageLanguage& language, const query::DossierTemplate& form) {
    const auto& title = language.of(form.title);
    const Field to{"to", language.say("to", "ถึงวันที่ (ค.ศ.)"), "2024-12-31"};
    std::string html = "<section><h2>" +
                       (form.needs_window ? escaped(title)
                                          : anchor(link(language, "/dossiers/" + form.id), title)) +
                       "</h2>\n<p>" + escaped(language.of(form.about)) + "</p>\n";
    if (!form.needs_window) {
        const Field from{"from", language.say("From", "ตั้งแต่วันที่ (ค.ศ.)"), form.since};
        return html + period_html(language, form, {from, to});
    }
    const Field year{"fiscal_year", language.say("Thai fiscal year (BE)", "ปีงบประมาณ (พ.ศ.)"),
                     "2567"};
    const Field from{"from", language.say("or from", "หรือตั้งแต่วันที่ (ค.ศ.)"), "2023-01-01"};
    return html + period_html(language, form, {year}) + period_html(language, form, {from, to});
}

}  // namespace

Answer dossiers_page(const Request& request, const KeptTexts& kept) {
    const auto language = page_language(request);
    Page page;
    page.title = std::string(language.say("Dossiers", "รายงานหลักฐาน")) + " · Khom";
    page.main = "<h1>" + std::string(language.say("Evidence for reports", "หลักฐานประกอบรายงาน")) +
                "</h1>\n<p class=\"lead\">" +
                std::string(language.say(
                    "Which partners did what since the city joined the network, under which "
                    "criterion, with which evidence, and where the gaps are.",
                    "ภาคีใดทำอะไรนับแต่เมืองเข้าร่วมเครือข่าย ตามเกณฑ์ใด มีหลักฐานใด และยังขาดอะไร")) +
                "</p>\n";
    for (const auto& form : dossier_forms()) {
        page.main += form_html(language, form) +
                     kept_versions_html(language, form.id, kept_dossiers(kept, form.id)) +
                     "</section>\n";
    }
    return page_response(request, language, page);
}

}  // namespace khom::server
