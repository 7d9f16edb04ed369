#include "query/dossier.h"

#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/dossier.h"
#include "server/pages/pages.h"

namespace khom::server {

namespace {

struct Options {
    std::string id, format = "summary", lang = "en", output;
    query::DossierQuestion question;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
};

/// What a planner wants to see first: where the gaps are.
std::string summary(const query::Dossier& dossier) {
    std::string out = both(dossier.title, "\n") + "\n" + both(dossier.period) + "\n";
    for (const auto& section : dossier.sections) {
        out += "\n" + section.id + "  " + name(section.status) + "  " + both(section.title) + "\n";
        for (const auto& claim : section.claims) out += "  + " + both(claim.text, "\n    ") + "\n";
        for (const auto& gap : section.gaps) out += "  - " + both(gap, "\n    ") + "\n";
        if (!section.to_confirm.empty()) {
            out += "  ? to confirm · รอยืนยัน: " + std::to_string(section.to_confirm.size()) + "\n";
        }
    }
    out += "\n" + std::to_string(dossier.partners.size()) + " partners, " +
           std::to_string(dossier.programmes.size()) + " programmes, " +
           std::to_string(dossier.statements.size()) + " statements, " +
           std::to_string(dossier.sources.size()) + " sources; revision " +
           std::to_string(dossier.revision) + "\n";
    return out;
}

std::string written(const Options& options, const query::Reading& reading,
                    const query::Dossier& dossier) {
    if (*options.json || options.format == "json") return dossier_json(dossier) + "\n";
    if (options.format == "markdown") return dossier_markdown(dossier, options.lang);
    if (options.format == "csv") return dossier_csv(dossier);
    if (options.format == "html") {
        Request request;
        request.target = "/dossiers/" + options.id;
        request.query = {{"lang", options.lang}};
        return dossier_page(request, *reading.ontology, dossier).body;
    }
    return summary(dossier);
}

graph::Result<ExitCode> deliver(const Options& options, const std::string& text) {
    if (options.output.empty()) {
        std::cout << text;
        return ExitCode::done;
    }
    std::ofstream file(options.output, std::ios::binary);
    if (!(file << text).flush()) {
        return graph::refuse(graph::RefusalCode::storage_unavailable,
                             "'" + options.output + "' cannot be written.");
    }
    return ExitCode::done;
}

graph::Result<ExitCode> run(const Options& options) {
    const auto form = dossier_form(options.id);
    if (!form) return tl::unexpected(form.error());
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) return tl::unexpected(dataset.error());
    const auto reading = (*dataset)->reading();
    return query::dossier(reading, **form, options.question)
        .and_then([&](const query::Dossier& dossier) {
            return deliver(options, written(options, reading, dossier));
        });
}

}  // namespace

Run declare_dossier(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_option("ID", options->id, "unesco-award-2024 or biennial-report")->required();
    app.add_option("--from", options->question.from, "Only what came on or after this date");
    app.add_option("--to", options->question.to, "Only what came on or before this date");
    app.add_option(
        "--fiscal-year", options->question.fiscal_year,
        "A Thai fiscal year instead of two dates: 2567 is October 2023 to September 2024");
    app.add_option("--format", options->format, "summary, json, html, markdown or csv")
        ->check(CLI::IsMember({"summary", "json", "html", "markdown", "csv"}))
        ->capture_default_str();
    app.add_option("--lang", options->lang, "Language of html and markdown: th or en")
        ->check(CLI::IsMember({"th", "en"}))
        ->capture_default_str();
    app.add_option("-o,--output", options->output, "File to write instead of standard output");
    app.footer(
        "Examples:\n  khom dossier unesco-award-2024\n  khom dossier biennial-report --from "
        "2023-10-01 --to "
        "2024-09-30\n  khom dossier unesco-award-2024 --format markdown --lang th | pandoc -o "
        "dossier.docx");
    return [options] { return run(*options); };
}

}  // namespace khom::server
