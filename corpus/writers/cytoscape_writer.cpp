// Cytoscape.js' elements JSON, which Cytoscape itself reads as .cyjs. Attributes are scalars.

#include "corpus/writers/json_private.h"
#include "corpus/writers/writer.h"

namespace khom::corpus {

namespace {

class CytoscapeWriter : public Writer {
  public:
    explicit CytoscapeWriter(const WriterSetup& setup)
        : revision_(graph::number(setup.selection.snapshot->revision())) {}

    void begin(std::string& out) override {
        JsonBuffer buffer;
        Json json(buffer);
        json.StartObject();
        member(json, "format_version", "1.0");
        member(json, "generated_by", "khom");
        key(json, "data");
        json.StartObject();
        member(json, "name", "Khom");
        member(json, "attribution", attribution);
        member(json, "licence", licence_url);
        key(json, "rev");
        json.Uint64(revision_);
        json.EndObject();  // the outer one stays open
        out.append(buffer.GetString(), buffer.GetSize()) += ",\"elements\":{\"nodes\":[\n";
    }
    void entity(const EntityItem& item, std::string& out) override {
        element(out, [&](Json& json) {
            member(json, "id", item.id);
            member(json, "label", display_name(item));
            member(json, "kind", item.kind);
            write_properties(json, item.properties);
        });
    }
    void between(std::string& out) override {
        out += "],\"edges\":[\n";
        first_ = true;
    }
    void statement(const StatementItem& item, std::string& out) override {
        element(out, [&](Json& json) {
            member(json, "id", item.id);
            member(json, "source", item.from);
            member(json, "target", item.to);
            member(json, "interaction", item.type);
            member(json, "type", item.type);
            write_properties(json, item.properties);
        });
    }
    void end(std::string& out) override { out += "]}}\n"; }

  private:
    static void write_properties(Json& json, const graph::Map& properties) {
        for (const auto& [name, value] : properties) {
            if (name == "locators") {
                continue;
            }
            key(json, name);
            if (value.is(graph::ValueKind::list)) {
                text(json, scalar_text(properties, name));
            } else {
                write_value(json, value);
            }
        }
    }
    template <class Write>
    void element(std::string& out, Write write) {
        JsonBuffer buffer;
        Json json(buffer);
        json.StartObject();
        key(json, "data");
        json.StartObject();
        write(json);
        json.EndObject();
        json.EndObject();
        out += first_ ? "" : ",\n";
        first_ = false;
        out.append(buffer.GetString(), buffer.GetSize());
    }

    std::uint64_t revision_;
    bool first_ = true;
};

}  // namespace

std::unique_ptr<Writer> cytoscape_writer(const WriterSetup& setup) {
    return std::make_unique<CytoscapeWriter>(setup);
}

}  // namespace khom::corpus
