// GEXF 1.3 with time. Gephi reads a day as its midnight, so an event of one day would last no time
// and vanish from the timeline: days are written from 00:00:00 of the first to 23:59:59 of the
// last. What has no time has no spell: it is always there.

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

/// ` start="…" end="…"`, either left out where open.
std::string spell(std::string_view edtf) {
    const auto days = days_of(edtf);
    std::string text;
    if (!days.first.empty()) {
        text += " start=\"" + days.first + "T00:00:00\"";
    }
    if (!days.last.empty()) {
        text += " end=\"" + days.last + "T23:59:59\"";
    }
    return text;
}

class GexfWriter : public Writer {
  public:
    explicit GexfWriter(const WriterSetup& setup)
        : columns_(columns_of(setup)),
          nodes_(setup.selection.entities.size()),
          edges_(setup.selection.statements.size()) {
        std::erase_if(columns_.statements,
                      [](const Column& column) { return column.name == "time"; });
    }

    void begin(std::string& out) override {
        out +=
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<gexf xmlns=\"http://gexf.net/1.3\" "
            "version=\"1.3\">\n<meta>\n"
            "<creator>Khom</creator>\n<description>" +
            xml_escaped(attribution) + " " + xml_escaped(licence_url) +
            "</description>\n</meta>\n"
            "<graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\" "
            "timerepresentation=\"interval\">\n";
        attributes("node", "kind", columns_.entities, out);
        attributes("edge", "time", columns_.statements, out);
        out += "<nodes count=\"" + std::to_string(nodes_) + "\">\n";
    }
    void entity(const EntityItem& item, std::string& out) override {
        out += "<node id=\"" + xml_escaped(item.id) + "\" label=\"" +
               xml_escaped(display_name(item)) + "\"" +
               spell(scalar_text(item.properties, "time")) + "><attvalues>";
        value("kind", item.kind, out);
        for (const auto& column : columns_.entities) {
            value(column.name, scalar_text(item.properties, column.name), out);
        }
        out += "</attvalues></node>\n";
    }
    void between(std::string& out) override {
        out += "</nodes>\n<edges count=\"" + std::to_string(edges_) + "\">\n";
    }
    void statement(const StatementItem& item, std::string& out) override {
        const auto type = xml_escaped(item.type);
        out += "<edge id=\"" + xml_escaped(item.id) + "\" source=\"" + xml_escaped(item.from) +
               "\" target=\"" + xml_escaped(item.to) + "\" kind=\"" + type + "\" label=\"" + type +
               "\"" + spell(item.time) + "><attvalues>";
        value("time", item.time, out);
        for (const auto& column : columns_.statements) {
            value(column.name, scalar_text(item.properties, column.name), out);
        }
        out += "</attvalues></edge>\n";
    }
    void end(std::string& out) override { out += "</edges>\n</graph>\n</gexf>\n"; }

  private:
    static void attributes(std::string_view side, std::string_view first,
                           const std::vector<Column>& columns, std::string& out) {
        out += "<attributes class=\"" + std::string(side) + "\" mode=\"static\">\n";
        attribute({std::string(first), ScalarType::string}, out);
        for (const auto& column : columns) {
            attribute(column, out);
        }
        out += "</attributes>\n";
    }
    static void attribute(const Column& column, std::string& out) {
        const auto name = xml_escaped(column.name);
        out += "<attribute id=\"" + name + "\" title=\"" + name + "\" type=\"" +
               name_of(column.type) + "\"/>\n";
    }
    static void value(std::string_view name, const std::string& text, std::string& out) {
        if (!text.empty()) {
            out +=
                "<attvalue for=\"" + xml_escaped(name) + "\" value=\"" + xml_escaped(text) + "\"/>";
        }
    }

    Columns columns_;
    std::size_t nodes_, edges_;
};

}  // namespace

std::unique_ptr<Writer> gexf_writer(const WriterSetup& setup) {
    return std::make_unique<GexfWriter>(setup);
}

}  // namespace khom::corpus
