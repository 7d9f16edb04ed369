#include "server/problem.h"

#include <array>
#include <cstdint>
#include <exception>
#include <random>

#include <spdlog/spdlog.h>

#include "server/json_private.h"

namespace khom::server {

namespace {

struct Kind {
    int status;
    std::string_view slug;
    std::string_view title;
};

Kind kind_of(graph::RefusalCode code) {
    using graph::RefusalCode;
    switch (code) {
        case RefusalCode::syntax_error:
            return {400, "syntax-error", "Syntax error"};
        case RefusalCode::semantic_error:
            return {400, "semantic-error", "Semantic error"};
        case RefusalCode::parameter_missing:
            return {400, "parameter-missing", "Parameter missing"};
        case RefusalCode::argument_error:
            return {400, "invalid-parameter", "Invalid parameter"};
        case RefusalCode::type_error:
            return {422, "type-error", "Type error"};
        case RefusalCode::arithmetic_error:
            return {422, "arithmetic-error", "Arithmetic error"};
        case RefusalCode::procedure_error:
            return {422, "procedure-error", "Procedure error"};
        case RefusalCode::invalid_data:
            return {422, "invalid-data", "Invalid data"};
        case RefusalCode::unsupported:
            return {422, "unsupported", "Not supported"};
        case RefusalCode::limit_exceeded:
            return {422, "limit-exceeded", "Limit exceeded"};
        case RefusalCode::entity_not_found:
            return {404, "not-found", "Not found"};
        case RefusalCode::property_not_found:
            return {404, "property-not-found", "Property not found"};
        case RefusalCode::label_not_found:
            return {404, "label-not-found", "Label not found"};
        case RefusalCode::gone:
            return {410, "gone", "Gone"};
        case RefusalCode::constraint_verification_failed:
        case RefusalCode::constraint_validation_failed:
            return {409, "constraint-violated", "Constraint violated"};
        case RefusalCode::conflict:
            return {409, "conflict", "Conflict"};
        case RefusalCode::forbidden:
            return {403, "forbidden", "Forbidden"};
        case RefusalCode::deadline_exceeded:
            return {503, "deadline-exceeded", "Deadline exceeded"};
        case RefusalCode::cancelled:
            return {503, "cancelled", "Cancelled"};
        case RefusalCode::overloaded:
            return {503, "overloaded", "Overloaded"};
        case RefusalCode::locked:
            return {503, "locked", "Locked"};
        case RefusalCode::storage_unavailable:
            return {507, "storage-unavailable", "Storage unavailable"};
    }
    return {500, "internal-error", "Internal error"};
}

void write_position(JsonWriter& json, const graph::Span& span) {
    json.Key("span");
    json.StartObject();
    member(json, "begin", span.begin_bytes);
    member(json, "end", span.end_bytes);
    json.EndObject();
}

std::string incident_number() {
    static constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::random_device random;
    std::string number;
    for (int i = 0; i < 8; ++i) {
        number += digits[random() % digits.size()];
    }
    return number;
}

Response problem_response(int status, std::string body) {
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body = std::move(body);
    if (status == 401) {
        response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"khom\"");
    }
    if (status == 503) {
        response.headers.emplace_back("Retry-After", "1");
    }
    return response;
}

}  // namespace

int status_of(graph::RefusalCode code) {
    return kind_of(code).status;
}

std::string_view slug_of(graph::RefusalCode code) {
    return kind_of(code).slug;
}

std::string_view title_of(graph::RefusalCode code) {
    return kind_of(code).title;
}

Response problem(const graph::Refusal& refusal) {
    const auto [status, slug, title] = kind_of(refusal.code);
    if (refusal.code == graph::RefusalCode::storage_unavailable) {
        // Whoever runs the server has to act.
        spdlog::warn("storage=refused what=\"{}\"", refusal.message);
    }
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "type", "/problems/" + std::string(slug));
    member(json, "title", title);
    member(json, "status", status);
    member(json, "detail", refusal.message);
    if (!refusal.parameter.empty() || refusal.span) {
        json.Key("errors");
        json.StartArray();
        json.StartObject();
        if (!refusal.parameter.empty()) {
            member(json, "parameter", refusal.parameter);
        }
        member(json, "detail", refusal.message);
        if (!refusal.detail.empty()) {
            member(json, "code", std::string(graph::name(refusal.code)) + "." + refusal.detail);
        }
        if (refusal.span) {
            write_position(json, *refusal.span);
        }
        json.EndObject();
        json.EndArray();
    }
    json.EndObject();
    return problem_response(status, text.str());
}

Response problem(const graph::Refusal& refusal, const Request& request) {
    return refusal.code == graph::RefusalCode::forbidden && request.scope == Scope::open
               ? problem(401, "unauthorized", "Unauthorized", refusal.message)
               : problem(refusal);
}

Response problem(int status, std::string_view slug, std::string_view title,
                 std::string_view detail) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "type", "/problems/" + std::string(slug));
    member(json, "title", title);
    member(json, "status", status);
    member(json, "detail", detail);
    json.EndObject();
    return problem_response(status, text.str());
}

Response incident(std::string_view what) noexcept {
    try {
        const auto number = incident_number();
        spdlog::error("incident={} what=\"{}\"", number, what);
        auto response =
            problem(500, "internal-error", "Internal error",
                    "Something failed on our side; it is logged as incident " + number + ".");
        response.headers.emplace_back("Khom-Incident", number);
        return response;
    } catch (...) {
        return Response{500, "application/problem+json", {}, {}};  // no memory even for the number
    }
}

Response answer(const Handler& handler, const Request& request) noexcept {
    try {
        return handler(request);
    } catch (const std::exception& fault) {
        return incident(fault.what());
    } catch (...) {
        return incident("not a std::exception");
    }
}

Screened screened(const Screen& screen, Request& head) noexcept {
    try {
        return screen(head);
    } catch (const std::exception& fault) {
        return {0, incident(fault.what())};
    } catch (...) {
        return {0, incident("not a std::exception")};
    }
}

}  // namespace khom::server
