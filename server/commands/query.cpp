#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>

#include "query/engine.h"
#include "query/functions/function.h"
#include "query/standard_procedures.h"
#include "server/commands/commands.h"
#include "server/commands/query_shell.h"
#include "server/query_rows.h"

namespace khom::server {

namespace {

struct Options {
    std::string statement;
    std::vector<std::string> parameters;  ///< NAME=JSON
    bool csv = false;
    bool write = false;
    bool converses = false;  ///< tells how many rows there were and how long it took
    int timeout_ms = 30'000;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
};

/// A parameter that is no JSON is taken for a text, so that --param name=ช้างม่อย needs no quotes.
graph::Result<graph::Map> parameters(const std::vector<std::string>& given) {
    graph::Map map;
    for (const auto& each : given) {
        const auto sign = each.find('=');
        if (sign == std::string::npos || sign == 0) {
            return graph::refuse_parameter(
                "--param", "A parameter is NAME=JSON, and '" + each + "' has no name.");
        }
        const auto text = each.substr(sign + 1);
        if (const auto checked = check_text("--param", text); !checked)
            return tl::unexpected(checked.error());
        auto value = value_from_json(text);
        map.insert_or_assign(each.substr(0, sign), value ? std::move(*value) : graph::Value(text));
    }
    return map;
}

/// "(2 rows, 1.4 ms; 1 node made)"
std::string summary(const QueryAnswer& answer) {
    const auto counted = [](std::size_t count, const char* one, const char* many) {
        return std::to_string(count) + " " + (count == 1 ? one : many);
    };
    char time[32];
    std::snprintf(time, sizeof time, ", %.1f ms", answer.elapsed_ms);
    auto text = "(" + counted(answer.rows.rows.size(), "row", "rows") + time;
    const auto& effects = answer.rows.effects;
    const auto add = [&](std::size_t count, const char* one, const char* many) {
        if (count > 0) text += "; " + counted(count, one, many);
    };
    add(effects.nodes_created, "node made", "nodes made");
    add(effects.nodes_deleted, "node deleted", "nodes deleted");
    add(effects.relationships_created, "relationship made", "relationships made");
    add(effects.relationships_deleted, "relationship deleted", "relationships deleted");
    add(effects.properties_set, "property set", "properties set");
    add(effects.labels_added, "label added", "labels added");
    add(effects.labels_removed, "label removed", "labels removed");
    return text + ")";
}

void print(const Options& options, const QueryAnswer& answer) {
    if (*options.json) {
        std::cout << query_json(answer).text << '\n';
    } else if (options.csv) {
        std::cout << query_csv(answer);
    } else if (!answer.rows.columns.empty()) {
        std::cout << query_table(answer);
    }
    if (options.converses && !*options.json && !options.csv) std::cout << summary(answer) << '\n';
}

graph::Result<ExitCode> read(const Options& options, Dataset& dataset, const query::Engine& engine,
                             query::Run run) {
    const auto reading = dataset.reading();
    run.reading = &reading;
    const auto start = std::chrono::steady_clock::now();
    return engine.prepare(options.statement, reading.graph())
        .and_then([&](const query::Engine::Prepared& prepared) {
            return engine.run(prepared, reading.graph(), run);
        })
        .map([&](const query::Rows& rows) {
            const std::chrono::duration<double, std::milli> took =
                std::chrono::steady_clock::now() - start;
            print(options, {rows, reading.graph(), took.count()});
            return ExitCode::done;
        });
}

/// On a draft, committed only if the whole statement went through.
graph::Result<ExitCode> write(const Options& options, Dataset& dataset, const query::Engine& engine,
                              query::Run run) {
    const auto reading = dataset.reading();
    run.reading = &reading;
    const auto start = std::chrono::steady_clock::now();
    auto draft = dataset.store().begin();
    auto rows = engine.prepare(options.statement, draft.base())
                    .and_then([&](const query::Engine::Prepared& prepared) {
                        return engine.write(prepared, draft, run);
                    });
    if (!rows) return tl::unexpected(rows.error());
    const auto commit =
        dataset.store().commit(std::move(draft), {"command line", "khom query --write"});
    if (!commit) return tl::unexpected(commit.error());
    const auto snapshot = dataset.store().snapshot();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    print(options, {*rows, *snapshot, took.count()});
    return ExitCode::done;
}

graph::Result<ExitCode> ask(Options options, const std::string& statement, Dataset& dataset,
                            const query::Engine& engine, const query::Run& run) {
    options.statement = statement;
    return options.write ? write(options, dataset, engine, run)
                         : read(options, dataset, engine, run);
}

/// Everything that has a name in the graph, and the language's own words.
std::vector<std::string> words_of(const graph::Snapshot& graph,
                                  const query::Procedures& procedures) {
    auto words = cypher_keywords();
    for (const auto& name : query::functions::function_names()) words.push_back(name + "(");
    for (const auto* each : procedures.all()) words.push_back(each->name + "(");
    const auto add = [&]<class Id>(std::size_t count, Id) {
        for (std::size_t i = 0; i < count; ++i) words.emplace_back(graph.name(static_cast<Id>(i)));
    };
    add(graph.label_count(), graph::LabelId{});
    add(graph.type_count(), graph::TypeId{});
    add(graph.property_key_count(), graph::PropertyKeyId{});
    return words;
}

graph::Result<ExitCode> run(const Options& options) {
    if (const auto text = check_text("CYPHER", options.statement); !text)
        return tl::unexpected(text.error());
    auto given = parameters(options.parameters);
    if (!given) return tl::unexpected(given.error());
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) return tl::unexpected(dataset.error());
    const query::Engine engine(query::standard_procedures());
    query::Run run;
    run.parameters = std::move(*given);
    run.limits.timeout = std::chrono::milliseconds(options.timeout_ms);
    if (!options.statement.empty()) {
        auto answered = ask(options, options.statement, **dataset, engine, run);
        if (!answered && answered.error().span) {
            std::cerr << marked(options.statement, *answered.error().span);
        }
        return answered;
    }
    const auto procedures = query::standard_procedures();
    auto in_shell = options;
    in_shell.converses = ::isatty(STDIN_FILENO) != 0;
    if (in_shell.converses) run.limits.cancelled = &interrupted();
    const Shell shell{[&](const std::string& statement) -> graph::Result<ExitCode> {
                          if (const auto text = check_text("CYPHER", statement); !text)
                              return tl::unexpected(text.error());
                          return ask(in_shell, statement, **dataset, engine, run);
                      },
                      [&] { return words_of(*(*dataset)->store().snapshot(), procedures); }};
    return in_shell.converses ? graph::Result<ExitCode>(converse(shell)) : ask_all(shell);
}

}  // namespace

Run declare_query(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_option("CYPHER", options->statement,
                   "One openCypher statement; none: a shell, or statements from standard input");
    app.add_option("--param", options->parameters,
                   "NAME=JSON, for $NAME in the statement; repeatable");
    app.add_flag("--csv", options->csv, "Print comma-separated values");
    app.add_flag("--write", options->write, "Let the statement change the graph");
    app.add_option("--timeout-ms", options->timeout_ms, "Give up after so long")
        ->check(CLI::Range(1, 600'000))
        ->capture_default_str();
    app.footer(
        "Without a statement it is a shell with history and completion; from a pipe it takes "
        "statements, each ended by ';'.\n"
        "Example:\n  khom query \"MATCH (p:Program)-[:ORGANIZED_BY]->(o:Partner) RETURN o.id, "
        "count(p) AS n "
        "ORDER BY n DESC LIMIT 5\"");
    return [options] { return run(*options); };
}

}  // namespace khom::server
