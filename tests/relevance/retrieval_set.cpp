#include "tests/relevance/retrieval_set.h"

#include <cstdio>
#include <functional>
#include <utility>

#include <nlohmann/json.hpp>

#include "graph/failure.h"

namespace khom::testing {

namespace {

/// Gives each line of a file to `take`, through gzip where the name ends so.
void each_line(const std::filesystem::path& path,
               const std::function<void(const std::string&)>& take) {
    if (!std::filesystem::exists(path)) {
        throw graph::Fault("there is no " + path.string());
    }
    const std::string program = path.extension() == ".gz" ? "gzip -dc -- '" : "cat -- '";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(
        popen((program + path.string() + "'").c_str(), "r"), &pclose);
    if (!pipe) {
        throw graph::Fault("cannot read " + path.string());
    }
    char* buffer = nullptr;
    std::size_t room = 0;
    for (auto length = getline(&buffer, &room, pipe.get()); length > 0;
         length = getline(&buffer, &room, pipe.get())) {
        if (length > 1) {
            take(std::string(buffer, static_cast<std::size_t>(length)));
        }
    }
    std::free(buffer);
}

}  // namespace

std::unique_ptr<graph::Store> read_documents(const std::filesystem::path& path) {
    auto store = graph::Store::in_memory({});
    auto draft = store->begin();
    each_line(path, [&](const std::string& line) {
        const auto document = nlohmann::json::parse(line);
        const auto language = document.value("lang", "th") == "en" ? "en" : "th";
        graph::Map properties = {
            {"id", graph::Value(document.at("id").get<std::string>())},
            {std::string("text_") + language, graph::Value(document.value("text", ""))}};
        if (auto title = document.value("title", ""); !title.empty()) {
            properties.emplace(std::string("name_") + language, graph::Value(std::move(title)));
        }
        if (!draft.create_node({"source"}, properties)) {
            throw graph::Fault("a document that is no node: " + line.substr(0, 100));
        }
    });
    if (!store->commit(std::move(draft), {"relevance_run", "documents"})) {
        throw graph::Fault("the documents cannot be stored");
    }
    return store;
}

std::vector<RetrievalQuestion> read_questions(const std::filesystem::path& path) {
    std::vector<RetrievalQuestion> all;
    each_line(path, [&](const std::string& line) {
        const auto question = nlohmann::json::parse(line);
        all.push_back(
            {question.at("id").get<std::string>(), question.at("text").get<std::string>()});
    });
    return all;
}

}  // namespace khom::testing
