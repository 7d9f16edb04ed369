#include "server/pages/html.h"

namespace khom::server {

std::string kind_html(const PageLanguage& language, const graph::Ontology& ontology,
                      std::string_view kind, std::string_view subtype) {
    const auto* known = ontology.kind(kind);
    auto html = "<span class=\"kind kind-" + escaped(kind) + "\">" +
                escaped(known == nullptr ? kind : language.of(known->one)) + "</span>";
    if (!subtype.empty()) {
        html += " <span class=\"subtype\">" + escaped(subtype) + "</span>";
    }
    return html;
}

}  // namespace khom::server
