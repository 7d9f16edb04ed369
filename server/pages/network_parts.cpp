#include "server/pages/network_parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "index/canonical.h"
#include "index/segmenter.h"
#include "query/lookup.h"
#include "server/pages/parts.h"
#include "server/pages/sources.h"

namespace khom::server {

namespace {

struct Shape {
    std::string_view sector, path;
};

/// About 11 units in each direction around 0,0; as shared/glyphs.ts draws them.
constexpr std::array<Shape, 6> shapes = {{
    {"government", "M-9-9H9V9H-9Z"},
    {"private", "M0-11 10 0 0 11-10 0Z"},
    {"community", "M0-10a10 10 0 1 0 .01 0Z"},
    {"academia", "M0-11 11 8H-11Z"},
    {"civil_society", "M-5.5-10H5.5L11 0 5.5 10H-5.5L-11 0Z"},
    {"unknown", "M-3.5-10h7v6.5H10v7H3.5V10h-7V3.5H-10v-7h6.5Z"},
}};

const Shape& shape_of(std::string_view sector) {
    const auto found = std::find_if(shapes.begin(), shapes.end(),
                                    [&](const Shape& shape) { return shape.sector == sector; });
    return found == shapes.end() ? shapes.back() : *found;
}

constexpr double width = 1160, height = 720, margin = 70;

std::string number(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.1f", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

struct At {
    double x = 0, y = 0;
};

/// The layout's places, spread over the whole picture.
std::map<std::string, At> places_of(const query::NetworkResult& network) {
    double left = 1, right = 0, top = 1, bottom = 0;
    for (const auto& node : network.nodes) {
        left = std::min(left, node.x);
        right = std::max(right, node.x);
        top = std::min(top, node.y);
        bottom = std::max(bottom, node.y);
    }
    const double wide = std::max(right - left, 0.01);
    const double high = std::max(bottom - top, 0.01);
    std::map<std::string, At> places;
    for (const auto& node : network.nodes) {
        places[node.entity.id] = {margin + (node.x - left) / wide * (width - 2 * margin),
                                  margin / 2 + (node.y - top) / high * (height - 1.4 * margin)};
    }
    return places;
}

std::string shown_name(const PageLanguage& language, const query::NetworkNode& node) {
    return shortened(language.of(node.entity.name), 24);
}

/// Those whose name can stand without lying on another or on a mark: the strongest first.
std::vector<bool> named(const PageLanguage& language, const query::NetworkResult& network,
                        const std::map<std::string, At>& places) {
    constexpr double mark = 11, letter = 8, above = 12, below = 30;
    std::vector<Room> taken;
    taken.reserve(places.size());
    for (const auto& [id, at] : places) {
        taken.push_back({at.x - mark, at.y - mark, at.x + mark, at.y + mark});
    }
    std::vector<bool> result;
    for (const auto& node : network.nodes) {
        const auto& at = places.at(node.entity.id);
        const double half = letters(shown_name(language, node)) * letter / 2;
        const Room room{at.x - half, at.y + above, at.x + half, at.y + below};
        const bool free =
            std::ranges::none_of(taken, [&](const Room& other) { return room.meets(other); });
        if (free) taken.push_back(room);
        result.push_back(free);
    }
    return result;
}

/// Statement ids as links to where the statement stands: the page of what is shared.
std::string statements_html(const PageLanguage& language, const query::Reading& reading,
                            const query::SharedEvidence& shared) {
    std::string html;
    for (const auto& id : shared.statements) {
        const auto relationship = reading.graph().find_relationship(id);
        if (!relationship) continue;
        const auto said = query::statement(reading, *relationship, graph::Direction::out);
        const auto ends = reading.graph().endpoints(*relationship);
        const auto from = query::id_of(reading.graph(), ends.from);
        std::string sources;
        for (const auto& source : said.sources) {
            sources += " <a class=\"cites\" href=\"" + escaped(entity_link(language, source.id)) +
                       "\">[" + source_title_html(language, reading, source) +
                       (source.locator.empty() ? "" : ", " + escaped(source.locator)) + "]</a>";
        }
        html += "<li><a href=\"" + escaped(entity_link(language, from)) + "#" + escaped(id) +
                "\">" + escaped(language.of(said.wording)) + "</a> " +
                name_html(language, said.target.name) +
                (said.time ? " " + time_html(language, *said.time) : "") + sources + "</li>";
    }
    return html;
}

}  // namespace

std::string shortened(const std::string& name, std::size_t most) {
    std::size_t limit = 0, count = 0;
    for (; limit < name.size(); ++limit) {
        const bool begins = (static_cast<unsigned char>(name[limit]) & 0xC0U) != 0x80U;
        if (begins && ++count > most) break;
    }
    if (limit == name.size()) return name;
    std::size_t end = 0;
    for (const auto& word : index::segment(name)) {
        if (word.end_bytes <= limit) end = word.end_bytes;
    }
    return name.substr(0, end > limit / 2 ? end : index::cluster_end(name, limit)) + "…";
}

/// As the explorer's `shared/glyphs.ts` has them.
std::string kind_glyph(std::string_view kind) {
    struct KindShape {
        std::string_view kind, path;
    };
    constexpr std::array<KindShape, 8> kinds = {
        {{"place", "M0 11C-4 5-9 1-9-4a9 9 0 0 1 18 0c0 5-5 9-9 15Z"},
         {"person", "M-9 10a9 9 0 0 1 18 0ZM0-2a5 5 0 1 0-.01 0Z"},
         {"object", "M0-11 10 0 0 11-10 0Z"},
         {"program", "M-6-11H6L10-4 7 9H-7L-10-4Z"},
         {"partner", "M-9-9H9V9H-9Z"},
         {"memory", "M-10-8H10V5H1L-5 11V5H-10Z"},
         {"theme", "M0-10a10 10 0 1 0 .01 0ZM0-5a5 5 0 1 1-.01 0Z"},
         {"source", "M-8-11H3L8-6V11H-8Z"}}};
    const auto found = std::ranges::find(kinds, kind, &KindShape::kind);
    return "<path class=\"glyph kind-" + escaped(kind) + "\" d=\"" +
           std::string(found == kinds.end() ? kinds.back().path : found->path) +
           "\" fill-rule=\"evenodd\"/>";
}

std::string sector_glyph(std::string_view sector) {
    const auto& shape = shape_of(sector);
    return "<path class=\"glyph sector-" + std::string(shape.sector) + "\" d=\"" +
           std::string(shape.path) + "\"/>";
}

std::string sector_mark(std::string_view sector) {
    return "<svg class=\"mark\" viewBox=\"-12 -12 24 24\" aria-hidden=\"true\">" +
           sector_glyph(sector) + "</svg>";
}

std::string sector_legend_html(const PageLanguage& language, const graph::Ontology& ontology,
                               const query::NetworkResult& network) {
    std::string html = "<ul class=\"legend\">";
    for (const auto& sector : ontology.sectors) {
        html +=
            "<li>" + sector_mark(sector.id) + " " + escaped(language.of(sector.wording)) + "</li>";
    }
    const bool all_known =
        std::ranges::none_of(network.nodes, [](const auto& node) { return node.sector.empty(); });
    if (!all_known) {
        html += "<li>" + sector_mark("unknown") + " " +
                std::string(language.say("sector not known", "ไม่ทราบภาคส่วน")) + "</li>";
    }
    if (network.earlier) {
        html += "<li class=\"gained\">+ " + std::string(language.say("gained", "เพิ่มขึ้น")) +
                "</li><li class=\"lost\">− " +
                std::string(language.say("lost: dashed", "หายไป: เส้นประ")) + "</li>";
    }
    return html + "</ul>\n";
}

bool is_of_partners(const query::NetworkResult& network) {
    return network.lens.node == "partner";
}

std::string percent(double share) {
    return std::to_string(std::lround(share * 100)) + " %";
}

std::string network_figures_html(const PageLanguage& language, const graph::Ontology& ontology,
                                 const query::NetworkResult& network) {
    const bool partners = is_of_partners(network);
    const auto figure = [](std::string_view term, const std::string& value,
                           std::string_view to = {}) {
        return "<div><dt>" + std::string(term) + "</dt><dd>" +
               (to.empty() ? escaped(value) : anchor(to, value)) + "</dd></div>";
    };
    return "<dl class=\"figures\">" +
           figure(plural_of(language, ontology, network.lens.node),
                  std::to_string(network.total_nodes), "#members") +
           figure(partners ? language.say("pairs work together", "คู่ที่ทำงานร่วมกัน")
                           : language.say("pairs are linked", "คู่ที่เชื่อมโยงกัน"),
                  std::to_string(network.total_edges), "#links") +
           (partners ? figure(language.say("of that across sectors", "เป็นการข้ามภาคส่วน"),
                              percent(network.cross_sector_share), "#mixing")
                     : std::string()) +
           figure(language.say("of all possible pairs", "ของคู่ที่เป็นไปได้ทั้งหมด"),
                  percent(network.density), "#links") +
           "</dl>\n";
}

namespace {

std::string network_svg(const PageLanguage& language, const query::NetworkResult& network) {
    const auto places = places_of(network);
    const auto names = named(language, network, places);
    std::string html =
        "<svg class=\"picture network\" role=\"group\" aria-label=\"" +
        std::string(language.say("Picture of the network; the tables below say the same",
                                 "ภาพเครือข่าย ตารางด้านล่างแสดงข้อมูลเดียวกัน")) +
        "\" viewBox=\"0 0 1160 720\">\n";
    for (const auto& edge : network.edges) {
        const auto from = places.find(edge.source);
        const auto to = places.find(edge.target);
        if (from == places.end() || to == places.end()) continue;
        html += "<line class=\"edge " + escaped(edge.change) + (edge.bridge ? " bridge" : "") +
                "\" data-ends=\"" + escaped(edge.source) + " " + escaped(edge.target) + "\" x1=\"" +
                number(from->second.x) + "\" y1=\"" + number(from->second.y) + "\" x2=\"" +
                number(to->second.x) + "\" y2=\"" + number(to->second.y) + "\" stroke-width=\"" +
                number(1 + std::min(5.0, edge.weight)) + "\"/>\n";
    }
    std::size_t rank = 0;
    for (const auto& node : network.nodes) {
        const auto& place = places.at(node.entity.id);
        const auto& name = language.of(node.entity.name);
        const auto seen = shown_name(language, node);
        html +=
            "<a class=\"node " + escaped(node.change) + (names[rank] ? " named" : "") +
            "\" data-id=\"" + escaped(node.entity.id) + "\" href=\"" +
            escaped(entity_link(language, node.entity.id)) + "\" aria-label=\"" +
            escaped(seen == name ? name : seen + " " + name) + "\" transform=\"translate(" +
            number(place.x) + " " + number(place.y) + ")\"><circle class=\"halo\" r=\"17\"/>" +
            (is_of_partners(network) ? sector_glyph(node.sector) : kind_glyph(node.entity.kind)) +
            "<text y=\"24\">" + escaped(seen) + "</text></a>\n";
        ++rank;
    }
    return html + "</svg>\n";
}

}  // namespace

std::string network_picture_html(const PageLanguage& language,
                                 const query::NetworkResult& network) {
    if (network.edges.empty()) {
        return "<p class=\"notice\">" +
               std::string(language.say("No two of these are linked in this period.",
                                        "ในช่วงเวลานี้ไม่มีสองรายการใดเชื่อมโยงกัน")) +
               "</p>\n";
    }
    return "<khom-network data-lens=\"" + escaped(network.lens.id) + "\">" +
           network_svg(language, network) + "</khom-network>\n";
}

std::string evidence_html(const PageLanguage& language, const query::Reading& reading,
                          const std::vector<query::SharedEvidence>& evidence) {
    std::string html = "<ul>";
    for (const auto& shared : evidence) {
        const auto node = reading.graph().find(shared.via);
        if (!node) continue;
        const auto entity = query::entity_ref(reading, *node);
        html += "<li><a href=\"" + escaped(entity_link(language, shared.via)) + "\">" +
                name_html(language, entity.name) + "</a><ul class=\"quiet\">" +
                statements_html(language, reading, shared) + "</ul></li>\n";
    }
    return html + "</ul>";
}

namespace {

/// The networks that have a name; one that has none stands there while it is shown.
std::string lens_select(const PageLanguage& language, const graph::Ontology& ontology,
                        const query::Lens& shown) {
    auto all = query::lenses(ontology);
    if (std::ranges::find(all, shown.id, &query::Lens::id) == all.end()) all.push_back(shown);
    std::string html =
        "<label>" + std::string(language.say("Network", "เครือข่าย")) + " <select name=\"lens\">";
    for (const auto& lens : all) {
        html += "<option value=\"" + escaped(lens.id) + "\"" +
                (lens.id == shown.id ? " selected" : "") + ">" + escaped(language.of(lens.name)) +
                "</option>";
    }
    return html + "</select></label>";
}

/// What the form has no field for stays as it is.
Pairs kept_of(const PageLanguage& language, const query::NetworkQuestion& question) {
    Pairs kept;
    if (language.chosen) kept.emplace_back("lang", language.code);
    if (question.min_weight > 1) {
        kept.emplace_back("min_weight",
                          std::to_string(static_cast<std::int64_t>(question.min_weight)));
    }
    for (const auto& theme : question.themes) kept.emplace_back("theme", theme);
    return kept;
}

}  // namespace

std::string network_form_html(const PageLanguage& language, const graph::Ontology& ontology,
                              const query::NetworkQuestion& question, const query::Lens& lens) {
    std::string sectors;
    for (const auto& sector : ontology.sectors) {
        const bool chosen = std::find(question.sectors.begin(), question.sectors.end(),
                                      sector.id) != question.sectors.end();
        sectors += "<label><input type=\"checkbox\" name=\"sector\" value=\"" + sector.id + "\"" +
                   (chosen ? " checked" : "") + "> " + escaped(language.of(sector.wording)) +
                   "</label> ";
    }
    return "<form class=\"ask-network filters\" action=\"/network\">" +
           hidden_inputs(kept_of(language, question)) + "<p>" +
           lens_select(language, ontology, lens) + "</p><div class=\"row\"><fieldset><legend>" +
           std::string(language.say("Period", "ช่วงเวลา")) + "</legend>" +
           year_select_html(language, "from", language.say("from", "ตั้งแต่"), question.from) +
           year_select_html(language, "to", language.say("to", "ถึง"), question.to) +
           "</fieldset><fieldset><legend>" + std::string(language.say("Compare with", "เทียบกับ")) +
           "</legend>" +
           year_select_html(language, "compare_from", language.say("from", "ตั้งแต่"),
                            question.compare_from) +
           year_select_html(language, "compare_to", language.say("to", "ถึง"), question.compare_to) +
           "</fieldset>" +
           (lens.node != "partner"
                ? ""
                : "<fieldset><legend>" + std::string(language.say("Sectors", "ภาคส่วน")) +
                      "</legend>" + sectors + "</fieldset>") +
           "<button>" + std::string(language.say("Show", "แสดง")) + "</button></div></form>\n";
}

std::string network_asked_html(const PageLanguage& language, const graph::Ontology& ontology,
                               const query::NetworkQuestion& question) {
    std::string words;
    if (!question.from.empty() || !question.to.empty()) {
        const query::Period asked{question.from, question.to};
        const PageLanguage other{std::string(language.other_code()), false};
        words = period_words(language, asked) + " · " + period_words(other, asked);
    }
    for (const auto& sector : question.sectors) {
        words += (words.empty() ? "" : " · ") +
                 language.of(graph::Ontology::wording(ontology.sectors, sector));
    }
    return words.empty() ? words : "<p class=\"quiet\">" + escaped(words) + "</p>\n";
}

std::string plural_of(const PageLanguage& language, const graph::Ontology& ontology,
                      std::string_view kind) {
    const auto* known = ontology.kind(kind);
    return known == nullptr ? std::string(kind) : language.of(known->many);
}

std::string period_words(const PageLanguage& language, const query::Period& period) {
    const auto shown = [&](const std::string& date) {
        return date.empty() ? std::string("…") : language.of(query::time_label(date).words);
    };
    return period.from == period.to ? shown(period.from)
                                    : shown(period.from) + " – " + shown(period.to);
}

}  // namespace khom::server
