#include "server/dossier.h"

#include "server/pages/pages.h"
#include "server/parameters.h"
#include "server/routes/answers.h"

namespace khom::server {

namespace {

/// The format by `format`, else by Accept; JSON where neither says.
std::string format_of(Parameters& parameters, std::string_view accept) {
    const auto asked = parameters.one_of("format", {"", "json", "html", "markdown", "csv"});
    if (!asked.empty()) return asked;
    if (accept.find("text/markdown") != std::string_view::npos) return "markdown";
    if (accept.find("text/csv") != std::string_view::npos) return "csv";
    return prefers(accept, "text/html", "application/json") ? "html" : "json";
}

Response file(std::string type, std::string body, const std::string& name) {
    return {200,
            std::move(type),
            std::move(body),
            {{"Content-Disposition", "inline; filename=\"" + name + "\""}, {"Vary", "Accept"}}};
}

graph::Result<query::Dossier> read(Parameters& parameters, const query::Reading& reading,
                                   const std::string& id) {
    query::DossierQuestion question{parameters.text("from", 10), parameters.text("to", 10), 0};
    if (!parameters.text("fiscal_year", 4).empty()) {  // a form sends its empty fields too
        question.fiscal_year = static_cast<int>(parameters.integer("fiscal_year", 1, 9999, 0));
    }
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return dossier_form(id).and_then([&](const query::DossierTemplate* form) {
        return query::dossier(reading, *form, question);
    });
}

}  // namespace

Answer dossier_route(const Request& request, const query::Reading& reading, const std::string& id) {
    Parameters parameters(request);
    const auto lang = parameters.language();
    const auto format = format_of(parameters, request.header("accept"));
    return read(parameters, reading, id).map([&](const query::Dossier& dossier) {
        if (format == "html") return dossier_page(request, *reading.ontology, dossier);
        if (format == "markdown") {
            return file("text/markdown; charset=utf-8", dossier_markdown(dossier, lang),
                        id + "." + lang + ".md");
        }
        if (format == "csv") {
            return file("text/csv; charset=utf-8", dossier_csv(dossier), id + ".csv");
        }
        auto response = json_response(dossier_json(dossier));
        response.headers.emplace_back("Vary", "Accept");
        return response;
    });
}

Answer dossier_page_route(const Request& request, const query::Reading& reading,
                          const std::string& id) {
    Parameters parameters(request);
    return read(parameters, reading, id).map([&](const query::Dossier& dossier) {
        return dossier_page(request, *reading.ontology, dossier);
    });
}

}  // namespace khom::server
