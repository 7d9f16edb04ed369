#include "server/views.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "corpus/sha256.h"
#include "server/url.h"

namespace khom::server {

namespace {

using nlohmann::json;

constexpr std::size_t most_values = 100, most_value_bytes = 512;

struct Kind {
    std::string_view name, path;
    std::vector<std::string_view> parameters;
};

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all = {
        {"search",
         "/search",
         {"q", "kind", "filter", "near", "bbox", "linked_to", "linked_depth", "from", "to", "sort",
          "view"}},
        {"graph",
         "/graph",
         {"id", "open", "hide", "group", "kind", "type", "sector", "from", "to", "pin", "source",
          "target", "chain", "max_hops", "rank", "rev"}},
        {"map", "/map", {"q", "filter", "near", "bbox", "linked_to", "linked_depth", "from", "to"}},
        {"timeline", "/timeline", {"entity", "kind", "from", "to"}},
        {"network",
         "/network",
         {"lens", "min_weight", "sector", "theme", "from", "to", "compare_from", "compare_to"}},
        {"dossier", "/dossiers/", {"id", "from", "to", "fiscal_year", "rev"}},
    };
    return all;
}

const Kind* kind_of(std::string_view name) {
    const auto found = std::find_if(kinds().begin(), kinds().end(),
                                    [&](const Kind& kind) { return kind.name == name; });
    return found == kinds().end() ? nullptr : &*found;
}

/// One value of a parameter as it stands in an address.
std::optional<std::string> text_of(const json& value) {
    auto text = value.is_string()    ? std::optional(value.get<std::string>())
                : value.is_boolean() ? std::optional<std::string>(value ? "true" : "false")
                : value.is_number()  ? std::optional(value.dump())
                                     : std::nullopt;
    return text && text->size() <= most_value_bytes ? text : std::nullopt;
}

graph::Result<Pairs> parameters_of(const Kind& kind, const json& state) {
    Pairs pairs;
    for (const auto name : kind.parameters) {
        const auto found = state.find(name);
        if (found == state.end() || found->is_null()) continue;
        for (const auto& value : found->is_array() ? *found : json::array({*found})) {
            auto text = text_of(value);
            if (!text || pairs.size() >= most_values) {
                return graph::refuse_parameter(
                    "state." + std::string(name),
                    "'" + std::string(name) +
                        "' in a view's state is a text, a number, or a list of these.");
            }
            // In a list even nothing says something: `open` of [""] is a graph with nothing opened.
            if (!text->empty() || found->is_array()) pairs.emplace_back(name, std::move(*text));
        }
    }
    return pairs;
}

/// The view in a JSON that has kind and state, whoever wrote it.
graph::Result<View> read(const json& said) {
    const auto kind = said.value("kind", json());
    const auto* known = kind.is_string() ? kind_of(kind.get<std::string>()) : nullptr;
    if (known == nullptr) {
        return graph::refuse_parameter(
            "kind", "'kind' is one of: search, graph, map, timeline, network, dossier.");
    }
    const auto state = said.value("state", json());
    if (!state.is_object()) {
        return graph::refuse_parameter("state", "'state' is an object of parameters and values.");
    }
    const auto title = said.value("title", json::object());
    if (!title.is_object() || !std::all_of(title.begin(), title.end(),
                                           [](const json& words) { return words.is_string(); })) {
        return graph::refuse_parameter("title", "'title' is {\"th\": \"…\", \"en\": \"…\"}.");
    }
    return parameters_of(*known, state).map([&](Pairs parameters) {
        View view;
        view.kind = known->name;
        view.parameters = std::move(parameters);
        json content = {{"kind", kind}, {"state", state}};  // in one order, by name
        if (!title.empty()) content["title"] = title;
        view.id = "v-" + corpus::sha256(content.dump()).substr(0, 16);
        content["id"] = view.id;
        view.json = content.dump();
        return view;
    });
}

}  // namespace

graph::Result<View> parse_view(std::string_view body, const query::Reading& reading) {
    if (body.size() > most_view_bytes) {
        return graph::refuse_parameter(
            "state", "A view has at most " + std::to_string(most_view_bytes) + " bytes.");
    }
    const auto said = json::parse(body, nullptr, false);
    if (!said.is_object()) {
        return graph::refuse_parameter("body", "A view is {\"kind\": …, \"state\": {…}}.");
    }
    return read(said).and_then([&](View view) -> graph::Result<View> {
        if (auto shown = shown_by(view, reading); !shown) return tl::unexpected(shown.error());
        view.revision = graph::number(reading.graph().revision());
        auto with_revision = json::parse(view.json);
        with_revision["rev"] = view.revision;
        view.json = with_revision.dump();
        return view;
    });
}

graph::Result<View> keep_view(KeptTexts& kept, View view) {
    return kept.keep(view.id, view.json)
        .and_then([&](KeptTexts::Outcome outcome) -> graph::Result<View> {
            if (outcome == KeptTexts::Outcome::was_there) return find_view(kept, view.id);
            return std::move(view);
        });
}

graph::Result<View> find_view(const KeptTexts& kept, const std::string& id) {
    const auto text = id.compare(0, 2, "v-") == 0 ? kept.find(id) : std::nullopt;
    if (!text) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "There is no saved view '" + id + "'.");
    }
    const auto said = json::parse(*text, nullptr, false);
    auto view = said.is_object() ? read(said) : graph::Result<View>(View());
    if (!view || view->id != id) throw graph::Fault("the saved view " + id + " is damaged");
    view->revision = said.value("rev", std::uint64_t{0});
    view->json = *text;
    return view;
}

std::string page_of(const View& view) {
    std::string address(kind_of(view.kind)->path), query;
    auto parameters = view.parameters;
    if (view.kind == "dossier") {
        address +=
            percent_encoded(parameters.front().second);  // its id, which `shown_by` asked for
        parameters.erase(parameters.begin());
        parameters.emplace_back("view", view.id);
    }
    for (const auto& [name, value] : parameters) {
        query += (query.empty() ? "?" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
    }
    return address + query;
}

std::map<std::string, std::string> notes_of(const View& view) {
    const auto said = json::parse(view.json, nullptr, false);
    const auto notes = said.value("state", json::object()).value("notes", json::object());
    std::map<std::string, std::string> found;
    for (const auto& [section, note] : notes.items()) {
        if (note.is_string()) found.emplace(section, note.get<std::string>());
    }
    return found;
}

}  // namespace khom::server
