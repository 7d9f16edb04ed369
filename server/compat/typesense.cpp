// The part of Typesense's search API that typesense-instantsearch-adapter 2.9.0 speaks, so that a
// portal built for InstantSearch works unchanged: POST multi_search with JSON sent as text/plain
// and a key in the address, which is not looked at, since reading needs none. Collections are
// `entities` and the kinds. Highlights are text with <mark>, not HTML: InstantSearch escapes them.

#include <algorithm>
#include <charconv>

#include "query/search.h"
#include "server/compat/compat.h"
#include "server/json_private.h"
#include "server/problem.h"
#include "server/query_rows.h"

namespace khom::server {

namespace {

using graph::Map;
using graph::Value;

constexpr std::size_t most_searches = 20, most_hits = 5'000;

std::string text_of(const Map& search, const char* name) {
    const auto found = search.find(name);
    if (found == search.end()) {
        return {};
    }
    if (found->second.is(graph::ValueKind::integer)) {
        return std::to_string(found->second.integer());
    }
    return std::string(graph::string_or_empty(found->second));
}

std::size_t number_of(const Map& search, const char* name, std::size_t most,
                      std::size_t otherwise) {
    const auto text = text_of(search, name);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return text.empty() || error != std::errc() ? otherwise : std::min(number, most);
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '`')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '`')) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

/// Parts between `divider`, which does not count inside backticks or brackets.
std::vector<std::string> parts_of(std::string_view text, std::string_view divider) {
    std::vector<std::string> parts(1);
    bool quoted = false;
    int depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        quoted = quoted != (text[at] == '`');
        depth += quoted ? 0 : text[at] == '[' ? 1 : text[at] == ']' ? -1 : 0;
        if (!quoted && depth <= 0 && text.substr(at, divider.size()) == divider) {
            parts.emplace_back();
            at += divider.size();
        } else {
            parts.back() += text[at++];
        }
    }
    std::erase_if(parts, [](const std::string& part) { return trimmed(part).empty(); });
    return parts;
}

/// "year:=[2020..2024] && sector:=[`a`,`b`]" → our filters; `kind` goes to the kinds asked for.
graph::Result<void> add_filters(const std::string& filter_by, query::SearchQuestion& question) {
    for (const auto& clause : parts_of(filter_by, "&&")) {
        const auto plain = trimmed(clause);
        const auto colon = plain.find(':');
        if (colon == std::string::npos || plain.front() == '(') {
            return graph::refuse_parameter("filter_by", "'" + plain + "' is not field:value.");
        }
        const auto field = trimmed(plain.substr(0, colon));
        auto value = trimmed(plain.substr(colon + 1));
        if (!value.empty() && value.front() == '=') {
            value = trimmed(value.substr(1));
        }
        if (value.size() > 1 && value.front() == '[' && value.back() == ']') {
            const auto inner = value.substr(1, value.size() - 2);
            if (const auto dots = inner.find(".."); dots != std::string::npos) {
                question.filters.push_back(field + ":>=" + trimmed(inner.substr(0, dots)));
                question.filters.push_back(field + ":<=" + trimmed(inner.substr(dots + 2)));
                continue;
            }
            value.clear();
            for (const auto& item : parts_of(inner, ",")) {
                if (field == "kind") {
                    question.kinds.push_back(trimmed(item));
                } else {
                    value += (value.empty() ? "" : "|") + trimmed(item);
                }
            }
        } else if (field == "kind") {
            question.kinds.push_back(value);
        }
        if (field != "kind") {
            question.filters.push_back(field + ":" + value);
        }
    }
    return {};
}

/// "year:desc" → "-start"; the first order that is not by relevance counts.
std::string sort_of(const std::string& sort_by) {
    for (const auto& each : parts_of(sort_by, ",")) {
        const auto order = trimmed(each);
        if (order == "year:asc" || order == "time:asc" || order == "start:asc") {
            return "start";
        }
        if (order == "year:desc" || order == "time:desc" || order == "start:desc") {
            return "-start";
        }
        if (order.substr(0, 4) == "name") {
            return "name";
        }
        if (order.substr(0, 6) == "degree") {
            return "degree";
        }
    }
    return "relevance";
}

struct Asked {
    query::SearchQuestion question;
    std::string collection;
    std::size_t page = 1, per_page = 10;
};

