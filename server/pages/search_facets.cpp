#include <algorithm>
#include <array>

#include "server/pages/search_parts.h"

namespace khom::server {

std::string changed(const Request& request, const std::string& name, const std::string& value,
                    Change change) {
    Pairs query;
    for (const auto& pair : request.query) {
        const bool gone =
            pair.first == "cursor" ||
            (pair.first == name && (change == Change::replace || pair.second == value));
        if (!gone) {
            query.push_back(pair);
        }
    }
    if (change != Change::remove) {
        query.emplace_back(name, value);
    }
    return link({}, "/search", query);
}

namespace {

bool is_chosen(const Request& request, const std::string& name, const std::string& value) {
    const auto values = request.parameters(name);
    return std::find(values.begin(), values.end(), value) != values.end();
}

std::string facet_html(const Request& request, const PageLanguage& language,
                       const std::string& facet, std::string_view title,
                       const std::vector<query::FacetValue>& values) {
    if (values.empty()) {
        return {};
    }
    std::string html = "<h2>" + std::string(title) + "</h2><ul>";
    std::size_t shown = 0;
    for (const auto& value : values) {
        const bool is_kind = facet == "kind";
        const auto parameter = is_kind ? std::string("kind") : std::string("filter");
        const auto wanted = is_kind ? value.value : facet + ":" + value.value;
        const bool chosen = is_chosen(request, parameter, wanted);
        if (++shown > 12 && !chosen) {
            continue;
        }
        const auto& words =
            language.of(value.label).empty() ? value.value : language.of(value.label);
        html += chosen ? "<li class=\"chosen\">" : "<li>";
        html +=
            "<a rel=\"nofollow\" href=\"" +
            escaped(changed(request, parameter, wanted, chosen ? Change::remove : Change::add)) +
            "\">" + escaped(words) + (chosen ? " ✕" : "") + "</a> <small>" +
            std::to_string(value.count) + "</small></li>";
    }
    return html + "</ul>";
}

}  // namespace

std::string facets_html(const Request& request, const PageLanguage& language,
                        const query::SearchResult& result) {
    struct Shown {
        const char* facet;
        std::string_view title;
    };
    const std::array<Shown, 3> shown = {{{"kind", language.say("Kind", "ประเภท")},
                                         {"sector", language.say("Sector", "ภาคส่วน")},
                                         {"year", language.say("Year", "ปี")}}};
    std::string html;
    for (const auto& [facet, title] : shown) {
        const auto found = result.facets.find(facet);
        if (found != result.facets.end()) {
            html += facet_html(request, language, facet, title, found->second);
        }
    }
    return html;
}

}  // namespace khom::server
