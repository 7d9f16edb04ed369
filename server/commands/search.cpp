#include "query/search.h"

#include <chrono>
#include <cmath>
#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/json.h"

namespace khom::server {

namespace {

struct Options {
    query::SearchQuestion question;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
};

void print(const query::SearchResult& result) {
    if (result.hits.empty()) {
        std::cout << "Nothing is found for '" << result.text << "'.\n";
    }
    std::size_t place = 0;
    for (const auto& hit : result.hits) {
        std::cout << ++place << ". " << both(hit.entity.name) << "\n   " << hit.entity.id;
        if (hit.time) {
            std::cout << "  " << both(hit.time->words, " / ");
        }
        if (hit.distance_m) {
            std::cout << "  " << std::llround(*hit.distance_m) << " m away";
        }
        if (hit.hops) {
            std::cout << "  " << *hit.hops << (*hit.hops == 1 ? " step away" : " steps away");
        }
        std::cout << '\n';
        if (const auto summary = both(hit.summary, "\n   "); !summary.empty()) {
            std::cout << "   " << summary << '\n';
        }
    }
    if (result.total > result.hits.size()) {
        std::cout << result.hits.size() << " of " << result.total
                  << " shown; --limit shows more.\n";
    }
    for (const auto& [facet, values] : result.facets) {
        std::cout << "By " << facet << ':';
        for (const auto& value : values) {
            std::cout << (&value == &values.front() ? " " : ", ")
                      << (both(value.label).empty() ? value.value : both(value.label)) << ' '
                      << value.count;
        }
        std::cout << '\n';
    }
    if (result.did_you_mean) {
        std::cout << "Did you mean '" << result.did_you_mean->text << "'? "
                  << result.did_you_mean->why << '\n';
    }
}

graph::Result<ExitCode> run(const Options& options) {
    if (auto text = check_text("TEXT", options.question.text); !text) {
        return tl::unexpected(text.error());
    }
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) {
        return tl::unexpected(dataset.error());
    }
    const auto reading = (*dataset)->reading();
    const auto begin = std::chrono::steady_clock::now();
    return query::search(reading, options.question).map([&](const query::SearchResult& result) {
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begin;
        if (*options.json) {
            std::cout << search_json(result, took.count()) << '\n';
        } else {
            print(result);
        }
        return ExitCode::done;
    });
}

}  // namespace

Run declare_search(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto& question = options->question;
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_option("TEXT", question.text, "What to look for")->required();
    app.add_option("--kind", question.kinds, "Only this kind: person, place, object, program, …");
    app.add_option("--filter", question.filters, "field:value, field:[a,b] or field:>=n");
    app.add_option("--facet", question.facets, "Count by kind, sector, year, …");
    app.add_option("--from", question.from,
                   "Only what was true on or after this date (2021, 2021-05)");
    app.add_option("--to", question.to, "Only what was true on or before this date");
    app.add_option("--near", question.near, "Only within lat,lon[,radius_m]; 1,000 m if not given");
    app.add_option("--bbox", question.bbox, "Only within min_lon,min_lat,max_lon,max_lat");
    app.add_option("--linked-to", question.linked_to,
                   "Only what is linked to this entity, near ones first");
    app.add_option("--linked-depth", question.linked_depth, "Over so many statements, 1 to 3")
        ->check(CLI::Range(1, 3))
        ->capture_default_str();
    app.add_option("--sort", question.sort, "relevance, name, start, -start, distance or degree")
        ->capture_default_str();
    app.add_option("--limit", question.limit, "At most so many")
        ->check(CLI::Range(0, 250))
        ->capture_default_str();
    app.footer("Examples:\n  khom search ยี่เป็ง\n  khom search 'yee peng' --kind program --json");
    return [options] { return run(*options); };
}

}  // namespace khom::server
