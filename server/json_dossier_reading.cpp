// The other way round from json_dossier.cpp: a kept dossier becomes one again.

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "server/dossier_versions.h"

namespace khom::server {

namespace {

using nlohmann::json;

std::string text(const json& object, const char* key) {
    return object.value(key, std::string());
}

query::Wording words(const json& object) {
    return {text(object, "en"), text(object, "th")};
}

query::Wording words(const json& object, const char* key) {
    return object.contains(key) ? words(object.at(key)) : query::Wording();
}

query::EntityRef entity(const json& object) {
    return {text(object, "id"), text(object, "kind"), words(object, "name")};
}

std::vector<query::EntityRef> entities(const json& list) {
    std::vector<query::EntityRef> all;
    for (const auto& each : list) all.push_back(entity(each));
    return all;
}

std::vector<query::Doubt> doubts(const json& object) {
    constexpr std::array known = {query::Doubt::undated, query::Doubt::planned,
                                  query::Doubt::doubtful, query::Doubt::not_surely_in};
    std::vector<query::Doubt> all;
    for (const auto& each : object.value("to_confirm", json::array())) {
        const auto said = words(each);
        const auto found = std::find_if(known.begin(), known.end(), [&](query::Doubt doubt) {
            return query::wording(doubt).en == said.en;
        });
        all.push_back(found == known.end() ? query::Doubt::doubtful : *found);
    }
    return all;
}

query::Coverage coverage(const std::string& status) {
    for (const auto each : {query::Coverage::evidenced, query::Coverage::thin}) {
        if (status == query::name(each)) return each;
    }
    return query::Coverage::missing;
}

graph::Value value(const json& given) {
    if (given.is_number_integer()) return graph::Value(given.get<std::int64_t>());
    if (given.is_number()) return graph::Value(given.get<double>());
    return given.is_string() ? graph::Value(given.get<std::string>()) : graph::Value();
}

query::Claim claim(const json& object) {
    query::Claim made;
    made.id = text(object, "id");
    made.text = words(object, "text");
    made.count = object.at("count");
    for (const auto& each : object.at("counted")) {
        made.counted.push_back({entity(each.at("entity")), each.at("statements")});
    }
    object.at("evidence").get_to(made.evidence);
    made.query = text(object, "query");
    return made;
}

query::DossierSection section(const json& object) {
    query::DossierSection made;
    made.id = text(object, "id");
    made.title = words(object, "title");
    made.asks = words(object, "asks");
    made.status = coverage(text(object, "status"));
    made.reason = words(object, "reason");
    for (const auto& each : object.at("claims")) made.claims.push_back(claim(each));
    for (const auto& each : object.at("gaps")) made.gaps.push_back(words(each));
    object.at("to_confirm").get_to(made.to_confirm);
    made.words_max = object.value("words_max", std::size_t{0});
    made.answer = words(object, "answer");
    made.words_en = object.value("answer_words", std::size_t{0});
    return made;
}

void read_tables(const json& all, query::Dossier& made) {
    for (const auto& row : all.at("areas")) {
        made.areas.push_back({entity(row.at("area")), coverage(text(row, "status")),
                              entities(row.at("programmes")), row.at("evidence"),
                              row.at("to_confirm")});
    }
    for (const auto& row : all.at("partners")) {
        query::DossierPartner partner{entity(row.at("entity")), text(row, "sector"), {}, {}};
        for (const auto& [year, count] : row.at("years").items()) {
            partner.years[std::stoi(year)] = count;
        }
        row.at("evidence").get_to(partner.evidence);
        made.partners.push_back(std::move(partner));
    }
    for (const auto& row : all.at("programmes")) {
        made.programmes.push_back({entity(row.at("entity")),
                                   {text(row, "time"), words(row, "time_words"), false},
                                   words(row, "summary"),
                                   entities(row.at("partners")),
                                   entities(row.at("places")),
                                   row.at("sources")});
    }
    for (const auto& row : all.at("figures")) {
        made.figures.push_back({entity(row.at("entity")), words(row, "name"),
                                value(row.at("value")), text(row, "time"), row.at("sources"),
                                doubts(row)});
    }
    for (const auto& row : all.at("places")) {
        const auto& point = row.at("point");
        made.places.push_back({entity(row.at("entity")), {}, row.at("programmes")});
        made.places.back().point.lat = point.at(1);
        made.places.back().point.lon = point.at(0);
    }
}

void read_record(const json& all, query::Dossier& made) {
    for (const auto& row : all.at("statements")) {
        made.statements[text(row, "id")] = {text(row, "id"), words(row, "sentence"),
                                            text(row, "certainty"), row.at("sources"), doubts(row)};
    }
    for (const auto& row : all.at("sources")) {
        query::SourceRef source;
        source.id = text(row, "id");
        source.title = text(row, "title");
        source.url = text(row, "url");
        source.locator = text(row, "locator");
        source.retrieved = text(row, "retrieved");
        source.licence = text(row, "licence");
        source.publisher = text(row, "publisher");
        made.sources.push_back(std::move(source));
    }
}

query::Dossier dossier(const json& all) {
    query::Dossier made;
    made.revision = all.at("rev");
    made.id = text(all, "id");
    made.title = words(all, "title");
    made.about = words(all, "about");
    const auto& period = all.at("period");
    made.from = text(period, "from");
    made.to = text(period, "to");
    made.period = words(period, "words");
    made.rule = words(all, "rule");
    for (const auto& each : all.at("criteria")) made.sections.push_back(section(each));
    read_tables(all, made);
    read_record(all, made);
    return made;
}

}  // namespace

query::Dossier dossier_from_json(std::string_view text) {
    try {
        return dossier(json::parse(text));
    } catch (const json::exception& error) {
        throw graph::Fault(std::string("a kept dossier does not read: ") + error.what());
    }
}

}  // namespace khom::server
