#include "server/pages/network_parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "query/lookup.h"
#include "server/pages/parts.h"

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

std::string glyph(std::string_view sector) {
    const auto& shape = shape_of(sector);
    return "<path class=\"glyph sector-" + std::string(shape.sector) + "\" d=\"" +
           std::string(shape.path) + "\"/>";
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

/// Those whose name can stand without lying on another: the strongest first.
std::vector<bool> named(const query::NetworkResult& network,
                        const std::map<std::string, At>& places) {
    constexpr double half = 85, line = 20;
    std::vector<At> taken;
    std::vector<bool> result;
    for (const auto& node : network.nodes) {
        const auto& place = places.at(node.entity.id);
        const bool free = std::none_of(taken.begin(), taken.end(), [&](const At& other) {
            return std::abs(other.x - place.x) < 2 * half && std::abs(other.y - place.y) < line;
        });
        if (free) taken.push_back(place);
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
                       "\">[" + escaped(source.title.empty() ? source.id : source.title) +
                       (source.locator.empty() ? "" : ", " + escaped(source.locator)) + "]</a>";
        }
        html += "<li><a href=\"" + escaped(entity_link(language, from)) + "#" + escaped(id) +
                "\">" + escaped(language.of(said.wording)) + "</a> " +
                name_html(language, said.target.name) +
                (said.time ? " " + time_html(language, *said.time) : "") + sources + "</li>";
    }
    return html;
}

std::string year_select(const PageLanguage& language, std::string_view name, std::string_view label,
                        const std::string& chosen) {
    std::string html = "<label>" + std::string(label) + " <select name=\"" + std::string(name) +
                       "\"><option value=\"\">" + std::string(language.say("any", "ไม่จำกัด")) +
                       "</option>";
    for (int year = 2020; year <= 2027; ++year) {
        const auto common = std::to_string(year);
        const auto buddhist = "พ.ศ. " + std::to_string(year + 543);
        html += "<option value=\"" + common + "\"" +
                (chosen.substr(0, 4) == common ? " selected" : "") + ">" +
                (language.thai() ? buddhist + " · " + common : common + " · " + buddhist) +
                "</option>";
    }
    return html + "</select></label> ";
}

}  // namespace

std::string shortened(const std::string& name, std::size_t most) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if ((static_cast<unsigned char>(name[i]) & 0xC0U) == 0x80U) continue;
        if (++count <= most) continue;
        const auto space = name.rfind(' ', i);
        if (space != std::string::npos && space > i / 2) return name.substr(0, space) + "…";
        const auto mark = [&](std::size_t p) {
            const auto second = static_cast<unsigned char>(name[p + 1]);
            const auto third = static_cast<unsigned char>(name[p + 2]);
            return static_cast<unsigned char>(name[p]) == 0xE0 &&
                   ((second == 0xB8 && (third == 0xB1 || third >= 0xB4)) ||
                    (second == 0xB9 && third >= 0x87 && third <= 0x8E));
        };
        while (i + 2 < name.size() && mark(i)) i += 3;
        return name.substr(0, i) + "…";
    }
    return name;
}

std::string sector_mark(std::string_view sector) {
    return "<svg class=\"mark\" viewBox=\"-12 -12 24 24\" aria-hidden=\"true\">" + glyph(sector) +
           "</svg>";
}

std::string sector_legend_html(const PageLanguage& language, const graph::Ontology& ontology) {
    std::string html = "<ul class=\"legend\">";
    for (const auto& sector : ontology.sectors) {
        html +=
            "<li>" + sector_mark(sector.id) + " " + escaped(language.of(sector.wording)) + "</li>";
    }
    return html + "</ul>\n";
}

std::string network_svg(const PageLanguage& language, const query::NetworkResult& network) {
    const auto places = places_of(network);
    const auto names = named(network, places);
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
        const auto seen = shortened(name, 24);
        html += "<a class=\"node " + escaped(node.change) + (names[rank] ? " named" : "") +
                "\" data-id=\"" + escaped(node.entity.id) + "\" href=\"" +
                escaped(entity_link(language, node.entity.id)) + "\" aria-label=\"" +
                escaped(seen == name ? name : seen + " " + name) + "\" transform=\"translate(" +
                number(place.x) + " " + number(place.y) + ")\"><circle class=\"halo\" r=\"17\"/>" +
                glyph(node.sector) + "<text y=\"24\">" + escaped(seen) + "</text></a>\n";
        ++rank;
    }
    return html + "</svg>\n";
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
           year_select(language, "from", language.say("from", "ตั้งแต่"), question.from) +
           year_select(language, "to", language.say("to", "ถึง"), question.to) +
           "</fieldset><fieldset><legend>" + std::string(language.say("Compare with", "เทียบกับ")) +
           "</legend>" +
           year_select(language, "compare_from", language.say("from", "ตั้งแต่"),
                       question.compare_from) +
           year_select(language, "compare_to", language.say("to", "ถึง"), question.compare_to) +
           "</fieldset>" +
           (lens.node != "partner"
                ? ""
                : "<fieldset><legend>" + std::string(language.say("Sectors", "ภาคส่วน")) +
                      "</legend>" + sectors + "</fieldset>") +
           "<button>" + std::string(language.say("Show", "แสดง")) + "</button></div></form>\n";
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
