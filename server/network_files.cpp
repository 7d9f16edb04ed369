#include "server/network_files.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "corpus/writers/writer.h"
#include "server/json_private.h"

namespace khom::server {

namespace {

using corpus::xml_escaped;
using query::NetworkEdge;
using query::NetworkNode;

/// Empty for what is no number, which is then left out.
std::string text_of(double value) {
    if (!std::isfinite(value)) return {};
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.12g", value);
    return text.data();
}

std::string joined(const std::vector<std::string>& texts, const char* between) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : between) + text;
    return all;
}

/// What is shared, and what says so, in the same order.
std::string things(const NetworkEdge& edge) {
    std::vector<std::string> all;
    for (const auto& shared : edge.evidence) all.push_back(shared.via);
    return joined(all, " ");
}
std::string statements(const NetworkEdge& edge) {
    std::vector<std::string> all;
    for (const auto& shared : edge.evidence) all.push_back(joined(shared.statements, "+"));
    return joined(all, " ");
}

struct Attribute {
    const char* name;
    const char* type;
    std::string (*text)(const NetworkNode&);
};

const std::vector<Attribute>& node_attributes() {
    static const std::vector<Attribute> all = {
        {"label", "string",
         [](const NetworkNode& node) {
             return node.entity.name.en.empty() ? node.entity.name.th : node.entity.name.en;
         }},
        {"label_th", "string", [](const NetworkNode& node) { return node.entity.name.th; }},
        {"kind", "string", [](const NetworkNode& node) { return node.entity.kind; }},
        {"subtype", "string", [](const NetworkNode& node) { return node.subtype; }},
        {"sector", "string", [](const NetworkNode& node) { return node.sector; }},
        {"count", "long",
         [](const NetworkNode& node) { return std::to_string(node.shares.size()); }},
        {"degree", "long", [](const NetworkNode& node) { return std::to_string(node.degree); }},
        {"strength", "double", [](const NetworkNode& node) { return text_of(node.strength); }},
        {"betweenness", "double",
         [](const NetworkNode& node) { return text_of(node.betweenness); }},
        {"closeness", "double", [](const NetworkNode& node) { return text_of(node.closeness); }},
        {"pagerank", "double", [](const NetworkNode& node) { return text_of(node.pagerank); }},
        {"core", "long", [](const NetworkNode& node) { return std::to_string(node.core); }},
        {"community", "string", [](const NetworkNode& node) { return node.community; }},
        {"change", "string", [](const NetworkNode& node) { return node.change; }},
        {"x", "double", [](const NetworkNode& node) { return text_of(node.x); }},
        {"y", "double", [](const NetworkNode& node) { return text_of(node.y); }}};
    return all;
}

void put_key(std::string& out, const char* side, const std::string& name, const char* type) {
    out += "<key id=\"" + std::string(1, *side) + "_" + name + "\" for=\"" + side +
           "\" attr.name=\"" + name + "\" attr.type=\"" + type + "\"/>\n";
}

void put_data(std::string& out, const std::string& key, const std::string& text) {
    if (!text.empty()) out += "<data key=\"" + key + "\">" + xml_escaped(text) + "</data>";
}

/// One of Cytoscape's elements: {"data": {…}}.
template <class Members>
void in_data(JsonWriter& json, Members members) {
    json.StartObject();
    json.Key("data");
    json.StartObject();
    members();
    json.EndObject();
    json.EndObject();
}

void put_member(JsonWriter& json, const Attribute& attribute, const NetworkNode& node) {
    const auto text = attribute.text(node);
    if (text.empty()) return;
    json.Key(attribute.name);
    if (attribute.type == std::string_view("string")) {
        write(json, text);
    } else {
        json.RawValue(text.data(), text.size(), rapidjson::kNumberType);
    }
}

}  // namespace

std::string network_csv(const query::NetworkResult& network) {
    std::string out = "id,source,target,weight,change,bridge,shared,statements\r\n";
    for (const auto& edge : network.edges) {  // ids and numbers only: nothing to quote
        out += edge.id + "," + edge.source + "," + edge.target + "," + text_of(edge.weight) + "," +
               edge.change + "," + (edge.bridge ? "true" : "false") + "," + things(edge) + "," +
               statements(edge) + "\r\n";
    }
    return out;
}

