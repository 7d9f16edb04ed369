#include "server/routes/words.h"

#include "index/curated_words.h"
#include "server/json.h"
#include "server/json_private.h"
#include "server/parameters.h"
#include "server/query_rows.h"

namespace khom::server {

namespace {

constexpr std::chrono::seconds index_patience{5};

void list(JsonWriter& json, const char* key, const index::Words& all) {
    members(json, key, all);
}

void list(JsonWriter& json, const char* key, const index::WordGroups& all) {
    json.Key(key);
    json.StartArray();
    for (const auto& group : all) {
        json.StartArray();
        for (const auto& one : group) {
            write(json, one);
        }
        json.EndArray();
    }
    json.EndArray();
}

/// What curators read is never kept by anybody between.
Response private_response(const std::string& body) {
    auto response = json_response(body);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

/// The curators' own under `name`, beside those that are shipped.
template <typename Lists>
Response lists_response(graph::Revision revision, const char* name, const Lists& own,
                        const Lists& shipped) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "rev", graph::number(revision));
    list(json, name, own);
    list(json, "shipped", shipped);
    json.EndObject();
    return private_response(text.str());
}

graph::Result<graph::Value> list_in(const Request& request, const std::string& name,
                                    const std::string& expected) {
    return parameters_from_json(request.body)
        .and_then([&](const graph::Map& body) -> graph::Result<graph::Value> {
            const auto found = body.find(name);
            if (found == body.end() || body.size() != 1 ||
                !found->second.is(graph::ValueKind::list)) {
                return graph::refuse_parameter(name, "The body is " + expected + ".");
            }
            return found->second;
        });
}

graph::Result<index::Words> texts(const graph::Value& value, const std::string& place) {
    index::Words all;
    if (!value.is(graph::ValueKind::list)) {
        return graph::refuse_parameter(place, place + " is no list of texts.");
    }
    for (const auto& one : value.list()) {
        if (!one.is(graph::ValueKind::string)) {
            const auto here = place + "/" + std::to_string(all.size());
            return graph::refuse_parameter(here, here + " is no text.");
        }
        all.emplace_back(one.string());
    }
    return all;
}

graph::Result<index::WordGroups> group_list(const graph::Value& value) {
    index::WordGroups all;
    for (const auto& group : value.list()) {
        auto one = texts(group, "synonyms/" + std::to_string(all.size()));
        if (!one) {
            return tl::unexpected(one.error());
        }
        all.push_back(std::move(*one));
    }
    return all;
}

}  // namespace

Answer search_report_route(const Request& request, const SearchLog* log) {
    Parameters parameters(request);
    const auto days =
        static_cast<std::size_t>(parameters.integer("days", 1, SearchLog::most_days, 30));
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "enabled", log != nullptr);
    member(json, "least_clients", SearchLog::least_clients);
    const auto kept = log == nullptr ? std::string("[]") : log->report_json(days);
    json.Key("days");
    json.RawValue(kept.data(), kept.size(), rapidjson::kArrayType);
    json.EndObject();
    return private_response(text.str());
}

Answer WordRoutes::dictionary() const {
    const auto graph = dataset_.store().snapshot();
    return lists_response(graph->revision(), "words", index::dictionary(*graph),
                          index::shipped_dictionary());
}

Answer WordRoutes::synonyms() const {
    const auto graph = dataset_.store().snapshot();
    return lists_response(graph->revision(), "synonyms", index::synonyms(*graph),
                          index::shipped_synonyms());
}

Answer WordRoutes::put_dictionary(const Request& request) {
    return list_in(request, "words", R"({"words": ["word", …]})")
        .and_then([](const graph::Value& value) { return texts(value, "words"); })
        .and_then([&](const index::Words& words) {
            return put(request,
                       [&](graph::Draft& draft) { return index::set_dictionary(draft, words); });
        })
        .and_then([&](const Response&) { return dictionary(); });
}

Answer WordRoutes::put_synonyms(const Request& request) {
    return list_in(request, "synonyms", R"({"synonyms": [["one", "the same"], …]})")
        .and_then(group_list)
        .and_then([&](const index::WordGroups& all) {
            return put(request,
                       [&](graph::Draft& draft) { return index::set_synonyms(draft, all); });
        })
        .and_then([&](const Response&) { return synonyms(); });
}

Answer WordRoutes::put(const Request& request, const graph::Change& change) {
    const auto author = request.key_name.empty() ? "a key" : request.key_name;
    return dataset_.store()
        .write({author, "words of the search over HTTP"}, change)
        .map([&](const graph::Commit& commit) {
            dataset_.index().wait(commit.revision, index_patience);
            return Response{};
        });
}

}  // namespace khom::server
