#include "query/neighbours.h"

#include "server/pages/pages.h"
#include "server/pages/parts.h"
#include "server/parameters.h"
#include "server/url.h"

namespace khom::server {

namespace {

std::string relation_words(const PageLanguage& language, const query::Reading& reading,
                           const query::GraphEdge& edge, bool out) {
    const auto* type = reading.ontology->type(edge.type);
    return type == nullptr ? edge.type : language.of(out ? type->wording : type->inverse);
}

/// What is linked, as sentences: all that the picture would show.
std::string list_html(const PageLanguage& language, const query::Reading& reading,
                      const query::Subgraph& graph) {
    std::map<std::string, const query::GraphNode*> by_id;
    for (const auto& node : graph.nodes) by_id[node.entity.id] = &node;
    std::string html = "<ul class=\"twin\">\n";
    for (const auto& node : graph.nodes) {
        const auto& id = node.entity.id;
        html += "<li>" + kind_html(language, *reading.ontology, node.entity.kind) + " <a href=\"" +
                escaped(entity_link(language, id)) + "\">" + name_html(language, node.entity.name) +
                "</a> <a class=\"quiet\" href=\"" +
                escaped(link(language, "/graph", {{"id", id}})) + "\">" +
                std::string(language.say("from here", "เริ่มจากที่นี่")) + "</a><ul>";
        for (const auto& edge : graph.edges) {
            const bool out = edge.source == id;
            if (!out && edge.target != id) continue;
            const auto other = by_id.find(out ? edge.target : edge.source);
            if (other == by_id.end()) continue;
            html += "<li>" + escaped(relation_words(language, reading, edge, out)) + " <a href=\"" +
                    escaped(entity_link(language, other->first)) + "\">" +
                    name_html(language, other->second->entity.name) + "</a>" +
                    (edge.time ? " " + time_html(language, *edge.time) : "") + "</li>";
        }
        html += "</ul></li>\n";
    }
    return html + "</ul>\n";
}

std::string joined_ids(const std::vector<std::string>& ids) {
    std::string text;
    for (const auto& id : ids) text += (text.empty() ? "" : " ") + id;
    return text;
}

std::string introduction_html(const PageLanguage& language) {
    struct Start {
        std::string_view id, en, th;
    };
    constexpr std::array<Start, 4> starts = {{
        {"place:mae-kha-canal", "Mae Kha Canal", "คลองแม่ข่า"},
        {"program:yi-peng", "Yi Peng tradition", "ประเพณียี่เป็ง"},
        {"partner:chang-moi-community", "Chang Moi community", "ชุมชนช้างม่อย"},
        {"partner:chiang-mai-municipality", "Chiang Mai Municipality", "เทศบาลนครเชียงใหม่"},
    }};
    std::string html = "<p class=\"lead\">" +
                       std::string(language.say("Begin with anything; expand from there.",
                                                "เริ่มจากสิ่งใดก็ได้ แล้วขยายต่อไป")) +
                       "</p>\n<p class=\"examples\">";
    for (const auto& start : starts) {
        html += anchor(link(language, "/graph", {{"id", std::string(start.id)}}),
                       language.say(start.en, start.th)) +
                " ";
    }
    return html + "</p>\n";
}

}  // namespace

Answer graph_page(const Request& request, const query::Reading& reading) {
    const auto language = page_language(request);
    Parameters parameters(request);
    const auto ids = parameters.repeated("id", 20);
    query::NeighboursQuestion question;
    question.kinds = parameters.repeated("kind", 8);
    question.types = parameters.repeated("type", 26);
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    question.limit = 250;
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    Page page;
    page.title = std::string(language.say("Graph", "กราฟ")) + " · Khom";
    page.css_class = "wide";
    page.head = wording_block(*reading.ontology);
    std::string list;
    std::string heading(language.say("What is linked", "สิ่งที่เชื่อมโยงกัน"));
    for (const auto& id : ids) {
        question.id = reading.graph().redirected(id).value_or(id);
        const auto graph = query::neighbours(reading, question);
        if (!graph) {
            return tl::unexpected(graph.error());
        }
        if (ids.size() == 1) {
            heading = language.of(graph->nodes.front().entity.name);
            page.title = heading + " · Khom";
        }
        list += list_html(language, reading, *graph);
    }
    page.main = "<h1>" + escaped(heading) + "</h1>\n";
    if (ids.empty()) {
        page.main += introduction_html(language);
    } else {
        page.main +=
            "<khom-graph node=\"" + escaped(joined_ids(ids)) + "\">" + list + "</khom-graph>\n";
    }
    page.main +=
        "<h2>" +
        std::string(language.say("How are these two connected?", "สองสิ่งนี้เชื่อมโยงกันอย่างไร")) +
        "</h2>\n" +
        connect_form_html(language, {ids.empty() ? "" : ids.front(), ids.empty() ? "" : heading},
                          {});
    return page_response(request, language, page);
}

}  // namespace khom::server
