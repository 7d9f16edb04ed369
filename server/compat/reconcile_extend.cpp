// What surrounds the matching: what a column can be extended by, suggestions while typing,
// previews.

#include <algorithm>

#include "query/search.h"
#include "server/compat/compat.h"
#include "server/compat/reconcile_private.h"
#include "server/json_private.h"
#include "server/pages/html.h"
#include "server/query_rows.h"
#include "server/url.h"

namespace khom::server {

using graph::Map;
using graph::Value;

namespace reconciliation {

std::string text_of(const Map& map, const char* name) {
    const auto found = map.find(name);
    return found == map.end() ? std::string() : std::string(graph::string_or_empty(found->second));
}

std::string shown(const graph::Wording& name) {
    return name.en.empty()                         ? name.th
           : name.th.empty() || name.th == name.en ? name.en
                                                   : name.en + " · " + name.th;
}

std::string folded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '-' && c != '.') {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return out;
}

/// A parameter of the address, or of a form that was posted.
std::string given(const Request& request, const char* name) {
    if (const auto* value = request.parameter(name)) {
        return *value;
    }
    if (request.method == "POST") {
        if (const auto form = parse_target("/?" + request.body)) {
            for (const auto& [key, value] : form->query) {
                if (key == name) {
                    return value;
                }
            }
        }
    }
    return {};
}

}  // namespace reconciliation

namespace {

using namespace reconciliation;

constexpr std::size_t most_rows = 1'000, most_columns = 50;

bool is_extendable(const graph::Attribute& attribute) {
    return attribute.name != "sources" && attribute.name != "locators" &&
           attribute.name != "curator";
}

/// A cell: entities as such, all else as text or number.
void write_cell(JsonWriter& json, const Value& value) {
    json.StartObject();
    if (value.is(graph::ValueKind::integer) || value.is(graph::ValueKind::floating)) {
        json.Key("float");
        write(json, value);
    } else {
        json.Key("str");
        write(json, value);
    }
    json.EndObject();
}

void write_cells(JsonWriter& json, const query::Reading& reading, const std::string& id,
                 const std::string& property) {
    json.StartArray();
    const auto node = reading.graph().find(id);
    if (const auto* type = reading.ontology->type(property); node && type != nullptr) {
        if (const auto number = reading.graph().type(type->cypher)) {
            for (const auto& adjacent :
                 reading.graph().adjacent(*node, graph::Direction::out, *number)) {
                const auto other = query::entity_ref(reading, adjacent.neighbour);
                json.StartObject();
                member(json, "id", other.id);
                member(json, "name", shown(other.name));
                json.EndObject();
            }
        }
    } else if (node) {
        const auto value = reading.graph().property(*node, property);
        if (value.is(graph::ValueKind::list)) {
            for (const auto& item : value.list()) {
                write_cell(json, item);
            }
        } else if (!value.is_null()) {
            write_cell(json, value);
        }
    }
    json.EndArray();
}

std::string property_name(const query::Reading& reading, const std::string& id) {
    if (const auto* type = reading.ontology->type(id)) {
        return type->wording.en;
    }
    const auto* attribute = reading.ontology->attribute(id);
    return attribute == nullptr || attribute->wording.en.empty()
               ? id
               : attribute->wording.en + " (" + id + ")";
}

}  // namespace

Answer reconciliation::answer_extension(const std::string& extend, const query::Reading& reading) {
    auto body = parameters_from_json(extend);
    if (!body) {
        return tl::unexpected(body.error());
    }
    const auto ids = (*body)["ids"], properties = (*body)["properties"];
    if (!ids.is(graph::ValueKind::list) || !properties.is(graph::ValueKind::list) ||
        ids.list().size() > most_rows || properties.list().size() > most_columns) {
        return graph::refuse_parameter(
            "extend", "'extend' is {\"ids\": […], \"properties\": [{\"id\": …}, …]}.");
    }
    std::vector<std::string> names;
    for (const auto& property : properties.list()) {
        names.push_back(property.is(graph::ValueKind::map) ? text_of(property.map(), "id") : "");
    }
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    json.Key("meta");
    json.StartArray();
    for (const auto& name : names) {
        json.StartObject();
        member(json, "id", name);
        member(json, "name", property_name(reading, name));
        json.EndObject();
    }
    json.EndArray();
    json.Key("rows");
    json.StartObject();
    for (const auto& id : ids.list()) {
        const std::string name(graph::string_or_empty(id));
        json.Key(name.c_str());
        json.StartObject();
        for (const auto& property : names) {
            json.Key(property.c_str());
            write_cells(json, reading, name, property);
        }
        json.EndObject();
    }
    json.EndObject();
    json.EndObject();
    return json_response(text.str());
}

