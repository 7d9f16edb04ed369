#include "server/pages/html.h"

#include <array>
#include <cstdint>

#include "server/pages/assets.h"
#include "server/pages/whole_words.h"
#include "server/parameters.h"
#include "server/url.h"

namespace khom::server {

namespace {

/// Length in bytes of a character at `at` that a reader cannot see and that could disguise text; 0
/// if it is none: controls but tab and line feed, U+061C, U+200E/F, U+202A–E, U+2066–9.
std::size_t disguise(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<std::uint8_t>(text[at + i]) : std::uint8_t{0};
    };
    if ((byte(0) < 0x20 && byte(0) != '\t' && byte(0) != '\n') || byte(0) == 0x7F) {
        return 1;
    }
    if ((byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) ||
        (byte(0) == 0xD8 && byte(1) == 0x9C)) {
        return 2;
    }
    const bool general_punctuation = byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81);
    const auto last = byte(2);
    const bool low =
        byte(1) == 0x80 && (last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE));
    const bool high = byte(1) == 0x81 && last >= 0xA6 && last <= 0xA9;
    return general_punctuation && (low || high) ? 3 : 0;
}

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
    }
}

bool begins(std::string_view text, std::size_t at, std::string_view what) {
    return text.compare(at, what.size(), what) == 0;
}

std::string language_switch(const Request& request, const PageLanguage& language) {
    const auto path = request.target.substr(0, request.target.find('?'));
    std::string items;
    for (const std::string_view code : {"th", "en"}) {
        const auto words = code == "th" ? "ไทย" : "English";
        if (code == language.code) {
            items += "<span lang=\"" + std::string(code) + "\" aria-current=\"true\">" + words +
                     "</span>";
            continue;
        }
        std::string target = path + "?";
        for (const auto& [name, value] : request.query) {
            if (name != "lang") {
                target += percent_encoded(name) + "=" + percent_encoded(value) + "&";
            }
        }
        target += "lang=" + std::string(code);
        items += "<a lang=\"" + std::string(code) + "\" hreflang=\"" + std::string(code) +
                 "\" href=\"" + escaped(target) + "\">" + words + "</a>";
    }
    return "<div class=\"languages\">" + items + "</div>";
}

std::string navigation_html(const Request& request, const PageLanguage& language) {
    struct Place {
        std::string_view path, en, th;
    };
    constexpr std::array places = {
        Place{"/connections", "Connections", "ความเชื่อมโยง"},
        Place{"/graph", "Graph", "กราฟ"},
        Place{"/network", "Partners", "ภาคี"},
        Place{"/timeline", "Timeline", "เวลา"},
        Place{"/map", "Map", "แผนที่"},
        Place{"/dossier", "Dossier", "รายงาน"},
    };
    const auto path = request.target.substr(0, request.target.find('?'));
    std::string html =
        "<nav aria-label=\"" + std::string(language.say("Ways to look", "วิธีดู")) + "\">";
    for (const auto& place : places) {
        html += "<a href=\"" + escaped(link(language, place.path)) + "\"" +
                (path == place.path ? " aria-current=\"page\"" : "") + ">" +
                std::string(language.say(place.en, place.th)) + "</a>";
    }
    return html + "</nav>";
}

std::string header_html(const Request& request, const PageLanguage& language, const Page& page) {
    std::string html = "<a class=\"skip\" href=\"#main\">" +
                       std::string(language.say("Skip to content", "ข้ามไปยังเนื้อหา")) +
                       "</a>\n<header><a class=\"brand\" href=\"" + escaped(link(language, "/")) +
                       "\"><img src=\"/assets/lantern.svg\" alt=\"\" width=\"28\" height=\"36\">"
                       "<span lang=\"th\">โคม</span> <span lang=\"en\">Khom</span></a>";
    if (page.header_search) {
        html += "<form class=\"small-search\" role=\"search\" aria-label=\"" +
                std::string(language.say("Khom", "โคม")) + "\" action=\"/search\">";
        if (language.chosen) {
            html += "<input type=\"hidden\" name=\"lang\" value=\"" + language.code + "\">";
        }
        html +=
            "<span class=\"combobox\"><input type=\"search\" name=\"q\" maxlength=\"512\" "
            "value=\"" +
            escaped(page.search_text) + "\" aria-label=\"" +
            std::string(language.say("Search", "ค้นหา")) + "\"></span><button>" +
            std::string(language.say("Search", "ค้นหา")) + "</button></form>";
    }
    return html + navigation_html(request, language) + language_switch(request, language) +
           "</header>\n";
}

std::string footer_html(const PageLanguage& language) {
    return "<footer><p>" +
           std::string(language.say(
               "Every statement names its source. Coordinates © OpenStreetMap contributors (ODbL).",
               "ทุกข้อความบอกแหล่งที่มา พิกัด © ผู้มีส่วนร่วม OpenStreetMap (ODbL)")) +
           "</p><p>" +
           anchor(link(language, "/about"), language.say("About and help", "เกี่ยวกับและวิธีใช้")) +
           " · " + anchor(link(language, "/cypher"), "Cypher") + " · " +
           anchor(link(language, "/widget"),
                  language.say("Search box for your site", "ช่องค้นหาสำหรับเว็บไซต์ของคุณ")) +
           " · " + anchor(link(language, "/curate"), language.say("Curators", "ผู้ดูแลข้อมูล")) + " · " +
           anchor("/v1/openapi.json", "API") + "</p></footer>\n";
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (const auto length = disguise(text, at); length > 0) {
            out += "\xEF\xBF\xBD";
            at += length - 1;
        } else {
            append_escaped(out, text[at]);
        }
    }
    return out;
}

