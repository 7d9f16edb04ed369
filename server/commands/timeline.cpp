#include "query/timeline.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/icalendar.h"
#include "server/json.h"

namespace khom::server {

namespace {

struct Options {
    query::TimelineQuestion question;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
    bool calendar = false;
    std::string language = "en";
};

void print(const query::TimelineResult& timeline) {
    for (const auto& item : timeline.items) {
        std::cout << both(item.time.words) << "\n  " << both(item.entity.name) << "  "
                  << item.entity.id << '\n';
        if (!item.statement.empty()) {
            std::cout << "  " << both(item.summary, "\n  ") << "  " << item.statement << '\n';
        }
        for (const auto doubt : item.why) {
            std::cout << "  to confirm: " << both(query::wording(doubt)) << '\n';
        }
    }
    std::cout << '\n' << timeline.items.size() << " of " << timeline.total << '\n';
    for (const auto& bucket : timeline.buckets) {
        std::cout << "  " << both(bucket.label) << ": " << bucket.count << '\n';
    }
    if (timeline.undated.empty()) return;
    std::cout << "\nWithout a time, to confirm: " << timeline.undated.size() << '\n';
    for (const auto& item : timeline.undated) {
        std::cout << "  " << both(item.entity.name) << "  " << item.entity.id << '\n';
    }
}

graph::Result<ExitCode> run(const Options& options) {
    auto dataset = Dataset::open(*options.data, Missing::is_refused);
    if (!dataset) return tl::unexpected(dataset.error());
    return query::timeline((*dataset)->reading(), options.question)
        .map([&](const query::TimelineResult& timeline) {
            if (options.calendar) {
                std::cout << icalendar(timeline, options.language, "");
            } else if (*options.json) {
                std::cout << timeline_json(timeline) << '\n';
            } else {
                print(timeline);
            }
            return ExitCode::done;
        });
}

}  // namespace

Run declare_timeline(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto& question = options->question;
    options->data = add_data_option(app);
    options->json = add_json_option(app);
    app.add_option("ENTITY", question.entities, "Public ids; without any the whole city");
    app.add_option("--kind", question.kinds, "Only this kind; may repeat");
    app.add_option("--bucket", question.bucket, "year, quarter, month or none")
        ->check(CLI::IsMember({"year", "quarter", "month", "none"}))
        ->capture_default_str();
    app.add_option("--from", question.from, "Only what was so on or after this date");
    app.add_option("--to", question.to, "Only what was so on or before this date");
    app.add_option("--limit", question.limit, "Items at most")
        ->check(CLI::Range(0, 250))
        ->capture_default_str();
    app.add_option("--cursor", question.cursor, "Go on from here");
    app.add_flag("--ical", options->calendar, "Print an iCalendar file");
    app.add_option("--lang", options->language, "Language of the calendar")
        ->check(CLI::IsMember({"en", "th"}))
        ->capture_default_str();
    app.footer("Example:\n  khom timeline --from 2021 --to 2023 --bucket quarter");
    return [options] { return run(*options); };
}

}  // namespace khom::server
