#include <algorithm>

#include "query/search.h"
#include "server/pages/pages.h"
#include "server/pages/parts.h"
#include "server/parameters.h"

namespace khom::server {

namespace {

std::string list_html(const PageLanguage& language, const std::vector<MapPoint>& points) {
    std::string html = "<h2>" + std::string(language.say("The same as a list", "รายการเดียวกัน")) +
                       "</h2>\n<ul class=\"columns\">";
    for (const auto& point : points) {
        html +=
            "<li><a href=\"" + escaped(entity_link(language, point.entity.id)) + "\">" +
            name_html(language, point.entity.name) + "</a>" +
            (point.exact ? ""
                         : " <span class=\"flag\">" +
                               std::string(language.say("approximate", "โดยประมาณ")) + "</span>") +
            "</li>\n";
    }
    return html + "</ul>\n";
}

}  // namespace

Answer map_page(const Request& request, const query::Reading& reading, const PageSetting& setting) {
    const auto language = page_language(request);
    Parameters parameters(request);
    query::SearchQuestion question;
    read_search_filters(parameters, question);
    question.kinds = {"place"};
    question.lang = language.code;
    question.sort = question.text.empty() ? "name" : "relevance";
    question.limit = 250;
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return query::search(reading, question).map([&](const query::SearchResult& result) {
        std::vector<MapPoint> points;
        for (const auto& hit : result.hits) {
            if (const auto point = map_point(reading, hit.entity)) points.push_back(*point);
        }
        const auto without = result.hits.size() - points.size();
        Page page;
        page.title = std::string(language.say("Map", "แผนที่")) + " · Khom";
        page.css_class = "wide";
        if (setting.tiles) page.image_origin = setting.tiles->origin;
        page.main =
            "<h1>" + std::string(language.say("Where the city learns", "เมืองเรียนรู้ที่ไหน")) +
            "</h1>\n" + city_map_html(language, points, MapSize::large, setting.tiles) +
            "<p class=\"quiet\">" + std::to_string(without) +
            std::string(language.say(" places have no known position; the search finds them.",
                                     " แห่งไม่ทราบตำแหน่ง แต่ค้นหาได้")) +
            "</p>\n" + list_html(language, points);
        return page_response(request, language, page);
    });
}

}  // namespace khom::server
