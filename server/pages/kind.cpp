#include <map>

#include <rapidjson/document.h>

#include "server/pages/html.h"

namespace khom::embedded {
extern const std::string_view ontology_json;  // of corpus/
}

namespace khom::server {

namespace {

/// graph::Ontology keeps the ids of subtypes only; their words are read from the same file.
const std::map<std::string, graph::Wording, std::less<>>& subtype_words() {
    static const auto words = [] {
        std::map<std::string, graph::Wording, std::less<>> all;
        rapidjson::Document ontology;
        ontology.Parse(embedded::ontology_json.data(), embedded::ontology_json.size());
        for (const auto& kind : ontology["kinds"].GetArray()) {
            for (const auto& subtype : kind["subtypes"].GetArray()) {
                const auto text = [&](const char* name) {
                    const auto found = subtype.FindMember(name);
                    return found == subtype.MemberEnd() ? "" : found->value.GetString();
                };
                all.emplace(text("id"), graph::Wording{text("en"), text("th")});
            }
        }
        return all;
    }();
    return words;
}

}  // namespace

std::string kind_html(const PageLanguage& language, const graph::Ontology& ontology,
                      std::string_view kind, std::string_view subtype) {
    const auto* known = ontology.kind(kind);
    auto html = "<span class=\"kind kind-" + escaped(kind) + "\">" +
                escaped(known == nullptr ? kind : language.of(known->one)) + "</span>";
    if (!subtype.empty()) {
        const auto found = subtype_words().find(subtype);
        html += " <span class=\"subtype\">" +
                escaped(found == subtype_words().end() ? subtype : language.of(found->second)) +
                "</span>";
    }
    return html;
}

}  // namespace khom::server
