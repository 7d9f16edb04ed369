#include "server/json.h"

#include <array>

#include "server/json_private.h"
#include "server/json_words.h"

namespace khom::server {

namespace {

void write_sources(JsonWriter& json, const std::vector<query::SourceRef>& sources) {
    json.Key("sources");
    json.StartArray();
    for (const auto& source : sources) {
        json.StartObject();
        member(json, "id", source.id);
        member_if(json, "title", source.title);
        member_if(json, "url", source.url);
        member_if(json, "locator", source.locator);
        member_if(json, "publisher", source.publisher);
        member_if(json, "retrieved", source.retrieved);
        member_if(json, "licence", source.licence);
        json.EndObject();
    }
    json.EndArray();
}

void write_statement(JsonWriter& json, const query::StatementView& statement) {
    json.StartObject();
    member(json, "id", statement.id);
    member(json, "type", statement.type);
    member(json, "wording", statement.wording);
    member(json, "direction", statement.direction);
    write_ref(json, "target", statement.target);
    member_if(json, "role", statement.role);
    member_if(json, "role_th", statement.role_th);
    member_if(json, "status", statement.status);
    write_time(json, statement.time);
    member_if(json, "certainty", statement.certainty);
    member_if(json, "note", statement.note);
    if (!statement.attributes.empty()) {
        json.Key("attributes");
        json.StartObject();
        for (const auto& [name, value] : statement.attributes) {
            member(json, name, value);
        }
        json.EndObject();
    }
    write_sources(json, statement.sources);
    json.EndObject();
}

void write_hit(JsonWriter& json, const query::SearchHit& hit) {
    json.StartObject();
    write_ref(json, "entity", hit.entity);
    member_if(json, "subtype", hit.subtype);
    member(json, "score", hit.score);
    if (!hit.field.empty()) {
        json.Key("matched");
        json.StartObject();
        member(json, "field", hit.field);
        member(json, "how", hit.how);
        json.EndObject();
    }
    if (!hit.highlights.empty()) {
        json.Key("highlight");
        json.StartObject();
        for (const auto& [field, html] : hit.highlights) {
            member(json, field, html);
        }
        json.EndObject();
    }
    write_time(json, hit.time);
    member_if(json, "url", hit.url);
    member_if(json, "summary", hit.summary);
    if (hit.hops) {
        member(json, "hops", *hit.hops);
    }
    if (hit.distance_m) {
        constexpr double tenths = 10;
        member(json, "distance_m", std::round(*hit.distance_m * tenths) / tenths);
    }
    if (!hit.explain.empty()) {
        json.Key("explain");
        json.StartObject();
        for (const auto& [part, score] : hit.explain) {
            member(json, part, score);
        }
        json.EndObject();
    }
    json.EndObject();
}

/// `sources` belong to the tokens in order, or are empty.
void write_tokens(JsonWriter& json, const index::Analysis& analysis,
                  const std::vector<index::WordSource>& sources = {}) {
    json.Key("tokens");
    json.StartArray();
    std::size_t place = 0;
    for (const auto& token : analysis.tokens) {
        json.StartObject();
        member(json, "text", token.text);
        member(json, "start", token.begin_bytes);
        member(json, "end", token.end_bytes);
        member(json, "script", token.script);
        member(json, "in_dictionary", token.in_dictionary);
        if (place < sources.size()) {
            member(json, "source", sources[place].source);
            members(json, "synonyms", sources[place].synonyms);
        }
        ++place;
        members(json, "romanised", token.romanised);
        members(json, "name_of", token.name_of);
        json.EndObject();
    }
    json.EndArray();
}

void write_facets(JsonWriter& json, const query::SearchResult& result) {
    json.Key("facets");
    json.StartObject();
    for (const auto& [facet, values] : result.facets) {
        json.Key(facet.c_str());
        json.StartArray();
        for (const auto& value : values) {
            json.StartObject();
            member(json, "value", value.value);
            member_if(json, "label", value.label);
            member(json, "count", value.count);
            json.EndObject();
        }
        json.EndArray();
    }
    json.EndObject();
}

void write_aliases(JsonWriter& json, const query::EntityView& entity) {
    json.Key("aliases");
    json.StartObject();
    members(json, "en", entity.aliases_en);
    members(json, "th", entity.aliases_th);
    if (!entity.aliases_other.empty()) {
        members(json, "other", entity.aliases_other);
    }
    json.EndObject();
}

void write_point(JsonWriter& json, const query::Point& point) {
    json.Key("geo");
    json.StartObject();
    member(json, "type", "Point");
    members(json, "coordinates", std::array{point.lon, point.lat});
    member_if(json, "certainty", point.certainty);
    member_if(json, "source", point.source);
    json.EndObject();
}

void write_step(JsonWriter& json, const query::ConnectionStep& step) {
    json.StartObject();
    write_ref(json, "from", step.from);
    member(json, "type", step.statement.type);
    member(json, "direction", step.statement.direction);
    write_ref(json, "to", step.to);
    member(json, "wording", step.statement.wording);
    member(json, "sentence", step.sentence);
    write_time(json, step.statement.time);
    member(json, "statement", step.statement.id);
    member_if(json, "status", step.statement.status);
    member_if(json, "certainty", step.statement.certainty);
    write_sources(json, step.statement.sources);
    json.EndObject();
}

}  // namespace

std::string search_json(const query::SearchResult& result, double took_ms) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "rev", result.revision);
    member(json, "q", result.text);
    json.Key("did_you_mean");
    if (result.did_you_mean) {
        json.StartObject();
        member(json, "q", result.did_you_mean->text);
        member(json, "why", result.did_you_mean->why);
        member(json, "total", result.did_you_mean->total);
        json.EndObject();
    } else {
        json.Null();
    }
    member(json, "total", result.total);
    member(json, "took_ms", took_ms);
    json.Key("hits");
    json.StartArray();
    for (const auto& hit : result.hits) {
        write_hit(json, hit);
    }
    json.EndArray();
    write_facets(json, result);
    if (!result.analysis.tokens.empty()) {
        write_tokens(json, result.analysis);
    }
    member_or_null(json, "next_cursor", result.next_cursor);
    json.EndObject();
    return text.str();
}

