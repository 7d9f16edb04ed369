#include <algorithm>

#include "server/json.h"
#include "server/json_private.h"

namespace khom::server {

namespace {

using query::NetworkEdge;
using query::NetworkNode;
using query::SharedEvidence;

/// Machine words of why something does not count.
std::string_view name(query::Doubt doubt) {
    switch (doubt) {
        case query::Doubt::undated:
            return "undated";
        case query::Doubt::planned:
            return "planned";
        case query::Doubt::doubtful:
            return "doubtful";
        case query::Doubt::not_surely_in:
            return "not_surely_in";
    }
    return "";
}

void write_why(JsonWriter& json, const std::vector<query::Doubt>& why) {
    if (why.empty()) return;
    json.Key("why");
    json.StartArray();
    for (const auto doubt : why) write(json, name(doubt));
    json.EndArray();
}

/// What counts: arrays of statement ids, and what each of them shares, in the same order.
void write_evidence(JsonWriter& json, std::string_view key, std::string_view via_key,
                    const std::vector<SharedEvidence>& evidence) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    json.StartArray();
    for (const auto& shared : evidence) {
        json.StartArray();
        for (const auto& id : shared.statements) write(json, id);
        json.EndArray();
    }
    json.EndArray();
    json.Key(via_key.data(), static_cast<rapidjson::SizeType>(via_key.size()));
    json.StartArray();
    for (const auto& shared : evidence) write(json, shared.via);
    json.EndArray();
}

void write_to_confirm(JsonWriter& json, const std::vector<SharedEvidence>& to_confirm) {
    if (to_confirm.empty()) return;
    json.Key("to_confirm");
    json.StartArray();
    for (const auto& shared : to_confirm) {
        json.StartObject();
        member(json, "via", shared.via);
        members(json, "statements", shared.statements);
        write_why(json, shared.why);
        json.EndObject();
    }
    json.EndArray();
}

void write_period(JsonWriter& json, std::string_view key, const query::Period& period) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    json.StartObject();
    member_if(json, "from", period.from);
    member_if(json, "to", period.to);
    json.EndObject();
}

class NetworkJson {
  public:
    NetworkJson(const query::NetworkResult& network, const std::vector<std::string>& metrics)
        : network_(network), metrics_(metrics) {}

    std::string str() {
        json_.StartObject();
        member(json_, "rev", network_.revision);
        member(json_, "lens", network_.lens.id);
        member(json_, "title", network_.lens.name);
        write_period(json_, "period", network_.period);
        if (network_.earlier) write_period(json_, "compared_with", *network_.earlier);
        json_.Key("nodes");
        json_.StartArray();
        for (const auto& node : network_.nodes) write_node(node);
        json_.EndArray();
        write_edges("edges", network_.edges);
        write_edges("to_confirm", network_.to_confirm);
        write_summary();
        member(json_, "truncated", network_.truncated);
        json_.Key("next_cursor");
        json_.Null();
        json_.EndObject();
        return text_.str();
    }

  private:
    bool wants(std::string_view metric) const {
        return metrics_.empty() || std::ranges::find(metrics_, metric) != metrics_.end();
    }

    void write_node(const NetworkNode& node) {
        json_.StartObject();
        member(json_, "id", node.entity.id);
        member(json_, "kind", node.entity.kind);
        member(json_, "name", node.entity.name);
        member_if(json_, "subtype", node.subtype);
        member_if(json_, "sector", node.sector);
        member(json_, "count", node.shares.size());
        write_evidence(json_, "evidence", "shared", node.shares);
        write_to_confirm(json_, node.to_confirm);
        write_metrics(node);
        member_if(json_, "change", node.change);
        members(json_, "position", std::vector<double>{node.x, node.y});
        json_.EndObject();
    }

    void write_metrics(const NetworkNode& node) {
        json_.Key("metrics");
        json_.StartObject();
        if (wants("degree")) member(json_, "degree", node.degree);
        if (wants("strength")) member(json_, "strength", node.strength);
        if (wants("betweenness")) member(json_, "betweenness", node.betweenness);
        if (wants("closeness")) member(json_, "closeness", node.closeness);
        if (wants("pagerank")) member(json_, "pagerank", node.pagerank);
        if (wants("core")) member(json_, "core", node.core);
        if (wants("community")) member_if(json_, "community", node.community);
        if (wants("bridge")) member(json_, "bridge", node.articulation);
        json_.EndObject();
    }

    void write_edges(std::string_view key, const std::vector<NetworkEdge>& edges) {
        json_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
        json_.StartArray();
        for (const auto& edge : edges) write_edge(edge);
        json_.EndArray();
    }