graph::Result<Asked> asked(const Map& search, const query::Reading& reading) {
    Asked all;
    auto& question = all.question;
    all.collection = text_of(search, "collection");
    if (all.collection != "entities") {
        if (reading.ontology->kind(all.collection) == nullptr) {
            return graph::refuse(graph::RefusalCode::entity_not_found,
                                 "Not found: collections are entities and the kinds.");
        }
        question.kinds.push_back(all.collection);
    }
    question.text = text_of(search, "q");
    if (question.text == "*") {
        question.text.clear();
    }
    all.page = std::max<std::size_t>(1, number_of(search, "page", most_hits, 1));
    all.per_page = number_of(search, "per_page", 250, 10);
    question.sort = sort_of(text_of(search, "sort_by"));
    for (const auto& facet : parts_of(text_of(search, "facet_by"), ",")) {
        question.facets.push_back(trimmed(facet.substr(0, facet.find('('))));
    }
    return add_filters(text_of(search, "filter_by"), question).map([&] { return all; });
}

/// The hits of one page: the pages before it are passed over.
graph::Result<query::SearchResult> page_of(const query::Reading& reading, const Asked& all) {
    auto question = all.question;
    const auto skip = std::min(most_hits, (all.page - 1) * all.per_page);
    question.limit = skip == 0 ? all.per_page : 250;
    auto result = query::search(reading, question);
    if (!result || skip == 0) {
        return result;
    }
    std::vector<query::SearchHit> hits = std::move(result->hits);
    auto cursor = result->next_cursor;
    while (hits.size() < skip + all.per_page && !cursor.empty()) {
        question.cursor = cursor;
        question.facets.clear();
        auto more = query::search(reading, question);
        if (!more) {
            return more;
        }
        std::move(more->hits.begin(), more->hits.end(), std::back_inserter(hits));
        cursor = more->next_cursor;
    }
    hits.resize(std::min(hits.size(), skip + all.per_page));
    hits.erase(hits.begin(),
               hits.begin() + static_cast<std::ptrdiff_t>(std::min(skip, hits.size())));
    result->hits = std::move(hits);
    return result;
}

