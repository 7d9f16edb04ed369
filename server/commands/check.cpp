#include "corpus/check.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/json.h"

namespace khom::server {

namespace {

struct Options {
    bool deep = false;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
};

constexpr std::size_t most_shown = 10;

void print(const corpus::CheckReport& report) {
    for (const auto& gap : report.gaps) {
        std::cout << gap.ids.size() << " of " << gap.of << "  " << both(gap.words, " / ") << '\n';
        for (std::size_t i = 0; i < std::min(gap.ids.size(), most_shown); ++i) {
            std::cout << "    " << gap.ids[i] << '\n';
        }
        if (gap.ids.size() > most_shown) {
            std::cout << "    … and " << gap.ids.size() - most_shown << " more; --json lists all\n";
        }
    }
    for (const auto& damage : report.damage) {
        std::cout << "damage: " << damage << '\n';
    }
}

graph::Result<ExitCode> run(const Options& options) {
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) {
        return tl::unexpected(dataset.error());
    }
    auto report = corpus::check((*dataset)->store(), (*dataset)->ontology());
    if (options.deep) {
        report.damage = (*dataset)->store().find_damage();
    }
    if (*options.json) {
        std::cout << check_json(report) << '\n';
    } else {
        print(report);
    }
    return report.damage.empty() ? ExitCode::done : ExitCode::failed;
}

}  // namespace

Run declare_check(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_flag("--deep", options->deep, "Also read every record, and undo and redo the log");
    app.footer(
        "Gaps are no errors: they are what the dossier would miss. Damage ends with exit code 3.");
    return [options] { return run(*options); };
}

}  // namespace khom::server
