#include "server/dossier.h"
#include "server/pages/dossier_citing.h"

namespace khom::server {

namespace {

/// Choose a period, then read: dates for any report, a fiscal year where the form has no window of
/// its own.
std::string form_html(const PageLanguage& language, const query::DossierTemplate& form) {
    const auto field = [&](std::string_view name, std::string_view words,
                           std::string_view example) {
        return "<label>" + std::string(words) + "<input type=\"text\" name=\"" + std::string(name) +
               "\" maxlength=\"10\" size=\"11\" placeholder=\"" + std::string(example) +
               "\"></label> ";
    };
    const auto& title = language.of(form.title);
    std::string html = "<section><h2>" +
                       (form.needs_window ? escaped(title)
                                          : anchor(link(language, "/dossiers/" + form.id), title)) +
                       "</h2>\n<p>" + escaped(language.of(form.about)) +
                       "</p>\n<form class=\"ask period\" action=\"/dossiers/" + escaped(form.id) +
                       "\">";
    if (language.chosen) {
        html += "<input type=\"hidden\" name=\"lang\" value=\"" + language.code + "\">";
    }
    if (form.needs_window) {
        html +=
            field("fiscal_year", language.say("Thai fiscal year (BE)", "ปีงบประมาณ (พ.ศ.)"), "2567");
    }
    const auto since = form.needs_window ? language.say("or from", "หรือตั้งแต่วันที่ (ค.ศ.)")
                                         : language.say("From", "ตั้งแต่วันที่ (ค.ศ.)");
    html += field("from", since, form.since.empty() ? "2023-01-01" : form.since) +
            field("to", language.say("to", "ถึงวันที่ (ค.ศ.)"), "2024-12-31") + "<button>" +
            std::string(language.say("Show", "แสดง")) + "</button></form>\n";
    return html;
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
