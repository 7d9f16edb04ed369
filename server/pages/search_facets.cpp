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

struct Item {
    std::string html;
    bool chosen = false;
};

Item value_html(const Request& request, const PageLanguage& language, const std::string& facet,
                const query::FacetValue& value) {
    const bool is_kind = facet == "kind";
    const auto parameter = is_kind ? std::string("kind") : std::string("filter");
    const auto wanted = is_kind ? value.value : facet + ":" + value.value;
    const bool chosen = is_chosen(request, parameter, wanted);
    auto words = language.of(value.label).empty() ? value.value : language.of(value.label);
    const auto& other = language.other(value.label);
    if (facet == "year" && !other.empty()) words += " · " + other;
    return {
        (chosen ? "<li class=\"chosen\">" : "<li>") + std::string("<a rel=\"nofollow\" href=\"") +
            escaped(changed(request, parameter, wanted, chosen ? Change::remove : Change::add)) +
            "\"><span>" + escaped(words) + (chosen ? " ✕" : "") + "</span> <small>" +
            std::to_string(value.count) + "</small></a></li>",
        chosen};
}

std::string facet_html(const Request& request, const PageLanguage& language,
                       const std::string& facet, std::string_view title,
                       const std::vector<query::FacetValue>& values) {
    if (values.empty()) {
        return {};
    }
    constexpr std::size_t at_once = 6, most = 30;
    std::string first, more;
    std::size_t shown = 0, hidden = 0;
    for (const auto& value : values) {
        const auto item = value_html(request, language, facet, value);
        if (item.chosen || shown < at_once) {
            first += item.html;
            ++shown;
        } else if (hidden < most) {
            more += item.html;
            ++hidden;
        }
    }
    return "<h2>" + std::string(title) + "</h2><ul>" + first + "</ul>" +
           (more.empty()
                ? ""
                : "<details class=\"more\"><summary>" +
                      std::string(language.say("more", "เพิ่มเติม")) + " (" + std::to_string(hidden) +
                      ")</summary><ul>" + more + "</ul></details>");
}

}  // namespace

std::string facets_html(const Request& request, const PageLanguage& language,
                        const query::SearchResult& result) {
    struct Shown {
        const char* facet;
        std::string_view title;
    };
    const std::array<Shown, 5> shown = {{{"kind", language.say("Kind", "ประเภท")},
                                         {"theme", language.say("Theme", "ประเด็น")},
                                         {"place", language.say("Place", "สถานที่")},
                                         {"sector", language.say("Sector", "ภาคส่วน")},
                                         {"year", language.say("Year", "ปี")}}};
    std::string html;
    for (const auto& [facet, title] : shown) {
        const auto found = result.facets.find(facet);
        if (found == result.facets.end()) continue;
        auto values = found->second;
        if (std::string_view(facet) == "year") {  // newest first: a year is looked for by its place
            std::sort(values.begin(), values.end(),
                      [](const auto& a, const auto& b) { return a.value > b.value; });
        }
        html += facet_html(request, language, facet, title, values);
    }
    return html;
}

}  // namespace khom::server
