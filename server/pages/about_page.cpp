#include <algorithm>
#include <array>
#include <optional>

#include "query/lookup.h"
#include "server/pages/html.h"
#include "server/pages/pages.h"
#include "server/parameters.h"
#include "server/problem.h"

namespace khom::server {

namespace {

struct Paragraph {
    std::string_view title_en, title_th, en, th;
};

constexpr std::array<Paragraph, 5> paragraphs = {{
    {"Searching", "การค้นหา",
     "Write in Thai, in English, or Thai as it sounds in Latin letters; half a name is enough. "
     "Quotation marks keep words "
     "together, a minus before a word leaves it out. Years meet in both calendars: 2567 and 2024 "
     "are the same.",
     "พิมพ์ไทย อังกฤษ หรือเสียงไทยด้วยอักษรโรมันก็ได้ พิมพ์เพียงบางส่วนก็พบ เครื่องหมายคำพูดทำให้คำอยู่ติดกัน "
     "เครื่องหมายลบหน้าคำคือไม่เอาคำนั้น ปี พ.ศ. และ ค.ศ. ใช้แทนกันได้ เช่น 2567 กับ 2024"},
    {"Statements and sources", "ข้อความและแหล่งอ้างอิง",
     "Each link between two things is one statement with its source, so that you can check it. "
     "“Inferred” means that we concluded it from what the source says; “doubtful”, that sources "
     "conflict or are unclear. "
     "“Planned” is not done.",
     "ความเชื่อมโยงแต่ละเส้นคือหนึ่งข้อความพร้อมแหล่งที่มา ตรวจสอบได้ “อนุมาน” คือสรุปจากสิ่งที่แหล่งที่มากล่าว "
     "“ไม่แน่ชัด” คือแหล่งที่มาขัดกันหรือไม่ชัดเจน “วางแผนไว้” คือยังไม่ได้ทำ"},
    {"Connections", "ความเชื่อมโยง",
     "Nearly everything is linked to the city itself and to the initiative, which explains "
     "nothing; chains through such hubs "
     "count little.",
     "แทบทุกสิ่งเชื่อมกับตัวเมืองและโครงการหลัก ซึ่งไม่ได้บอกอะไร เส้นทางที่ผ่านจุดศูนย์รวมเช่นนี้จึงมีน้ำหนักน้อย"},
    {"Your privacy", "ความเป็นส่วนตัว",
     "No cookies, no request to anybody else; all works without scripts too. Addresses and "
     "searches are not logged.",
     "ไม่มีคุกกี้ ไม่ส่งคำขอไปที่อื่น ใช้ได้แม้ปิดสคริปต์ ไม่บันทึกที่อยู่ไอพีและคำค้น"},
    {"Licences", "สัญญาอนุญาต",
     "Khom is free software (GPL-3.0-or-later). Each source's own licence stands beside it. "
     "Coordinates are © OpenStreetMap "
     "contributors, ODbL 1.0. The type is Noto Sans Thai Looped (SIL Open Font License).",
     "โคมเป็นซอฟต์แวร์เสรี (GPL-3.0-or-later) สัญญาอนุญาตของแต่ละแหล่งแสดงไว้ข้างแหล่งนั้น พิกัด © ผู้มีส่วนร่วม "
     "OpenStreetMap, "
     "ODbL 1.0 แบบอักษร Noto Sans Thai Looped (SIL Open Font License)"},
}};

/// The same address with one parameter said otherwise.
std::string corrected(const Request& request, std::string_view name, const std::string& from,
                      const std::string& to) {
    Pairs query;
    for (const auto& [key, value] : request.query) {
        query.emplace_back(key, key == name && value == from ? to : value);
    }
    return link({}, request.target.substr(0, request.target.find('?')), query);
}

/// "Near: place:a, place:b." as links with their names: to the same question about them, where they
/// stood in a parameter, else to their pages.
std::string near_html(const Request& request, const PageLanguage& language,
                      const graph::Refusal& refusal, const ReadingNow& reading) {
    constexpr std::string_view begin = "Near: ";
    const auto at = refusal.message.rfind(begin);
    if (refusal.code != graph::RefusalCode::entity_not_found || at == std::string::npos) return {};
    const auto now = reading();
    const auto* given = request.parameter(refusal.parameter);
    std::string html;
    auto rest = std::string_view(refusal.message).substr(at + begin.size());
    while (!rest.empty()) {
        const auto end = rest.find_first_of(",.");
        const std::string id(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        const auto node = now.graph().find(id);
        if (!node) continue;
        const auto entity = query::entity_ref(now, *node);
        const auto target = given == nullptr ? entity_link(language, id)
                                             : corrected(request, refusal.parameter, *given, id);
        html += "<li><a href=\"" + escaped(target) + "\">" + name_html(language, entity.name) +
                "</a> " + kind_html(language, *now.ontology, entity.kind) + " <code>" +
                escaped(id) + "</code></li>\n";
    }
    return html.empty() ? html
                        : "<h2>" + std::string(language.say("Did you mean", "คุณหมายถึง")) +
                              "</h2>\n<ul class=\"near\">" + html + "</ul>\n";
}

/// "did you mean 'sector'?" as a link to the same address, put right.
std::string meant_html(const Request& request, const PageLanguage& language,
                       const graph::Refusal& refusal) {
    constexpr std::string_view begin = "did you mean '";
    const auto at = refusal.message.find(begin);
    if (at == std::string::npos) return {};
    const auto from = at + begin.size();
    const auto meant = refusal.message.substr(from, refusal.message.find('\'', from) - from);
    const auto wrong = refusal.message.substr(1, refusal.message.find('\'', 1) - 1);
    for (const auto& value : request.parameters(refusal.parameter)) {
        if (value != wrong && value.compare(0, wrong.size() + 1, wrong + ":") != 0) continue;
        const auto right = meant + value.substr(wrong.size());
        return "<p class=\"did-you-mean\">" +
               std::string(language.say("Did you mean", "คุณหมายถึง")) + " " +
               anchor(corrected(request, refusal.parameter, value, right), right) + "?</p>\n";
    }
    return {};
}

/// What a refusal comes to, for readers of Thai: its own message is in English.
std::string thai_meaning(const graph::Refusal& refusal) {
    switch (status_of(refusal.code)) {
        case 403:
            return "ต้องใช้กุญแจที่มีสิทธิ์";
        case 404:
            return "ไม่มีสิ่งที่ขอ อาจสะกดผิดหรือเปลี่ยนรหัสแล้ว";
        case 410:
            return "เคยมีอยู่ แต่ถูกลบแล้ว";
        case 503:
            return "ขณะนี้ระบบไม่ว่าง โปรดลองใหม่อีกครั้ง";
        default:
            return refusal.parameter.empty() ? "รูปแบบของคำขอไม่ถูกต้อง"
                                             : "ค่าของ “" + refusal.parameter + "” ในที่อยู่หน้านี้ไม่ถูกต้อง";
    }
}

/// A refusal that says no more than what is missing.
struct Missing {
    std::string_view begin;          ///< its English up to the name
    std::string_view before, after;  ///< the Thai around the name
};
constexpr std::array<Missing, 4> missing_things = {{
    {"There is nothing at '", "ไม่มีหน้าที่ที่อยู่ “", "” อาจพิมพ์ผิดหรือย้ายไปแล้ว"},
    {"There is no entity '", "ไม่มีรายการที่ใช้รหัส “", "” อาจสะกดผิดหรือเปลี่ยนรหัสแล้ว"},
    {"There is no dossier '", "ไม่มีรายงานชื่อ “", "” หน้า “รายงาน” ด้านบนมีรายงานทั้งหมดที่มี"},
    {"There is no saved view '", "ไม่มีมุมมองที่บันทึกไว้ชื่อ “", "” อาจคัดลอกที่อยู่มาไม่ครบ"},
}};

/// All that the English of such a refusal says, in Thai; what is near is listed below it.
std::optional<std::string> thai_sentence(const graph::Refusal& refusal) {
    const std::string_view message = refusal.message;
    for (const auto& [begin, before, after] : missing_things) {
        if (message.substr(0, begin.size()) != begin) continue;
        const auto end = message.find("'.", begin.size());
        if (end == std::string_view::npos) continue;
        return std::string(before) + std::string(message.substr(begin.size(), end - begin.size())) +
               std::string(after);
    }
    return std::nullopt;
}

std::string message_html(const PageLanguage& language, const graph::Refusal& refusal) {
    if (const auto whole = language.thai() ? thai_sentence(refusal) : std::nullopt) {
        return "<p class=\"notice\">" + escaped(*whole) + "</p>\n";
    }
    const auto message = escaped(refusal.message) + "</p>\n";
    return language.thai() ? "<p class=\"notice\">" + escaped(thai_meaning(refusal)) +
                                 "</p>\n<p class=\"quiet\" lang=\"en\">" + message
                           : "<p class=\"notice\">" + message;
}

/// Only what a person would send again differently, or a program that asks for JSON, is told apart
/// here.
bool wants_page(const Request& request) {
    const bool api = !request.segments.empty() &&
                     (request.segments[0] == "v1" || request.segments[0] == "compat");
    return !api && prefers(request.header("accept"), "text/html", "application/json");
}

}  // namespace

Answer about_page(const Request& request, const query::Reading& reading) {
    const auto language = page_language(request);
    const auto& graph = reading.graph();
    Page page;
    page.title = std::string(language.say("About", "เกี่ยวกับ")) + " · Khom";
    page.main =
        "<h1>" + std::string(language.say("About Khom", "เกี่ยวกับโคม")) +
        "</h1>\n<p class=\"lead\">" +
        std::string(language.say("A lantern over a learning city: ", "โคมส่องเมืองแห่งการเรียนรู้: ")) +
        std::to_string(graph.node_count()) +
        std::string(language.say(" entities and sources, ", " รายการและแหล่งอ้างอิง ")) +
        std::to_string(graph.relationship_count()) +
        std::string(language.say(" statements.", " ข้อความ")) + "</p>\n";
    for (const auto& paragraph : paragraphs) {
        page.main += "<h2>" + std::string(language.say(paragraph.title_en, paragraph.title_th)) +
                     "</h2>\n<p>" + std::string(language.say(paragraph.en, paragraph.th)) +
                     "</p>\n";
    }
    page.main +=
        "<p>" +
        anchor("/v1/openapi.json",
               language.say("The API, described (OpenAPI 3.1)", "คำอธิบาย API (OpenAPI 3.1)")) +
        " · " + anchor("/assets/OFL.txt", language.say("Font licence", "สัญญาอนุญาตแบบอักษร")) +
        "</p>\n";
    return page_response(request, language, page);
}

Response refusal_page(const Request& request, const graph::Refusal& refusal,
                      const ReadingNow& reading) {
    if (!wants_page(request)) {
        return problem(refusal, request);
    }
    const auto language = page_language(request);
    const int status = status_of(refusal.code);
    const bool missing = status == 404 || status == 410;
    Page page;
    page.title = std::to_string(status) + " · Khom";
    page.main =
        "<h1>" +
        std::string(missing ? language.say("This is not here", "ไม่พบหน้านี้")
                            : language.say("This does not work as asked", "ทำตามคำขอนี้ไม่ได้")) +
        "</h1>\n" + message_html(language, refusal) +
        near_html(request, language, refusal, reading) + meant_html(request, language, refusal) +
        "<p>" +
        std::string(language.say("The search above finds names in both scripts; ",
                                 "ค้นหาด้านบนได้ทั้งสองอักษร หรือ")) +
        anchor(link(language, "/"), language.say("the first page", "กลับหน้าแรก")) +
        std::string(language.say(" shows what there is to see.", "")) + "</p>\n";
    return page_response(request, language, page, status);
}

Answer problem_page(const Request& request, const std::string& slug) {
    const auto language = page_language(request);
    const auto words = slug.size() <= 40 ? slug : slug.substr(0, 40);
    Page page;
    page.title = words + " · Khom";
    page.main =
        "<h1>" + std::string(language.say("A problem the API reports: ", "ปัญหาที่ API แจ้ง: ")) +
        escaped(words) + "</h1>\n<p class=\"lead\">" +
        std::string(language.say(
            "The answer's `detail` says what was wrong and what was expected; `errors` names the "
            "parameter. "
            "A status from 400 to 499 is for the caller to put right; 503 may be tried again after "
            "Retry-After seconds; "
            "500 carries an incident number to report.",
            "`detail` บอกว่าผิดตรงไหนและควรเป็นอย่างไร `errors` บอกชื่อพารามิเตอร์ สถานะ 400–499 ผู้เรียกแก้ได้ "
            "503 ลองใหม่หลัง Retry-After วินาที 500 มีเลขเหตุการณ์ให้แจ้ง")) +
        "</p>\n<p>" + anchor("/v1/openapi.json", "OpenAPI") + "</p>\n";
    return page_response(request, language, page);
}

}  // namespace khom::server
