// The curators' page: what is missing in the data, each gap with the way to where it is, as `khom
// check` finds it; below it the workshop for importing, which needs scripts.
#include <algorithm>

#include "corpus/check.h"
#include "query/entity.h"

#include "server/pages/html.h"
#include "server/pages/pages.h"
#include "server/url.h"

namespace khom::server {

namespace {

/// The check reads the whole graph: beyond this it belongs on the command line.
constexpr std::size_t most_statements = 200'000;
constexpr std::size_t most_listed = 60;

std::string entity_html(const PageLanguage& language, const query::Reading& reading,
                        graph::NodeId node) {
    const auto entity = query::entity_ref(reading, node);
    return "<a href=\"" + escaped(entity_link(language, entity.id)) + "\">" +
           name_html(language, entity.name) + "</a>";
}

/// A gap is in an entity, in a statement (which stands on the page of what it starts from), or in a
/// word of the ontology.
std::string where_html(const PageLanguage& language, const query::Reading& reading,
                       const std::string& id) {
    const auto& graph = reading.graph();
    if (const auto node = graph.find(id)) return entity_html(language, reading, *node);
    const auto statement = graph.find_relationship(id);
    if (!statement) return escaped(id);
    const auto ends = graph.endpoints(*statement);
    const auto from = query::entity_ref(reading, ends.from);
    return "<a href=\"" + escaped(entity_link(language, from.id) + "#" + percent_encoded(id)) +
           "\">" + name_html(language, from.name) + " → " +
           name_html(language, query::entity_ref(reading, ends.to).name) + "</a>";
}

std::string gap_html(const PageLanguage& language, const query::Reading& reading,
                     const corpus::Gap& gap) {
    std::string html = "<tr><th scope=\"row\">" + escaped(language.of(gap.words)) +
                       "</th><td class=\"number\">" + std::to_string(gap.ids.size()) + " / " +
                       std::to_string(gap.of) + "</td><td>";
    if (gap.ids.empty()) return html + "</td></tr>\n";
    html += "<details id=\"" + escaped(gap.name) + "\"><summary>" +
            std::string(language.say("where", "ที่ใด")) + "<span class=\"unseen\"> " +
            escaped(language.of(gap.words)) + "</span></summary><ul>";
    for (std::size_t i = 0; i < std::min(gap.ids.size(), most_listed); ++i) {
        html += "<li>" + where_html(language, reading, gap.ids[i]) + "</li>";
    }
    html += "</ul>";
    if (gap.ids.size() > most_listed) {
        html += "<p class=\"quiet\">" +
                std::string(language.say("and more: `khom check` lists them all. ",
                                         "และอีกมาก `khom check` แสดงทั้งหมด ")) +
                std::to_string(gap.ids.size() - most_listed) + "</p>";
    }
    return html + "</details></td></tr>\n";
}

std::string quality_html(const PageLanguage& language, const query::Reading& reading,
                         const graph::Store& store) {
    const auto heading = "<section class=\"quality\"><h2 id=\"quality\">" +
                         std::string(language.say("What is missing in the data", "ข้อมูลที่ยังขาด")) +
                         "</h2>\n";
    if (reading.graph().relationship_count() > most_statements) {
        return heading + "<p class=\"notice\">" +
               std::string(language.say("There is too much data for a page; `khom check` on the "
                                        "command line gives this report.",
                                        "ข้อมูลมากเกินกว่าจะแสดงในหน้านี้ ใช้ `khom check` บนบรรทัดคำสั่ง")) +
               "</p></section>\n";
    }
    const auto report = corpus::check(store, *reading.ontology);
    std::string html =
        heading + "<div class=\"scrolls\" tabindex=\"0\"><table><caption>" +
        std::string(language.say("At revision ", "ฉบับข้อมูลที่ ")) +
        std::to_string(graph::number(report.revision)) +
        std::string(language.say("; each gap opens to where it is.", " เปิดดูได้ว่าขาดที่ใด")) +
        "</caption><thead><tr><th scope=\"col\">" + std::string(language.say("Gap", "สิ่งที่ขาด")) +
        "</th><th scope=\"col\" class=\"number\">" +
        std::string(language.say("how many / of all", "จำนวน / ทั้งหมด")) +
        "</th><td></td></tr></thead><tbody>\n";
    for (const auto& gap : report.gaps) html += gap_html(language, reading, gap);
    return html + "</tbody></table></div></section>\n";
}

}  // namespace

Answer curate_page(const Request& request, const query::Reading& reading,
                   const graph::Store& store) {
    const auto language = page_language(request);
    Page page;
    page.title = std::string(language.say("Curators", "ผู้ดูแลข้อมูล")) + " · Khom";
    page.css_class = "wide";
    page.main =
        "<h1>" + std::string(language.say("Import and repair", "นำเข้าและแก้ไขข้อมูล")) +
        "</h1>\n<p class=\"lead\">" +
        std::string(language.say("Check a file, mend what is refused, import it, and undo it if it "
                                 "was wrong. Below stands what the data still lacks.",
                                 "ตรวจไฟล์ แก้แถวที่ไม่ผ่าน นำเข้า และยกเลิกได้หากผิด ด้านล่างคือข้อมูลที่ยังขาด")) +
        "</p>\n<khom-curate><p class=\"notice\">" +
        std::string(language.say(
            "Importing here needs scripts. Without them, `khom import FILE --dry-run` gives the "
            "same report on the command line.",
            "การนำเข้าในหน้านี้ต้องใช้สคริปต์ หากไม่มี `khom import FILE --dry-run` "
            "ให้รายงานเดียวกันบนบรรทัดคำสั่ง")) +
        "</p></khom-curate>\n" + quality_html(language, reading, store);
    return page_response(request, language, page);
}

}  // namespace khom::server
