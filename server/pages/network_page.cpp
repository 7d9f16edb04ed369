// The planners' view. Every number leads to what says so: to a section of this page that names the
// programmes and the statements behind it.
#include <algorithm>
#include <array>
#include <tuple>

#include "query/networks.h"
#include "server/pages/network_parts.h"
#include "server/pages/pages.h"
#include "server/pages/parts.h"
#include "server/parameters.h"

namespace khom::server {

namespace {

struct Shown {
    const PageLanguage& language;
    const query::Reading& reading;
    const query::NetworkResult& network;

    std::string sector(std::string_view id) const {
        return id.empty() ? std::string(language.say("not known", "ไม่ทราบ"))
                          : language.of(graph::Ontology::wording(reading.ontology->sectors, id));
    }
    std::string name(const std::string& id) const {
        const auto node = reading.graph().find(id);
        return node ? name_html(language, query::entity_ref(reading, *node).name) : escaped(id);
    }
    /// A partner's sector before its name; other things have none.
    std::string mark(const query::NetworkNode& node) const {
        return is_of_partners(network) ? sector_mark(node.sector) + " " : std::string();
    }
    std::string entity(const std::string& id) const {
        return "<a href=\"" + escaped(entity_link(language, id)) + "\">" + name(id) + "</a>";
    }
};

std::string meeting_anchor(const query::SectorMeeting& meeting) {
    return "mixing-" + meeting.one + "-" + meeting.other;
}

std::string mixing_html(const Shown& shown) {
    const auto& [language, reading, network] = shown;
    if (network.mixing.empty()) return {};
    const auto& sectors = reading.ontology->sectors;
    std::string html = "<h2 id=\"mixing\">" +
                       std::string(language.say("Who meets whom", "ใครพบใคร")) +
                       "</h2>\n<div class=\"scrolls\" tabindex=\"0\"><table><caption>" +
                       std::string(language.say(
                           "Programmes shared between sectors; each number opens what says so.",
                           "กิจกรรมที่ทำร่วมกันระหว่างภาคส่วน ทุกตัวเลขเปิดดูหลักฐานได้")) +
                       "</caption><thead><tr><td></td>";
    for (const auto& sector : sectors) {
        html +=
            "<th scope=\"col\" class=\"number\">" + escaped(language.of(sector.wording)) + "</th>";
    }
    html += "</tr></thead><tbody>\n";
    for (const auto& row : sectors) {
        html += "<tr><th scope=\"row\">" + sector_mark(row.id) + " " +
                escaped(language.of(row.wording)) + "</th>";
        for (const auto& column : sectors) {
            const auto found = std::find_if(
                network.mixing.begin(), network.mixing.end(), [&](const auto& meeting) {
                    return (meeting.one == row.id && meeting.other == column.id) ||
                           (meeting.one == column.id && meeting.other == row.id);
                });
            html += "<td class=\"number\">" +
                    (found == network.mixing.end() || found->count == 0
                         ? "0"
                         : anchor("#" + meeting_anchor(*found), std::to_string(found->count),
                                  "evidence")) +
                    "</td>";
        }
        html += "</tr>\n";
    }
    html += "</tbody></table></div>\n";
    for (const auto& meeting : network.mixing) {
        if (meeting.count == 0) continue;
        html += "<details class=\"evidence\" id=\"" + escaped(meeting_anchor(meeting)) +
                "\"><summary>" + escaped(language.of(meeting.sentence)) + "</summary>" +
                evidence_html(language, reading, meeting.evidence) + "</details>\n";
    }
    return html;
}

struct Linked {
    std::string html;
    bool names_all = false;
};

/// A sentence in which those that it names are links.
Linked linked(const Shown& shown, const std::string& sentence,
              const std::vector<query::EntityRef>& entities) {
    std::string html;
    std::size_t begin = 0, names = 0;
    for (;;) {
        const query::EntityRef* next = nullptr;
        auto at = std::string::npos;
        for (const auto& entity : entities) {
            const auto& name = shown.language.of(entity.name);
            const auto found = sentence.find(name, begin);
            if (!name.empty() && found < at) std::tie(next, at) = std::pair(&entity, found);
        }
        if (next == nullptr) break;
        html += escaped(sentence.substr(begin, at - begin)) + shown.entity(next->id);
        begin = at + shown.language.of(next->name).size();
        ++names;
    }
    return {html + escaped(sentence.substr(begin)), names >= entities.size()};
}

std::string gaps_html(const Shown& shown) {
    const auto& [language, reading, network] = shown;
    if (!is_of_partners(network)) return {};
    std::string html =
        "<h2 id=\"gaps\">" + std::string(language.say("What is missing", "สิ่งที่ยังขาด")) + "</h2>\n";
    if (network.gaps.empty()) {
        return html + "<p>" +
               std::string(language.say("Nothing by these measures.", "ไม่พบตามเกณฑ์เหล่านี้")) +
               "</p>\n";
    }
    html += "<ul class=\"gaps\">";
    std::size_t count = 0;
    for (const auto& gap : network.gaps) {
        if (++count > 12) break;
        const auto said = linked(shown, language.of(gap.sentence), gap.entities);
        std::string links;
        for (const auto& entity : gap.entities) {
            links += (links.empty() ? "" : " · ") + shown.entity(entity.id);
        }
        html += "<li>" + said.html;
        html += said.names_all
                    ? std::string()
                    : "<details><summary>" + std::string(language.say("All of them", "ดูทั้งหมด")) +
                          " (" + std::to_string(gap.entities.size()) + ")</summary><p>" + links +
                          "</p></details>";
        html += "</li>\n";
    }
    return html + "</ul>\n";
}

/// Partners whose evidence opens below: each by its sentence.
std::string sector_bridges_html(const Shown& shown) {
    const auto& language = shown.language;
    std::string html;
    for (const auto& bridge : shown.network.bridges) {
        html += "<details class=\"evidence\" id=\"bridge-" + escaped(bridge.partner.id) +
                "\"><summary>" + sector_mark(bridge.sector) + " " +
                escaped(language.of(bridge.sentence)) + " (" +
                std::to_string(bridge.evidence.size()) + ")</summary>" +
                evidence_html(language, shown.reading, bridge.evidence) + "</details>\n";
    }
    return html;
}

std::string bridges_html(const Shown& shown) {
    const auto& language = shown.language;
    std::string people, links;
    for (const auto& node : shown.network.nodes) {
        if (node.articulation) {
            people += "<li>" + shown.mark(node) + shown.entity(node.entity.id) + "</li>";
        }
    }
    for (const auto& edge : shown.network.edges) {
        if (edge.bridge) {
            links += "<li>" + shown.entity(edge.source) + " – " + shown.entity(edge.target) + " " +
                     anchor("#" + edge.id, std::to_string(edge.evidence.size()), "evidence") +
                     "</li>\n";
        }
    }
    const auto list = [&](std::string_view en, std::string_view th, const std::string& items) {
        return items.empty() ? std::string()
                             : "<p>" + std::string(language.say(en, th)) +
                                   "</p><ul class=\"columns\">" + items + "</ul>\n";
    };
    const auto html =
        sector_bridges_html(shown) +
        list("Without these the network falls apart:", "หากขาดรายการเหล่านี้ เครือข่ายจะแยกจากกัน",
             people) +
        list("The only links between two parts:", "ความร่วมมือเดียวที่เชื่อมสองส่วน", links);
    return html.empty() ? html
                        : "<h2 id=\"bridges\">" +
                              std::string(language.say("Bridges", "สะพานเชื่อม")) + "</h2>\n" + html;
}

std::string communities_html(const Shown& shown) {
    std::map<std::string, std::vector<const query::NetworkNode*>> groups;
    for (const auto& node : shown.network.nodes) {
        if (!node.community.empty()) groups[node.community].push_back(&node);
    }
    if (groups.empty()) return {};
    std::string html =
        "<h2 id=\"communities\">" +
        std::string(is_of_partners(shown.network)
                        ? shown.language.say("Groups that work together", "กลุ่มที่ทำงานด้วยกัน")
                        : shown.language.say("Groups that hang together", "กลุ่มที่เชื่อมโยงกัน")) +
        "</h2>\n<ol>";
    for (const auto& [id, members] : groups) {
        html += "<li>";
        for (const auto* member : members) {
            html += "<span class=\"member\">" + shown.mark(*member) +
                    shown.entity(member->entity.id) + (member == members.back() ? "" : " ·") +
                    "</span> ";
        }
        html += "</li>\n";
    }
    return html + "</ol>\n";
}

std::string change_word(const PageLanguage& language, std::string_view change) {
    const auto words = change == "gained" ? language.say("gained", "เพิ่มขึ้น")
                       : change == "lost" ? language.say("lost", "หายไป")
                       : change == "kept" ? language.say("kept", "คงอยู่")
                                          : std::string_view();
    const auto sign = change == "gained" ? "+ " : change == "lost" ? "− " : "";
    return words.empty() ? ""
                         : " <span class=\"" + std::string(change) + "\">" + sign +
                               std::string(words) + "</span>";
}

std::string members_html(const Shown& shown) {
    const auto& language = shown.language;
    const auto& ontology = *shown.reading.ontology;
    const bool partners = is_of_partners(shown.network);
    std::string html =
        "<h2 id=\"members\">" + std::string(language.say("All of them", "ทั้งหมด")) +
        "</h2>\n<div class=\"scrolls\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">" +
        escaped(plural_of(language, ontology, shown.network.lens.node)) +
        (partners ? "</th><th scope=\"col\">" + std::string(language.say("Sector", "ภาคส่วน"))
                  : "") +
        "</th><th scope=\"col\" class=\"number\">" +
        escaped(plural_of(language, ontology, shown.network.lens.via)) +
        "</th><th scope=\"col\" class=\"number\">" +
        std::string(partners ? language.say("Works with", "ร่วมกับ")
                             : language.say("Linked with", "เชื่อมกับ")) +
        "</th><th scope=\"col\" class=\"number\">" +
        std::string(language.say("Between others", "เป็นตัวกลาง")) + "</th></tr></thead><tbody>\n";
    std::string evidence;
    for (const auto& node : shown.network.nodes) {
        const auto id = "in-" + node.entity.id;
        html += "<tr><th scope=\"row\">" + shown.entity(node.entity.id) +
                change_word(language, node.change) + "</th>" +
                (partners ? "<td>" + sector_mark(node.sector) + " " +
                                escaped(shown.sector(node.sector)) + "</td>"
                          : "") +
                "<td class=\"number\">" +
                (node.shares.empty()
                     ? "0"
                     : anchor("#" + id, std::to_string(node.shares.size()), "evidence")) +
                "</td><td class=\"number\">" + std::to_string(node.degree) +
                "</td><td class=\"number\">" + percent(node.betweenness) + "</td></tr>\n";
        if (node.shares.empty()) continue;
        evidence += "<details class=\"evidence\" id=\"" + escaped(id) + "\"><summary>" +
                    escaped(language.of(node.entity.name)) + "</summary>" +
                    evidence_html(language, shown.reading, node.shares) + "</details>\n";
    }
    return html + "</tbody></table></div>\n<section class=\"details of-numbers\">" + evidence +
           "</section>\n";
}

std::string links_html(const Shown& shown) {
    const auto& language = shown.language;
    std::string html =
        "<h2 id=\"links\">" +
        std::string(is_of_partners(shown.network)
                        ? language.say("Who works with whom", "ใครทำงานกับใคร")
                        : language.say("What is linked with what", "สิ่งใดเชื่อมกับสิ่งใด")) +
        "</h2>\n<section class=\"details\">";
    for (const auto& edge : shown.network.edges) {
        const auto count = edge.evidence.size();
        html += "<details class=\"evidence\" id=\"" + escaped(edge.id) + "\"><summary>" +
                shown.name(edge.source) + " – " + shown.name(edge.target) + " (" +
                std::to_string(count) + ")" + change_word(language, edge.change) + "</summary>" +
                evidence_html(language, shown.reading, edge.evidence) +
                (edge.before.empty()
                     ? ""
                     : "<p class=\"quiet\">" + std::string(language.say("Before:", "ก่อนหน้า:")) +
                           "</p>" + evidence_html(language, shown.reading, edge.before)) +
                "</details>\n";
    }
    return html + "</section>\n";
}

std::string to_confirm_html(const Shown& shown) {
    const auto& language = shown.language;
    if (shown.network.to_confirm.empty()) return {};
    std::string html =
        "<h2 id=\"to-confirm\">" +
        std::string(language.say("To confirm: undated, planned or doubtful",
                                 "รอยืนยัน: ไม่ระบุเวลา วางแผน หรือไม่แน่ชัด")) +
        "</h2>\n<p class=\"quiet\">" +
        std::string(language.say("None of these is counted above.", "รายการเหล่านี้ไม่ถูกนับข้างต้น")) +
        "</p><section class=\"details\">";
    for (const auto& edge : shown.network.to_confirm) {
        html += "<details class=\"evidence\"><summary>" + shown.name(edge.source) + " – " +
                shown.name(edge.target) + "</summary>" +
                evidence_html(language, shown.reading, edge.to_confirm) + "</details>\n";
    }
    return html + "</section>\n";
}

std::string changes_html(const Shown& shown) {
    const auto& [language, reading, network] = shown;
    if (!network.earlier) return {};
    std::array<std::size_t, 3> counts{};
    std::string lost, gained;
    for (const auto& node : network.nodes) {
        counts[node.change == "gained" ? 0 : node.change == "lost" ? 1 : 2]++;
        auto& list = node.change == "gained" ? gained : lost;
        if (node.change == "gained" || node.change == "lost") {
            list += "<li>" + shown.mark(node) + shown.entity(node.entity.id) + "</li>";
        }
    }
    const auto part = [&language = language](std::string_view change, std::size_t count,
                                             const std::string& list) {
        return "<h3>" + change_word(language, change) + " " + std::to_string(count) +
               "</h3><ul class=\"columns\">" + list + "</ul>\n";
    };
    const PageLanguage other{std::string(language.other_code()), false};
    const auto periods = [&network = network](const PageLanguage& calendar) {
        return escaped(period_words(calendar, *network.earlier) + " → " +
                       period_words(calendar, network.period));
    };
    return "<h2 id=\"changes\">" + periods(language) + " <small>" + periods(other) +
           "</small></h2>\n" + part("gained", counts[0], gained) + part("lost", counts[1], lost) +
           "<p>" + change_word(language, "kept") + " " + std::to_string(counts[2]) + "</p>\n";
}

/// The same answer as files, and an address that says at which revision it was seen.
std::string downloads_html(const Request& request, const PageLanguage& language,
                           const query::NetworkResult& network) {
    Pairs asked;
    for (const auto& pair : request.query) {
        if (pair.first != "lang" && pair.first != "lens" && pair.first != "rev" &&
            !pair.second.empty()) {
            asked.push_back(pair);
        }
    }
    std::string html = "<p class=\"row downloads files\"><span class=\"quiet\">" +
                       std::string(language.say("Data", "ข้อมูล")) + "</span>";
    for (const auto& [format, words] :
         {std::pair("graphml", "GraphML"), std::pair("gexf", "GEXF"), std::pair("csv", "CSV")}) {
        auto query = asked;
        query.emplace_back("format", format);
        query.emplace_back("limit", "1000");
        html += " " + anchor(link({}, "/v1/networks/" + network.lens.id, query), words);
    }
    auto pinned = asked;
    if (const auto* lens = request.parameter("lens")) pinned.emplace_back("lens", *lens);
    const auto now = std::to_string(network.revision);
    pinned.emplace_back("rev", now);
    html +=
        " · " +
        anchor(link(language, "/network", pinned),
               std::string(language.say("Permanent link, revision ", "ลิงก์ถาวร ฉบับข้อมูลที่ ")) + now) +
        "</p>\n";
    return html + saved_at_html(request, language, network.revision);
}

}  // namespace

Answer network_page(const Request& request, const query::Reading& reading) {
    const auto language = page_language(request);
    Parameters parameters(request);
    query::NetworkQuestion question;
    question.lens = parameters.text("lens", 64);
    if (question.lens.empty()) question.lens = "partners-by-programme";
    question.sectors = parameters.repeated("sector", 50);
    question.themes = parameters.repeated("theme", 50);
    question.min_weight = static_cast<double>(parameters.integer("min_weight", 0, 1'000'000, 1));
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    question.compare_from = parameters.text("compare_from", 10);
    question.compare_to = parameters.text("compare_to", 10);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return query::network(reading, question).map([&](const query::NetworkResult& network) {
        const Shown shown{language, reading, network};
        Page page;
        page.title = language.of(network.lens.name) + " · Khom";
        page.css_class = "wide";
        page.main =
            "<h1>" + escaped(language.of(network.lens.name)) + "</h1>\n" +
            network_asked_html(language, *reading.ontology, question) +
            network_form_html(language, *reading.ontology, question, network.lens) +
            network_figures_html(language, *reading.ontology, network) +
            network_picture_html(language, network) + downloads_html(request, language, network) +
            (is_of_partners(network) ? sector_legend_html(language, *reading.ontology, network)
                                     : "") +
            changes_html(shown) + gaps_html(shown) + mixing_html(shown) + bridges_html(shown) +
            communities_html(shown) + members_html(shown) + links_html(shown) +
            to_confirm_html(shown);
        return page_response(request, language, page);
    });
}

}  // namespace khom::server
