#include "query/entity.h"

#include <array>
#include <cmath>
#include <cstdint>

#include "corpus/undo.h"

#include "server/json.h"
#include "server/pages/html.h"
#include "server/pages/pages.h"
#include "server/pages/parts.h"
#include "server/pages/sources.h"
#include "server/url.h"

namespace khom::server {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : " · ") + word;
    }
    return text;
}

/// "30,000", as both languages write it; four digits stand as they are, since they may be a year.
std::string grouped(std::int64_t number) {
    auto text = std::to_string(number);
    const std::size_t first = text.front() == '-' ? 1 : 0;
    if (text.size() - first < 5) return text;
    for (auto at = text.size() - 3; at > first; at -= at < 3 ? at : 3) text.insert(at, ",");
    return text;
}

std::string value_text(const graph::Value& value) {
    using graph::ValueKind;
    switch (value.kind()) {
        case ValueKind::string:
            return std::string(value.string());
        case ValueKind::integer:
            return grouped(value.integer());
        case ValueKind::boolean:
            return value.boolean() ? "✓" : "✗";
        case ValueKind::list: {
            std::vector<std::string> items;
            for (const auto& item : value.list()) {
                items.push_back(value_text(item));
            }
            return joined(items);
        }
        case ValueKind::floating: {
            const double number = value.floating();
            if (number == std::floor(number) && std::abs(number) < 1e15) {
                return grouped(static_cast<std::int64_t>(number));
            }
            auto text = std::to_string(number);
            text.erase(text.find_last_not_of('0') + 1);
            return text.back() == '.' ? text + "0" : text;
        }
        case ValueKind::null:
        case ValueKind::map:
        case ValueKind::date:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            return {};
    }
    return {};
}

std::string fact(std::string_view term, const std::string& description_html) {
    return description_html.empty()
               ? ""
               : "<dt>" + escaped(term) + "</dt><dd>" + description_html + "</dd>\n";
}

