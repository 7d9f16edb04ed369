#include "query/neighbours_layout.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "server/pages/network_parts.h"
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

constexpr double width = 1160, height = 640, margin = 80;

std::string number(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.1f", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

/// The neighbourhood as the server lays it out, for readers without scripts and for paper; the list
/// below says the same.
std::string picture_html(const PageLanguage& language, const query::Subgraph& graph,
                         const std::vector<graph::Spot>& spots) {
    struct At {
        double x = 0, y = 0;
    };
    std::map<std::string, At> places;
    double left = 1, right = 0, top = 1, bottom = 0;
    for (const auto& spot : spots) {
        left = std::min(left, spot.x);
        right = std::max(right, spot.x);
        top = std::min(top, spot.y);
        bottom = std::max(bottom, spot.y);
    }
    const double wide = std::max(right - left, 0.01), high = std::max(bottom - top, 0.01);
    for (std::size_t i = 0; i < spots.size(); ++i) {
        places[graph.nodes[i].entity.id] = {
            margin + (spots[i].x - left) / wide * (width - 2 * margin),
            margin / 2 + (spots[i].y - top) / high * (height - 1.5 * margin)};
    }
    std::string html = "<svg class=\"picture still\" role=\"group\" aria-label=\"" +
                       std::string(language.say("Picture; the list below says the same",
                                                "ภาพ รายการด้านล่างแสดงข้อมูลเดียวกัน")) +
                       "\" viewBox=\"0 0 1160 640\">\n";
    for (const auto& edge : graph.edges) {
        const auto& from = places.at(edge.source);
        const auto& to = places.at(edge.target);
        const bool unsure = edge.certainty == "inferred" || edge.certainty == "doubtful";
        html += "<line class=\"edge" + std::string(unsure ? " unsure" : "") + "\" x1=\"" +
                number(from.x) + "\" y1=\"" + number(from.y) + "\" x2=\"" + number(to.x) +
                "\" y2=\"" + number(to.y) + "\"/>\n";
    }
    for (const auto& node : graph.nodes) {
        const auto& place = places.at(node.entity.id);
        const auto& name = language.of(node.entity.name);
        const auto seen = shortened(name, 26);
        html += "<a class=\"node\" href=\"" + escaped(entity_link(language, node.entity.id)) +
                "\" aria-label=\"" + escaped(seen == name ? name : seen + " " + name) +
                "\" transform=\"translate(" + number(place.x) + " " + number(place.y) + ")\">" +
                kind_glyph(node.entity.kind) + "<text y=\"26\">" + escaped(seen) + "</text></a>\n";
    }
    return html + "</svg>\n";
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
        const auto spots = query::lay_out(*graph);
        if (!spots) {
            return tl::unexpected(spots.error());
        }
        if (ids.size() == 1) {
            heading = language.of(graph->nodes.front().entity.name);
            page.title = heading + " · Khom";
        }
        list += picture_html(language, *graph, *spots) + list_html(language, reading, *graph);
    }
    page.main = "<h1>" + escaped(heading) + "</h1>\n";
    if (ids.empty()) {
        page.main += introduction_html(language);
    } else {
        const auto revision = graph::number(reading.graph().revision());
        page.main += "<khom-graph node=\"" + escaped(joined_ids(ids)) + "\">" +
                     saved_at_html(request, language, revision) + list + "</khom-graph>\n";
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
