#include "query/timeline.h"

#include "server/icalendar.h"
#include "server/json.h"
#include "server/parameters.h"
#include "server/routes/answers.h"

namespace khom::server {

Answer timeline_route(const Request& request, const query::Reading& reading,
                      const std::string& base_url) {
    Parameters parameters(request);
    query::TimelineQuestion question;
    question.entities = parameters.repeated("entity", 50);
    question.kinds = parameters.repeated("kind", 8);
    question.bucket = parameters.one_of("bucket", {"year", "quarter", "month", "none"});
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    const bool calendar =
        parameters.format({{"json", "application/json"}, {"ical", "text/calendar"}}) == "ical";
    const int page = calendar ? 250 : 20;  // a calendar is taken whole
    question.limit = static_cast<std::size_t>(parameters.integer("limit", 0, 250, page));
    question.cursor = parameters.text("cursor", 512);
    const auto language = parameters.language();
    if (!parameters.outcome()) return tl::unexpected(parameters.outcome().error());
    return query::timeline(reading, question).map([&](const query::TimelineResult& timeline) {
        if (!calendar) return json_response(timeline_json(timeline));
        return Response{200,
                        "text/calendar; charset=utf-8",
                        icalendar(timeline, language, base_url),
                        {{"Content-Disposition", "attachment; filename=\"timeline.ics\""}}};
    });
}

}  // namespace khom::server
