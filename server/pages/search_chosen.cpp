// What a search is narrowed by, in the reader's words, each with the way to take it off. Facets
// have their own words; a place, a box and what is to be linked come from the address or from a
// link on an entity's page.

#include <algorithm>
#include <array>

#include "query/facets.h"
#include "query/nearby.h"
#include "server/pages/search_parts.h"

namespace khom::server {

namespace {

struct Chip {
    std::string words;
    std::string without;  ///< the address of the search that is not narrowed by it
};

/// The search without some parameters, whatever they say.
std::string without(const Request& request, std::initializer_list<std::string_view> names) {
    Pairs query;
    for (const auto& [name, value] : request.query) {
        const bool gone = name == "cursor" || std::ranges::find(names, name) != names.end();
        if (!gone) query.emplace_back(name, value);
    }
    return link({}, "/search", query);
}

void add_facets(const Request& request, const PageLanguage& language, const query::Reading& reading,
                std::vector<Chip>& chips) {
    for (const auto& kind : request.parameters("kind")) {
        const auto* known = reading.ontology->kind(kind);
        chips.push_back({known == nullptr ? kind : language.of(known->many),
                         changed(request, "kind", kind, Change::remove)});
    }
    for (const auto& filter : request.parameters("filter")) {
        const auto colon = filter.find(':');
        const auto field = filter.substr(0, colon);
        const auto value = colon == std::string::npos ? std::string() : filter.substr(colon + 1);
        const auto wording = query::facet_label(reading, field, value);
        const auto& label = language.of(wording);
        chips.push_back(
            {label.empty() ? filter : label, changed(request, "filter", filter, Change::remove)});
    }
}

void add_years(const Request& request, const PageLanguage& language, std::vector<Chip>& chips) {
    for (const auto& [end, en, th] : {std::tuple("from", "from ", "ตั้งแต่ "), {"to", "to ", "ถึง "}}) {
        const auto* value = request.parameter(end);
        if (value == nullptr || value->empty()) continue;
        const auto label = query::time_label(*value);
        chips.push_back({std::string(language.say(en, th)) + language.of(label.words),
                         without(request, {end})});
    }
}

/// Four decimals of a degree are some ten metres: enough to tell places apart.
std::string degrees(double lat, double lon) {
    std::array<char, 48> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.4f, %.4f", lat, lon);
    return {text.data(), static_cast<std::size_t>(length)};
}

void add_places(const query::SearchQuestion& question, const Request& request,
                const PageLanguage& language, std::vector<Chip>& chips) {
    if (const auto circle = query::circle_of(question.near); circle && *circle) {
        const auto& [lat, lon, radius] = **circle;
        const auto far = distance_words(language, radius);
        // An order by distance needs the place it is from.
        chips.push_back({language.thai() ? "ภายใน " + far + " จาก " + degrees(lat, lon)
                                         : "within " + far + " of " + degrees(lat, lon),
                         question.sort == "distance" ? without(request, {"near", "sort"})
                                                     : without(request, {"near"})});
    }
    if (const auto box = query::box_of(question.bbox); box && *box) {
        const auto& [west, south, east, north] = **box;
        chips.push_back({std::string(language.say("between ", "ระหว่าง ")) + degrees(south, west) +
                             std::string(language.say(" and ", " กับ ")) + degrees(north, east),
                         without(request, {"bbox"})});
    }
}

void add_linked(const query::SearchQuestion& question, const Request& request,
                const PageLanguage& language, const query::Reading& reading,
                std::vector<Chip>& chips) {
    const auto node = reading.graph().find(question.linked_to);
    if (!node) return;
    const auto name = query::entity_ref(reading, *node).name;
    auto words = std::string(language.say("linked to ", "เชื่อมโยงกับ")) + language.of(name);
    if (question.linked_depth > 1) {
        const auto steps = std::to_string(question.linked_depth);
        words += language.thai() ? " ภายใน " + steps + " ขั้น" : ", within " + steps + " steps";
    }
    chips.push_back({std::move(words), without(request, {"linked_to", "linked_depth"})});
}

}  // namespace

std::string distance_words(const PageLanguage& language, double metres) {
    std::array<char, 32> text{};
    const bool near = metres < 1000;
    const int length = std::snprintf(text.data(), text.size(), near ? "%.0f" : "%.1f",
                                     near ? metres : metres / 1000);
    return std::string(text.data(), static_cast<std::size_t>(length)) +
           std::string(near ? language.say(" m", " เมตร") : language.say(" km", " กม."));
}

std::string chosen_html(const Request& request, const PageLanguage& language,
                        const query::Reading& reading, const query::SearchQuestion& question) {
    std::vector<Chip> chips;
    add_facets(request, language, reading, chips);
    add_years(request, language, chips);
    add_places(question, request, language, chips);
    add_linked(question, request, language, reading, chips);
    std::string html;
    for (const auto& chip : chips) {
        html += "<li><a rel=\"nofollow\" href=\"" + escaped(chip.without) + "\">" +
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
