#include "server/json_words.h"
#include "server/parameters.h"
#include "server/routes/answers.h"

namespace khom::server {

Answer analyze_route(const Request& request, const query::Reading& reading) {
    Parameters parameters(request);
    const auto text = parameters.required("text", 2000);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    const auto analysis = reading.view->analyse(text);
    return json_response(analysis_json(analysis, index::word_sources(*reading.view, analysis)));
}

}  // namespace khom::server
