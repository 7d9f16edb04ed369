#include "query/connections.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/json.h"

namespace khom::server {

namespace {

struct Options {
    query::ConnectionsQuestion question;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
};

void print(const query::ConnectionsResult& result) {
    std::cout << both(result.source.name) << "\n  and\n" << both(result.target.name) << '\n';
    if (result.paths.empty()) {
        std::cout << '\n' << both(result.explanation, "\n") << '\n';
    }
    std::size_t number = 0;
    for (const auto& path : result.paths) {
        std::cout << "\n" << ++number << ". " << both(path.sentence, "\n   ") << '\n';
        for (const auto& step : path.steps) {
            std::cout << "   - " << both(step.sentence, "\n     ") << "\n     "
                      << step.statement.id;
            for (const auto& source : step.statement.sources) {
                std::cout << "  " << source.id
                          << (source.locator.empty() ? "" : " (" + source.locator + ")");
            }
            std::cout << "  " << step.statement.certainty << '\n';
        }
    }
}

graph::Result<ExitCode> run(const Options& options) {
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) {
        return tl::unexpected(dataset.error());
    }
    return query::connections((*dataset)->reading(), options.question)
        .map([&](const query::ConnectionsResult& result) {
            if (*options.json) {
                std::cout << connections_json(result) << '\n';
            } else {
                print(result);
            }
            return ExitCode::done;
        });
}

}  // namespace

Run declare_connect(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto& question = options->question;
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_option("SOURCE", question.source, "Public id of the one")->required();
    app.add_option("TARGET", question.target, "Public id of the other")->required();
    app.add_option("--max-hops", question.max_hops, "Longest chain")
        ->check(CLI::Range(1, 6))
        ->capture_default_str();
    app.add_option("--k", question.k, "How many chains")
        ->check(CLI::Range(1, 20))
        ->capture_default_str();
    app.add_option("--rank", question.rank, "informative (hubs count little) or shortest")
        ->check(CLI::IsMember({"informative", "shortest"}))
        ->capture_default_str();
    app.add_option("--avoid", question.avoid, "Do not pass through this entity; may be repeated");
    app.add_option("--from", question.from, "Only what was true on or after this date");
    app.add_option("--to", question.to, "Only what was true on or before this date");
    app.footer("Example:\n  khom connect partner:chang-moi-community place:mae-kha-canal");
    return [options] { return run(*options); };
}

}  // namespace khom::server
