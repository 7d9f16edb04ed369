#include "query/connections.h"

#include <array>

#include "query/search.h"
#include "server/pages/html.h"
#include "server/pages/pages.h"
#include "server/pages/parts.h"
#include "server/pages/sources.h"
#include "server/parameters.h"

namespace khom::server {

namespace {

std::string connect_field(const PageLanguage& language, std::string_view parameter,
                          const ConnectEnd& end, std::string_view label) {
    return "<label>" + std::string(label) +
           "<span class=\"combobox\"><input type=\"text\" data-entity name=\"" +
           std::string(parameter) + "\" maxlength=\"128\" value=\"" + escaped(end.value) +
           "\" data-shown=\"" + escaped(end.shown) + "\" placeholder=\"" +
           std::string(language.say("a name, or an id", "ชื่อ หรือรหัส")) + "\"></span></label>";
}

/// One of the two ends, as given: an id, or words that may mean several entities.
struct End {
    std::string parameter;
    std::string given;
    std::optional<query::EntityRef> entity;
    std::vector<query::SearchHit> candidates;
};

graph::Result<End> find_end(const query::Reading& reading, const PageLanguage& language,
                            std::string parameter, std::string given) {
    End end{std::move(parameter), std::move(given), std::nullopt, {}};
    if (end.given.empty()) {
        return end;
    }
    const auto id = reading.graph().redirected(end.given).value_or(end.given);
    if (const auto node = reading.graph().find(id)) {
        end.entity = query::entity_ref(reading, *node);
        return end;
    }
    query::SearchQuestion question;
    question.text = end.given;
    question.lang = language.code;
    question.limit = 6;
    return query::search(reading, question).map([&](const query::SearchResult& result) {
        end.candidates = result.hits;
        return end;
    });
}

ConnectEnd form_end(const PageLanguage& language, const End& end) {
    return end.entity ? ConnectEnd{end.entity->id, language.of(end.entity->name)}
                      : ConnectEnd{end.given, end.given};
}

/// "Which one do you mean?", each answer a link that fixes this end.
std::string choice_html(const PageLanguage& language, const query::Reading& reading, const End& end,
                        const End& other) {
    if (end.given.empty() || end.entity) {
        return {};
    }
    if (end.candidates.empty()) {
        return "<p class=\"notice\">" +
               std::string(language.say("Nothing is found for ", "ไม่พบข้อมูลสำหรับ ")) + "“" +
               escaped(end.given) + "”</p>\n";
    }
    std::string html = "<h2>" +
                       std::string(language.say("Which one do you mean by ", "คุณหมายถึงรายการใด ")) +
                       "“" + escaped(end.given) + "”?</h2>\n<ol class=\"hits\">";
    for (const auto& hit : end.candidates) {
        Pairs query = {{end.parameter, hit.entity.id}};
        if (!other.given.empty()) {
            query.emplace_back(other.parameter, other.entity ? other.entity->id : other.given);
        }
        html += "<li><a href=\"" + escaped(link(language, "/connections", query)) + "\">" +
                name_html(language, hit.entity.name) + "</a> " +
                in_language(language.other_code(), language.other(hit.entity.name), "small") + " " +
                kind_html(language, *reading.ontology, hit.entity.kind) + "</li>\n";
    }
    return html + "</ol>\n";
}

std::string stop_html(const PageLanguage& language, const query::Reading& reading,
                      const query::EntityRef& entity) {
    return "<li class=\"stop\"><a href=\"" + escaped(entity_link(language, entity.id)) + "\">" +
           name_html(language, entity.name) + "</a> " +
           kind_html(language, *reading.ontology, entity.kind) + "</li>\n";
}

std::string chain_html(const PageLanguage& language, const query::Reading& reading,
                       const query::Connection& chain, CitedSources& sources) {
    std::string html = "<p class=\"lead\">" + escaped(language.of(chain.sentence)) + "</p>\n";
    html += in_language(language.other_code(), language.other(chain.sentence), "p", "quiet");
    html += "<ol class=\"chain\">\n" + stop_html(language, reading, chain.steps.front().from);
    for (const auto& step : chain.steps) {
        html += "<li class=\"step\"><p>" + escaped(language.of(step.sentence)) + " " +
                flags_html(language, *reading.ontology, step.statement) + " " +
                sources.cite(step.statement.sources) + "</p>";
        html += in_language(language.other_code(), language.other(step.sentence), "p", "quiet") +
                "</li>\n";
        html += stop_html(language, reading, step.to);
    }
    return html + "</ol>\n";
}

std::string answer_html(const PageLanguage& language, const query::Reading& reading,
                        const query::ConnectionsResult& result) {
    CitedSources sources(language);
    std::string html;
    std::size_t number = 0;
    for (const auto& chain : result.paths) {
        const auto chain_number = std::to_string(++number);
        html += "<section data-chain=\"" + chain_number + "\"><h2>" +
                std::string(language.say("Connection ", "เส้นทางที่ ")) + chain_number + "</h2>\n" +
                chain_html(language, reading, chain, sources) + "</section>\n";
    }
    if (!result.paths.empty()) {
        const Pairs both = {{"source", result.source.id}, {"target", result.target.id}};
        html = "<div class=\"beside\"><div>" + html +
               "</div><div class=\"sticky\"><khom-graph compact source=\"" +
               escaped(result.source.id) + "\" target=\"" + escaped(result.target.id) + "\"><p>" +
               anchor(link(language, "/connections.graphml", both),
                      language.say("Take these connections away as GraphML",
                                   "ดาวน์โหลดความเชื่อมโยงเหล่านี้เป็น GraphML")) +
               "</p></khom-graph></div></div>\n";
    }
    if (result.paths.empty()) {
        html += "<p class=\"notice\">" + escaped(language.of(result.explanation)) + "</p>\n<p>" +
                anchor(link(language, "/connections",
                            {{"source", result.source.id},
                             {"target", result.target.id},
                             {"max_hops", "6"},
                             {"rank", "shortest"}}),
                       language.say("Look farther, through hubs too", "ค้นไกลขึ้น รวมทั้งผ่านจุดศูนย์รวม")) +
                "</p>\n";
    }
    return html + sources.list_html(reading);
}

std::string introduction_html(const PageLanguage& language) {
    return "<p class=\"lead\">" +
           std::string(language.say(
               "Choose two: the chains between them are shown, each step with its source.",
               "เลือกสองสิ่ง แล้วดูว่าเชื่อมโยงกันอย่างไร ทุกขั้นบอกแหล่งที่มา")) +
           "</p>\n";
}

/// While nothing is asked: questions to begin with.
std::string examples_html(const PageLanguage& language) {
    struct Example {
        std::string_view source, target, en, th;
    };
    constexpr std::array<Example, 3> examples = {{
        {"partner:chang-moi-community", "place:mae-kha-canal",
         "Chang Moi community – Mae Kha Canal", "ชุมชนช้างม่อย – คลองแม่ข่า"},
        {"partner:chiang-mai-municipality", "program:yi-peng",
         "Chiang Mai Municipality – Yi Peng tradition", "เทศบาลนครเชียงใหม่ – ประเพณียี่เป็ง"},
        {"partner:unesco", "place:wat-chomphu", "UNESCO – Wat Chomphu", "ยูเนสโก – วัดชมพู"},
    }};
    std::string html = "<p class=\"examples\"><span class=\"quiet\">" +
                       std::string(language.say("Try", "ลองดู")) + "</span> ";
    for (const auto& example : examples) {
        html += anchor(link(language, "/connections",
                            {{"source", std::string(example.source)},
                             {"target", std::string(example.target)}}),
                       language.say(example.en, example.th)) +
                " ";
    }
    return html + "</p>\n";
}

}  // namespace

std::string connect_form_html(const PageLanguage& language, const ConnectEnd& source,
                              const ConnectEnd& target) {
    return "<form class=\"ask\" action=\"/connections\">" +
           (language.chosen
                ? "<input type=\"hidden\" name=\"lang\" value=\"" + language.code + "\">"
                : std::string()) +
           connect_field(language, "source", source, language.say("From", "จาก")) +
           connect_field(language, "target", target, language.say("To", "ถึง")) + "<button>" +
           std::string(language.say("Explain", "อธิบาย")) + "</button></form>\n";
}

Answer connections_page(const Request& request, const query::Reading& reading) {
    const auto language = page_language(request);
    Parameters parameters(request);
    query::ConnectionsQuestion question;
    const auto given_source = parameters.text("source", 128);
    const auto given_target = parameters.text("target", 128);
    read_chain_options(parameters, question);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    const auto source = find_end(reading, language, "source", given_source);
    const auto target = find_end(reading, language, "target", given_target);
    if (!source || !target) {
        return tl::unexpected(source ? target.error() : source.error());
    }
    Page page;
    page.head = wording_block(*reading.ontology);
    page.css_class = "wide";
    page.title = std::string(language.say("Connections", "ความเชื่อมโยง")) + " · Khom";
    page.main =
        "<h1>" + std::string(language.say("How are they connected?", "เชื่อมโยงกันอย่างไร")) +
        "</h1>\n" + introduction_html(language) +
        connect_form_html(language, form_end(language, *source), form_end(language, *target)) +
        choice_html(language, reading, *source, *target) +
        choice_html(language, reading, *target, *source);
    if (given_source.empty() && given_target.empty()) page.main += examples_html(language);
    if (source->entity && target->entity) {
        question.source = source->entity->id;
        question.target = target->entity->id;
        const auto result = query::connections(reading, question);
        if (!result) {
            return tl::unexpected(result.error());
        }
        page.main += answer_html(language, reading, *result);
    }
    return page_response(request, language, page);
}

}  // namespace khom::server
