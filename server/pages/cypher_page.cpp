#include <array>
#include <chrono>

#include "server/pages/pages.h"
#include "server/pages/parts.h"
#include "server/parameters.h"
#include "server/query_rows.h"

namespace khom::server {

namespace {

struct Example {
    std::string_view en, th, statement;
};

constexpr std::array<Example, 6> examples = {{
    {"What is linked to the Mae Kha Canal", "สิ่งที่เชื่อมกับคลองแม่ข่า",
     "MATCH (canal:Place {id: 'place:mae-kha-canal'})-[link]-(other)\nWHERE NOT other:Source\n"
     "RETURN canal, link, other\nLIMIT 30"},
    {"Partners by sector", "ภาคีตามภาคส่วน",
     "MATCH (p:Partner)\nRETURN p.sector AS sector, count(*) AS partners\nORDER BY partners DESC"},
    {"Who organised most programmes", "ใครจัดกิจกรรมมากที่สุด",
     "MATCH (p:Partner)<-[:ORGANIZED_BY]-(g:Program)\nRETURN p.name_en AS partner, p.name_th AS "
     "thai, "
     "count(g) AS programmes\nORDER BY programmes DESC\nLIMIT 10"},
    {"What we inferred", "สิ่งที่เราอนุมาน",
     "MATCH (a)-[link]->(b)\nWHERE link.certainty = 'inferred'\nRETURN a.name_en AS from, "
     "type(link) AS "
     "relation, b.name_en AS to\nLIMIT 20"},
    {"Programmes without an organiser", "กิจกรรมที่ไม่ทราบผู้จัด",
     "MATCH (g:Program)\nWHERE NOT (g)-[:ORGANIZED_BY]->()\nRETURN g.id AS id, g.name_en AS "
     "programme, g.time AS "
     "time\nORDER BY time\nLIMIT 20"},
    {"Full-text search within a query", "ค้นข้อความในคำสั่ง",
     "CALL khom.search('lantern') YIELD node, score\nRETURN node, score\nLIMIT 5"},
}};

std::string editor_html(const PageLanguage& language, const std::string& statement) {
    return "<form class=\"cypher\" action=\"/cypher\">" +
           (language.chosen ? hidden_inputs({{"lang", language.code}}) : "") + "<label>" +
           std::string(language.say("Statement in openCypher; it can only read",
                                    "คำสั่ง openCypher อ่านอย่างเดียว")) +
           "<textarea name=\"statement\" rows=\"7\" maxlength=\"5000\" spellcheck=\"false\" "
           "autocapitalize=\"off\" lang=\"en\">" +
           escaped(statement) + "</textarea></label><p class=\"row\"><button>" +
           std::string(language.say("Run", "รัน")) +
           "</button> <button class=\"plain\" "
           "name=\"profile\" value=\"true\">" +
           std::string(language.say("Run with its plan", "รันพร้อมแผน")) + "</button></p></form>\n";
}

std::string examples_html(const PageLanguage& language) {
    std::string html = "<h2>" + std::string(language.say("Examples", "ตัวอย่าง")) +
                       "</h2>\n<ul class=\"cypher-examples\">";
    for (const auto& example : examples) {
        html += "<li>" +
                anchor(link(language, "/cypher", {{"statement", std::string(example.statement)}}),
                       language.say(example.en, example.th)) +
                "</li>";
    }
    return html + "</ul>\n<h2>" + std::string(language.say("Limits", "ข้อจำกัด")) + "</h2>\n<p>" +
           std::string(language.say(
               "A statement may read for 5 seconds and hold 256 MB; 1,000 rows are shown here. "
               "Past "
               "a limit it is refused, and the answer says which. Writing needs a key; it is done "
               "from "
               "the command line or by",
               "คำสั่งอ่านได้ไม่เกิน 5 วินาที ใช้หน่วยความจำไม่เกิน 256 เมกะไบต์ แสดง 1,000 แถว "
               "เมื่อเกินจะถูกปฏิเสธพร้อมบอกว่าเกินข้อใด การเขียนข้อมูลต้องใช้กุญแจ ทำจากบรรทัดคำสั่งหรือผ่าน")) +
           " " + anchor("/v1/openapi.json", "POST /v1/query") + "</p>\n";
}

std::string refusal_html(const PageLanguage& language, const graph::Refusal& refusal) {
    return "<div class=\"notice\" role=\"alert\"><p>" +
           std::string(language.say("This statement was refused.", "คำสั่งนี้ถูกปฏิเสธ")) +
           "</p><p class=\"quiet\" lang=\"en\">" + escaped(refusal.message) + "</p></div>\n";
}

/// As the terminal shows it; the script draws a table and a graph in its place.
std::string rows_html(const PageLanguage& language, const query::Reading& reading,
                      const query::Engine& engine, const std::string& statement) {
    query::Run run;
    run.reading = &reading;
    run.truncate_at = 1000;
    return engine.prepare(statement, reading.graph())
        .and_then([&](const query::Engine::Prepared& prepared) {
            return engine.run(prepared, reading.graph(), run);
        })
        .map([&](const query::Rows& rows) {
            return "<pre class=\"rows\" tabindex=\"0\">" +
                   escaped(query_table({rows, reading.graph(), 0})) + "</pre>\n";
        })
        .map_error([&](const graph::Refusal& refusal) { return refusal_html(language, refusal); })
        .or_else(
            [](const std::string& html) -> tl::expected<std::string, std::string> { return html; })
        .value();
}

}  // namespace

Answer cypher_page(const Request& request, const query::Reading& reading,
                   const query::Engine& engine) {
    const auto language = page_language(request);
    Parameters parameters(request);
    const auto statement = parameters.text("statement", 5000);
    const bool profile = parameters.boolean("profile");
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    Page page;
    page.title = "Cypher · Khom";
    page.css_class = "wide";
    page.head = wording_block(*reading.ontology);
    page.main = "<h1>" + std::string(language.say("Ask the graph in Cypher", "ถามกราฟด้วย Cypher")) +
                "</h1>\n<khom-cypher>" + editor_html(language, statement);
    if (!statement.empty()) {
        page.main += rows_html(language, reading, engine, (profile ? "PROFILE " : "") + statement);
    }
    page.main += "</khom-cypher>\n" + examples_html(language);
    return page_response(request, language, page);
}

}  // namespace khom::server
