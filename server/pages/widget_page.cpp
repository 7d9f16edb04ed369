#include <algorithm>
#include <array>

#include "server/pages/assets.h"
#include "server/pages/pages.h"
#include "server/pages/parts.h"

namespace khom::embedded {
extern const std::string_view react_example;  // the very file that runs on the page
}

namespace khom::server {

namespace {

struct Example {
    std::string_view title_en, title_th, code, live;
};

constexpr std::array<Example, 4> examples = {{
    {"A plain page", "หน้าเว็บทั่วไป", "<khom-search-box></khom-search-box>",
     "<khom-search-box></khom-search-box>"},
    {"In Thai, only places and programmes", "ภาษาไทย เฉพาะสถานที่และกิจกรรม",
     "<div lang=\"th\">\n  <khom-search-box kinds=\"place program\" label=\"ค้นหาสถานที่และกิจกรรม\"\n "
     "                  placeholder=\"ยี่เป็ง · yee "
     "peng\"></khom-search-box>\n</div>",
     "<div lang=\"th\"><khom-search-box label=\"ค้นหาสถานที่และกิจกรรม\" kinds=\"place program\" "
     "placeholder=\"ยี่เป็ง · yee "
     "peng\"></khom-search-box></div>"},
    {"WordPress: a Custom HTML block in the sidebar", "WordPress: บล็อก HTML กำหนดเองในแถบข้าง",
     "<section id=\"block-7\" class=\"widget widget_block\">\n  <h3 "
     "class=\"widget-title\">Learning "
     "city</h3>\n  <khom-search-box label=\"Search the learning city\"></khom-search-box>\n"
     "</section>",
     "<section class=\"widget widget_block\"><h3 class=\"widget-title\">Learning city</h3>"
     "<khom-search-box label=\"Search the learning city\"></khom-search-box></section>"},
    {"In your colours", "ใช้สีของคุณ",
     "<style>\n  .blue { --khom-light: #1d4e89; --khom-on-light: #fff; --khom-focus: #1d4e89;\n"
     "          --khom-mark: #d7e6f7; --khom-radius: 0; }\n</style>\n<khom-search-box "
     "class=\"blue\" label=\"Places and people\"></khom-search-box>",
     "<khom-search-box class=\"blue\" label=\"Places and people\"></khom-search-box>"},
}};

std::string code_html(std::string_view code) {
    return "<pre class=\"code\" tabindex=\"0\" lang=\"en\"><code>" + escaped(code) +
           "</code></pre>\n";
}

/// "a, b": each a piece of code of its own, so that a line breaks between them only.
std::string codes_html(std::string_view names) {
    std::string html;
    while (!names.empty()) {
        const auto end = std::min(names.find(", "), names.size());
        html += (html.empty() ? "<code>" : ", <code>") + escaped(names.substr(0, end)) + "</code>";
        names.remove_prefix(std::min(end + 2, names.size()));
    }
    return html;
}

std::string table_html(const PageLanguage& language) {
    struct Row {
        std::string_view name, en, th;
    };
    constexpr std::array<Row, 12> rows = {{
        {"server", "where Khom answers; the script's own origin if left out",
         "ที่อยู่ของโคม ถ้าไม่ระบุใช้ที่เดียวกับสคริปต์"},
        {"kinds", "kinds to suggest, apart by spaces", "ประเภทที่แนะนำ คั่นด้วยช่องว่าง"},
        {"limit", "how many entities are suggested, 1 to 20; 8", "จำนวนคำแนะนำ 1 ถึง 20 ปกติ 8"},
        {"label", "its name for screen readers", "ชื่อสำหรับโปรแกรมอ่านหน้าจอ"},
        {"placeholder", "what stands in it while it is empty", "ข้อความในช่องว่าง"},
        {"theme=\"auto\"", "follows the reader's dark mode", "ใช้โหมดมืดตามผู้อ่าน"},
        {"lang", "of the nearest element that has one: th or en", "ภาษาของส่วนที่ช่องนี้อยู่ th หรือ en"},
        {"khom-pick", "event; detail: id, kind, name, url; preventDefault() keeps the page",
         "เหตุการณ์เมื่อเลือก preventDefault() เพื่ออยู่หน้าเดิม"},
        {"khom-search", "event; detail: q, url; preventDefault() keeps the page",
         "เหตุการณ์เมื่อค้นหา preventDefault() เพื่ออยู่หน้าเดิม"},
        {"khom-suggest", "event; detail: q, count", "เหตุการณ์เมื่อมีคำแนะนำ"},
        {"--khom-light, --khom-on-light, --khom-ink, --khom-paper, --khom-line, --khom-soft, "
         "--khom-mark, --khom-focus, --khom-radius",
         "colours and shape", "สีและรูปทรง"},
        {"::part(input), ::part(button), ::part(list), ::part(option)", "to style the rest",
         "ปรับแต่งส่วนอื่น"},
    }};
    std::string html = "<div class=\"scrolls words\" tabindex=\"0\"><table><tbody>";
    for (const auto& row : rows) {
        html += "<tr><th scope=\"row\">" + codes_html(row.name) + "</th><td>" +
                escaped(language.say(row.en, row.th)) + "</td></tr>\n";
    }
    return html + "</tbody></table></div>\n";
}

}  // namespace

Answer widget_page(const Request& request, const std::string& base_url) {
    const auto language = page_language(request);
    Page page;
    page.title = std::string(language.say("Search box for your site", "ช่องค้นหาสำหรับเว็บไซต์ของคุณ")) +
                 " · Khom";
    page.head = "<script type=\"module\" src=\"/assets/khom-search-box.js\"></script>\n";
    page.main =
        "<h1>" +
        std::string(
            language.say("The city's search box on your page", "ช่องค้นหาของเมืองบนหน้าเว็บของคุณ")) +
        "</h1>\n<p class=\"lead\">" +
        std::string(language.say(
            "One script and one element. It suggests in both scripts while one types, works "
            "by keyboard and with screen readers, sets no cookie and asks nobody but Khom.",
            "สคริปต์หนึ่งบรรทัดและแท็กหนึ่งแท็ก แนะนำได้ทั้งสองอักษร ใช้ด้วยแป้นพิมพ์และโปรแกรมอ่านหน้าจอได้ "
            "ไม่ใช้คุกกี้ และถามเฉพาะโคม")) +
        "</p>\n" +
        code_html("<script type=\"module\" src=\"" + base_url +
                  "/assets/khom-search-box.js\"></script>");
    for (const auto& example : examples) {
        page.main += "<h2>" + escaped(language.say(example.title_en, example.title_th)) +
                     "</h2>\n" + code_html(example.code) + "<div class=\"live\">" +
                     std::string(example.live) + "</div>\n";
    }
    page.main +=
        "<h2>React</h2>\n" + code_html(embedded::react_example) +
        "<div class=\"live\"><khom-react-example><p class=\"quiet\">" +
        std::string(
            language.say("The example runs where scripts do.", "ตัวอย่างทำงานเมื่อเปิดใช้สคริปต์")) +
        "</p></khom-react-example></div>\n<h2>" +
        std::string(language.say("Attributes, events, properties", "แอตทริบิวต์ เหตุการณ์ และสี")) +
        "</h2>\n" + table_html(language);
    return page_response(request, language, page);
}

}  // namespace khom::server
