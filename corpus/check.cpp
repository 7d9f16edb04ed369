#include "corpus/check.h"

#include <algorithm>
#include <map>
#include <optional>

namespace khom::corpus {

namespace {

using graph::Direction;
using graph::NodeId;
using graph::Snapshot;

std::string id_of(const Snapshot& graph, NodeId node) {
    return std::string(graph::string_or_empty(graph.property(node, "id")));
}

std::vector<NodeId> of_kind(const Snapshot& graph, const graph::Ontology& ontology,
                            std::string_view kind) {
    const auto label = graph.label(ontology.kind(kind)->label);
    return label ? graph.nodes(*label) : std::vector<NodeId>();
}

bool has_statement(const Snapshot& graph, NodeId node, Direction direction, std::string_view type) {
    const auto id = graph.type(type);
    return id && !graph.adjacent(node, direction, *id).empty();
}

/// Whether anything is said of it besides where it is and which page names it.
bool is_island(const Snapshot& graph, NodeId node) {
    for (const auto direction : {Direction::out, Direction::in}) {
        for (const auto& adjacent : graph.adjacent(node, direction)) {
            const auto type = graph.name(adjacent.type);
            if (type != "LOCATED_IN" && type != "DOCUMENTED_IN") {
                return false;
            }
        }
    }
    return true;
}

template <class Lacks>
Gap gap(const Snapshot& graph, const char* name, graph::Wording words,
        const std::vector<NodeId>& nodes, Lacks lacks) {
    Gap found{name, std::move(words), nodes.size(), {}};
    for (const auto node : nodes) {
        if (lacks(node)) {
            found.ids.push_back(id_of(graph, node));
        }
    }
    std::sort(found.ids.begin(), found.ids.end());
    return found;
}

template <class Lacks>
Gap statement_gap(const Snapshot& graph, const char* name, graph::Wording words, Lacks lacks) {
    Gap found{name, std::move(words), 0, {}};
    for (const auto relationship : graph.relationships()) {
        if (graph.name(graph.endpoints(relationship).type) == "DOCUMENTED_IN") {
            continue;
        }
        ++found.of;
        if (lacks(relationship)) {
            found.ids.emplace_back(graph::string_or_empty(graph.property(relationship, "id")));
        }
    }
    std::sort(found.ids.begin(), found.ids.end());
    return found;
}

std::vector<NodeId> areas(const Snapshot& graph, const graph::Ontology& ontology) {
    std::vector<NodeId> nodes;
    for (const auto& id : ontology.key_feature_areas) {
        if (const auto node = graph.find(id)) {
            nodes.push_back(*node);
        }
    }
    return nodes;
}

void add_programme_gaps(const Snapshot& graph, const graph::Ontology& ontology,
                        CheckReport& report) {
    const auto programmes = of_kind(graph, ontology, "program");
    const auto lacks = [&](const char* type) {
        return [&graph, type](NodeId node) {
            return !has_statement(graph, node, Direction::out, type);
        };
    };
    report.gaps.push_back(gap(graph, "programmes_without_organiser",
                              {"programmes that nobody is said to have organised", "กิจกรรมที่ไม่มีผู้จัด"},
                              programmes, lacks("ORGANIZED_BY")));
    report.gaps.push_back(gap(graph, "programmes_without_place",
                              {"programmes without a place", "กิจกรรมที่ไม่มีสถานที่"}, programmes,
                              lacks("HELD_AT")));
    report.gaps.push_back(gap(graph, "programmes_without_date",
                              {"programmes without a date", "กิจกรรมที่ไม่มีวันเวลา"}, programmes,
                              [&](NodeId node) { return graph.property(node, "time").is_null(); }));
    auto actors = of_kind(graph, ontology, "partner");
    actors.insert(actors.end(), programmes.begin(), programmes.end());
    report.gaps.push_back(
        gap(graph, "islands",
            {"partners and programmes that no statement links to anything but a place or a page",
             "ภาคีและกิจกรรมที่ไม่มีความเชื่อมโยงนอกจากที่ตั้งหรือแหล่งอ้างอิง"},
            actors, [&](NodeId node) { return is_island(graph, node); }));
}

}  // namespace

CheckReport check(const graph::Store& store, const graph::Ontology& ontology) {
    const auto pinned = store.snapshot();
    const auto& graph = *pinned;
    CheckReport report;
    report.revision = graph.revision();
    add_programme_gaps(graph, ontology, report);
    std::vector<NodeId> named = graph.nodes();
    std::erase_if(named, [&](NodeId node) {
        return graph::string_or_empty(graph.property(node, "kind")) == "source";
    });
    report.gaps.push_back(gap(
        graph, "entities_without_thai_name", {"entities without a Thai name", "รายการที่ไม่มีชื่อไทย"},
        named, [&](NodeId node) { return graph.property(node, "name_th").is_null(); }));
    report.gaps.push_back(
        statement_gap(graph, "statements_with_one_source",
                      {"statements that one source alone makes", "ข้อความที่มีแหล่งอ้างอิงเดียว"},
                      [&](graph::RelationshipId id) {
                          const auto sources = graph.property(id, "sources");
                          return graph::strings_of(sources).size() < 2;
                      }));
    report.gaps.push_back(statement_gap(
        graph, "doubtful_statements", {"statements of doubtful certainty", "ข้อความที่ไม่แน่ชัด"},
        [&](graph::RelationshipId id) {
            return graph::string_or_empty(graph.property(id, "certainty")) == "doubtful";
        }));
    Gap empty{"kinds_without_entities",
              {"kinds of which there is nothing", "ประเภทที่ยังไม่มีข้อมูล"},
              ontology.kinds.size(),
              {}};
    for (const auto& kind : ontology.kinds) {
        if (of_kind(graph, ontology, kind.id).empty()) {
            empty.ids.push_back(kind.id);
        }
    }
    report.gaps.push_back(std::move(empty));
    report.gaps.push_back(gap(graph, "key_feature_areas_without_anything",
                              {"areas of the UNESCO key features with nothing in them",
                               "ด้านของลักษณะสำคัญยูเนสโกที่ยังไม่มีข้อมูล"},
                              areas(graph, ontology), [&](NodeId node) {
                                  const auto incoming = graph.adjacent(node, Direction::in);
                                  return std::none_of(
                                      incoming.begin(), incoming.end(), [&](const auto& adjacent) {
                                          return graph.name(adjacent.type) != "BROADER" &&
                                                 graph.name(adjacent.type) != "DOCUMENTED_IN";
                                      });
                              }));
    return report;
}

std::vector<std::string> compare_with_log(const graph::Store& store) {
    const auto snapshot = store.snapshot();
    std::map<NodeId, std::optional<graph::Node>> nodes;
    std::map<graph::RelationshipId, std::optional<graph::Relationship>> relationships;
    graph::Revision at{};
    for (;;) {
        const auto entries = store.log().read(at, 100);
        if (!entries || entries->empty()) {
            break;
        }
        for (const auto& entry : *entries) {
            for (const auto& change : entry.batch.nodes) {
                nodes[change.id] = change.after;
            }
            for (const auto& change : entry.batch.relationships) {
                relationships[change.id] = change.after;
            }
            at = entry.revision;
        }
    }
    std::vector<std::string> damage;
    if (at != snapshot->revision()) {
        damage.push_back("The log ends at revision " + std::to_string(graph::number(at)) +
                         ", the state is at " +
                         std::to_string(graph::number(snapshot->revision())) + ".");
    }
    for (const auto& [id, after] : nodes) {
        const auto now = snapshot->has(id) ? std::optional(snapshot->node(id)) : std::nullopt;
        if (now != after) {
            damage.push_back("Node " + std::to_string(graph::number(id)) +
                             " is not what the log says.");
        }
    }
    for (const auto& [id, after] : relationships) {
        const auto now =
            snapshot->has(id) ? std::optional(snapshot->relationship(id)) : std::nullopt;
        if (now != after) {
            damage.push_back("Relationship " + std::to_string(graph::number(id)) +
                             " is not what the log says.");
        }
    }
    return damage;
}

}  // namespace khom::corpus
