// One line an entity or a statement, as the reader takes it: language columns are gathered
// (`name_th` → `name: {th}`), sources carry their locators (`source:seed#line 3`). `year` follows
// from `time` and is written only where it does not.

#include <cmath>
#include <map>
#include <optional>

#include "corpus/writers/json_private.h"
#include "corpus/writers/writer.h"

namespace khom::corpus {

namespace {

struct Split {
    std::string_view base, language;
};

/// "aliases_other" → "aliases", "other"; "name_in_seed" is one word, and so is the `role_th` of a
/// statement that has a `role`.
std::optional<Split> by_language(const graph::Map& properties, std::string_view name) {
    for (const std::string_view ending : {"_en", "_th", "_other"}) {
        if (name.size() > ending.size() && name.ends_with(ending)) {
            const auto base = name.substr(0, name.size() - ending.size());
            if (!properties.contains(std::string(base))) {
                return Split{base, ending.substr(1)};
            }
        }
    }
    return std::nullopt;
}

void write_properties(Json& json, const graph::Map& properties) {
    std::map<std::string_view, std::map<std::string_view, const graph::Value*>> gathered;
    for (const auto& [name, value] : properties) {
        if (const auto split = by_language(properties, name)) {
            gathered[split->base][split->language] = &value;
        }
    }
    for (const auto& [name, value] : properties) {
        if (name == "locators" || by_language(properties, name) ||
            (name == "year" && year_follows(properties))) {
            continue;
        }
        if (name == "sources") {
            key(json, name);
            json.StartArray();
            for (const auto& source : cited(properties)) {
                text(json, source);
            }
            json.EndArray();
        } else {
            key(json, name);
            write_value(json, value);
        }
    }
    for (const auto& [base, words] : gathered) {
        key(json, base);
        json.StartObject();
        for (const auto& [language, value] : words) {
            key(json, language);
            write_value(json, *value);
        }
        json.EndObject();
    }
}

class NdjsonWriter : public Writer {
  public:
    void entity(const EntityItem& item, std::string& out) override {
        line("entity", out, [&](Json& json) {
            member(json, "id", item.id);
            member(json, "kind", item.kind);
            write_properties(json, item.properties);
        });
    }
    void statement(const StatementItem& item, std::string& out) override {
        line("statement", out, [&](Json& json) {
            member(json, "id", item.id);
            member(json, "from", item.from);
            member(json, "type", item.type);
            member(json, "to", item.to);
            write_properties(json, item.properties);
        });
    }

  private:
    template <class Write>
    static void line(std::string_view what, std::string& out, Write write) {
        JsonBuffer buffer;
        Json json(buffer);
        json.StartObject();
        key(json, what);
        json.StartObject();
        write(json);
        json.EndObject();
        json.EndObject();
        out.append(buffer.GetString(), buffer.GetSize()) += '\n';
    }
};

}  // namespace

void write_value(Json& json, const graph::Value& value) {
    if (value.is(graph::ValueKind::boolean)) {
        json.Bool(value.boolean());
    } else if (value.is(graph::ValueKind::integer)) {
        json.Int64(value.integer());
    } else if (value.is(graph::ValueKind::floating) && std::isfinite(value.floating())) {
        json.Double(value.floating());
    } else if (value.is(graph::ValueKind::list)) {
        json.StartArray();
        for (const auto& item : value.list()) {
            write_value(json, item);
        }
        json.EndArray();
    } else {
        text(json, plain_text(value));
    }
}

std::unique_ptr<Writer> ndjson_writer() {
    return std::make_unique<NdjsonWriter>();
}

}  // namespace khom::corpus
