#include "server/json.h"
#include "server/parameters.h"
#include "server/routes/answers.h"

namespace khom::server {

Answer analyze_route(const Request& request, const query::Reading& reading) {
    Parameters parameters(request);
    const auto text = parameters.required("text", 2000);
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    return json_response(analysis_json(reading.view->analyse(text)));
}

}  // namespace khom::server
