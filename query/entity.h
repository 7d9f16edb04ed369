#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"
#include "graph/ontology.h"
#include "graph/snapshot.h"
#include "query/reading.h"

namespace khom::query {

using graph::Wording;

/// An entity as it is mentioned by another; a language without a name is empty.
struct EntityRef {
    std::string id;
    std::string kind;
    Wording name;
    bool operator==(const EntityRef&) const = default;
};

/// A source as cited: the source's own data, and where in it (`locator`).
struct SourceRef {
    std::string id, title, url, locator, retrieved, licence, publisher;
};

/// A time in EDTF, and in words in both calendars ("พ.ศ. 2564", "2021").
struct TimeLabel {
    std::string edtf;
    Wording words;
    bool from_programme = false;  ///< the statement has none of its own; this is its programme's
};

/// One statement as seen from one of its ends.
struct StatementView {
    std::string id;         ///< "s-…"
    std::string type;       ///< "organized_by"
    std::string direction;  ///< "out" or "in", from the entity's side
    Wording wording;        ///< as read in that direction
    EntityRef target;
    std::string role, role_th;
    std::string status;  ///< "done" where nothing else is said
    std::optional<TimeLabel> time;
    std::string certainty;
    std::vector<SourceRef> sources;
    std::string note;
    std::map<std::string, graph::Value> attributes;  ///< the type's own: amount, order, …
};

/// An attribute of an entity that is neither name, alias, summary nor time: its goal, method,
/// sector, …
struct AttributeView {
    std::string name;  ///< "goal_en"
    Wording wording;   ///< "goal"
    graph::Value value;
};

struct Point {
    double lat = 0, lon = 0;
    std::string certainty, source;
};

/// One entity with all that is said of it.
struct EntityView {
    EntityRef ref;
    std::string subtype;
    Wording summary;
    std::vector<std::string> aliases_en, aliases_th, aliases_other;
    std::optional<TimeLabel> time;
    std::optional<Point> point;
    std::vector<std::string> same_as;
    std::vector<AttributeView> attributes;
    std::vector<SourceRef> sources;
    std::string certainty;
    std::vector<StatementView>
        statements;  ///< outgoing types in the ontology's order, then incoming; oldest first within
    std::size_t degree = 0;
    std::uint64_t revision = 0;
};

/// One entity by its public id. Refuses: entity_not_found, with near ids in the message; gone with
/// the new id in `detail` if it was merged. Cost: linear in its statements.
graph::Result<EntityView> entity(const Reading& reading, std::string_view id);

/// How an entity is mentioned. Cost: a few look-ups.
EntityRef entity_ref(const Reading& reading, graph::NodeId node);

/// The statement a relationship stands for, seen from its `from` end (`out`) or its `to` end
/// (`in`).
StatementView statement(const Reading& reading, graph::RelationshipId relationship,
                        graph::Direction direction);

/// A time in both calendars: "September 2020" / "กันยายน พ.ศ. 2563"; "about", "uncertain" and
/// intervals are worded too.
TimeLabel time_label(std::string_view edtf);

}  // namespace khom::query