Answer reconcile_suggest(const Request& request, const query::Reading& reading,
                         const std::string& what) {
    const auto prefix = given(request, "prefix");
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    json.Key("result");
    json.StartArray();
    const auto item = [&](const std::string& id, const std::string& name, const std::string& note) {
        json.StartObject();
        member(json, "id", id);
        member(json, "name", name);
        if (!note.empty()) {
            member(json, "description", note);
        }
        json.EndObject();
    };
    const auto begins = [&](const std::string& word) {
        return folded(word).find(folded(prefix)) != std::string::npos;
    };
    if (what == "entity") {
        query::SuggestQuestion question;
        question.text = prefix;
        const auto found = prefix.empty()
                               ? graph::Result<query::SuggestResult>(query::SuggestResult{})
                               : query::suggest(reading, question);
        if (!found) {
            return tl::unexpected(found.error());
        }
        for (const auto& hit : found->entities) {
            item(hit.entity.id, shown(hit.entity.name), hit.entity.kind);
        }
    } else if (what == "type") {
        for (const auto& kind : reading.ontology->kinds) {
            if (begins(kind.one.en) || begins(kind.one.th)) {
                item(kind.id, kind.one.en, kind.one.th);
            }
        }
    } else if (what == "property") {
        for (const auto& type : reading.ontology->types) {
            if (begins(type.id) || begins(type.wording.en) || begins(type.wording.th)) {
                item(type.id, property_name(reading, type.id), type.wording.th);
            }
        }
        for (const auto& attribute : reading.ontology->attributes) {
            if (is_extendable(attribute) && begins(attribute.name)) {
                item(attribute.name, property_name(reading, attribute.name), "");
            }
        }
    } else {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "What is suggested is entity, type or property.");
    }
    json.EndArray();
    json.EndObject();
    return json_response(text.str());
}

Answer reconcile_properties(const Request& request, const query::Reading& reading) {
    const auto type = given(request, "type");
    JsonText text;
    auto& json = text.writer;
    const auto property = [&](const std::string& id) {
        json.StartObject();
        member(json, "id", id);
        member(json, "name", property_name(reading, id));
        json.EndObject();
    };
    const auto is_for = [&](const std::vector<std::string>& kinds) {
        return type.empty() || std::find(kinds.begin(), kinds.end(), type) != kinds.end() ||
               std::find(kinds.begin(), kinds.end(), "*") != kinds.end();
    };
    json.StartObject();
    member(json, "type", type);
    json.Key("properties");
    json.StartArray();
    for (const auto& each : reading.ontology->attributes) {
        if (is_extendable(each) && is_for(each.on)) {
            property(each.name);
        }
    }
    for (const auto& each : reading.ontology->types) {
        if (is_for(each.domain)) {
            property(each.id);
        }
    }
    json.EndArray();
    json.EndObject();
    return json_response(text.str());
}

Answer reconcile_preview(const Request& request, const query::Reading& reading) {
    return query::entity(reading, given(request, "id")).map([](const query::EntityView& entity) {
        const auto paragraph = [](const std::string& words) {
            return words.empty() ? std::string() : "<p>" + escaped(words) + "</p>\n";
        };
        Response response{200, "text/html; charset=utf-8", {}, {}};
        response.headers.emplace_back("Content-Security-Policy",
                                      "default-src 'none'; frame-ancestors *");
        response.body =
            "<!doctype html>\n<html lang=\"th\">\n<meta charset=\"utf-8\">\n<title>" +
            escaped(shown(entity.ref.name)) + "</title>\n<body>\n<h1>" +
            escaped(shown(entity.ref.name)) + "</h1>\n" +
            paragraph(entity.ref.kind + (entity.subtype.empty() ? "" : ", " + entity.subtype)) +
            paragraph(entity.summary.th) + paragraph(entity.summary.en) + "</body>\n</html>\n";
        return response;
    });
}

}  // namespace khom::server
