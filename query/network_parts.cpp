#include <algorithm>
#include <set>
#include <tuple>

#include "query/lookup.h"
#include "query/network_private.h"

namespace khom::query {

namespace {

using graph::Direction;
using graph::NodeId;

/// The nodes of a kind, by public id. A sector-group is no partner.
std::vector<NodeId> nodes_of_kind(const Reading& reading, const std::string& kind) {
    const auto& graph = reading.graph();
    const auto* known = reading.ontology->kind(kind);
    const auto label = known == nullptr ? std::nullopt : graph.label(known->label);
    if (!label) return {};
    auto nodes = graph.nodes(*label);
    if (kind == "partner") {
        std::erase_if(nodes, [&](NodeId node) { return is_sector_group(graph, node); });
    }
    std::ranges::sort(nodes, {}, [&](NodeId node) { return id_of(graph, node); });
    return nodes;
}

/// The themes asked for, and all that fall under them.
graph::Result<std::set<NodeId>> themes_under(const Reading& reading,
                                             const std::vector<std::string>& ids) {
    const auto& graph = reading.graph();
    std::set<NodeId> themes;
    std::vector<NodeId> open;
    for (const auto& id : ids) {
        const auto theme = find_entity(reading, id, "theme");
        if (!theme) return tl::unexpected(theme.error());
        open.push_back(*theme);
    }
    const auto broader = graph.type("BROADER");
    while (!open.empty()) {
        const auto theme = open.back();
        open.pop_back();
        if (!themes.insert(theme).second || !broader) continue;
        for (const auto& narrower : graph.adjacent(theme, Direction::in, *broader)) {
            open.push_back(narrower.neighbour);
        }
    }
    return themes;
}

/// Whether a filter by theme lets something pass: it is one of them, or leads to one.
bool is_under(const graph::Snapshot& graph, NodeId node, const std::set<NodeId>& themes) {
    if (themes.contains(node)) return true;
    for (const auto* name : {"ADDRESSES", "AIMS_AT", "EVIDENCES"}) {
        const auto type = graph.type(name);
        if (!type) continue;
        for (const auto& step : graph.adjacent(node, Direction::out, *type)) {
            if (themes.contains(step.neighbour)) return true;
        }
    }
    return false;
}

/// Where a thing stands and where it comes from is rarely dated and holds all the same; what is
/// done happens at a time, and counts only where that is known.
Fit fit_of(std::string_view type) {
    return type == "located_in" || type == "originates_in" ? Fit::lasting : Fit::overlaps;
}

/// A relationship type of a lens as the graph numbers it, and how its statements are judged.
struct LinkType {
    graph::TypeId id;
    Fit fit;
};

std::vector<LinkType> types_of_lens(const Reading& reading, const Lens& lens) {
    std::vector<LinkType> types;
    for (const auto& id : lens.types) {
        const auto* type = reading.ontology->type(id);
        if (type == nullptr) continue;
        if (const auto known = reading.graph().type(type->cypher))
            types.push_back({*known, fit_of(id)});
    }
    return types;
}

graph::Result<void> check_sectors(const Reading& reading, const std::vector<std::string>& sectors) {
    std::vector<std::string> known;
    for (const auto& sector : reading.ontology->sectors) known.push_back(sector.id);
    for (const auto& sector : sectors) {
        if (std::ranges::find(known, sector) != known.end()) continue;
        std::string list;
        for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
        return graph::refuse_parameter(
            "sector", "'" + sector.substr(0, 64) + "' is no sector. There are: " + list + ".");
    }
    return {};
}

}  // namespace

std::vector<const Part*> Parts::of(std::uint32_t node, std::uint32_t via) const {
    struct Place {
        std::uint32_t node, via;
    };
    const auto before = [](const Part& one, const Place& other) {
        return std::tie(one.node, one.via) < std::tie(other.node, other.via);
    };
    std::vector<const Part*> found;
    for (auto at = std::lower_bound(all.begin(), all.end(), Place{node, via}, before);
         at != all.end() && at->node == node && at->via == via; ++at) {
        found.push_back(&*at);
    }
    return found;
}

graph::Result<Parts> parts_of(const Reading& reading, const Lens& lens,
                              const NetworkQuestion& question, const graph::TimeWindow& period) {
    const auto& graph = reading.graph();
    const auto sectors = check_sectors(reading, question.sectors);
    if (!sectors) return tl::unexpected(sectors.error());
    const auto themes = themes_under(reading, question.themes);
    if (!themes) return tl::unexpected(themes.error());

    Parts parts;
    parts.nodes = nodes_of_kind(reading, lens.node);
    parts.vias = nodes_of_kind(reading, lens.via);
    if (lens.node == "partner" && !question.sectors.empty()) {
        std::erase_if(parts.nodes, [&](NodeId node) {
            const auto sector = text_of(graph, node, "sector");
            return std::ranges::find(question.sectors, sector) == question.sectors.end();
        });
    }
    if (!themes->empty()) {  // a theme is asked of the programme, where there is one
        auto& asked = lens.node == "program" && lens.via != "theme" ? parts.nodes : parts.vias;
        std::erase_if(asked, [&](NodeId node) { return !is_under(graph, node, *themes); });
    }
    for (const auto node : parts.nodes) parts.node_ids.push_back(id_of(graph, node));
    for (const auto via : parts.vias) parts.via_ids.push_back(id_of(graph, via));

    std::map<NodeId, std::uint32_t> place_of_via;
    for (std::uint32_t i = 0; i < parts.vias.size(); ++i) place_of_via[parts.vias[i]] = i;
    const auto types = types_of_lens(reading, lens);
    for (std::uint32_t i = 0; i < parts.nodes.size(); ++i) {
        for (const auto direction : {Direction::out, Direction::in}) {
            for (const auto type : types) {
                for (const auto& step : graph.adjacent(parts.nodes[i], direction, type.id)) {
                    const auto via = place_of_via.find(step.neighbour);
                    if (via == place_of_via.end()) continue;
                    auto judgement = judge(graph, step.relationship, period, type.fit);
                    if (judgement.standing == Standing::outside) continue;
                    parts.all.push_back({i, via->second, step.relationship, std::move(judgement)});
                }
            }
        }
    }
    std::ranges::sort(parts.all, [](const Part& one, const Part& other) {
        return std::tie(one.node, one.via, one.statement) <
               std::tie(other.node, other.via, other.statement);
    });
    return parts;
}

SharedEvidence shared_evidence(const Reading& reading, const Parts& parts,
                               const std::vector<std::uint32_t>& nodes, std::uint32_t via) {
    const auto counts = [](const Part* part) {
        return part->judgement.standing == Standing::counts;
    };
    SharedEvidence shared;
    shared.via = parts.via_ids[via];
    std::set<Doubt> why;
    for (const auto node : nodes) {
        const auto said = parts.of(node, via);
        const bool sure = std::ranges::any_of(said, counts);
        for (const auto* part : said) {
            if (sure && !counts(part)) continue;  // what counts is enough
            const auto id = reading.graph().property(part->statement, graph::public_id_key);
            shared.statements.emplace_back(graph::string_or_empty(id));
            why.insert(part->judgement.why.begin(), part->judgement.why.end());
        }
    }
    shared.why.assign(why.begin(), why.end());
    return shared;
}

}  // namespace khom::query
