// What a network of partners says in words: which sectors meet and through whom, who links sectors,
// and what is missing. Every number in a sentence is the length of the list beside it.

#include <algorithm>
#include <map>
#include <set>

#include "query/lookup.h"
#include "query/network_private.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

constexpr std::size_t most_named = 3;
constexpr std::size_t most_bridges = 10;

const std::string& said(const std::string& first, const std::string& second) {
    return first.empty() ? second : first;
}

Wording name_of(const EntityRef& entity) {
    return {said(entity.name.en, entity.name.th), said(entity.name.th, entity.name.en)};
}

/// "A, B and C" / "A B และ C"; beyond `most` "A, B and 4 more". Names that have a comma (in Thai, a
/// blank) of their own are set apart by a stronger sign, so that one can tell where each ends.
Wording listed(const std::vector<Wording>& names, std::size_t most) {
    const auto shown = names.size() <= most ? names.size() : most;
    const auto more = names.size() - shown;
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(shown);
    const auto any = [&](auto&& has) { return std::any_of(names.begin(), end, has); };
    const bool en_apart =
        any([](const Wording& name) { return name.en.find(',') != std::string::npos; });
    const bool th_apart =
        any([](const Wording& name) { return name.th.find(' ') != std::string::npos; });
    const std::string en_last = en_apart ? "; and " : " and ";
    const std::string th_last = th_apart || names.size() != 2 ? " และ" : "และ";
    Wording list;
    for (std::size_t i = 0; i < shown; ++i) {
        const bool last = i + 1 == shown && more == 0 && i > 0;
        list.en += (i == 0 ? "" : last ? en_last : en_apart ? "; " : ", ") + names[i].en;
        list.th += (i == 0 ? "" : last ? th_last : th_apart ? ", " : " ") + names[i].th;
    }
    if (more > 0) {
        list.en += en_last + std::to_string(more) + " more";
        list.th += " และอีก " + std::to_string(more) + " แห่ง";
    }
    return list;
}

