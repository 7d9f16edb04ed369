#include "query/dossier_template.h"

#include <algorithm>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace khom::query {

namespace {

using nlohmann::json;

graph::Wording wording_at(const json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? graph::Wording{}
                                 : graph::Wording{found->value("en", ""), found->value("th", "")};
}

std::vector<std::string> texts_at(const json& object, const char* key) {
    return object.value(key, std::vector<std::string>{});
}

/// Refuses a misspelt member: it would silently ask nothing.
void only(const json& object, std::initializer_list<std::string_view> known,
          const std::string& at) {
    for (const auto& [name, value] : object.items()) {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            throw std::invalid_argument(at + " has '" + name + "', which is not known");
        }
    }
}

Pick pick_from(const json& object, const std::string& at) {
    only(object,
         {"types", "from_kinds", "to_kinds", "from_subtypes", "to_subtypes", "from", "to",
          "evidencing", "attribute"},
         at + ".pick");
    return {texts_at(object, "types"),       texts_at(object, "from_kinds"),
            texts_at(object, "to_kinds"),    texts_at(object, "from_subtypes"),
            texts_at(object, "to_subtypes"), texts_at(object, "from"),
            texts_at(object, "to"),          texts_at(object, "evidencing"),
            object.value("attribute", "")};
}

Counting counting_from(const std::string& word, const std::string& at) {
    if (word == "statements") return Counting::statements;
    if (word == "from") return Counting::from;
    if (word == "to") return Counting::to;
    if (word == "sectors") return Counting::sectors;
    throw std::invalid_argument(at + ".count is '" + word +
                                "'; statements, from, to or sectors was expected");
}

ClaimTemplate claim_from(const json& object, const std::string& section) {
    ClaimTemplate claim;
    claim.id = object.at("id");
    const auto at = section + "." + claim.id;
    only(object, {"id", "pick", "count", "text", "one", "gap", "wanted"}, at);
    claim.pick = pick_from(object.at("pick"), at);
    claim.counting = counting_from(object.at("count"), at);
    claim.text = wording_at(object, "text");
    claim.one = wording_at(object, "one");
    claim.gap = wording_at(object, "gap");
    claim.wanted = object.value("wanted", std::size_t{1});
    if (claim.text.en.empty() || claim.text.th.empty()) {
        throw std::invalid_argument(at + ".text lacks a language");
    }
    return claim;
}

SectionTemplate section_from(const json& object) {
    SectionTemplate section;
    section.id = object.at("id");
    only(object, {"id", "theme", "title", "asks", "words_max", "claims"}, section.id);
    section.theme = object.value("theme", "");
    section.title = wording_at(object, "title");
    section.asks = wording_at(object, "asks");
    section.words_max = object.value("words_max", std::size_t{0});
    for (const auto& claim : object.at("claims")) {
        section.claims.push_back(claim_from(claim, section.id));
    }
    return section;
}

DossierTemplate template_from(const json& object) {
    DossierTemplate made;
    made.id = object.at("id");
    only(object,
         {"id", "title", "about", "since", "until", "needs_window", "fit", "rule", "areas",
          "sections", "figures"},
         made.id);
    made.title = wording_at(object, "title");
    made.about = wording_at(object, "about");
    made.since = object.value("since", "");
    made.until = object.value("until", "");
    made.needs_window = object.value("needs_window", false);
    made.fit =
        object.value("fit", "surely_within") == "overlaps" ? Fit::overlaps : Fit::surely_within;
    const auto rule = object.value("rule", json::object());
    made.evidenced_counted = rule.value("counted", made.evidenced_counted);
    made.evidenced_sources = rule.value("sources", made.evidenced_sources);
    made.areas = object.value("areas", false);
    for (const auto& section : object.at("sections")) {
        made.sections.push_back(section_from(section));
    }
    for (const auto& figure : object.value("figures", json::array())) {
        made.figures.push_back({figure.at("attribute"), wording_at(figure, "name")});
    }
    return made;
}

}  // namespace

graph::Result<DossierTemplate> parse_dossier_template(std::string_view text) {
    try {
        return template_from(json::parse(text));
    } catch (const json::exception& error) {
        return graph::refuse(graph::RefusalCode::invalid_data,
                             std::string("The dossier template cannot be read: ") + error.what());
    } catch (const std::invalid_argument& error) {
        return graph::refuse(graph::RefusalCode::invalid_data,
                             std::string("The dossier template is wrong: ") + error.what() + ".");
    }
}

}  // namespace khom::query
