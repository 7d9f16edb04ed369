// GraphML 1.0 (Brandes et al., 2002): keys first, each with one scalar type, then nodes and edges.
// `label` is the name to show; the time of a statement is its own, or else its programme's.

#include "corpus/writers/writer.h"

namespace khom::corpus {

namespace {

const char* name_of(ScalarType type) {
    switch (type) {
        case ScalarType::boolean:
            return "boolean";
        case ScalarType::integer:
            return "long";
        case ScalarType::number:
            return "double";
        case ScalarType::string:
            return "string";
    }
    return "string";
}

void key(std::string_view side, const Column& column, std::string& out) {
    const auto name = xml_escaped(column.name);
    out += "<key id=\"" + std::string(side == "node" ? "n_" : "e_") + name + "\" for=\"" +
           std::string(side) + "\" attr.name=\"" + name + "\" attr.type=\"" + name_of(column.type) +
           "\"/>\n";
}

void data(std::string_view prefix, std::string_view name, std::string_view text, std::string& out) {
    if (!text.empty()) {
        out += "<data key=\"" + std::string(prefix) + xml_escaped(name) + "\">" +
               xml_escaped(text) + "</data>";
    }
}

class GraphmlWriter : public Writer {
  public:
    explicit GraphmlWriter(const WriterSetup& setup)
        : columns_(columns_of(setup)),
          revision_(graph::number(setup.selection.snapshot->revision())) {
        std::erase_if(columns_.statements,
                      [](const Column& column) { return column.name == "time"; });
    }

    void begin(std::string& out) override {
        out +=
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
            "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
            "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
        out += "<desc>" + xml_escaped(attribution) + " " + xml_escaped(licence_url) + "</desc>\n";
        for (const char* name : {"label", "kind"}) {
            key("node", {name, ScalarType::string}, out);
        }
        for (const auto& column : columns_.entities) {
            key("node", column, out);
        }
        for (const char* name : {"type", "time"}) {
            key("edge", {name, ScalarType::string}, out);
        }
        for (const auto& column : columns_.statements) {
            key("edge", column, out);
        }
        out +=
            "<key id=\"g_rev\" for=\"graph\" attr.name=\"rev\" attr.type=\"long\"/>\n"
            "<graph id=\"khom\" edgedefault=\"directed\">\n<data key=\"g_rev\">" +
            std::to_string(revision_) + "</data>\n";
    }
    void entity(const EntityItem& item, std::string& out) override {
        out += "<node id=\"" + xml_escaped(item.id) + "\">";
        data("n_", "label", display_name(item), out);
        data("n_", "kind", item.kind, out);
        for (const auto& column : columns_.entities) {
            data("n_", column.name, scalar_text(item.properties, column.name), out);
        }
        out += "</node>\n";
    }
    void statement(const StatementItem& item, std::string& out) override {
        out += "<edge id=\"" + xml_escaped(item.id) + "\" source=\"" + xml_escaped(item.from) +
               "\" target=\"" + xml_escaped(item.to) + "\">";
        data("e_", "type", item.type, out);
        data("e_", "time", item.time, out);
        for (const auto& column : columns_.statements) {
            data("e_", column.name, scalar_text(item.properties, column.name), out);
        }
        out += "</edge>\n";
    }
    void end(std::string& out) override { out += "</graph>\n</graphml>\n"; }

  private:
    Columns columns_;
    std::uint64_t revision_;
};

}  // namespace

std::unique_ptr<Writer> graphml_writer(const WriterSetup& setup) {
    return std::make_unique<GraphmlWriter>(setup);
}

}  // namespace khom::corpus
