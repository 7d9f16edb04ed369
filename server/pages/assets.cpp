#include "server/pages/assets.h"

#include <algorithm>

#include "server/pages/html.h"
#include "server/pages/pages.h"

namespace khom::server {

namespace {

/// Whether `coding` may be sent. "gzip;q=0" is the one way to refuse one that is named.
bool accepts_coding(std::string_view header, std::string_view coding) {
    for (std::size_t begin = 0; begin < header.size();) {
        const auto end = std::min(header.find(',', begin), header.size());
        auto item = header.substr(begin, end - begin);
        item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
        const auto parameters = std::min(item.find(';'), item.size());
        auto name = item.substr(0, parameters);
        name = name.substr(0, name.find_last_not_of(" \t") + 1);
        if (name == coding) {
            const auto quality = item.find("q=0", parameters);
            return quality == std::string_view::npos ||
                   item.find_first_of("123456789", quality) != std::string_view::npos;
        }
        begin = end + 1;
    }
    return false;
}

/// The smallest form that the client takes.
std::string_view best_form(const Request& request, const Asset& asset, Response& response) {
    const auto header = request.header("accept-encoding");
    if (!asset.brotli.empty() && accepts_coding(header, "br")) {
        response.headers.emplace_back("Content-Encoding", "br");
        return asset.brotli;
    }
    if (!asset.gzip.empty() && accepts_coding(header, "gzip")) {
        response.headers.emplace_back("Content-Encoding", "gzip");
        return asset.gzip;
    }
    return asset.plain;
}

}  // namespace

std::string asset_path(std::string_view asked) {
    const auto all = assets();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Asset& asset) { return asset.asked == asked; });
    return "/assets/" + std::string(found == all.end() ? asked : found->name);
}

Answer asset_route(const Request& request, const std::string& name) {
    const auto all = assets();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Asset& asset) {
        return asset.name == name || asset.asked == name;
    });
    if (found == all.end()) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "There is no asset '" + name + "'.");
    }
    Response response{200, std::string(found->type), {}, {}};
    const auto bytes = best_form(request, *found, response);
    // Strong tags differ by coding.
    const auto tag = "\"" + std::to_string(std::hash<std::string_view>{}(bytes)) + "\"";
    if (request.header("if-none-match").find(tag) != std::string_view::npos) {
        response = {304, {}, {}, {}};
    } else {
        response.body = bytes;
    }
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    const bool named_by_content = found->name == name && found->name != found->asked;
    response.headers.emplace_back("Cache-Control", named_by_content
                                                       ? "public, max-age=31536000, immutable"
                                                       : "public, max-age=3600");
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
