#include "query/dossier.h"

#include <algorithm>
#include <functional>
#include <set>

#include "server/dossier.h"
#include "server/pages/dossier_citing.h"
#include "server/pages/dossier_figures.h"
#include "server/pages/parts.h"
#include "server/pages/sources.h"

namespace khom::server {

namespace {

std::string status_html(const PageLanguage& language, query::Coverage status) {
    return "<span class=\"status " + std::string(name(status)) + "\">" +
           escaped(language.of(query::wording(status))) + "</span>";
}

std::string citations(const std::vector<std::size_t>& sources) {
    std::string html;
    for (const auto number : sources) {
        const auto text = std::to_string(number);
        html += (html.empty() ? "" : ", ") + anchor("#source-" + text, text);
    }
    return html.empty() ? html : " <small class=\"cite\">[" + html + "]</small>";
}

/// A statement stands with its id where it is shown first, elsewhere without.
std::string line_html(const PageLanguage& language, const query::Dossier& dossier,
                      const std::string& id, std::set<std::string>& shown) {
    const auto& line = dossier.statements.at(id);
    std::string html = (shown.insert(id).second ? "<li id=\"" + escaped(id) + "\">" : "<li>") +
                       escaped(language.of(line.sentence)) + citations(line.sources);
    for (const auto doubt : line.why) {
        html +=
            " <small class=\"flag\">" + escaped(language.of(query::wording(doubt))) + "</small>";
    }
    return html + "</li>\n";
}

/// Those not shown yet; the others are told by their number, with the way to the first.
std::string lines_html(const PageLanguage& language, const query::Dossier& dossier,
                       const std::vector<std::string>& ids, std::set<std::string>& shown) {
    std::string html = "<ul>", first;
    std::size_t above = 0;
    for (const auto& id : ids) {
        if (!shown.contains(id)) {
            html += line_html(language, dossier, id, shown);
        } else if (++above == 1) {
            first = id;
        }
    }
    if (above > 0) {
        const auto words = std::to_string(above) +
                           std::string(language.say(
                               above == 1 ? " statement listed above" : " statements listed above",
                               " ข้อความที่แสดงไว้แล้วข้างต้น"));
        html += "<li class=\"quiet\">" + anchor("#" + first, words) + "</li>\n";
    }
    return html + "</ul>\n";
}

std::string claim_html(const PageLanguage& language, const query::Dossier& dossier,
                       const query::Claim& claim, std::set<std::string>& shown) {
    std::string html =
        "<details class=\"claim\"><summary>" + escaped(language.of(claim.text)) + "</summary>\n";
    for (const auto& counted : claim.counted) {
        if (const auto& name = language.of(counted.entity.name); !name.empty()) {
            html += "<h4>" +
                    (counted.entity.kind.empty()
                         ? escaped(name)
                         : anchor(entity_link(language, counted.entity.id), name)) +
                    "</h4>";
        }
        html += lines_html(language, dossier, counted.statements, shown);
    }
    return html + "</details>\n";
}

/// What a planner wrote about a section, for who reads or prints it; the script opens it for more.
std::string note_of(const DossierRecord& record, const std::string& section) {
    const auto found = record.notes.find(section);
    return found == record.notes.end() || found->second.empty()
               ? ""
               : "<p class=\"printed-note\">" + escaped(found->second) + "</p>\n";
}

std::string section_html(const PageLanguage& language, const query::Dossier& dossier,
                         const query::DossierSection& section, std::set<std::string>& shown,
                         const std::string& note) {
    std::string html =
        "<section id=\"" + escaped(section.id) + "\"><h2>" + escaped(language.of(section.title)) +
        " " + status_html(language, section.status) + "</h2>\n<p class=\"quiet\">" +
        escaped(language.of(section.asks)) + " " + escaped(language.of(section.reason)) + "</p>\n";
    for (const auto& claim : section.claims) html += claim_html(language, dossier, claim, shown);
    if (!section.gaps.empty()) {
        html +=
            "<h3>" + std::string(language.say("Gaps", "สิ่งที่ยังขาด")) + "</h3>\n<ul class=\"gaps\">";
        for (const auto& gap : section.gaps) html += "<li>" + escaped(language.of(gap)) + "</li>\n";
        html += "</ul>\n";
    }
    if (!section.to_confirm.empty()) {
        html += "<details><summary>" + std::string(language.say("To confirm", "รอยืนยัน")) + " (" +
                std::to_string(section.to_confirm.size()) + ")</summary><ul>\n";
        for (const auto& id : section.to_confirm) {
            html += line_html(language, dossier, id, shown);
        }
        html += "</ul></details>\n";
    }
    return html + note + "</section>\n";
}

std::string areas_html(const PageLanguage& language, const query::Dossier& dossier) {
    if (dossier.areas.empty()) return {};
    std::string html =
        "<section><h2>" +
        std::string(language.say("Key Features: coverage", "คุณลักษณะสำคัญ: ความครอบคลุม")) +
        "</h2>\n<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th>" +
        std::string(language.say("Area", "ด้าน")) + "</th><th>" +
        std::string(language.say("State", "สถานะ")) + "</th><th>" +
        std::string(language.say("Programmes", "โครงการ")) + "</th></tr></thead><tbody>\n";
    for (const auto& row : dossier.areas) {
        html += "<tr><td>" +
                anchor(entity_link(language, row.area.id), language.of(row.area.name)) +
                "</td><td>" + status_html(language, row.status) + "</td><td>";
        for (const auto& entity : row.programmes) {
            html += anchor(entity_link(language, entity.id), language.of(entity.name)) + "<br>";
        }
        html += "</td></tr>\n";
    }
    return html + "</tbody></table></div></section>\n";
}

std::string partners_html(const PageLanguage& language, const graph::Ontology& ontology,
                          const query::Dossier& dossier) {
    std::set<int> years;
    for (const auto& row : dossier.partners) {
        for (const auto& [year, count] : row.years) years.insert(year);
    }
    std::string html =
        "<section><h2>" +
        std::string(language.say("Partners by sector and year", "ภาคีตามภาคส่วนและปี")) +
        "</h2>\n<figure tabindex=\"0\">" + partner_figure(language, ontology, dossier) +
        "</figure>\n<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th>" +
        std::string(language.say("Partner", "ภาคี")) + "</th><th>" +
        std::string(language.say("Sector", "ภาคส่วน")) + "</th>";
    for (const auto year : years) {
        html += "<th class=\"number\">" + std::to_string(language.thai() ? year + 543 : year) +
                "<br><small>" + std::to_string(language.thai() ? year : year + 543) +
                "</small></th>";
    }
    html += "</tr></thead><tbody>\n";
    for (const auto& row : dossier.partners) {
        html += "<tr><td>" +
                anchor(entity_link(language, row.entity.id), language.of(row.entity.name)) +
                "</td><td class=\"whole\">" +
                escaped(row.sector.empty()
                            ? language.say("not known", "ไม่ทราบ")
                            : language.of(graph::Ontology::wording(ontology.sectors, row.sector))) +
                "</td>";
        for (const auto year : years) {
            const auto found = row.years.find(year);
            html += "<td class=\"number\">" +
                    (found == row.years.end() ? "" : std::to_string(found->second)) + "</td>";
        }
        html += "</tr>\n";
    }
    return html + "</tbody></table></div></section>\n";
}

std::string programmes_html(const PageLanguage& language, const query::Dossier& dossier) {
    std::string html = "<section><h2>" + std::string(language.say("Programmes", "โครงการ")) +
                       "</h2>\n<figure tabindex=\"0\">" + year_figure(language, dossier) +
                       "</figure>\n<ul>";
    for (const auto& row : dossier.programmes) {
        html += "<li>" + time_html(language, row.time) + " " +
                anchor(entity_link(language, row.entity.id), language.of(row.entity.name)) + " " +
                escaped(language.of(row.summary)) + citations(row.sources) + "</li>\n";
    }
    return html + "</ul></section>\n";
}

/// On the city's map, and as a list: not every name has room there.
std::string places_html(const PageLanguage& language, const query::Dossier& dossier) {
    if (dossier.places.empty()) return {};
    auto places = dossier.places;
    std::ranges::stable_sort(places, std::greater(), &query::DossierPlace::programmes);
    std::vector<MapPoint> points;
    std::string list;
    for (const auto& place : places) {
        points.push_back(
            {place.entity, place.point.lat, place.point.lon, place.point.certainty != "approx"});
        const auto count = std::to_string(place.programmes);
        list += "<li>" +
                anchor(entity_link(language, place.entity.id), language.of(place.entity.name)) +
                " <small>" +
                (language.thai() ? count + " โครงการ"
                                 : count + (place.programmes == 1 ? " programme" : " programmes")) +
                "</small></li>\n";
    }
    return "<section><h2>" + std::string(language.say("Places", "สถานที่")) + "</h2>\n" +
           city_map_html(language, points, MapSize::large, std::nullopt) +
           "<ul class=\"columns\">" + list + "</ul></section>\n";
}

std::string figures_html(const PageLanguage& language, const query::Dossier& dossier) {
    if (dossier.figures.empty()) return {};
    std::string html =
        "<section><h2>" + std::string(language.say("Figures", "ตัวเลข")) + "</h2>\n<ul>";
    for (const auto& row : dossier.figures) {
        html += "<li>" + escaped(language.of(row.name)) + ": <strong>" +
                escaped(figure_text(row.value)) + "</strong> " +
                anchor(entity_link(language, row.entity.id), language.of(row.entity.name)) + " " +
                time_html(language, query::time_label(row.time)) + citations(row.sources);
        for (const auto doubt : row.why) {
            html += " <small class=\"flag\">" + escaped(language.of(query::wording(doubt))) +
                    "</small>";
        }
        html += "</li>\n";
    }
    return html + "</ul></section>\n";
}

std::string sources_html(const PageLanguage& language, const query::Dossier& dossier) {
    std::string html = "<section><h2>" + std::string(language.say("Sources", "แหล่งอ้างอิง")) +
                       "</h2>\n<ol class=\"sources\">";
    std::size_t number = 0;
    for (const auto& source : dossier.sources) {
        html += "<li id=\"source-" + std::to_string(++number) + "\">" +
                anchor(entity_link(language, source.id), source.title) +
                (source.locator.empty() ? "" : ", " + escaped(source.locator)) +
                (source.publisher.empty() ? "" : ". " + escaped(source.publisher)) +
                (source.url.empty() ? ""
                                    : ". <span class=\"url\">" +
                                          escaped(readable_address(source.url)) + "</span>") +
                "</li>\n";
    }
    return html + "</ol></section>\n";
}

}  // namespace

Response dossier_page(const Request& request, const graph::Ontology& ontology,
                      const DossierVersion& version, const DossierRecord& record) {
    const auto language = page_language(request);
    const auto& dossier = version.dossier;
    std::set<std::string> shown;
    Page page;
    page.title = language.of(dossier.title) + " · Khom";
    page.css_class = "dossier";
    page.main =
        "<h1>" + escaped(language.of(dossier.title)) + "</h1>\n<p class=\"lead\">" +
        escaped(language.of(dossier.about)) + "</p>\n<p>" +
        std::string(language.say("Period: ", "ช่วงเวลา: ")) + escaped(language.of(dossier.period)) +
        " " + in_language(language.other_code(), language.other(dossier.period), "small") + " · " +
        std::string(language.say("revision ", "ฉบับข้อมูลที่ ")) + std::to_string(dossier.revision) +
        "</p>\n<p class=\"quiet\">" + escaped(language.of(dossier.rule)) + "</p>\n" +
        citing_html(language, version, record) +
        kept_versions_html(language, dossier.id, record.kept);
    for (const auto& section : dossier.sections) {
        page.main += section_html(language, dossier, section, shown, note_of(record, section.id));
    }
    page.main += areas_html(language, dossier) + partners_html(language, ontology, dossier) +
                 programmes_html(language, dossier) + places_html(language, dossier) +
                 figures_html(language, dossier) + sources_html(language, dossier);
    return page_response(request, language, page);
}

}  // namespace khom::server
