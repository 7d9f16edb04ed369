#include "query/dossier.h"

#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/docx.h"
#include "server/dossier.h"
#include "server/dossier_versions.h"
#include "server/pages/pages.h"

namespace khom::server {

namespace {

struct Options {
    std::string id, format = "summary", lang = "en", output;
    DossierWanted wanted;
    bool freeze = false;
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
                    const DossierVersion& version) {
    const auto& dossier = version.dossier;
    if (*options.json || options.format == "json") return version.json + "\n";
    if (options.format == "markdown")
        return dossier_markdown(dossier, *reading.ontology, options.lang, version.digest);
    if (options.format == "csv") return dossier_csv(dossier);
    if (options.format == "html") {
        Request request;
        request.target = "/dossiers/" + options.id;
        request.query = {{"lang", options.lang}};
        return dossier_page(request, *reading.ontology, version, {}).body;
    }
    return summary(dossier) + version.digest + (version.is_kept ? ", kept to be cited" : "") + "\n";
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
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) return tl::unexpected(dataset.error());
    const auto reading = (*dataset)->reading();
    KeptTexts kept(kept_dossiers_folder((*dataset)->folder()), most_kept_dossiers);
    return find_dossier(reading, &kept, options.id, options.wanted)
        .and_then([&](DossierVersion version) -> graph::Result<ExitCode> {
            if (options.freeze) {
                if (auto done = keep_dossier(kept, version); !done) {
                    return tl::unexpected(done.error());
                }
                version.is_kept = true;
            }
            if (options.format == "docx" && !*options.json) {
                return docx_of(dossier_markdown(version.dossier, *reading.ontology, options.lang,
                                                version.digest),
                               options.lang)
                    .and_then([&](const std::string& file) { return deliver(options, file); });
            }
            return deliver(options, written(options, reading, version));
        });
}

}  // namespace

Run declare_dossier(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_option("ID", options->id, "unesco-award-2024 or biennial-report")->required();
    app.add_option("--rev", options->wanted.revision,
                   "The version that was kept at this revision, instead of today's");
    app.add_flag("--freeze", options->freeze, "Keep this version, so that it can be cited");
    app.add_option("--from", options->wanted.question.from, "Only what came on or after this date");
    app.add_option("--to", options->wanted.question.to, "Only what came on or before this date");
    app.add_option(
        "--fiscal-year", options->wanted.question.fiscal_year,
        "A Thai fiscal year instead of two dates: 2567 is October 2023 to September 2024");
    app.add_option("--format", options->format,
                   "summary, json, html, markdown, csv or docx (through pandoc)")
        ->check(CLI::IsMember({"summary", "json", "html", "markdown", "csv", "docx"}))
        ->capture_default_str();
    app.add_option("--lang", options->lang, "Language of html, markdown and docx: th or en")
        ->check(CLI::IsMember({"th", "en"}))
        ->capture_default_str();
    app.add_option("-o,--output", options->output, "File to write instead of standard output");
    app.footer(
        "Examples:\n  khom dossier unesco-award-2024\n  khom dossier biennial-report --from "
        "2023-10-01 --to 2024-09-30\n  khom dossier unesco-award-2024 --format docx --lang th -o "
        "dossier.docx\n  khom dossier unesco-award-2024 --freeze");
    return [options] { return run(*options); };
}

}  // namespace khom::server
