#include "server/routes/admin.h"

#include <charconv>

#include "corpus/readers/zip.h"
#include "corpus/sha256.h"
#include "corpus/undo.h"
#include "server/json.h"
#include "server/json_private.h"
#include "server/parameters.h"
#include "server/problem.h"
#include "server/query_rows.h"

namespace khom::server {

namespace {

constexpr std::size_t most_remembered = 1'000;
constexpr std::size_t most_unpacked = std::size_t{256} << 20U;
constexpr std::size_t most_shown = 200;
constexpr std::chrono::seconds index_patience{5};
constexpr int most_attempts = 5;

std::string media_type(const Request& request) {
    const auto type = request.header("content-type");
    return std::string(type.substr(0, std::min(type.find(';'), type.size())));
}

graph::Result<std::vector<corpus::InputFile>> files_in(const Request& request) {
    const auto type = media_type(request);
    if (type == "application/x-ndjson" || type == "application/ndjson" ||
        type == "application/jsonl") {
        return std::vector<corpus::InputFile>{{"body.ndjson", request.body}};
    }
    if (type == "text/csv") {
        return std::vector<corpus::InputFile>{{"body.csv", request.body}};
    }
    if (type == "application/zip") {
        return corpus::read_zip("body.zip", request.body, most_unpacked);
    }
    return graph::refuse(
        graph::RefusalCode::unsupported,
        "The Content-Type of an import is application/x-ndjson, text/csv or application/zip.");
}

/// 422: what is wrong, place by place, and the whole report.
Response rejected(const corpus::ImportReport& report) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "type", "/problems/invalid-data");
    member(json, "title", "Invalid data");
    member(json, "status", 422);
    member(json, "detail",
           std::to_string(report.rejected.size()) + " findings; nothing was written.");
    json.Key("errors");
    json.StartArray();
    for (std::size_t i = 0; i < report.rejected.size() && i < most_shown; ++i) {
        const auto& finding = report.rejected[i];
        json.StartObject();
        member(json, "pointer", finding.column.empty() ? std::string() : "/" + finding.column);
        member(json, "detail", finding.detail);
        json.Key("position");
        json.StartObject();
        member(json, "line", finding.line);
        json.EndObject();
        json.EndObject();
    }
    json.EndArray();
    json.Key("report");
    auto shown = report;
    shown.rejected.resize(std::min(shown.rejected.size(), most_shown));
    shown.warnings.resize(std::min(shown.warnings.size(), most_shown));
    const auto whole = import_json(shown);
    json.RawValue(whole.data(), whole.size(), rapidjson::kObjectType);
    json.EndObject();
    return {422, "application/problem+json", text.str(), {}};
}

/// Tells two requests apart.
std::string hash_of(const Request& request) {
    return corpus::sha256(request.target + "\n" + media_type(request) + "\n" + request.body);
}

}  // namespace

AdminRoutes::AdminRoutes(Dataset& dataset)
    : dataset_(dataset), answers_(dataset.folder() / "kept" / "imports", most_remembered) {}

graph::Authorship AdminRoutes::by(const Request& request, std::string purpose) const {
    return {request.key_name.empty() ? "a key" : request.key_name, std::move(purpose)};
}

void AdminRoutes::wait_for_index(graph::Revision revision) {
    dataset_.index().wait(revision, index_patience);
}

Response AdminRoutes::known(const std::string& key, RememberedAnswers::Answer remembered,
                            const std::string& request) const {
    if (remembered.request != request) {
        return problem(422, "idempotency-key-reused", "Idempotency key reused",
                       "The Idempotency-Key '" + key + "' came with another request before.");
    }
    remembered.response.headers.emplace_back("Idempotency-Replayed", "true");
    return std::move(remembered.response);
}

Answer AdminRoutes::import(const Request& request) {
    Parameters parameters(request);
    const bool dry_run = parameters.boolean("dry_run");
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    const std::string name(request.header("idempotency-key"));
    if (name.size() > 128) {
        return graph::refuse_parameter("Idempotency-Key",
                                       "An Idempotency-Key has at most 128 characters.");
    }
    auto files = files_in(request);
    if (!files) {
        return tl::unexpected(files.error());
    }
    const auto key = request.key_name + "\n" + name;
    const auto hash = hash_of(request);
    const std::lock_guard writing(mutex_);
    if (auto found = name.empty() ? std::nullopt : answers_.find(key)) {
        return known(name, std::move(*found), hash);
    }
    auto answer = import_files(request, *files, dry_run);
    if (answer && !name.empty() && !dry_run && answer->status == 200) {
        answers_.remember(key, hash, *answer);
    }
    return answer;
}

Answer AdminRoutes::import_files(const Request& request,
                                 const std::vector<corpus::InputFile>& files, bool dry_run) {
    for (int attempt = 1;; ++attempt) {
        auto report = corpus::import(dataset_.store(), dataset_.ontology(), files,
                                     {dry_run, by(request, "import over HTTP"), {}});
        if (!report && report.error().code == graph::RefusalCode::conflict &&
            attempt < most_attempts) {
            continue;  // a write statement came in between: the checks are made anew on what it
                       // left
        }
        if (!report) {
            return tl::unexpected(report.error());
        }
        if (!report->rejected.empty() && !dry_run) {
            return rejected(*report);
        }
        if (!dry_run) {
            wait_for_index(report->revision);
        }
        return json_response(import_json(*report));
    }
}

Answer AdminRoutes::undo(const Request& request, const std::string& batch) {
    std::uint64_t number = 0;
    const bool named = batch.size() > 2 && batch.size() < 22 && batch.compare(0, 2, "b-") == 0;
    const auto [end, error] =
        std::from_chars(batch.data() + (named ? 2 : 0), batch.data() + batch.size(), number);
    if (!named || error != std::errc() || end != batch.data() + batch.size()) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "There is no batch '" + batch + "'.");
    }
    const std::lock_guard writing(mutex_);
    return corpus::undo(dataset_.store(), graph::Revision{number}, by(request, "undo of " + batch))
        .map([&](const graph::Commit& commit) {
            wait_for_index(commit.revision);
            return Response{
                204, {}, {}, {{"Khom-Revision", std::to_string(graph::number(commit.revision))}}};
        });
}

Answer AdminRoutes::merge(const Request& request) {
    auto body = parameters_from_json(request.body);
    if (!body) {
        return tl::unexpected(body.error());
    }
    const std::string from(graph::string_or_empty((*body)["from"])),
        into(graph::string_or_empty((*body)["into"]));
    if (from.empty() || into.empty()) {
        return graph::refuse_parameter(from.empty() ? "from" : "into",
                                       "The body is {\"from\": ID, \"into\": ID}.");
    }
    const std::lock_guard writing(mutex_);
    return corpus::merge(dataset_.store(), from, into,
                         by(request, "merge of " + from + " into " + into))
        .map([&](const graph::Commit& commit) {
            wait_for_index(commit.revision);
            JsonText text;
            auto& json = text.writer;
            json.StartObject();
            member(json, "rev", graph::number(commit.revision));
            member(json, "batch", "b-" + std::to_string(graph::number(commit.revision)));
            member(json, "from", from);
            member(json, "into", into);
            json.EndObject();
            return json_response(text.str());
        });
}

}  // namespace khom::server
