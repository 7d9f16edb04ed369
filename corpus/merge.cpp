#include <algorithm>
#include <set>
#include <vector>

#include "corpus/undo.h"

namespace khom::corpus {

namespace {

using graph::List;
using graph::Map;
using graph::NodeId;
using graph::Value;

std::string text_of(const Map& properties, const char* name) {
    const auto found = properties.find(name);
    return found == properties.end() ? std::string()
                                     : std::string(graph::string_or_empty(found->second));
}

/// The items of both lists, each once.
Value united(const Value& one, const Value& other) {
    List all;
    for (const auto* list : {&one, &other}) {
        if (!list->is(graph::ValueKind::list)) {
            continue;
        }
        for (const auto& item : list->list()) {
            if (std::find(all.begin(), all.end(), item) == all.end()) {
                all.push_back(item);
            }
        }
    }
    return all;
}

/// Sources with their locators, which are two lists of one length.
void unite_sources(Map& into, const Map& from) {
    std::set<std::pair<std::string, std::string>> seen;
    List sources, locators;
    for (const auto* side : {static_cast<const Map*>(&into), &from}) {
        const auto found = side->find("sources");
        const auto where = side->find("locators");
        const auto ids = found == side->end() ? std::vector<std::string_view>()
                                              : graph::strings_of(found->second);
        const auto places = where == side->end() ? std::vector<std::string_view>()
                                                 : graph::strings_of(where->second);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const auto place = i < places.size() ? places[i] : std::string_view();
            if (seen.emplace(ids[i], place).second) {
                sources.emplace_back(std::string(ids[i]));
                locators.emplace_back(std::string(place));
            }
        }
    }
    if (!sources.empty()) {
        into["sources"] = std::move(sources);
        into["locators"] = std::move(locators);
    }
}

/// What `into` says of itself once it is both: its own words first, the other's names as aliases.
Map merged(Map into, const Map& from) {
    for (const char* language : {"en", "th"}) {
        const auto name = std::string("name_") + language;
        const auto other = text_of(from, name.c_str());
        if (!other.empty() && !text_of(into, name.c_str()).empty() &&
            other != text_of(into, name.c_str())) {
            auto& aliases = into[std::string("aliases_") + language];
            aliases = united(aliases, List{Value(other)});
        }
    }
    unite_sources(into, from);
    for (const auto& [key, value] : from) {
        if (key == graph::public_id_key || key == "sources" || key == "locators") {
            continue;
        }
        auto& own = into[key];
        if (own.is_null()) {
            own = value;
        } else if (own.is(graph::ValueKind::list) && value.is(graph::ValueKind::list)) {
            own = united(own, value);
        }
    }
    return into;
}

bool says_the_same(const Map& one, const Map& other) {
    return text_of(one, "time") == text_of(other, "time") &&
           text_of(one, "role") == text_of(other, "role");
}

struct Link {
    graph::RelationshipId id{};
    graph::Endpoints ends;
    Map properties;
};

std::vector<Link> links_of(const graph::Snapshot& graph, NodeId node) {
    std::vector<Link> links;
    for (const auto direction : {graph::Direction::out, graph::Direction::in}) {
        for (const auto& adjacent : graph.adjacent(node, direction)) {
            const auto ends = graph.endpoints(adjacent.relationship);
            if (direction == graph::Direction::out || ends.from != node) {  // a loop is in both
                links.push_back(
                    {adjacent.relationship, ends, graph.properties(adjacent.relationship)});
            }
        }
    }
    return links;
}

/// Moves one statement's end; one that would only repeat another gives it its sources.
graph::Result<void> move_link(graph::Draft& draft, const Link& link, NodeId from, NodeId into) {
    const auto begin = link.ends.from == from ? into : link.ends.from;
    const auto end = link.ends.to == from ? into : link.ends.to;
    const std::string type(draft.view().name(link.ends.type));
    draft.erase(link.id);
    if (begin == end) {
        return {};
    }
    for (const auto& adjacent :
         draft.view().adjacent(begin, graph::Direction::out, link.ends.type)) {
        auto there = draft.view().properties(adjacent.relationship);
        if (adjacent.neighbour == end && says_the_same(there, link.properties)) {
            unite_sources(there, link.properties);
            return draft.replace_properties(adjacent.relationship, there);
        }
    }
    return draft.create_relationship(begin, type, end, link.properties)
        .map([](graph::RelationshipId) {});
}

/// Lists of sources name them by id.
graph::Result<void> cite_instead(graph::Draft& draft, const std::string& from,
                                 const std::string& into) {
    const auto renamed = [&](const Value& sources) {
        List list;
        for (const auto id : graph::strings_of(sources)) {
            list.emplace_back(id == from ? into : std::string(id));
        }
        return Value(std::move(list));
    };
    const auto cites = [&](const Value& sources) {
        const auto ids = graph::strings_of(sources);
        return std::find(ids.begin(), ids.end(), from) != ids.end();
    };
    for (const auto node : draft.view().nodes()) {
        if (const auto sources = draft.view().property(node, "sources"); cites(sources)) {
            if (auto done = draft.set_property(node, "sources", renamed(sources)); !done) {
                return done;
            }
        }
    }
    for (const auto link : draft.view().relationships()) {
        if (const auto sources = draft.view().property(link, "sources"); cites(sources)) {
            if (auto done = draft.set_property(link, "sources", renamed(sources)); !done) {
                return done;
            }
        }
    }
    return {};
}

}  // namespace

std::string current_id(const graph::Snapshot& snapshot, std::string id) {
    constexpr int most_steps = 100;
    for (int step = 0; step < most_steps && !snapshot.find(id); ++step) {
        const auto next = snapshot.redirected(id);
        if (!next) {
            break;
        }
        id = *next;
    }
    return id;
}

graph::Result<graph::Commit> merge(graph::Store& store, const std::string& from,
                                   const std::string& into, const graph::Authorship& by) {
    auto draft = store.begin();
    const auto& graph = draft.view();
    const auto source = graph.find(from), target = graph.find(into);
    if (!source || !target) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "There is no entity '" + (source ? into : from) + "'.");
    }
    if (*source == *target) {
        return graph::refuse_parameter("into", "An entity is not merged into itself.");
    }
    if (graph.property(*source, "kind") != graph.property(*target, "kind")) {
        return graph::refuse_parameter("into", "Only entities of one kind are merged.");
    }
    const auto kind = std::string(graph::string_or_empty(graph.property(*source, "kind")));
    const auto words = graph.properties(*source);
    for (const auto& link : links_of(graph, *source)) {
        if (auto moved = move_link(draft, link, *source, *target); !moved) {
            return tl::unexpected(moved.error());
        }
    }
    if (kind == "source") {
        if (auto cited = cite_instead(draft, from, into); !cited) {
            return tl::unexpected(cited.error());
        }
    }
    draft.erase(*source);
    draft.redirect(from, into);
    return draft.replace_properties(*target, merged(draft.view().properties(*target), words))
        .and_then([&] { return store.commit(std::move(draft), by); });
}

}  // namespace khom::corpus
