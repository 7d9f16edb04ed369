#include <chrono>
#include <optional>

#include "query/engine.h"
#include "server/keys.h"
#include "server/query_rows.h"
#include "server/query_stream.h"
#include "server/routes/answers.h"

namespace khom::server {

namespace {

using graph::Map;
using graph::ValueKind;

/// What the body asks for, once it was read.
struct Question {
    std::string statement;
    query::Run run;
    std::size_t max_rows = 0;  ///< 0: the client did not say
};

constexpr std::size_t most_json_bytes = 1U << 20U;
constexpr std::uint64_t most_streamed_rows = 10'000'000;
/// A stream may wait for its reader for long, and sixteen may at once.
constexpr std::size_t stream_memory_bytes = 64U << 20U;

std::optional<RowFormat> row_format(const Request& request) {
    const auto accept = request.header("accept");
    if (accept.find("application/x-ndjson") != std::string_view::npos) return RowFormat::ndjson;
    if (accept.find("text/csv") != std::string_view::npos) return RowFormat::csv;
    return std::nullopt;
}

graph::Result<std::int64_t> integer(const Map& body, const char* name, std::int64_t most,
                                    std::int64_t preset) {
    const auto found = body.find(name);
    if (found == body.end() || found->second.is_null()) return preset;
    const auto& value = found->second;
    if (!value.is(ValueKind::integer) || value.integer() < 1 || value.integer() > most) {
        return graph::refuse_parameter(
            name, std::string(name) + " is an integer from 1 to " + std::to_string(most) + ".");
    }
    return value.integer();
}

graph::Result<Question> question_in(const Request& request) {
    auto body = parameters_from_json(request.body);
    if (!body) return tl::unexpected(body.error());
    for (const auto& [name, value] : *body) {
        if (name != "statement" && name != "parameters" && name != "max_rows" &&
            name != "timeout_ms") {
            return graph::refuse_parameter(
                name,
                "'" + name + "' is not known; statement, parameters, max_rows and timeout_ms are.");
        }
    }
    constexpr std::size_t max_characters = 20'000;
    Question question;
    question.statement = std::string(graph::string_or_empty((*body)["statement"]));
    if (question.statement.empty() || question.statement.size() > max_characters * 3) {
        return graph::refuse_parameter("statement",
                                       "statement is openCypher, at most 20,000 characters.");
    }
    const auto& parameters = (*body)["parameters"];
    if (parameters.is(ValueKind::map)) {
        question.run.parameters = parameters.map();
    } else if (!parameters.is_null()) {
        return graph::refuse_parameter("parameters",
                                       "parameters is an object of names and values.");
    }
    const bool streams = row_format(request).has_value();
    const auto most = streams ? static_cast<std::int64_t>(most_streamed_rows) : 100'000;
    const auto rows = integer(*body, "max_rows", most, 0);
    if (!rows) return tl::unexpected(rows.error());
    const auto timeout = integer(*body, "timeout_ms", 30'000, 5000);
    if (!timeout) return tl::unexpected(timeout.error());
    constexpr std::size_t preset_rows = 1000;
    question.max_rows = static_cast<std::size_t>(*rows);
    question.run.truncate_at = question.max_rows != 0 ? question.max_rows : preset_rows;
    question.run.limits.timeout = std::chrono::milliseconds(*timeout);
    return question;
}

/// The request's own deadline may be nearer than what the body allows.
void respect_deadline(const Request& request, query::Limits& limits) {
    if (request.deadline == std::chrono::steady_clock::time_point::max()) return;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        request.deadline - std::chrono::steady_clock::now());
    limits.timeout = std::clamp(left, std::chrono::milliseconds(1), limits.timeout);
}

Response rendered(const Request& request, const QueryAnswer& answer) {
    const auto format = row_format(request);
    if (!format) return json_response(query_json(answer, most_json_bytes).text);
    Response response;
    response.content_type = row_media_type(*format);
    response.body = rows_head(*format, answer.rows.columns);
    for (const auto& row : answer.rows.rows) {
        append_row(response.body, *format, answer.rows.columns, row, answer.graph);
    }
    return response;
}

/// Who says how many rows gets them, or learns why not; who does not gets what fits.
Answer in_json(const Question& question, const QueryAnswer& answer) {
    auto json = query_json(answer, most_json_bytes);
    if (!json.is_whole && question.max_rows != 0) {
        return graph::refuse(
            graph::RefusalCode::limit_exceeded,
            "These rows are more than 1 MiB of JSON. Ask for fewer (max_rows, LIMIT) or for less "
            "of each (RETURN n.id), or stream them: Accept: application/x-ndjson or text/csv.");
    }
    return json_response(std::move(json.text));
}

Answer read(const Request& request, const query::Reading& reading, const query::Engine& engine,
            const query::Engine::Prepared& prepared, const Question& question) {
    if (const auto format = row_format(request)) {
        QueryStreamed streamed{reading, question.run, question.max_rows, request.abandoned};
        streamed.run.limits.rows = most_streamed_rows;
        streamed.run.limits.memory_bytes = stream_memory_bytes;
        return stream_rows(engine, prepared, *format, std::move(streamed));
    }
    const auto start = std::chrono::steady_clock::now();
    return engine.run(prepared, reading.graph(), question.run)
        .and_then([&](const query::Rows& rows) {
            const std::chrono::duration<double, std::milli> took =
                std::chrono::steady_clock::now() - start;
            return in_json(question, {rows, reading.graph(), took.count()});
        });
}

/// On a draft, committed only if the whole statement went through; once more if somebody wrote in
/// between.
Answer written(const Request& request, const query::Engine& engine, const Question& question,
               graph::Store& store) {
    if (const auto allowed =
            require_scope(request, Scope::write, "A statement that changes the graph");
        !allowed) {
        return tl::unexpected(allowed.error());
    }
    constexpr int most_attempts = 5;
    const auto start = std::chrono::steady_clock::now();
    for (int attempt = 1;; ++attempt) {
        auto draft = store.begin();
        auto rows =
            engine.prepare(question.statement, draft.base()).and_then([&](const auto& prepared) {
                return engine.write(prepared, draft, question.run);
            });
        if (!rows) return tl::unexpected(rows.error());
        const auto commit = store.commit(std::move(draft), {request.key_name, "POST /v1/query"});
        if (!commit && commit.error().code == graph::RefusalCode::conflict &&
            attempt < most_attempts)
            continue;
        if (!commit) return tl::unexpected(commit.error());
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        const auto snapshot = store.snapshot();
        return rendered(request, {*rows, *snapshot, took.count()});
    }
}

}  // namespace

Answer query_route(const Request& request, const query::Reading& reading,
                   const query::Engine& engine, graph::Store* store) {
    auto question = question_in(request);
    if (!question) return tl::unexpected(question.error());
    respect_deadline(request, question->run.limits);
    question->run.reading = &reading;
    question->run.limits.cancelled = request.abandoned.get();
    return engine.prepare(question->statement, reading.graph())
        .and_then([&](const query::Engine::Prepared& prepared) -> Answer {
            if (query::Engine::writes(prepared) && store != nullptr) {
                return written(request, engine, *question, *store);
            }
            return read(request, reading, engine, prepared, *question);
        });
}

}  // namespace khom::server