/// Our highlights are HTML; Typesense's are text with <mark>.
std::string as_text(std::string html) {
    struct Entity {
        std::string_view name, text;
    };
    for (const auto& [name, text] :
         {Entity{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
        for (auto at = html.find(name); at != std::string::npos;
             at = html.find(name, at + text.size())) {
            html.replace(at, name.size(), text);
        }
    }
    return html;
}

void write_document(JsonWriter& json, const query::SearchHit& hit, const std::string& base_url) {
    json.StartObject();
    member(json, "id", hit.entity.id);
    member(json, "kind", hit.entity.kind);
    member(json, "subtype", hit.subtype);
    member(json, "name", hit.entity.name.en.empty() ? hit.entity.name.th : hit.entity.name.en);
    member(json, "name_en", hit.entity.name.en);
    member(json, "name_th", hit.entity.name.th);
    member(json, "summary", hit.summary.en.empty() ? hit.summary.th : hit.summary.en);
    member(json, "summary_en", hit.summary.en);
    member(json, "summary_th", hit.summary.th);
    member(json, "url", hit.url.empty() || hit.url.front() != '/' ? hit.url : base_url + hit.url);
    if (hit.time) {
        member(json, "time", hit.time->edtf);
    }
    json.EndObject();
}

/// The words between the marks.
std::vector<std::string> marked(const std::string& text) {
    std::vector<std::string> words;
    for (auto at = text.find("<mark>"); at != std::string::npos; at = text.find("<mark>", at)) {
        const auto end = text.find("</mark>", at);
        if (end == std::string::npos) {
            break;
        }
        words.push_back(text.substr(at + 6, end - at - 6));
        at = end;
    }
    return words;
}

/// The document's field of a highlight: "name_th" of "name.th". Clients look one up by the other.
std::string document_field(std::string field) {
    std::replace(field.begin(), field.end(), '.', '_');
    return field;
}

void write_highlights(JsonWriter& json, const query::SearchHit& hit) {
    json.Key("highlights");
    json.StartArray();
    for (const auto& [field, html] : hit.highlights) {
        const auto text = as_text(html);
        json.StartObject();
        member(json, "field", document_field(field));
        member(json, "snippet", text);
        member(json, "value", text);
        members(json, "matched_tokens", marked(text));
        json.EndObject();
    }
    json.EndArray();
    json.Key("highlight");
    json.StartObject();
    for (const auto& [field, html] : hit.highlights) {
        const auto text = as_text(html);
        json.Key(document_field(field).c_str());
        json.StartObject();
        member(json, "snippet", text);
        member(json, "value", text);
        members(json, "matched_tokens", marked(text));
        json.EndObject();
    }
    json.EndObject();
}

void write_facets(JsonWriter& json, const query::SearchResult& result, std::size_t most_values) {
    json.Key("facet_counts");
    json.StartArray();
    for (const auto& [field, values] : result.facets) {
        json.StartObject();
        member(json, "field_name", field);
        member(json, "sampled", false);
        json.Key("counts");
        json.StartArray();
        for (std::size_t i = 0; i < values.size() && i < most_values; ++i) {
            json.StartObject();
            member(json, "count", values[i].count);
            member(json, "value", values[i].value);
            member(json, "highlighted", values[i].value);
            json.EndObject();
        }
        json.EndArray();
        json.Key("stats");
        json.StartObject();
        member(json, "total_values", values.size());
        json.EndObject();
        json.EndObject();
    }
    json.EndArray();
}

void write_result(JsonWriter& json, const Asked& all, const query::SearchResult& result,
                  const Map& search, const query::Reading& reading, const std::string& base_url) {
    json.StartObject();
    write_facets(json, result, number_of(search, "max_facet_values", 250, 10));
    member(json, "found", result.total);
    member(json, "out_of", reading.graph().node_count());
    member(json, "page", all.page);
    member(json, "search_time_ms", 0);
    member(json, "search_cutoff", false);
    json.Key("request_params");
    json.StartObject();
    member(json, "collection_name", all.collection);
    member(json, "per_page", all.per_page);
    member(json, "q", all.question.text);
    json.EndObject();
    json.Key("hits");
    json.StartArray();
    for (const auto& hit : result.hits) {
        json.StartObject();
        json.Key("document");
        write_document(json, hit, base_url);
        write_highlights(json, hit);
        member(json, "text_match", static_cast<std::int64_t>(hit.score * 1e6));
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
}

void write_search(JsonWriter& json, const Map& search, const query::Reading& reading,
                  const std::string& base_url) {
    const auto all = asked(search, reading);
    const auto result = all ? page_of(reading, *all)
                            : graph::Result<query::SearchResult>(tl::unexpected(all.error()));
    if (result) {
        return write_result(json, *all, *result, search, reading, base_url);
    }
    json.StartObject();
    member(json, "code", status_of(result.error().code));
    member(json, "error", result.error().message);
    json.EndObject();
}

/// What stands in the address holds for every search that does not say otherwise.
Map with_defaults(const Map& search, const Request& request) {
    Map all = search;
    for (const auto& [name, value] : request.query) {
        if (name != "x-typesense-api-key") {
            all.try_emplace(name, Value(value));
        }
    }
    return all;
}

}  // namespace

Answer typesense_multi_search(const Request& request, const query::Reading& reading,
                              const std::string& base_url) {
    const auto body = parameters_from_json(request.body);
    if (!body) {
        return tl::unexpected(body.error());
    }
    const auto searches = body->find("searches");
    if (searches == body->end() || !searches->second.is(graph::ValueKind::list) ||
        searches->second.list().size() > most_searches) {
        return graph::refuse_parameter("searches", "'searches' is a list of at most 20 searches.");
    }
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    json.Key("results");
    json.StartArray();
    for (const auto& search : searches->second.list()) {
        write_search(
            json, with_defaults(search.is(graph::ValueKind::map) ? search.map() : Map(), request),
            reading, base_url);
    }
    json.EndArray();
    json.EndObject();
    return json_response(text.str());
}

Answer typesense_search(const Request& request, const query::Reading& reading,
                        const std::string& collection, const std::string& base_url) {
    auto search = with_defaults({}, request);
    search["collection"] = collection;
    const auto all = asked(search, reading);
    if (!all) {
        return tl::unexpected(all.error());
    }
    return page_of(reading, *all).map([&](const query::SearchResult& result) {
        JsonText text;
        write_result(text.writer, *all, result, search, reading, base_url);
        return json_response(text.str());
    });
}

}  // namespace khom::server