    void write_edge(const NetworkEdge& edge) {
        json_.StartObject();
        member(json_, "id", edge.id);
        member(json_, "source", edge.source);
        member(json_, "target", edge.target);
        member(json_, "type", network_.lens.node == "partner" ? "co-participated" : "shares");
        member(json_, "weight", edge.weight);
        member(json_, "count", edge.evidence.size());
        write_evidence(json_, "evidence", "shared", edge.evidence);
        write_to_confirm(json_, edge.to_confirm);
        if (edge.bridge) member(json_, "bridge", true);
        member_if(json_, "change", edge.change);
        if (!edge.before.empty()) write_evidence(json_, "before", "shared_before", edge.before);
        json_.EndObject();
    }

    void write_summary() {
        json_.Key("summary");
        json_.StartObject();
        member(json_, "nodes", network_.total_nodes);
        member(json_, "edges", network_.total_edges);
        member(json_, "density", network_.density);
        member(json_, "modularity", network_.modularity);
        if (network_.lens.node == "partner") {
            member(json_, "cross_sector_share", network_.cross_sector_share);
            member(json_, "assortativity", network_.assortativity);
            write_mixing();
            write_bridges();
            write_gaps();
        }
        json_.EndObject();
    }

    void write_mixing() {
        json_.Key("sector_mixing");
        json_.StartObject();
        for (const auto& meeting : network_.mixing) {
            member(json_, meeting.one + "|" + meeting.other, meeting.count);
        }
        json_.EndObject();
        json_.Key("sectors");
        json_.StartArray();
        for (const auto& meeting : network_.mixing) {
            json_.StartObject();
            members(json_, "between", std::vector<std::string>{meeting.one, meeting.other});
            member(json_, "sentence", meeting.sentence);
            member(json_, "count", meeting.count);
            write_evidence(json_, "evidence", "shared", meeting.evidence);
            members(json_, "through", meeting.through);
            member(json_, "bridge", meeting.bridge);
            json_.EndObject();
        }
        json_.EndArray();
    }

    void write_bridges() {
        json_.Key("bridges");
        json_.StartArray();
        for (const auto& bridge : network_.bridges) {
            json_.StartObject();
            write_ref(json_, "partner", bridge.partner);
            member(json_, "sector", bridge.sector);
            members(json_, "links", bridge.links);
            member(json_, "sentence", bridge.sentence);
            member(json_, "count", bridge.evidence.size());
            write_evidence(json_, "evidence", "shared", bridge.evidence);
            json_.EndObject();
        }
        json_.EndArray();
    }

    void write_gaps() {
        json_.Key("gaps");
        json_.StartArray();
        for (const auto& gap : network_.gaps) {
            json_.StartObject();
            member(json_, "kind", gap.kind);
            member(json_, "sentence", gap.sentence);
            json_.Key("entities");
            json_.StartArray();
            for (const auto& entity : gap.entities) write(json_, entity.id);
            json_.EndArray();
            if (!gap.sectors.empty()) members(json_, "sectors", gap.sectors);
            json_.EndObject();
        }
        json_.EndArray();
    }

    const query::NetworkResult& network_;
    const std::vector<std::string>& metrics_;
    JsonText text_;
    JsonWriter& json_ = text_.writer;
};

void write_item(JsonWriter& json, const query::TimelineItem& item) {
    json.StartObject();
    write_ref(json, "entity", item.entity);
    member_if(json, "subtype", item.subtype);
    if (!item.time.edtf.empty()) write_time(json, item.time);
    member_if(json, "summary", item.summary);
    member_if(json, "statement", item.statement);
    if (item.other) write_ref(json, "other", *item.other);
    member_if(json, "certainty", item.certainty);
    member_if(json, "status", item.status);
    write_why(json, item.why);
    json.EndObject();
}

}  // namespace

std::string networks_json(const std::vector<query::Lens>& lenses, std::uint64_t revision) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "rev", revision);
    json.Key("networks");
    json.StartArray();
    for (const auto& lens : lenses) {
        json.StartObject();
        member(json, "id", lens.id);
        member(json, "title", lens.name);
        member(json, "nodes", lens.node);
        member(json, "via", lens.via);
        members(json, "types", lens.types);
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
    return text.str();
}

std::string network_json(const query::NetworkResult& network,
                         const std::vector<std::string>& metrics) {
    return NetworkJson(network, metrics).str();
}

std::string timeline_json(const query::TimelineResult& timeline) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "rev", timeline.revision);
    member(json, "total", timeline.total);
    json.Key("buckets");
    json.StartArray();
    for (const auto& bucket : timeline.buckets) {
        json.StartObject();
        member(json, "edtf", bucket.edtf);
        member(json, "label", bucket.label);
        member(json, "count", bucket.count);
        members(json, "evidence", bucket.ids);
        json.EndObject();
    }
    json.EndArray();
    for (const auto& [key, items] :
         {std::pair("items", &timeline.items), std::pair("undated", &timeline.undated)}) {
        json.Key(key);
        json.StartArray();
        for (const auto& item : *items) write_item(json, item);
        json.EndArray();
    }
    member_or_null(json, "next_cursor", timeline.next_cursor);
    json.EndObject();
    return text.str();
}

}  // namespace khom::server
