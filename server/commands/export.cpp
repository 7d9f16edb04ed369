#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "corpus/import.h"
#include "corpus/writers/export.h"
#include "server/commands/commands.h"

namespace khom::server {

namespace {

struct Options {
    std::string format;
    std::string file;
    std::string base_url = "http://127.0.0.1:8080";
    std::string from, to;
    corpus::Filter filter;
    std::shared_ptr<std::string> data;
};

graph::Result<ExitCode> write(corpus::Export& pieces, std::ostream& out, const std::string& name) {
    bool more = true;
    while (more && out) {
        std::string piece;
        more = pieces.next(piece);
        out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    }
    out.flush();
    if (!out) {
        return graph::refuse(graph::RefusalCode::storage_unavailable,
                             "'" + name + "' cannot be written.");
    }
    return ExitCode::done;
}

graph::Result<ExitCode> run(Options options) {
    const auto format = *corpus::format_of(options.format);
    auto window = graph::parse_window(options.from, options.to);
    if (!window) {
        return tl::unexpected(window.error());
    }
    options.filter.window = *window;
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) {
        return tl::unexpected(dataset.error());
    }
    corpus::ExportOptions how;
    how.base_url = options.base_url;
    corpus::Export pieces(
        corpus::select((*dataset)->store().snapshot(), options.filter, corpus::sources_for(format)),
        corpus::shipped_ontology(), format, how);
    if (options.file.empty() || options.file == "-") {
        return write(pieces, std::cout, "standard output");
    }
    std::ofstream file(options.file, std::ios::binary);
    return write(pieces, file, options.file);
}

}  // namespace

Run declare_export(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    std::vector<std::string> names, kinds, types;
    for (const auto& format : corpus::format_names) {
        names.emplace_back(format.name);
    }
    for (const auto& kind : corpus::shipped_ontology()->kinds) {
        kinds.push_back(kind.id);
    }
    for (const auto& type : corpus::shipped_ontology()->types) {
        types.push_back(type.id);
    }
    app.add_option("--format", options->format,
                   "What to write; csv is one ZIP of nodes.csv and edges.csv")
        ->required()
        ->check(CLI::IsMember(names));
    app.add_option("-o,--output", options->file, "Where to; else standard output")
        ->type_name("FILE");
    app.add_option("--kind", options->filter.kinds, "Only entities of this kind; repeatable")
        ->check(CLI::IsMember(kinds));
    app.add_option("--type", options->filter.types, "Only statements of this type; repeatable")
        ->check(CLI::IsMember(types));
    app.add_option("--from", options->from, "Only what is dated then or later, or not at all")
        ->type_name("DATE");
    app.add_option("--to", options->to, "Only what is dated then or earlier, or not at all")
        ->type_name("DATE");
    app.add_option("--public-url", options->base_url, "What URIs in Turtle and JSON-LD begin with")
        ->envname("KHOM_PUBLIC_URL")
        ->type_name("URL")
        ->capture_default_str();
    app.footer(
        "The same graph gives the same bytes. An ndjson or csv export imports as the same graph.\n"
        "Example:\n  khom export --data data/chiang-mai --format gexf --from 2020 -o "
        "chiang-mai.gexf");
    return [options] { return run(*options); };
}

}  // namespace khom::server
