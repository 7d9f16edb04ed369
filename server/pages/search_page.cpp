#include "query/search.h"

#include <array>

#include "server/pages/pages.h"
#include "server/pages/parts.h"
#include "server/pages/search_parts.h"
#include "server/parameters.h"

namespace khom::server {

namespace {

constexpr std::array<std::string_view, 6> examples = {"ยี่เป็ง",  "yee peng",      "คลองแม่ข่า",
                                                      "ล้านนา", "learning city", "พ.ศ. 2567"};

std::string hidden_language(const PageLanguage& language) {
    return language.chosen ? "<input type=\"hidden\" name=\"lang\" value=\"" + language.code + "\">"
                           : "";
}

std::string example_links(const PageLanguage& language) {
    std::string html = "<p class=\"examples\"><span class=\"quiet\">" +
                       std::string(language.say("Try", "ลองค้น")) + "</span> ";
    for (const auto example : examples) {
        html += anchor(link(language, "/search", {{"q", std::string(example)}}), example) + " ";
    }
    return html + "</p>\n";
}

std::string kind_links(const PageLanguage& language, const query::Reading& reading) {
    std::string html = "<ul class=\"kinds\">";
    for (const auto& kind : reading.ontology->kinds) {
        const auto label = reading.graph().label(kind.label);
        const auto count = label ? reading.graph().count(*label) : 0;
        html += "<li>" +
                anchor(link(language, "/search", {{"kind", kind.id}, {"sort", "name"}}),
                       language.of(kind.many) + " " + std::to_string(count)) +
                "</li>";
    }
    return html + "</ul>\n";
}

std::string highlight_of(const query::SearchHit& hit, std::initializer_list<const char*> fields) {
    for (const auto* field : fields) {
        const auto found = hit.highlights.find(field);
        if (found != hit.highlights.end() && !found->second.empty()) {
            return found->second;
        }
    }
    return {};
}

/// A sentence to show: the passage that matched, else the summary; in the reader's language where
/// there is one.
std::string passage_html(const PageLanguage& language, const query::SearchHit& hit) {
    const auto passage = [&](bool thai) {
        const auto words = thai ? highlight_of(hit, {"summary.th", "text.th"})
                                : highlight_of(hit, {"summary.en", "text.en"});
        return words.empty() ? words
                             : "<p lang=\"" + std::string(thai ? "th" : "en") + "\">" +
                                   marked(words) + "</p>";
    };
    if (auto own = passage(language.thai()); !own.empty()) return own;
    const auto& own = language.thai() ? hit.summary.th : hit.summary.en;
    if (!own.empty()) return in_language(language.code, own, "p");
    if (auto other = passage(!language.thai()); !other.empty()) return other;
    return in_language(language.other_code(), language.of(hit.summary), "p");
}

/// Where the words stood: "name.th", "aliases.en", "summary.th", …
std::string_view found_in(const PageLanguage& language, std::string_view field) {
    const auto part = field.substr(0, field.find('.'));
    if (part == "name") return language.say("in its name", "พบในชื่อ");
    if (part == "aliases") return language.say("in another name", "พบในชื่ออื่น");
    if (part == "summary") return language.say("in its summary", "พบในคำอธิบาย");
    return language.say("in what is said of it", "พบในข้อความที่เกี่ยวข้อง");
}

std::string why_html(const PageLanguage& language, const query::SearchHit& hit) {
    const auto alias = highlight_of(hit, {"aliases.th", "aliases.en", "aliases.other"});
    std::string html;
    if (!alias.empty()) {
        html +=
            "<span>" + std::string(language.say("also", "อีกชื่อ")) + " " + marked(alias) + "</span>";
    }
    const auto say = [&](std::string_view en, std::string_view th) {
        html += "<span>" + std::string(language.say(en, th)) + "</span>";
    };
    if (hit.how == "romanised") {
        say("found by its sound", "พบจากเสียงอ่าน");
    } else if (hit.how == "typo") {
        say("found by a similar spelling", "พบจากการสะกดใกล้เคียง");
    } else if (hit.how == "keyboard") {
        say("found by the other keyboard layout", "พบจากแป้นพิมพ์อีกภาษา");
    } else if (hit.how == "semantic" || hit.how == "synonym") {
        say("found by its meaning", "พบจากความหมาย");
    } else if (alias.empty() && (hit.how == "exact" || hit.how == "prefix")) {
        html += "<span>" + std::string(found_in(language, hit.field)) + "</span>";
    } else if (hit.how == "era") {
        say("found by the year in the other calendar", "พบจากปีในอีกศักราช");
    }
    return html;
}

std::string hit_html(const PageLanguage& language, const query::Reading& reading,
                     const query::SearchHit& hit) {
    const auto shown =
        language.thai() ? highlight_of(hit, {"name.th"}) : highlight_of(hit, {"name.en"});
    const auto other =
        language.thai() ? highlight_of(hit, {"name.en"}) : highlight_of(hit, {"name.th"});
    const auto& name = hit.entity.name;
    const bool has_own = !(language.thai() ? name.th : name.en).empty();
    const auto title = shown.empty() || !has_own
                           ? name_html(language, name)
                           : "<span lang=\"" + language.code + "\">" + marked(shown) + "</span>";
    std::string html = "<li><h2><a href=\"" + escaped(entity_link(language, hit.entity.id)) +
                       "\">" + title + "</a></h2><div class=\"meta\">" +
                       kind_html(language, *reading.ontology, hit.entity.kind, hit.subtype);
    if (!language.other(name).empty()) {
        html += "<span lang=\"" + std::string(language.other_code()) + "\">" +
                (other.empty() ? escaped(language.other(name)) : marked(other)) + "</span>";
    }
    if (hit.time) {
        html += time_html(language, *hit.time);
    }
    if (hit.distance_m) {
        html += "<span>" + distance_words(language, *hit.distance_m) + "</span>";
    }
    if (hit.hops && *hit.hops > 1) {
        const auto steps = std::to_string(*hit.hops);
        html += "<span>" + (language.thai() ? "ห่าง " + steps + " ขั้น" : steps + " steps away") +
                "</span>";
    }
    return html + why_html(language, hit) + "</div>" + passage_html(language, hit) +
           explained_html(language, hit) + "</li>\n";
}

std::string nothing_html(const PageLanguage& language, const query::SearchQuestion& question) {
    const bool narrowed = !question.kinds.empty() || !question.filters.empty() ||
                          !question.from.empty() || !question.to.empty() ||
                          !question.near.empty() || !question.bbox.empty() ||
                          !question.linked_to.empty();
    std::string html = "<h1>" + std::string(language.say("Nothing is found", "ไม่พบข้อมูล"));
    if (!question.text.empty()) {
        html += std::string(language.say(" for ", "สำหรับ ")) + "“" + escaped(question.text) + "”";
    }
    html += "</h1><p class=\"lead\">";
    if (narrowed) {
        html += std::string(language.say("Nothing fits with these filters. ",
                                         "ไม่มีข้อมูลที่ตรงกับตัวกรองเหล่านี้ ")) +
                anchor(link(language, "/search", {{"q", question.text}}),
                       language.say("Search without filters", "ค้นหาโดยไม่ใช้ตัวกรอง"));
    } else {
        html += std::string(
            language.say("Try fewer or other words, the other language, or the name as it sounds: "
                         "“yi peng”, “ยี่เป็ง” and “yee peng” find the same.",
                         "ลองใช้คำน้อยลงหรือคำอื่น อีกภาษาหนึ่ง หรือสะกดตามเสียง เช่น “ยี่เป็ง” “yi peng” และ "
                         "“yee peng” พบสิ่งเดียวกัน"));
    }
    return html + "</p>\n" + example_links(language);
}

query::SearchQuestion question_of(Parameters& parameters, const PageLanguage& language) {
    query::SearchQuestion question;
    read_search_filters(parameters, question);
    question.kinds = parameters.repeated("kind", 8);
    question.facets = {"kind", "sector", "theme", "place", "year"};
    question.explain = !question.text.empty();
    question.sort =
        parameters.one_of("sort", {"relevance", "name", "start", "-start", "distance", "degree"});
    question.lang = language.code;
    question.cursor = parameters.text("cursor", 512);
    return question;
}

std::string did_you_mean_html(const Request& request, const PageLanguage& language,
                              const query::SearchResult& result) {
    if (!result.did_you_mean) {
        return {};
    }
    return "<p class=\"did-you-mean\">" + std::string(language.say("Did you mean", "คุณหมายถึง")) +
           " " +
           anchor(changed(request, "q", result.did_you_mean->text, Change::replace),
                  result.did_you_mean->text) +
           "? " + reason_html(language, result.did_you_mean->why) + "</p>\n";
}

std::string heading_html(const PageLanguage& language, const query::SearchResult& result) {
    const auto count = std::to_string(result.total);
    const auto words = language.thai() ? "พบ " + count + " รายการ"
                                       : count + (result.total == 1 ? " result" : " results");
    return "<h1 class=\"quiet\">" + words +
           (result.text.empty() ? ""
                                : std::string(language.say(" for ", " สำหรับ ")) + "“" +
                                      escaped(result.text) + "”") +
           "</h1>\n";
}

/// The slider of years, with how many there would be of each: that count leaves the window itself
/// out.
std::string window_html(const Request& request, const PageLanguage& language,
                        const query::Reading& reading, query::SearchQuestion question) {
    YearWindow window{question.from, question.to, {}};
    question.from.clear();
    question.to.clear();
    question.cursor.clear();
    question.limit = 0;
    question.facets = {"year"};
    if (const auto counted = query::search(reading, question)) {
        const auto years = counted->facets.find("year");
        if (years != counted->facets.end()) {
            for (const auto& year : years->second) {
                window.counts[std::atoi(year.value.c_str())] = year.count;
            }
        }
    }
    Pairs kept;
    for (const auto& pair : request.query) {
        if (pair.first != "from" && pair.first != "to" && pair.first != "cursor") {
            kept.push_back(pair);
        }
    }
    return "<form class=\"window\" action=\"/search\"><h2>" +
           std::string(language.say("When", "เมื่อใด")) + "</h2>" + hidden_inputs(kept) +
           year_window_html(language, window) + "<button>" +
           std::string(language.say("Apply", "ใช้")) + "</button></form>\n";
}

std::string view_switch_html(const Request& request, const PageLanguage& language, bool as_map) {
    const auto one = [&](std::string_view value, std::string_view words, bool current) {
        return current
                   ? "<span aria-current=\"true\">" + std::string(words) + "</span>"
                   : anchor(changed(request, "view", std::string(value), Change::replace), words);
    };
    return "<p class=\"views\"><a class=\"to-facets\" href=\"#facets\">" +
           std::string(language.say("Filters", "ตัวกรอง")) + "</a>" +
           one("list", language.say("List", "รายการ"), !as_map) +
           one("map", language.say("Map", "แผนที่"), as_map) + "</p>";
}

/// How the results may be ordered; the first where nothing is chosen.
std::string order_html(const Request& request, const PageLanguage& language,
                       const query::SearchQuestion& question) {
    struct Order {
        std::string_view id, en, th;
    };
    constexpr std::array<Order, 5> orders = {{{"relevance", "best first", "ตรงที่สุดก่อน"},
                                              {"distance", "nearest first", "ใกล้สุดก่อน"},
                                              {"name", "by name", "ตามชื่อ"},
                                              {"start", "oldest first", "เก่าสุดก่อน"},
                                              {"-start", "newest first", "ใหม่สุดก่อน"}}};
    std::string html = "<p class=\"orders\">";
    for (const auto& order : orders) {
        if (order.id == "relevance" && question.text.empty()) continue;
        if (order.id == "distance" && question.near.empty()) continue;
        const auto words = language.say(order.en, order.th);
        html +=
            question.sort == order.id
                ? "<span aria-current=\"true\">" + std::string(words) + "</span>"
                : anchor(changed(request, "sort", std::string(order.id), Change::replace), words);
    }
    return html + "</p>";
}

std::string map_html(const PageLanguage& language, const query::Reading& reading,
                     const query::SearchResult& result, const std::optional<MapTiles>& tiles) {
    std::vector<MapPoint> points;
    for (const auto& hit : result.hits) {
        if (const auto point = map_point(reading, hit.entity)) points.push_back(*point);
    }
    const auto map = city_map_html(language, points, MapSize::large, tiles);
    return map.empty() ? "<p class=\"notice\">" +
                             std::string(language.say("None of these has a place on the map.",
                                                      "ไม่มีรายการใดมีตำแหน่งบนแผนที่")) +
                             "</p>"
                       : map;
}

}  // namespace

Answer home_page(const Request& request, const query::Reading& reading) {
    const auto language = page_language(request);
    Page page;
    page.title = language.thai() ? "โคม · เมืองแห่งการเรียนรู้" : "Khom · a learning city's lantern";
    page.header_search = false;
    page.css_class = "home";
    page.main =
        "<h1>" + std::string(language.say("Chiang Mai learns", "เชียงใหม่ เมืองแห่งการเรียนรู้")) +
        "</h1>\n<p class=\"lead\">" +
        std::string(language.say("Its people, places, objects, programmes and partners, how they "
                                 "are connected, and who says so.",
                                 "ผู้คน สถานที่ สิ่งของ กิจกรรม และภาคี เชื่อมโยงกันอย่างไร และใครกล่าวไว้")) +
        "</p>\n<form class=\"big-search\" role=\"search\" action=\"/search\">" +
        hidden_language(language) +
        "<span class=\"combobox\"><input type=\"search\" name=\"q\" maxlength=\"512\" autofocus "
        "aria-label=\"" +
        std::string(language.say("Search in Thai, English or romanised Thai",
                                 "ค้นหาเป็นไทย อังกฤษ หรือไทยอักษรโรมัน")) +
        "\" placeholder=\"ยี่เป็ง · yee peng · lantern\"></span><button>" +
        std::string(language.say("Search", "ค้นหา")) + "</button></form>\n" +
        example_links(language) + "<h2>" + std::string(language.say("Or look around", "หรือเลือกดู")) +
        "</h2>\n" + kind_links(language, reading) + "<p>" +
        anchor(link(language, "/connections",
                    {{"source", "partner:chang-moi-community"}, {"target", "place:mae-kha-canal"}}),
               language.say("How are the Chang Moi community and the Mae Kha canal connected?",
                            "ชุมชนช้างม่อยกับคลองแม่ข่าเชื่อมโยงกันอย่างไร")) +
        "</p>\n";
    return page_response(request, language, page);
}

Answer search_page(const Request& request, const query::Reading& reading,
                   const PageSetting& setting) {
    const auto language = page_language(request);
    Parameters parameters(request);
    auto question = question_of(parameters, language);
    const bool as_map = parameters.one_of("view", {"list", "map"}) == "map";
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    if (as_map) question.limit = 250;
    return query::search(reading, question).map([&](const query::SearchResult& result) {
        Page page;
        page.title =
            (question.text.empty() ? std::string(language.say("Browse", "เลือกดู")) : question.text) +
            " · Khom";
        page.search_text = question.text;
        page.css_class = "wide";
        if (as_map && setting.tiles) page.image_origin = setting.tiles->origin;
        const auto window = window_html(request, language, reading, question);
        if (result.hits.empty()) {
            page.main = did_you_mean_html(request, language, result) +
                        chosen_html(request, language, reading, question) +
                        nothing_html(language, question) +
                        (question.from.empty() && question.to.empty() ? "" : window);
            return page_response(request, language, page);
        }
        page.main = "<div class=\"results-head\">" + heading_html(language, result) +
                    view_switch_html(request, language, as_map) + "</div>" +
                    did_you_mean_html(request, language, result) +
                    chosen_html(request, language, reading, question) +
                    "<div class=\"results\"><aside class=\"facets\" id=\"facets\" aria-label=\"" +
                    std::string(language.say("Filters", "ตัวกรอง")) + "\">" + window +
                    facets_html(request, language, result) + "</aside><div>" +
                    (as_map ? map_html(language, reading, result, setting.tiles) : "") +
                    order_html(request, language, question) + "<ol class=\"hits\">\n";
        for (const auto& hit : result.hits) {
            page.main += hit_html(language, reading, hit);
        }
        page.main += "</ol>";
        if (!result.next_cursor.empty()) {
            page.main += anchor(changed(request, "cursor", result.next_cursor, Change::replace),
                                language.say("More results", "ดูเพิ่มเติม"), "more");
        }
        page.main += "</div></div>\n";
        return page_response(request, language, page);
    });
}

}  // namespace khom::server