std::string times(std::size_t count) {
    return count == 1 ? "once" : count == 2 ? "twice" : std::to_string(count) + " times";
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string capital(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

class Words {
  public:
    Words(const Reading& reading, const Parts& parts, NetworkResult& network)
        : reading_(reading), parts_(parts), network_(network) {
        period_ = window_of(network.period.from, network.period.to).value_or(graph::TimeWindow{});
        for (const auto& node : network.nodes) nodes_[node.entity.id] = &node;
        for (const auto& sector : reading.ontology->sectors) sectors_.push_back(sector.id);
    }

    void put() {
        put_mixing();
        put_bridges();
        put_partners_missing();
        if (network_.lens.via != "program") return;
        put_sectors_missing();
        put_areas_missing();
    }

  private:
    Wording sector_words(const std::string& sector) const {
        return graph::Ontology::wording(reading_.ontology->sectors, sector);
    }
    std::size_t order_of(const std::string& sector) const {
        return static_cast<std::size_t>(std::ranges::find(sectors_, sector) - sectors_.begin());
    }
    Wording via_words(std::size_t count) const {
        const auto* kind = reading_.ontology->kind(network_.lens.via);
        auto one = kind->one.en, many = kind->many.en;
        one.front() = static_cast<char>(one.front() | 0x20);
        many.front() = static_cast<char>(many.front() | 0x20);
        return {counted(count, one, many), kind->one.th + " " + std::to_string(count) + " รายการ"};
    }

    /// Edges of the period between partners of known sectors.
    template <class Use>
    void each_meeting(Use&& use) const {
        for (const auto& edge : network_.edges) {
            const auto& one = *nodes_.at(edge.source);
            const auto& other = *nodes_.at(edge.target);
            if (edge.change == "lost" || one.sector.empty() || other.sector.empty()) continue;
            use(edge, one, other);
        }
    }

    void put_mixing() {
        struct Meeting {
            SectorMeeting said;
            std::size_t edges = 0;
            std::map<std::string, std::size_t> through;
        };
        std::map<std::pair<std::size_t, std::size_t>, Meeting> meetings;
        each_meeting(
            [&](const NetworkEdge& edge, const NetworkNode& one, const NetworkNode& other) {
                const std::pair<std::size_t, std::size_t> key =
                    std::minmax({order_of(one.sector), order_of(other.sector)});
                auto& meeting = meetings[key];
                meeting.said.one = key.first == order_of(one.sector) ? one.sector : other.sector;
                meeting.said.other = key.first == order_of(one.sector) ? other.sector : one.sector;
                meeting.said.evidence.insert(meeting.said.evidence.end(), edge.evidence.begin(),
                                             edge.evidence.end());
                ++meeting.edges;
                meeting.through[edge.source] += edge.evidence.size();
                meeting.through[edge.target] += edge.evidence.size();
            });
        for (auto& [key, meeting] : meetings) {
            std::vector<std::pair<std::string, std::size_t>> through(meeting.through.begin(),
                                                                     meeting.through.end());
            std::ranges::stable_sort(through, std::greater<>(),
                                     &std::pair<std::string, std::size_t>::second);
            for (const auto& [id, weight] : through) meeting.said.through.push_back(id);
            meeting.said.count = meeting.said.evidence.size();
            meeting.said.bridge = meeting.edges == 1 && key.first != key.second;
            meeting.said.sentence = meeting_sentence(meeting.said);
            network_.mixing.push_back(std::move(meeting.said));
        }
    }

    Wording meeting_sentence(const SectorMeeting& meeting) const {
        std::set<std::string> vias;
        for (const auto& shared : meeting.evidence) vias.insert(shared.via);
        const auto things = via_words(vias.size());
        const auto one = sector_words(meeting.one), other = sector_words(meeting.other);
        std::vector<Wording> names;
        for (const auto& id : meeting.through) names.push_back(name_of(nodes_.at(id)->entity));
        const auto who = listed(names, meeting.bridge ? 2 : most_named);
        const bool same = meeting.one == meeting.other;
        Wording said;
        said.en = same ? "Within " + one.en + ", partners meet "
                       : capital(one.en) + " and " + other.en + " meet ";
        said.en += times(meeting.count) + " in " + things.en +
                   (meeting.bridge ? ", and only through " : ", through ") + who.en + ".";
        said.th = same ? "ภาคีใน" + one.th + "พบกันเอง " : one.th + "กับ" + other.th + "พบกัน ";
        said.th += std::to_string(meeting.count) + " ครั้ง ใน" + things.th + " ผ่าน" + who.th +
                   (meeting.bridge ? " เท่านั้น" : "");
        return said;
    }

    void put_bridges() {
        std::map<std::string, SectorBridge> bridges;
        each_meeting(
            [&](const NetworkEdge& edge, const NetworkNode& one, const NetworkNode& other) {
                if (one.sector == other.sector) return;
                for (const auto& [self, met] : {std::pair(&one, &other), std::pair(&other, &one)}) {
                    auto& bridge = bridges[self->entity.id];
                    bridge.partner = self->entity;
                    bridge.sector = self->sector;
                    if (std::ranges::find(bridge.links, met->sector) == bridge.links.end()) {
                        bridge.links.push_back(met->sector);
                    }
                    bridge.evidence.insert(bridge.evidence.end(), edge.evidence.begin(),
                                           edge.evidence.end());
                }
            });
        for (auto& [id, bridge] : bridges) {
            if (bridge.links.size() < 2) continue;
            std::ranges::sort(bridge.links, {}, [&](const auto& one) { return order_of(one); });
            bridge.sentence = bridge_sentence(bridge);
            network_.bridges.push_back(bridge);
        }
        std::ranges::stable_sort(network_.bridges, [](const auto& one, const auto& other) {
            return one.links.size() != other.links.size()
                       ? one.links.size() > other.links.size()
                       : one.evidence.size() > other.evidence.size();
        });
        if (network_.bridges.size() > most_bridges) network_.bridges.resize(most_bridges);
    }

    Wording bridge_sentence(const SectorBridge& bridge) const {
        std::vector<Wording> links;
        for (const auto& sector : bridge.links) links.push_back(sector_words(sector));
        const auto linked = listed(links, links.size());
        const auto name = name_of(bridge.partner);
        const auto own = sector_words(bridge.sector);
        return {name.en + " (" + own.en + ") links " + linked.en + ".",
                name.th + " (" + own.th + ") เชื่อม" + linked.th + "เข้าด้วยกัน"};
    }

    void put_partners_missing() {
        NetworkGap alone{"alone", {}, {}, {}}, absent{"absent", {}, {}, {}};
        std::set<std::string> meets;
        for (const auto& edge : network_.edges) {
            if (edge.change == "lost") continue;
            meets.insert(edge.source);
            meets.insert(edge.target);
        }
        for (std::size_t i = 0; i < parts_.nodes.size(); ++i) {
            const auto found = nodes_.find(parts_.node_ids[i]);
            const bool takes_part = found != nodes_.end() && !found->second->shares.empty();
            if (meets.contains(parts_.node_ids[i])) continue;
            (takes_part ? alone : absent).entities.push_back(entity_ref(reading_, parts_.nodes[i]));
        }
        const auto things = via_words(2);
        const auto many = things.en.substr(2);
        const auto kind_th = reading_.ontology->kind(network_.lens.via)->one.th;
        say(alone, "take part in " + many + ", but with no other partner",
            "takes part in " + many + ", but with no other partner",
            "มี" + kind_th + " แต่ไม่ได้ทำร่วมกับภาคีอื่น");
        say(absent, "have nothing among the " + many + " that counts in this period",
            "has nothing among the " + many + " that counts in this period",
            "ยังไม่มี" + kind_th + "ที่นับได้ในช่วงเวลานี้");
    }

    void say(NetworkGap& gap, const std::string& many, const std::string& one,
             const std::string& thai) {
        if (gap.entities.empty()) return;
        std::vector<Wording> names;
        for (const auto& entity : gap.entities) names.push_back(name_of(entity));
        const auto count = gap.entities.size();
        const auto list = listed(names, most_named);
        gap.sentence = {counted(count, "partner ", "partners ") + (count == 1 ? one : many) + ": " +
                            list.en + ".",
                        "ภาคี " + std::to_string(count) + " แห่ง" + thai + " ได้แก่ " + list.th};
        network_.gaps.push_back(gap);
    }

    void put_sectors_missing() {
        for (std::size_t one = 0; one < sectors_.size(); ++one) {
            for (auto other = one + 1; other < sectors_.size(); ++other) {
                const bool meet = std::ranges::any_of(network_.mixing, [&](const auto& meeting) {
                    return meeting.one == sectors_[one] && meeting.other == sectors_[other];
                });
                if (meet || !is_asked(sectors_[one]) || !is_asked(sectors_[other])) continue;
                const auto first = sector_words(sectors_[one]),
                           second = sector_words(sectors_[other]);
                network_.gaps.push_back(
                    {"sectors_never_meet",
                     {capital(first.en) + " and " + second.en +
                          " share no programme in this period.",
                      first.th + "กับ" + second.th + "ยังไม่มีโครงการร่วมกันในช่วงเวลานี้"},
                     {},
                     {sectors_[one], sectors_[other]}});
            }
        }
    }

    /// Whether the network could show a sector at all: a filter may have left it out.
    bool is_asked(const std::string& sector) const {
        return std::ranges::any_of(parts_.nodes, [&](graph::NodeId node) {
            return text_of(reading_.graph(), node, "sector") == sector;
        });
    }

    /// The key-feature areas that no partner serves, neither itself nor by a programme that counts.
    void put_areas_missing() {
        const auto& graph = reading_.graph();
        std::set<graph::NodeId> active;
        for (std::size_t i = 0; i < parts_.nodes.size(); ++i) active.insert(parts_.nodes[i]);
        for (const auto& part : parts_.all) {
            if (part.judgement.standing == Standing::counts) active.insert(parts_.vias[part.via]);
        }
        for (const auto& id : reading_.ontology->key_feature_areas) {
            const auto area = graph.find(id);
            if (!area || is_served(*area, active)) continue;
            const auto entity = entity_ref(reading_, *area);
            const auto name = name_of(entity);
            network_.gaps.push_back(
                {"area_without_partners",
                 {"No partner is known to work on the key feature \u201c" + name.en +
                      "\u201d in this period.",
                  "ยังไม่พบภาคีที่ทำงานด้านคุณลักษณะสำคัญ \u201c" + name.th + "\u201d ในช่วงเวลานี้"},
                 {entity},
                 {}});
        }
    }

    bool is_served(graph::NodeId area, const std::set<graph::NodeId>& active) const {
        const auto& graph = reading_.graph();
        for (const auto& step : graph.adjacent(area, graph::Direction::in)) {
            const auto type = graph.name(step.type);
            const bool serves = type == "ADDRESSES" || type == "EVIDENCES" || type == "AIMS_AT";
            if (serves && active.contains(step.neighbour) &&
                judge(graph, step.relationship, period_).standing == Standing::counts) {
                return true;
            }
        }
        return false;
    }

    const Reading& reading_;
    const Parts& parts_;
    NetworkResult& network_;
    std::map<std::string, const NetworkNode*> nodes_;
    std::vector<std::string> sectors_;
    graph::TimeWindow period_;
};

}  // namespace

void put_words(const Reading& reading, const Parts& parts, NetworkResult& network) {
    Words(reading, parts, network).put();
}

}  // namespace khom::query
