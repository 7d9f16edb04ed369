// Listed once the dossier is there.
#if __has_include("server/dossier.h")
#include "server/dossier.h"
#include "server/pages/pages.h"
#include "server/pages/parts.h"

namespace khom::server {

namespace {

std::string year_choice(const PageLanguage& language, std::string_view name, std::string_view label,
                        bool required) {
    std::string html = "<label>" + std::string(label) + " <select name=\"" + std::string(name) +
                       "\"" + (required ? " required" : "") + "><option value=\"\">" +
                       std::string(language.say("as the form says", "ตามแบบฟอร์ม")) + "</option>";
    for (int year = 2020; year <= 2027; ++year) {
        const auto common = std::to_string(year);
        const auto buddhist = "พ.ศ. " + std::to_string(year + 543);
        html += "<option value=\"" + common + "\">" +
                (language.thai() ? buddhist + " · " + common : common + " · " + buddhist) +
                "</option>";
    }
    return html + "</select></label> ";
}

std::string form_html(const PageLanguage& language, const query::DossierTemplate& form) {
    return "<section><h2>" + escaped(language.of(form.title)) + "</h2>\n<p>" +
           escaped(language.of(form.about)) + "</p>\n<form class=\"filters\" action=\"/dossiers/" +
           escaped(form.id) + "\"><p class=\"row\">" +
           (language.chosen ? hidden_inputs({{"lang", language.code}}) : "") +
           year_choice(language, "from", language.say("Years from", "ตั้งแต่ปี"), form.needs_window) +
           year_choice(language, "to", language.say("to", "ถึง"), form.needs_window) + "<button>" +
           std::string(language.say("Show the evidence", "แสดงหลักฐาน")) +
           "</button></p></form></section>\n";
}

}  // namespace

Answer dossier_index_page(const Request& request) {
    const auto language = page_language(request);
    Page page;
    page.title = std::string(language.say("Dossiers", "รายงาน")) + " · Khom";
    page.main =
        "<h1>" + std::string(language.say("Evidence for a form", "หลักฐานสำหรับแบบฟอร์ม")) +
        "</h1>\n<p class=\"lead\">" +
        std::string(language.say(
            "Choose a round and a window: each criterion shows what counts for it, said by which "
            "source, and what is missing.",
            "เลือกรอบและช่วงเวลา แต่ละเกณฑ์แสดงสิ่งที่นับได้ ใครกล่าวไว้ และสิ่งที่ยังขาด")) +
        "</p>\n";
    for (const auto& form : dossier_forms()) page.main += form_html(language, form);
    return page_response(request, language, page);
}

}  // namespace khom::server
#endif
