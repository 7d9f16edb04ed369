// The Reconciliation Service API, W3C community group report 0.2, as OpenRefine speaks it, and the
// `match` of draft 1.0. A column of names in Thai, English or romanised Thai is matched by the same
// search that people use; what a name is exactly matches by itself, the rest a person decides.

#include <algorithm>
#include <array>

#include "query/search.h"
#include "server/compat/compat.h"
#include "server/compat/reconcile_private.h"
#include "server/json_private.h"
#include "server/query_rows.h"

namespace khom::server {

namespace {

using graph::Map;
using graph::Value;
using namespace reconciliation;

constexpr std::size_t most_queries = 100, most_candidates = 50;

void write_type(JsonWriter& json, const query::Reading& reading, const std::string& kind) {
    const auto* known = reading.ontology->kind(kind);
    json.StartObject();
    member(json, "id", kind);
    member(json, "name", known == nullptr ? kind : known->one.en);
    json.EndObject();
}

/// 0 to 100: how a name was found says most, how much better it fits than the others the rest.
double score_of(const query::SearchHit& hit, double best) {
    struct How {
        std::string_view how;
        double points;
    };
    constexpr std::array known = {How{"exact", 90},    How{"era", 80},       How{"prefix", 75},
                                  How{"synonym", 70},  How{"romanised", 80}, How{"typo", 70},
                                  How{"keyboard", 65}, How{"semantic", 40}};
    const auto* found = std::find_if(known.begin(), known.end(),
                                     [&](const How& each) { return each.how == hit.how; });
    const double points = found == known.end() ? 50 : found->points;
    const bool by_name = hit.field.rfind("name", 0) == 0 || hit.field.rfind("alias", 0) == 0;
    return (by_name ? points : points / 2) + (best > 0 ? 10 * hit.score / best : 0);
}

/// Whether the text is one of the entity's names, letter for letter but case, blanks and hyphens.
bool is_named(const query::Reading& reading, const std::string& id, const std::string& text) {
    const auto node = reading.graph().find(id);
    if (!node) {
        return false;
    }
    const auto wanted = folded(text);
    for (const char* name : {"name_en", "name_th"}) {
        if (folded(graph::string_or_empty(reading.graph().property(*node, name))) == wanted) {
            return true;
        }
    }
    for (const char* aliases : {"aliases_en", "aliases_th", "aliases_other"}) {
        const auto list = reading.graph().property(*node, aliases);
        for (const auto alias : graph::strings_of(list)) {
            if (folded(alias) == wanted) {
                return true;
            }
        }
    }
    return false;
}

struct Candidate {
    const query::SearchHit* hit = nullptr;
    bool named = false;
    double score = 0;
};

void write_candidate(JsonWriter& json, const query::Reading& reading, const Candidate& candidate,
                     bool match) {
    const auto& hit = *candidate.hit;
    json.StartObject();
    member(json, "id", hit.entity.id);
    member(json, "name", shown(hit.entity.name));
    if (const auto& words = hit.summary.en.empty() ? hit.summary.th : hit.summary.en;
        !words.empty()) {
        member(json, "description", words);
    }
    json.Key("type");
    json.StartArray();
    write_type(json, reading, hit.entity.kind);
    json.EndArray();
    member(json, "score", candidate.score);
    member(json, "match", match);
    json.EndObject();
}

struct Wanted {
    std::string text;
    std::vector<std::string> kinds;
    std::size_t limit = 5;
};

/// The candidates, best first; the first matches by itself if it alone has exactly that name.
graph::Result<void> write_candidates(JsonWriter& json, const char* key,
                                     const query::Reading& reading, const Wanted& wanted) {
    query::SearchQuestion question;
    question.text = wanted.text;
    question.kinds = wanted.kinds;
    question.limit = std::max<std::size_t>(wanted.limit, 10);
    return query::search(reading, question).map([&](const query::SearchResult& result) {
        std::vector<Candidate> candidates;
        const double best = result.hits.empty() ? 0 : result.hits.front().score;
        for (const auto& hit : result.hits) {
            const bool named = is_named(reading, hit.entity.id, wanted.text);
            candidates.push_back({&hit, named, named ? 100 : std::min(99.0, score_of(hit, best))});
        }
        std::stable_sort(
            candidates.begin(), candidates.end(),
            [](const Candidate& one, const Candidate& other) { return one.score > other.score; });
        const auto exact = std::count_if(candidates.begin(), candidates.end(),
                                         [](const Candidate& each) { return each.named; });
        candidates.resize(std::min(candidates.size(), wanted.limit));
        json.Key(key);
        json.StartArray();
        for (const auto& candidate : candidates) {
            write_candidate(json, reading, candidate, candidate.named && exact == 1);
        }
        json.EndArray();
    });
}

std::vector<std::string> kinds_in(const Map& query, const query::Reading& reading) {
    std::vector<std::string> kinds;
    const auto found = query.find("type");
    const auto add = [&](const Value& value) {
        const std::string kind(graph::string_or_empty(value));
        if (reading.ontology->kind(kind) != nullptr) {
            kinds.push_back(kind);
        }
    };
    if (found != query.end() && found->second.is(graph::ValueKind::list)) {
        for (const auto& each : found->second.list()) {
            add(each);
        }
    } else if (found != query.end()) {
        add(found->second);
    }
    return kinds;
}

std::size_t limit_in(const Map& query) {
    const auto found = query.find("limit");
    const bool given = found != query.end() && found->second.is(graph::ValueKind::integer);
    return given ? static_cast<std::size_t>(
                       std::clamp<std::int64_t>(found->second.integer(), 1, most_candidates))
                 : 5;
}

Answer answer_queries(const std::string& queries, const query::Reading& reading) {
    const auto all = parameters_from_json(queries);
    if (!all) {
        return tl::unexpected(all.error());
    }
    if (all->size() > most_queries) {
        return graph::refuse_parameter("queries", "At most 100 queries come at once.");
    }
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    for (const auto& [name, query] : *all) {
        if (!query.is(graph::ValueKind::map) || text_of(query.map(), "query").empty()) {
            return graph::refuse_parameter("queries",
                                           "Each query is an object with a text 'query'.");
        }
        json.Key(name.c_str());
        json.StartObject();
        auto written = write_candidates(
            json, "result", reading,
            {text_of(query.map(), "query"), kinds_in(query.map(), reading), limit_in(query.map())});
        if (!written) {
            return tl::unexpected(written.error());
        }
        json.EndObject();
    }
    json.EndObject();
    return json_response(text.str());
}

void write_service(JsonWriter& json, const char* key, const std::string& url,
                   const std::string& path) {
    json.Key(key);
    json.StartObject();
    member(json, "service_url", url);
    member(json, "service_path", path);
    json.EndObject();
}

Response manifest(const query::Reading& reading, const std::string& base_url) {
    const auto root = base_url + "/reconcile";
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    members(json, "versions", std::vector<std::string>{"0.1", "0.2"});
    member(json, "name", "Khom: Chiang Mai learning ecosystem");
    member(json, "identifierSpace", base_url + "/id/");
    member(json, "schemaSpace", base_url + "/ns#");
    member(json, "documentation", base_url + "/about");
    json.Key("view");
    json.StartObject();
    member(json, "url", base_url + "/id/{{id}}");
    json.EndObject();
    json.Key("preview");
    json.StartObject();
    member(json, "url", root + "/preview?id={{id}}");
    member(json, "width", 430);
    member(json, "height", 300);
    json.EndObject();
    json.Key("suggest");
    json.StartObject();
    for (const char* what : {"entity", "type", "property"}) {
        write_service(json, what, root, std::string("/suggest/") + what);
    }
    json.EndObject();
    json.Key("extend");
    json.StartObject();
    write_service(json, "propose_properties", root, "/properties");
    json.Key("property_settings");
    json.StartArray();
    json.EndArray();
    json.EndObject();
    json.Key("defaultTypes");
    json.StartArray();
    for (const auto& kind : reading.ontology->kinds) {
        write_type(json, reading, kind.id);
    }
    json.EndArray();
    json.EndObject();
    return json_response(text.str());
}

}  // namespace

Answer reconcile(const Request& request, const query::Reading& reading,
                 const std::string& base_url) {
    if (const auto queries = given(request, "queries"); !queries.empty()) {
        return answer_queries(queries, reading);
    }
    if (const auto extend = given(request, "extend"); !extend.empty()) {
        return answer_extension(extend, reading);
    }
    return manifest(reading, base_url);
}

Answer reconcile_match(const Request& request, const query::Reading& reading) {
    auto body = parameters_from_json(request.body);
    if (!body) {
        return tl::unexpected(body.error());
    }
    const auto queries = (*body)["queries"];
    if (!queries.is(graph::ValueKind::list) || queries.list().size() > most_queries) {
        return graph::refuse_parameter("queries", "'queries' is a list of at most 100 queries.");
    }
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    json.Key("results");
    json.StartArray();
    for (const auto& query : queries.list()) {
        const auto map = query.is(graph::ValueKind::map) ? query.map() : Map();
        auto words = text_of(map, "query");
        if (const auto conditions = map.find("conditions");
            words.empty() && conditions != map.end() &&
            conditions->second.is(graph::ValueKind::list)) {
            for (const auto& condition : conditions->second.list()) {
                if (condition.is(graph::ValueKind::map) &&
                    text_of(condition.map(), "matchType") == "name") {
                    words = text_of(condition.map(), "propertyValue");
                }
            }
        }
        json.StartObject();
        auto written = write_candidates(json, "candidates", reading,
                                        {words, kinds_in(map, reading), limit_in(map)});
        if (!written) {
            return tl::unexpected(written.error());
        }
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
    return json_response(text.str());
}

}  // namespace khom::server