std::string marked(std::string_view highlight) {
    static constexpr std::array<std::string_view, 7> kept = {"<mark>", "</mark>", "&amp;", "&lt;",
                                                             "&gt;",   "&quot;",  "&#39;"};
    std::string out;
    for (std::size_t at = 0; at < highlight.size();) {
        std::size_t step = 0;
        for (const auto token : kept) {
            if (begins(highlight, at, token)) {
                out += token;
                step = token.size();
                break;
            }
        }
        if (step == 0) {
            step = std::max<std::size_t>(disguise(highlight, at), 1);
            out += escaped(highlight.substr(at, step));
        }
        at += step;
    }
    return out;
}

const std::string& PageLanguage::of(const graph::Wording& words) const {
    const auto& first = thai() ? words.th : words.en;
    return first.empty() ? (thai() ? words.en : words.th) : first;
}

const std::string& PageLanguage::other(const graph::Wording& words) const {
    static const std::string none;
    const bool both = !words.th.empty() && !words.en.empty() && words.th != words.en;
    return both ? (thai() ? words.en : words.th) : none;
}

PageLanguage page_language(const Request& request) {
    const auto* given = request.parameter("lang");
    if (given != nullptr && (*given == "th" || *given == "en")) {
        return {*given, true};
    }
    return {preferred_language(request.header("accept-language")), false};
}

std::string link(const PageLanguage& language, std::string_view path, const Pairs& query) {
    std::string target(path);
    char mark = '?';
    for (const auto& [name, value] : query) {
        target += mark + percent_encoded(name) + "=" + percent_encoded(value);
        mark = '&';
    }
    if (language.chosen) {
        target += mark + std::string("lang=") + language.code;
    }
    return target;
}

std::string entity_link(const PageLanguage& language, std::string_view id) {
    return link(language, "/entities/" + percent_encoded(id));
}

std::string anchor(std::string_view href, std::string_view words, std::string_view css_class) {
    std::string html = "<a href=\"" + escaped(href) + "\"";
    if (!css_class.empty()) {
        html += " class=\"" + std::string(css_class) + "\"";
    }
    return html + ">" + escaped(words) + "</a>";
}

std::string in_language(std::string_view code, std::string_view words, std::string_view tag,
                        std::string_view css_class) {
    if (words.empty()) {
        return {};
    }
    std::string html = "<" + std::string(tag) + " lang=\"" + std::string(code) + "\"";
    if (!css_class.empty()) {
        html += " class=\"" + std::string(css_class) + "\"";
    }
    return html + ">" + escaped(words) + "</" + std::string(tag) + ">";
}

std::string name_html(const PageLanguage& language, const graph::Wording& name) {
    const auto& shown = language.of(name);
    return in_language(&shown == &name.th ? "th" : "en", shown);
}

std::string time_html(const PageLanguage& language, const query::TimeLabel& time) {
    auto html = "<time title=\"EDTF " + escaped(time.edtf) + "\"><span>" +
                escaped(language.of(time.words)) + "</span>";
    if (const auto& other = language.other(time.words); !other.empty()) {
        html += " <small lang=\"" + std::string(language.other_code()) + "\">" + escaped(other) +
                "</small>";
    }
    return html + "</time>";
}

std::string saved_at_html(const Request& request, const PageLanguage& language,
                          std::uint64_t revision) {
    const auto now = std::to_string(revision);
    const auto* then = request.parameter("rev");
    if (then == nullptr || *then == now) return {};
    return "<p class=\"notice\">" +
           std::string(
               language.say("This address was saved at revision ", "บันทึกที่อยู่นี้ไว้เมื่อฉบับข้อมูลที่ ")) +
           escaped(*then) +
           std::string(language.say("; what is shown is revision ", " ขณะนี้แสดงฉบับที่ ")) + now +
           std::string(language.say(".", "")) + "</p>\n";
}

Response page_response(const Request& request, const PageLanguage& language, const Page& page,
                       int status) {
    std::string html =
        "<!doctype html>\n<html lang=\"" + language.code +
        "\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
        escaped(page.title) + "</title>\n<link rel=\"stylesheet\" href=\"" +
        asset_path("style.css") + "\">\n<script type=\"module\" src=\"" +
        asset_path("explorer.js") +
        "\"></script>\n"
        "<link rel=\"icon\" href=\"/assets/lantern.svg\" type=\"image/svg+xml\">\n"
        "<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"Khom\" "
        "href=\"/opensearch.xml\">\n" +
        page.head + "</head>\n<body class=\"" + page.css_class + "\">\n" +
        header_html(request, language, page) + "<main id=\"main\">\n" + kept_whole(page.main) +
        "</main>\n" + footer_html(language) + "</body>\n</html>\n";
    Response response{status, "text/html; charset=utf-8", std::move(html), {}};
    response.headers.emplace_back("Content-Language", language.code);
    if (!page.image_origin.empty()) {
        response.headers.emplace_back("Content-Security-Policy", content_policy(page.image_origin));
    }
    return response;
}

}  // namespace khom::server