std::string network_graphml(const query::NetworkResult& network) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    for (const auto& attribute : node_attributes()) {
        put_key(out, "node", attribute.name, attribute.type);
    }
    put_key(out, "edge", "weight", "double");
    for (const auto* name : {"change", "shared", "statements"})
        put_key(out, "edge", name, "string");
    out += "<graph id=\"" + xml_escaped(network.lens.id) + "\" edgedefault=\"undirected\">\n";
    for (const auto& node : network.nodes) {
        out += "<node id=\"" + xml_escaped(node.entity.id) + "\">";
        for (const auto& attribute : node_attributes()) {
            put_data(out, std::string("n_") + attribute.name, attribute.text(node));
        }
        out += "</node>\n";
    }
    for (const auto& edge : network.edges) {
        out += "<edge id=\"" + edge.id + "\" source=\"" + xml_escaped(edge.source) +
               "\" target=\"" + xml_escaped(edge.target) + "\">";
        put_data(out, "e_weight", text_of(edge.weight));
        put_data(out, "e_change", edge.change);
        put_data(out, "e_shared", things(edge));
        put_data(out, "e_statements", statements(edge));
        out += "</edge>\n";
    }
    return out + "</graph>\n</graphml>\n";
}

std::string network_gexf(const query::NetworkResult& network) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" "
        "version=\"1.3\">\n<graph defaultedgetype=\"undirected\">\n<attributes class=\"node\">\n";
    for (const auto& attribute : node_attributes()) {
        out += "<attribute id=\"" + std::string(attribute.name) + "\" title=\"" + attribute.name +
               "\" type=\"" + attribute.type + "\"/>\n";
    }
    out +=
        "</attributes>\n<attributes class=\"edge\">\n<attribute id=\"shared\" title=\"shared\" "
        "type=\"string\"/>\n<attribute id=\"statements\" title=\"statements\" "
        "type=\"string\"/>\n</attributes>\n<nodes>\n";
    const auto value = [](const std::string& name, const std::string& text) {
        return text.empty()
                   ? ""
                   : "<attvalue for=\"" + name + "\" value=\"" + xml_escaped(text) + "\"/>";
    };
    for (const auto& node : network.nodes) {
        const auto& name = node.entity.name;
        out += "<node id=\"" + xml_escaped(node.entity.id) + "\" label=\"" +
               xml_escaped(name.en.empty() ? name.th : name.en) + "\"><attvalues>";
        for (const auto& attribute : node_attributes()) {
            out += value(attribute.name, attribute.text(node));
        }
        out += "</attvalues><viz:position x=\"" + text_of(node.x * 1000) + "\" y=\"" +
               text_of(-node.y * 1000) + "\"/></node>\n";  // GEXF's y grows upward
    }
    out += "</nodes>\n<edges>\n";
    for (const auto& edge : network.edges) {
        out += "<edge id=\"" + edge.id + "\" source=\"" + xml_escaped(edge.source) +
               "\" target=\"" + xml_escaped(edge.target) + "\" weight=\"" + text_of(edge.weight) +
               "\"><attvalues>" + value("shared", things(edge)) +
               value("statements", statements(edge)) + "</attvalues></edge>\n";
    }
    return out + "</edges>\n</graph>\n</gexf>\n";
}

std::string network_cytoscape(const query::NetworkResult& network) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    json.Key("data");
    json.StartObject();
    member(json, "name", network.lens.id);
    member(json, "rev", network.revision);
    json.EndObject();
    json.Key("elements");
    json.StartObject();
    json.Key("nodes");
    json.StartArray();
    for (const auto& node : network.nodes) {
        in_data(json, [&] {
            member(json, "id", node.entity.id);
            for (const auto& attribute : node_attributes()) put_member(json, attribute, node);
        });
    }
    json.EndArray();
    json.Key("edges");
    json.StartArray();
    for (const auto& edge : network.edges) {
        in_data(json, [&] {
            member(json, "id", edge.id);
            member(json, "source", edge.source);
            member(json, "target", edge.target);
            member(json, "weight", edge.weight);
            member(json, "change", edge.change);
            member(json, "bridge", edge.bridge);
            member(json, "shared", things(edge));
            member(json, "statements", statements(edge));
        });
    }
    json.EndArray();
    json.EndObject();
    json.EndObject();
    return text.str() + "\n";
}

}  // namespace khom::server
