#include <algorithm>
#include <array>
#include <string_view>

#include "server/pages/html.h"
#include "server/pages/pages.h"

namespace khom::embedded {
extern const std::string_view style_css;
extern const std::string_view lantern_svg;
extern const std::string_view font_thai_400;
extern const std::string_view font_thai_700;
extern const std::string_view font_latin_400;
extern const std::string_view font_latin_700;
extern const std::string_view font_licence;
}  // namespace khom::embedded

namespace khom::server {

namespace {

struct Asset {
    std::string_view name;
    std::string_view type;
    const std::string_view& bytes;
};

const std::array<Asset, 7>& assets() {
    static const std::array<Asset, 7> all = {{
        {"style.css", "text/css; charset=utf-8", embedded::style_css},
        {"lantern.svg", "image/svg+xml", embedded::lantern_svg},
        {"looped-thai-400.woff2", "font/woff2", embedded::font_thai_400},
        {"looped-thai-700.woff2", "font/woff2", embedded::font_thai_700},
        {"looped-latin-400.woff2", "font/woff2", embedded::font_latin_400},
        {"looped-latin-700.woff2", "font/woff2", embedded::font_latin_700},
        {"OFL.txt", "text/plain; charset=utf-8", embedded::font_licence},
    }};
    return all;
}

}  // namespace

Answer asset_route(const Request& request, const std::string& name) {
    const auto found = std::find_if(assets().begin(), assets().end(),
                                    [&](const Asset& asset) { return asset.name == name; });
    if (found == assets().end()) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "There is no asset '" + name + "'.");
    }
    const std::string tag =
        "\"" KHOM_VERSION "-" + std::to_string(std::hash<std::string_view>{}(found->bytes)) + "\"";
    Response response{200, std::string(found->type), std::string(found->bytes), {}};
    if (request.header("if-none-match").find(tag) != std::string_view::npos) {
        response = {304, {}, {}, {}};
    }
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", "public, max-age=3600");
    return response;
}

Response opensearch_description(const std::string& base_url) {
    const auto base = escaped(base_url);
    return {200,
            "application/opensearchdescription+xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
            "<ShortName>Khom</ShortName>\n"
            "<Description>A learning city's people, places, programmes and partners</Description>\n"
            "<InputEncoding>UTF-8</InputEncoding>\n"
            "<Image width=\"28\" height=\"36\" type=\"image/svg+xml\">" +
                base +
                "/assets/lantern.svg</Image>\n"
                "<Url type=\"text/html\" template=\"" +
                base +
                "/search?q={searchTerms}\"/>\n"
                "<Url type=\"application/x-suggestions+json\" template=\"" +
                base + "/v1/suggest?q={searchTerms}\"/>\n</OpenSearchDescription>\n",
            {}};
}

}  // namespace khom::server