bool ends_in(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// "th" and "en" in words; other codes as they are.
std::string language_words(const PageLanguage& language, const std::string& code) {
    if (code == "th") return std::string(language.say("Thai", "ไทย"));
    if (code == "en") return std::string(language.say("English", "อังกฤษ"));
    return code;
}

/// A closed list's word in the reader's language; other values as they are.
std::string attribute_html(const PageLanguage& language, const graph::Ontology& ontology,
                           const query::AttributeView& attribute) {
    const auto text = value_text(attribute.value);
    if (attribute.name == "sector" || attribute.name == "scope") {
        const auto& terms = attribute.name == "sector" ? ontology.sectors : ontology.scopes;
        return escaped(language.of(graph::Ontology::wording(terms, text)));
    }
    if (attribute.name == "licence") return escaped(licence_words(language, text));
    if (attribute.name == "language") return escaped(language_words(language, text));
    if (text.substr(0, 8) == "https://" || text.substr(0, 7) == "http://") {
        return "<a rel=\"noreferrer\" href=\"" + escaped(text) + "\">" + escaped(text) + "</a>";
    }
    const auto code = ends_in(attribute.name, "_th")   ? "th"
                      : ends_in(attribute.name, "_en") ? "en"
                                                       : language.code;
    return in_language(code, text);
}

std::string same_as_html(const std::vector<std::string>& addresses) {
    std::string html;
    for (const auto& address : addresses) {
        const bool web = address.substr(0, 4) == "http";
        html += (html.empty() ? "" : "<br>") +
                (web ? "<a rel=\"noreferrer\" href=\"" + escaped(address) + "\">" +
                           escaped(address) + "</a>"
                     : escaped(address));
    }
    return html;
}

std::string facts_html(const PageLanguage& language, const query::Reading& reading,
                       const query::EntityView& entity) {
    std::string html;
    if (entity.time) {
        html += fact(language.say("Time", "เวลา"), time_html(language, *entity.time));
    }
    auto aliases = in_language("th", joined(entity.aliases_th));
    for (const auto& more : {in_language("en", joined(entity.aliases_en)),
                             in_language("nod", joined(entity.aliases_other))}) {
        aliases += (aliases.empty() || more.empty() ? "" : "<br>") + more;
    }
    html += fact(language.say("Other names", "ชื่ออื่น"), aliases);
    for (const auto& attribute : entity.attributes) {
        const auto& words = language.of(attribute.wording);
        html += fact(words.empty() ? attribute.name : words,
                     attribute_html(language, *reading.ontology, attribute));
    }
    if (entity.point) {
        const auto lat = value_text(graph::Value(entity.point->lat));
        const auto lon = value_text(graph::Value(entity.point->lon));
        html +=
            fact(language.say("Where", "ที่ตั้ง"),
                 "<a rel=\"noreferrer\" href=\"https://www.openstreetmap.org/?mlat=" + lat +
                     "&amp;mlon=" + lon + "#map=17/" + lat + "/" + lon + "\">" + lat + ", " + lon +
                     "</a>" +
                     (entity.point->certainty == "approx"
                          ? " <span class=\"flag\">" +
                                std::string(language.say("approximate", "โดยประมาณ")) + "</span>"
                          : ""));
    }
    html += fact(language.say("Elsewhere", "ที่อื่น"), same_as_html(entity.same_as));
    return html.empty() ? html : "<dl class=\"facts\">\n" + html + "</dl>\n";
}

std::string statement_html(const PageLanguage& language, const query::Reading& reading,
                           const query::StatementView& statement, CitedSources& sources) {
    auto html = "<li id=\"" + escaped(statement.id) + "\"><a href=\"" +
                escaped(entity_link(language, statement.target.id)) + "\">" +
                name_html(language, statement.target.name) + "</a> " +
                in_language(language.other_code(), language.other(statement.target.name), "small");
    const auto& role =
        language.thai() && !statement.role_th.empty() ? statement.role_th : statement.role;
    if (!role.empty()) {
        html += " <span class=\"quiet\">" + escaped(role) + "</span>";
    }
    if (statement.time) {
        html += " " + time_html(language, *statement.time);
        if (statement.time->from_programme) {
            html += " <small>" +
                    std::string(language.say("(the programme's time)", "(เวลาของกิจกรรม)")) +
                    "</small>";
        }
    }
    html +=
        flags_html(language, *reading.ontology, statement) + " " + sources.cite(statement.sources);
    if (!statement.note.empty()) {
        html += "<br><small>" + escaped(statement.note) + "</small>";
    }
    return html + "</li>\n";
}

std::string statements_html(const PageLanguage& language, const query::Reading& reading,
                            const query::EntityView& entity, CitedSources& sources) {
    std::string html;
    std::string group;
    for (const auto& statement : entity.statements) {
        // What reads the same both ways ("is next to") is one group.
        const auto& key = language.of(statement.wording);
        if (key != group) {
            html += (group.empty() ? "" : "</ul>\n") + std::string("<h3>") + escaped(key) + " " +
                    in_language(language.other_code(), language.other(statement.wording), "small") +
                    "</h3>\n<ul class=\"statements\">\n";
            group = key;
        }
        html += statement_html(language, reading, statement, sources);
    }
    if (group.empty()) {
        return "<p class=\"quiet\">" +
               std::string(language.say("Nothing is recorded yet that links this to anything else.",
                                        "ยังไม่มีข้อมูลที่เชื่อมโยงสิ่งนี้กับสิ่งอื่น")) +
               "</p>\n";
    }
    return html + "</ul>\n";
}

std::string open_graph_html(const PageLanguage& language, const query::EntityView& entity,
                            const std::string& base_url) {
    const auto meta = [](std::string_view name, std::string_view content) {
        return content.empty() ? std::string()
                               : "<meta property=\"og:" + std::string(name) + "\" content=\"" +
                                     escaped(content) + "\">\n";
    };
    return meta("title", language.of(entity.ref.name)) + meta("type", "article") +
           meta("site_name", "Khom · โคม") + meta("description", language.of(entity.summary)) +
           meta("url", base_url + "/entities/" + percent_encoded(entity.ref.id)) +
           meta("locale", language.thai() ? "th_TH" : "en_GB") +
           meta("locale:alternate", language.thai() ? "en_GB" : "th_TH") +
           (language.of(entity.summary).empty()
                ? ""
                : "<meta name=\"description\" content=\"" + escaped(language.of(entity.summary)) +
                      "\">\n");
}

std::string head_html(const PageLanguage& language, const query::Reading& reading,
                      const query::EntityView& entity, const std::string& base_url) {
    const auto id = percent_encoded(entity.ref.id);
    return "<link rel=\"canonical\" href=\"/id/" + id +
           "\">\n<link rel=\"alternate\" type=\"application/json\" href=\"/v1/entities/" + id +
           "\">\n" + open_graph_html(language, entity, base_url) +
           json_ld_block(entity, *reading.ontology, base_url) + wording_block(*reading.ontology);
}

/// The search's `near` for what one can walk to.
std::string around(const query::Point& point) {
    std::array<char, 64> text{};
    const int length =
        std::snprintf(text.data(), text.size(), "%.6f,%.6f,500", point.lat, point.lon);
    return {text.data(), static_cast<std::size_t>(length)};
}

/// Beside the statements: the picture of what is near, the place, the way on in time.
std::string aside_html(const PageLanguage& language, const query::EntityView& entity,
                       const std::optional<MapTiles>& tiles) {
    const auto& id = entity.ref.id;
    const auto graph = link(language, "/graph", {{"id", id}});
    std::string html =
        "<aside class=\"about\"><h2>" + std::string(language.say("Near it", "ใกล้กัน")) +
        "</h2>\n<khom-graph compact node=\"" + escaped(id) + "\"></khom-graph>\n<p>" +
        anchor(graph, language.say("Explore as a graph", "สำรวจเป็นกราฟ")) + " · " +
        anchor(link(language, "/timeline", {{"entity", id}}), language.say("In time", "ตามเวลา")) +
        " · " +
        anchor(link(language, "/search", {{"linked_to", id}}),
               language.say("Search what is linked to it", "ค้นหาในสิ่งที่เชื่อมโยง")) +
        "</p>\n";
    if (entity.point) {
        html += "<h2>" + std::string(language.say("On the map", "บนแผนที่")) + "</h2>\n" +
                city_map_html(language,
                              {{entity.ref, entity.point->lat, entity.point->lon,
                                entity.point->certainty != "approx"}},
                              MapSize::small, tiles) +
                "<p>" +
                anchor(link(language, "/search",
                            {{"near", around(*entity.point)}, {"sort", "distance"}}),
                       language.say("What is within 500 m", "สิ่งที่อยู่ในระยะ 500 เมตร")) +
                "</p>\n";
    }
    return html + "</aside>\n";
}

/// Filled by the script, from the log; nothing where there is none.
std::string history_html(const std::string& id) {
    return "<khom-history node=\"" + escaped(id) + "\"></khom-history>";
}

std::string take_away_html(const PageLanguage& language, const query::EntityView& entity,
                           const std::string& base_url) {
    const auto address = base_url + "/id/" + percent_encoded(entity.ref.id);
    const auto citation =
        language.of(entity.ref.name) + ". " +
        std::string(language.say("Khom, knowledge graph of Chiang Mai's learning city, revision ",
                                 "โคม กราฟความรู้เมืองแห่งการเรียนรู้เชียงใหม่ ฉบับข้อมูลที่ ")) +
        std::to_string(entity.revision) + ". " + address;
    const auto data = "/v1/entities/" + percent_encoded(entity.ref.id);
    struct Format {
        std::string_view words, query;
    };
    constexpr std::array<Format, 5> formats = {{{"JSON", ""},
                                                {"JSON-LD", "?format=jsonld"},
                                                {"Turtle", "?format=turtle"},
                                                {"GraphML", "?format=graphml"},
                                                {"GEXF", "?format=gexf"}}};
    std::string html =
        "<h2>" + std::string(language.say("Cite and take away", "อ้างอิงและนำไปใช้")) +
        "</h2>\n<p class=\"citation\" id=\"citation\">" + escaped(citation) +
        "</p><p><khom-copy for=\"citation\"></khom-copy></p>\n<p class=\"row files\">" +
        std::string(language.say("With all that is said of it:", "พร้อมทุกข้อความที่กล่าวถึง:"));
    for (const auto& format : formats) {
        html += " " + anchor(data + std::string(format.query), format.words);
    }
    return html + " · " +
           anchor(data + "/neighbours?limit=250",
                  language.say("Neighbours (JSON)", "สิ่งที่อยู่ใกล้ (JSON)")) +
           "</p>\n";
}

}  // namespace

