#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/ontology.h"
#include "query/entity.h"
#include "server/http.h"

namespace khom::server {

/// Text as it may stand in an element or a quoted attribute. Control and direction-changing
/// characters are shown as �.
std::string escaped(std::string_view text);

/// A highlight from the index: all but `<mark>`, `</mark>` and its own escapes is escaped again.
std::string marked(std::string_view highlight);

/// The language a page is in, and whether the reader chose it in the address.
struct PageLanguage {
    std::string code = "en";
    bool chosen = false;

    bool thai() const { return code == "th"; }
    std::string_view say(std::string_view en, std::string_view th) const {
        return thai() ? th : en;
    }
    /// The reader's language where there are words in it, else the other.
    const std::string& of(const graph::Wording& words) const;
    /// The other language's words, empty where they are the same or absent.
    const std::string& other(const graph::Wording& words) const;
    std::string_view other_code() const { return thai() ? "en" : "th"; }
};
PageLanguage page_language(const Request& request);

/// "/search?q=…&lang=th": a path and its query, encoded; `lang` is kept if it was chosen.
std::string link(const PageLanguage& language, std::string_view path, const Pairs& query = {});
std::string entity_link(const PageLanguage& language, std::string_view id);

/// `<a href="…">words</a>`, both escaped.
std::string anchor(std::string_view href, std::string_view words, std::string_view css_class = {});
/// `<span lang="th">words</span>`, escaped; nothing for no words.
std::string in_language(std::string_view code, std::string_view words,
                        std::string_view tag = "span", std::string_view css_class = {});
/// The name in the reader's language, marked with the language it really is in.
std::string name_html(const PageLanguage& language, const graph::Wording& name);
/// "พ.ศ. 2564 · 2021", as a `<time>`.
std::string time_html(const PageLanguage& language, const query::TimeLabel& time);
/// "Place" as a small label.
std::string kind_html(const PageLanguage& language, const graph::Ontology& ontology,
                      std::string_view kind, std::string_view subtype = {});

/// One end of the question how two are connected: an id (or words), and the name to show for it.
struct ConnectEnd {
    std::string value, shown;
};
/// The form that asks it. Its fields suggest while one types, where scripts run.
std::string connect_form_html(const PageLanguage& language, const ConnectEnd& source,
                              const ConnectEnd& target);

/// Says that the address was saved (`rev`) at another revision than the one that is shown.
std::string saved_at_html(const Request& request, const PageLanguage& language,
                          std::uint64_t revision);

/// What is between header and footer, and what the head says.
struct Page {
    std::string title;
    std::string main;         ///< HTML
    std::string search_text;  ///< shown in the header's box
    bool header_search = true;
    std::string head;  ///< more of `<head>`, HTML
    /// "https://tiles.example": the one other host that its pictures may come from; empty for none.
    std::string image_origin;
    std::string css_class;
};

/// The whole document. `request` gives the address for the language switch.
Response page_response(const Request& request, const PageLanguage& language, const Page& page,
                       int status = 200);

}  // namespace khom::server
