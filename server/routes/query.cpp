#include <chrono>

#include "query/engine.h"
#include "server/query_rows.h"
#include "server/routes/answers.h"

namespace khom::server {

namespace {

using graph::Map;
using graph::Value;
using graph::ValueKind;

/// What the body asks for, once it was read.
struct Question {
    std::string statement;
    query::Run run;
};

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
    constexpr std::size_t kMaxCharacters = 20'000;
    Question question;
    question.statement = std::string(graph::string_or_empty((*body)["statement"]));
    if (question.statement.empty() || question.statement.size() > kMaxCharacters * 3) {
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
    const auto rows = integer(*body, "max_rows", 100'000, 1000);
    if (!rows) return tl::unexpected(rows.error());
    const auto timeout = integer(*body, "timeout_ms", 30'000, 5000);
    if (!timeout) return tl::unexpected(timeout.error());
    question.run.truncate_at = static_cast<std::size_t>(*rows);
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
    const auto accept = request.header("accept");
    if (accept.find("application/x-ndjson") != std::string_view::npos) {
        return {200, "application/x-ndjson; charset=utf-8", query_ndjson(answer), {}};
    }
    if (accept.find("text/csv") != std::string_view::npos) {
        return {200, "text/csv; charset=utf-8; header=present", query_csv(answer), {}};
    }
    return json_response(query_json(answer));
}

/// On a draft, committed only if the whole statement went through; once more if somebody wrote in
/// between.
Answer written(const Request& request, const query::Engine& engine, const Question& question,
               graph::Store& store) {
    if (request.scope < Scope::write) {
        return graph::refuse(
            graph::RefusalCode::forbidden,
            "This statement changes the graph, which needs a key with the scope write.");
    }
    constexpr int kMostAttempts = 5;
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
            attempt < kMostAttempts)
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
    const auto start = std::chrono::steady_clock::now();
    return engine.prepare(question->statement, reading.graph())
        .and_then([&](const query::Engine::Prepared& prepared) -> Answer {
            if (query::Engine::writes(prepared) && store != nullptr) {
                return written(request, engine, *question, *store);
            }
            return engine.run(prepared, reading.graph(), question->run)
                .map([&](const query::Rows& rows) {
                    const std::chrono::duration<double, std::milli> took =
                        std::chrono::steady_clock::now() - start;
                    return rendered(request, {rows, reading.graph(), took.count()});
                });
        });
}

}  // namespace khom::server
