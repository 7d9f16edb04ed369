#include "query/entity.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/json.h"

namespace khom::server {

namespace {

struct Options {
    std::string id;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
};

std::string cited(const std::vector<query::SourceRef>& sources) {
    std::string text;
    for (const auto& source : sources) {
        text += (text.empty() ? "" : "; ") + source.id;
        text += source.locator.empty() ? "" : " (" + source.locator + ")";
    }
    return text;
}

void print(const query::EntityView& entity) {
    std::cout << both(entity.ref.name) << "\n" << entity.ref.id;
    if (entity.time) {
        std::cout << "  " << both(entity.time->words, " / ");
    }
    std::cout << '\n';
    if (const auto summary = both(entity.summary, "\n"); !summary.empty()) {
        std::cout << '\n' << summary << '\n';
    }
    std::string wording;
    for (const auto& statement : entity.statements) {
        if (statement.wording.en != wording) {
            wording = statement.wording.en;
            std::cout << '\n' << both(statement.wording, " / ") << '\n';
        }
        std::cout << "  " << both(statement.target.name) << "  " << statement.target.id;
        if (statement.time) {
            std::cout << "  " << both(statement.time->words, " / ");
        }
        if (!statement.status.empty() && statement.status != "done") {
            std::cout << "  " << statement.status;
        }
        if (!statement.certainty.empty() && statement.certainty != "stated") {
            std::cout << "  " << statement.certainty;
        }
        std::cout << "\n    " << statement.id << "  " << cited(statement.sources) << '\n';
    }
    std::cout << "\nSources: " << cited(entity.sources) << '\n';
}

graph::Result<ExitCode> run(const Options& options) {
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) {
        return tl::unexpected(dataset.error());
    }
    const auto reading = (*dataset)->reading();
    const auto id = reading.graph().redirected(options.id).value_or(options.id);
    return query::entity(reading, id).map([&](const query::EntityView& entity) {
        if (*options.json) {
            std::cout << entity_json(entity, "http://127.0.0.1:8080") << '\n';
        } else {
            print(entity);
        }
        return ExitCode::done;
    });
}

}  // namespace

Run declare_entity(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_option("ID", options->id, "Public id: kind:slug")->required();
    app.footer("Example:\n  khom entity place:mae-kha-canal");
    return [options] { return run(*options); };
}

}  // namespace khom::server
