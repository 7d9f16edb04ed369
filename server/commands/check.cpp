#include "corpus/check.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "index/comparison.h"
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

/// Everything read and compared: records, log and index. What was not compared is said in `notice`.
void look_deep(graph::Store& store, const std::filesystem::path& folder,
               corpus::CheckReport& report, std::string& notice) {
    report.damage = store.find_damage();
    auto index = index::compare(folder / "index", *store.snapshot());
    std::move(index.damage.begin(), index.damage.end(), std::back_inserter(report.damage));
    notice = std::move(index.notice);
}

void print_all_well(const graph::Store& store, const std::string& notice) {
    const auto snapshot = store.snapshot();
    std::cout << "No damage at revision " << graph::number(snapshot->revision()) << ": "
              << snapshot->node_count() << " entities and " << snapshot->relationship_count()
              << " statements were read from disk and compared, the log was undone and redone"
              << (notice.empty() ? ", and the index equals the graph.\n" : ".\n");
}

graph::Result<ExitCode> run(const Options& options) {
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) {
        return tl::unexpected(dataset.error());
    }
    auto report = corpus::check((*dataset)->store(), (*dataset)->ontology());
    std::string notice;
    if (options.deep) {
        look_deep((*dataset)->store(), *options.data, report, notice);
    }
    if (*options.json) {
        std::cout << check_json(report) << '\n';
    } else {
        print(report);
        if (options.deep && report.damage.empty()) {
            print_all_well((*dataset)->store(), notice);
        }
        if (!notice.empty()) {
            std::cout << notice << '\n';
        }
    }
    return report.damage.empty() ? ExitCode::done : ExitCode::failed;
}

}  // namespace

Run declare_check(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_flag("--deep", options->deep,
                 "Also read every record, undo and redo the log, and compare the index");
    app.footer(
        "Gaps are no errors: they are what the dossier would miss. Damage ends with exit code 3.");
    return [options] { return run(*options); };
}

}  // namespace khom::server
