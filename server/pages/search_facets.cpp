#include <algorithm>
#include <array>

#include "query/facets.h"
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
    const auto& words = language.of(value.label).empty() ? value.value : language.of(value.label);
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

struct Chip {
    std::string parameter, value, words;
};

/// What the address narrows by, in the reader's words.
std::vector<Chip> chips(const Request& request, const PageLanguage& language,
                        const query::Reading& reading) {
    std::vector<Chip> found;
    for (const auto& kind : request.parameters("kind")) {
        const auto* known = reading.ontology->kind(kind);
        found.push_back({"kind", kind, known == nullptr ? kind : language.of(known->many)});
    }
    for (const auto& filter : request.parameters("filter")) {
        const auto colon = filter.find(':');
        const auto field = filter.substr(0, colon);
        const auto value = colon == std::string::npos ? std::string() : filter.substr(colon + 1);
        const auto wording = query::facet_label(reading, field, value);
        const auto& label = language.of(wording);
        found.push_back({"filter", filter, label.empty() ? filter : label});
    }
    for (const auto* end : {"from", "to"}) {
        const auto* value = request.parameter(end);
        if (value == nullptr || value->empty()) continue;
        const auto label = query::time_label(*value);
        found.push_back(
            {end, *value,
             std::string(std::string_view(end) == "from" ? language.say("from ", "ตั้งแต่ ")
                                                         : language.say("to ", "ถึง ")) +
                 language.of(label.words)});
    }
    return found;
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

std::string chosen_html(const Request& request, const PageLanguage& language,
                        const query::Reading& reading) {
    std::string html;
    for (const auto& chip : chips(request, language, reading)) {
        html += "<li><a rel=\"nofollow\" href=\"" +
                escaped(changed(request, chip.parameter, chip.value, Change::remove)) + "\">" +
                escaped(chip.words) +
                " <span aria-hidden=\"true\">✕</span><span class=\"unseen\">" +
                std::string(language.say(": take off", ": เอาออก")) + "</span></a></li>";
    }
    return html.empty() ? html
                        : "<ul class=\"chosen-filters\" aria-label=\"" +
                              std::string(language.say("Narrowed to", "จำกัดเฉพาะ")) + "\">" + html +
                              "</ul>\n";
}

}  // namespace khom::server
