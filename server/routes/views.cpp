#include "server/views.h"

#include "server/pages/html.h"
#include "server/routes/answers.h"

namespace khom::server {

Answer save_view_route(const Request& request, const query::Reading& reading, KeptTexts& kept) {
    return parse_view(request.body, reading)
        .and_then([&](View view) { return keep_view(kept, std::move(view)); })
        .map([](View view) {
            auto response = json_response(std::move(view.json));
            response.status = 201;
            response.headers.emplace_back("Location", "/v1/views/" + view.id);
            return response;
        });
}

Answer view_route(const std::string& id, const KeptTexts& kept) {
    return find_view(kept, id).map([](View view) { return json_response(std::move(view.json)); });
}

Answer view_page(const Request& request, const std::string& id, const KeptTexts& kept) {
    return find_view(kept, id).map([&](const View& view) {
        auto location = page_of(view);
        if (const auto language = page_language(request); language.chosen) {
            location +=
                (location.find('?') == std::string::npos ? "?lang=" : "&lang=") + language.code;
        }
        return Response{303, "text/plain; charset=utf-8", {}, {{"Location", location}}};
    });
}

}  // namespace khom::server