Answer entity_page(const Request& request, const query::Reading& reading, const std::string& id,
                   const PageSetting& setting) {
    const auto& base_url = setting.base_url;
    const auto language = page_language(request);
    if (const auto merged = corpus::current_id(reading.graph(), id); merged != id) {
        const auto location = entity_link(language, merged);
        return Response{
            301, "text/plain; charset=utf-8", location + "\n", {{"Location", location}}};
    }
    return query::entity(reading, id).map([&](const query::EntityView& entity) {
        CitedSources sources(language);
        Page page;
        page.title = language.of(entity.ref.name) + " · Khom";
        page.css_class = "wide";
        if (entity.point && setting.tiles) page.image_origin = setting.tiles->origin;
        page.head = head_html(language, reading, entity, base_url);
        page.main =
            "<h1>" + name_html(language, entity.ref.name) + "</h1>\n" +
            in_language(language.other_code(), language.other(entity.ref.name), "p", "other-name") +
            "<div class=\"meta\">" +
            kind_html(language, *reading.ontology, entity.ref.kind, entity.subtype) + "<code>" +
            escaped(id) + "</code> " + sources.cite(entity.sources) + "</div>\n";
        const auto& summary = language.of(entity.summary);
        page.main +=
            in_language(&summary == &entity.summary.th ? "th" : "en", summary, "p", "lead");
        page.main +=
            in_language(language.other_code(), language.other(entity.summary), "p", "quiet");
        // Sources are numbered as they are cited: the list is written when all have been.
        const auto statements = statements_html(language, reading, entity, sources);
        page.main += "<div class=\"beside\"><div>" + facts_html(language, reading, entity) +
                     "<h2>" + std::string(language.say("What it is linked to", "ความเชื่อมโยง")) +
                     "</h2>\n" + statements + "<section class=\"connect\"><h2>" +
                     std::string(language.say("How is it connected to …", "สิ่งนี้เชื่อมโยงอย่างไรกับ …")) +
                     "</h2>\n" +
                     connect_form_html(language, {id, language.of(entity.ref.name)}, {}) +
                     "</section></div>" + aside_html(language, entity, setting.tiles) + "</div>\n" +
                     sources.list_html(reading) + take_away_html(language, entity, base_url) +
                     history_html(id);
        return page_response(request, language, page);
    });
}

}  // namespace khom::server
