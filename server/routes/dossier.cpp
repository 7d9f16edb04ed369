#include "server/dossier.h"

#include <limits>

#include "server/dossier_versions.h"
#include "server/json_private.h"
#include "server/keys.h"
#include "server/pages/pages.h"
#include "server/parameters.h"
#include "server/routes/answers.h"
#include "server/views.h"

namespace khom::server {

namespace {

/// The format by `format`, else by Accept; JSON where neither says.
std::string format_of(Parameters& parameters) {
    return parameters.format({{"json", "application/json"},
                              {"html", "text/html"},
                              {"markdown", "text/markdown"},
                              {"csv", "text/csv"}});
}

Response file(std::string type, std::string body, const std::string& name) {
    return {200,
            std::move(type),
            std::move(body),
            {{"Content-Disposition", "inline; filename=\"" + name + "\""}}};
}

}  // namespace

DossierWanted read_dossier_wanted(Parameters& parameters) {
    DossierWanted wanted;
    wanted.question.from = parameters.text("from", 10);
    wanted.question.to = parameters.text("to", 10);
    if (!parameters.text("fiscal_year", 4).empty()) {
        wanted.question.fiscal_year =
            static_cast<int>(parameters.integer("fiscal_year", 1, 9999, 0));
    }
    if (!parameters.text("rev", 19).empty()) {
        wanted.revision = static_cast<std::uint64_t>(
            parameters.integer("rev", 1, std::numeric_limits<std::int64_t>::max(), 0));
    }
    return wanted;
}

namespace {

graph::Result<DossierVersion> read(Parameters& parameters, const query::Reading& reading,
                                   const std::string& id, const KeptTexts* kept) {
    const auto wanted = read_dossier_wanted(parameters);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return find_dossier(reading, kept, id, wanted);
}

}  // namespace

Answer dossier_route(const Request& request, const query::Reading& reading, const std::string& id,
                     const KeptTexts* kept) {
    Parameters parameters(request);
    const auto lang = parameters.language();
    const auto format = format_of(parameters);
    return read(parameters, reading, id, kept).map([&](DossierVersion version) {
        if (format == "html") return dossier_page(request, *reading.ontology, version, {});
        if (format == "markdown") {
            return file("text/markdown; charset=utf-8",
                        dossier_markdown(version.dossier, *reading.ontology, lang, version.digest),
                        id + "." + lang + ".md");
        }
        if (format == "csv") {
            return file("text/csv; charset=utf-8", dossier_csv(version.dossier), id + ".csv");
        }
        return json_response(std::move(version.json));
    });
}

Answer dossier_page_route(const Request& request, const query::Reading& reading,
                          const std::string& id, const DossierPlaces& places) {
    Parameters parameters(request);
    const auto view = parameters.text("view", 32);
    return read(parameters, reading, id, places.kept.get())
        .and_then([&](const DossierVersion& version) -> Answer {
            DossierRecord record{kept_dossiers(*places.kept, id), {}, places.base_url};
            if (!view.empty()) {
                auto found = find_view(*places.views, view);
                if (!found) return tl::unexpected(found.error());
                record.notes = notes_of(*found);
            }
            return dossier_page(request, *reading.ontology, version, record);
        });
}

Answer keep_dossier_route(const Request& request, const query::Reading& reading,
                          const std::string& id, KeptTexts& kept) {
    if (const auto allowed = require_scope(request, Scope::write, "Keeping a version to cite");
        !allowed) {
        return tl::unexpected(allowed.error());
    }
    Parameters parameters(request);
    auto wanted = read_dossier_wanted(parameters);
    if (!parameters.outcome()) return tl::unexpected(parameters.outcome().error());
    wanted.revision = 0;  // only what stands today can be kept
    return find_dossier(reading, &kept, id, wanted).and_then([&](const DossierVersion& version) {
        return keep_dossier(kept, version).map([&](KeptTexts::Outcome outcome) {
            const auto name = name_of(version);
            JsonText text;
            auto& json = text.writer;
            json.StartObject();
            member(json, "id", id);
            member(json, "rev", name.revision);
            member(json, "from", name.from);
            member(json, "to", name.to);
            member(json, "digest", name.digest);
            json.EndObject();
            auto response = json_response(text.str());
            response.status = outcome == KeptTexts::Outcome::kept ? 201 : 200;
            response.headers.emplace_back("Location", "/v1/dossiers/" + id + version_query(name));
            return response;
        });
    });
}

Answer dossier_versions_route(const query::Reading& reading, const std::string& id,
                              const KeptTexts& kept) {
    return dossier_form(id).map([&](const query::DossierTemplate*) {
        return json_response(dossier_versions_json(kept, id, reading));
    });
}

}  // namespace khom::server