std::string suggest_json(const query::SuggestResult& result) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "rev", result.revision);
    json.Key("entities");
    json.StartArray();
    for (const auto& hit : result.entities) {
        write_hit(json, hit);
    }
    json.EndArray();
    members(json, "queries", result.queries);
    json.EndObject();
    return text.str();
}

std::string opensearch_json(std::string_view typed, const query::SuggestResult& result) {
    JsonText text;
    auto& json = text.writer;
    json.StartArray();
    write(json, typed);
    json.StartArray();
    for (const auto& hit : result.entities) {
        const bool thai = hit.field.find(".th") != std::string::npos;
        const auto& name = hit.entity.name;
        write(json, (thai && !name.th.empty()) || name.en.empty() ? name.th : name.en);
    }
    json.EndArray();
    json.EndArray();
    return text.str();
}

std::string entity_json(const query::EntityView& entity, std::string_view base_url) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "id", entity.ref.id);
    member(json, "uri", std::string(base_url) + "/id/" + entity.ref.id);
    member(json, "kind", entity.ref.kind);
    member_if(json, "subtype", entity.subtype);
    member(json, "name", entity.ref.name);
    member_if(json, "summary", entity.summary);
    write_aliases(json, entity);
    write_time(json, entity.time);
    if (entity.point) {
        write_point(json, *entity.point);
    }
    if (!entity.same_as.empty()) {
        members(json, "same_as", entity.same_as);
    }
    json.Key("attributes");
    json.StartArray();
    for (const auto& attribute : entity.attributes) {
        json.StartObject();
        member(json, "name", attribute.name);
        member_if(json, "wording", attribute.wording);
        member(json, "value", attribute.value);
        json.EndObject();
    }
    json.EndArray();
    member_if(json, "certainty", entity.certainty);
    write_sources(json, entity.sources);
    json.Key("statements");
    json.StartArray();
    for (const auto& statement : entity.statements) {
        write_statement(json, statement);
    }
    json.EndArray();
    member(json, "degree", entity.degree);
    member(json, "rev", entity.revision);
    json.EndObject();
    return text.str();
}

std::string subgraph_json(const query::Subgraph& graph) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "rev", graph.revision);
    json.Key("nodes");
    json.StartArray();
    for (const auto& node : graph.nodes) {
        json.StartObject();
        member(json, "id", node.entity.id);
        member(json, "kind", node.entity.kind);
        member(json, "name", node.entity.name);
        member_if(json, "subtype", node.subtype);
        member_if(json, "sector", node.sector);
        member(json, "hops", node.hops);
        json.EndObject();
    }
    json.EndArray();
    json.Key("edges");
    json.StartArray();
    for (const auto& edge : graph.edges) {
        json.StartObject();
        member(json, "id", edge.id);
        member(json, "source", edge.source);
        member(json, "target", edge.target);
        member(json, "type", edge.type);
        write_time(json, edge.time);
        member_if(json, "certainty", edge.certainty);
        member_if(json, "status", edge.status);
        json.EndObject();
    }
    json.EndArray();
    member(json, "total", graph.total);
    member(json, "truncated", graph.truncated);
    member_or_null(json, "next_cursor", graph.next_cursor);
    json.EndObject();
    return text.str();
}

std::string connections_json(const query::ConnectionsResult& result) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "rev", result.revision);
    write_ref(json, "source", result.source);
    write_ref(json, "target", result.target);
    member_or_null(json, "reason", result.reason);
    member_if(json, "explanation", result.explanation);
    json.Key("paths");
    json.StartArray();
    for (const auto& path : result.paths) {
        json.StartObject();
        member(json, "score", path.score);
        member(json, "hops", path.steps.size());
        member(json, "sentence", path.sentence);
        json.Key("steps");
        json.StartArray();
        for (const auto& step : path.steps) {
            write_step(json, step);
        }
        json.EndArray();
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
    return text.str();
}

std::string analysis_json(const index::Analysis& analysis) {
    return analysis_json(analysis, {});
}

std::string analysis_json(const index::Analysis& analysis,
                          const std::vector<index::WordSource>& sources) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "normalised", analysis.normalised);
    write_tokens(json, analysis, sources);
    json.EndObject();
    return text.str();
}

}  // namespace khom::server
