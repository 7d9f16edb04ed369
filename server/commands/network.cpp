#include "query/networks.h"

#include <iomanip>
#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/json.h"

namespace khom::server {

namespace {

constexpr std::size_t shown_nodes = 15;

struct Options {
    query::NetworkQuestion question;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
};

void print_lenses(const query::Reading& reading) {
    for (const auto& lens : query::lenses(*reading.ontology)) {
        std::cout << std::left << std::setw(28) << lens.id << both(lens.name) << '\n';
    }
}

void print(const query::NetworkResult& network) {
    std::cout << both(network.lens.name, "\n") << '\n'
              << network.total_nodes << " nodes, " << network.total_edges << " edges, "
              << network.to_confirm.size() << " links to confirm\n\n";
    std::size_t shown = 0;
    for (const auto& node : network.nodes) {
        if (++shown > shown_nodes) break;
        std::cout << std::right << std::setw(4) << node.degree << std::setw(5) << node.strength
                  << "  " << both(node.entity.name) << "  " << node.entity.id
                  << (node.change.empty() ? "" : "  " + node.change) << '\n';
    }
    if (network.nodes.size() > shown_nodes) {
        std::cout << "      … and " << network.nodes.size() - shown_nodes << " more (--json)\n";
    }
    const auto say = [](const char* title, const auto& list) {
        if (!list.empty()) std::cout << '\n' << title << '\n';
        for (const auto& one : list) std::cout << "- " << both(one.sentence, "\n  ") << '\n';
    };
    say("Sectors that meet", network.mixing);
    say("Who links sectors", network.bridges);
    say("What is missing", network.gaps);
}

graph::Result<ExitCode> run(const Options& options) {
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) return tl::unexpected(dataset.error());
    const auto reading = (*dataset)->reading();
    if (options.question.lens.empty()) {
        if (*options.json) {
            std::cout << networks_json(query::lenses(*reading.ontology),
                                       graph::number(reading.graph().revision()))
                      << '\n';
        } else {
            print_lenses(reading);
        }
        return ExitCode::done;
    }
    return query::network(reading, options.question).map([&](const query::NetworkResult& network) {
        if (*options.json) {
            std::cout << network_json(network, options.question.metrics) << '\n';
        } else {
            print(network);
        }
        return ExitCode::done;
    });
}

}  // namespace

Run declare_network(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto& question = options->question;
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_option("LENS", question.lens,
                   "Such as partners-by-programme; without it all are listed");
    app.add_option("--min-weight", question.min_weight, "Leave out edges that share less")
        ->capture_default_str();
    app.add_option("--sector", question.sectors, "Partners of this sector only; may repeat");
    app.add_option("--theme", question.themes, "Only what falls under this theme; may repeat");
    app.add_option("--metrics", question.metrics, "Figures to show; all if not given");
    app.add_option("--from", question.from, "Only what was true on or after this date");
    app.add_option("--to", question.to, "Only what was true on or before this date");
    app.add_option("--compare-from", question.compare_from, "Begin of a second period");
    app.add_option("--compare-to", question.compare_to, "End of a second period");
    app.add_option("--limit", question.limit, "Nodes at most")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    app.footer(
        "Example:\n  khom network partners-by-programme --from 2020-09-24 --compare-to 2020-09-23");
    return [options] { return run(*options); };
}

}  // namespace khom::server
