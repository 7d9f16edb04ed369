#include "corpus/import.h"
#include "corpus/large_import.h"

#include <unistd.h>
#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/json.h"

namespace khom::server {

namespace {

struct Options {
    std::vector<std::string> paths;
    bool dry_run = false;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
};

/// On a terminal, one line that is written over, and gone at the end; elsewhere nothing.
class ProgressLine {
  public:
    ProgressLine() : is_shown_(::isatty(STDERR_FILENO) != 0) {}
    ~ProgressLine() {
        if (is_shown_) {
            std::cerr << "\r\033[K" << std::flush;
        }
    }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(std::string_view task, std::size_t done, std::size_t total) const {
        if (!is_shown_) {
            return;
        }
        constexpr std::size_t width = 30;
        const auto filled = total == 0 ? width : done * width / total;
        const auto percent = std::to_string(total == 0 ? 100 : done * 100 / total);
        std::cerr << "\r[" << std::string(filled, '#') << std::string(width - filled, '.') << "] "
                  << std::string(3 - std::min<std::size_t>(3, percent.size()), ' ') << percent
                  << " %  " << task << "\033[K" << std::flush;
    }

  private:
    bool is_shown_;
};

void print(const corpus::ImportReport& report) {
    const auto lines = [](const char* title, const std::vector<corpus::Finding>& findings) {
        for (const auto& finding : findings) {
            std::cout << title << finding.file << ':' << finding.line
                      << (finding.column.empty() ? "" : ", column " + finding.column) << ": "
                      << finding.detail << '\n';
        }
    };
    lines("", report.rejected);
    lines("warning: ", report.warnings);
    for (const auto& duplicate : report.likely_duplicates) {
        std::cout << "likely duplicate: " << duplicate.file << ':' << duplicate.line << ": "
                  << duplicate.id << " resembles " << duplicate.other << ": " << duplicate.why
                  << '\n';
    }
    if (!report.rejected.empty()) {
        std::cout << report.rejected.size() << " findings; nothing was written.\n";
        return;
    }
    std::cout << (report.dry_run ? "Would be created: " : "Created: ") << report.created
              << ", updated: " << report.updated << ", unchanged: " << report.unchanged << ". ";
    if (report.dry_run) {
        std::cout << "Nothing was written.\n";
    } else {
        std::cout << "The data stands at revision " << graph::number(report.revision) << ".\n";
    }
}

/// Much data for an empty store is streamed; everything else is one batch.
graph::Result<corpus::ImportReport> load(Dataset& dataset, const Options& options) {
    const ProgressLine line;
    const auto show = [&](std::string_view task, std::size_t done, std::size_t total) {
        line.show(task, done, total);
    };
    const corpus::ImportOptions how{options.dry_run, {"command line", "import"}, show};
    const auto large = corpus::large_files({options.paths.begin(), options.paths.end()});
    if (!large.empty() && dataset.store().snapshot()->node_id_limit() == 0) {
        return corpus::import_large(dataset.store(), dataset.ontology(), large, how);
    }
    std::vector<corpus::InputFile> files;
    for (const auto& path : options.paths) {
        auto read = corpus::read_input(path);
        if (!read) {
            return tl::unexpected(read.error());
        }
        std::move(read->begin(), read->end(), std::back_inserter(files));
    }
    return corpus::import(dataset.store(), dataset.ontology(), files, how);
}

graph::Result<ExitCode> run(const Options& options) {
    auto dataset = Dataset::open(*options.data, Missing::is_created);
    if (!dataset) {
        return tl::unexpected(dataset.error());
    }
    return load(**dataset, options).map([&](const corpus::ImportReport& report) {
        if (*options.json) {
            std::cout << import_json(report) << '\n';
        } else {
            print(report);
        }
        return report.rejected.empty() ? ExitCode::done : ExitCode::refused;
    });
}

}  // namespace

Run declare_import(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_option("PATH", options->paths, "CSV or NDJSON files, or folders of them")->required();
    app.add_flag("--dry-run", options->dry_run, "Check and report only");
    app.footer(
        "All or nothing: one wrong row and nothing is written. The same files again change "
        "nothing.\n"
        "Example:\n  khom import --data data/chiang-mai corpus/data/chiang-mai");
    return [options] { return run(*options); };
}

}  // namespace khom::server
