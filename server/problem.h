#pragma once

#include <string>
#include <string_view>

#include "graph/failure.h"
#include "server/http.h"
#include "server/request_reader.h"

namespace khom::server {

/// What a refusal answers: RFC 9457 problem details with the status that its code has.
Response problem(const graph::Refusal& refusal);

/// The same to whoever asked: what is forbidden without a key is 401 with a challenge (RFC 9110,
/// 15.5.2), 403 only with a key that does not reach.
Response problem(const graph::Refusal& refusal, const Request& request);

/// A problem of HTTP itself: no such route, wrong method, bad framing, shed.
Response problem(int status, std::string_view slug, std::string_view title,
                 std::string_view detail);

/// The HTTP status of a code. A new code must choose one, or nothing compiles.
int status_of(graph::RefusalCode code);

/// "invalid-parameter", the last part of a problem's type; each is explained at /problems/<slug>.
std::string_view slug_of(graph::RefusalCode code);
/// "Invalid parameter".
std::string_view title_of(graph::RefusalCode code);

/// 500 with an incident number; what happened goes to standard error under the same number, never
/// to the client.
Response incident(std::string_view what) noexcept;

/// The outward edge: whatever a handler throws ends here.
Response answer(const Handler& handler, const Request& request) noexcept;

/// The same edge for what is decided by the head alone: what `screen` throws refuses the request.
Screened screened(const Screen& screen, Request& head) noexcept;

}  // namespace khom::server
