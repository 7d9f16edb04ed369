// Times the search box as it is served. Two sets:
//
//     text_bench DATA_DIR            what ../shared/peers/gen.py made, as the peers are asked
//     text_bench --corpus FOLDER     the city: every name is searched, every beginning of it is
//                                    completed, with facets and highlights
//
// One JSON line for each measurement; `sum` is the sum of the reciprocal ranks (at 10) of the one
// document that a question was cut from.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>

#include <CLI/CLI.hpp>

#include "corpus/import.h"
#include "graph/store.h"
#include "index/canonical.h"
#include "query/search.h"
#include "tests/benchmarks/measure.h"

namespace khom::benchmarks {

namespace {

struct Question {
    std::string text, id;  // of the document that is looked for
};

class ScratchFolder {
  public:
    ScratchFolder()
        : path_(std::filesystem::temp_directory_path() /
                ("khom-text-bench-" + std::to_string(std::random_device{}()))) {
        std::filesystem::create_directories(path_);
    }
    ~ScratchFolder() { std::filesystem::remove_all(path_); }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= line.size();) {
        const auto end = std::min(line.find('\t', begin), line.size());
        all.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return all;
}

template <class Take>
void each_line(const std::filesystem::path& path, Take take) {
    std::ifstream file(path);
    if (!file) {
        throw graph::Fault("there is no " + path.string());
    }
    std::string line;
    std::getline(file, line);  // the header
    while (std::getline(file, line)) {
        take(cells(line));
    }
}

std::unique_ptr<graph::Store> documents(const std::filesystem::path& data) {
    auto store = graph::Store::in_memory({});
    auto draft = store->begin();
    each_line(data / "docs.tsv", [&](const std::vector<std::string>& row) {
        (void)draft.create_node({"Document"}, {{"id", row.at(0)},
                                               {"kind", row.at(1)},
                                               {"name_th", row.at(2)},
                                               {"text_th", row.at(3)}});
    });
    if (!store->commit(std::move(draft), {"text_bench", "documents"})) {
        throw graph::Fault("the documents cannot be stored");
    }
    return store;
}

double reciprocal_rank(const query::Reading& reading, const std::vector<graph::NodeId>& nodes,
                       const std::string& id) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (graph::string_or_empty(reading.graph().property(nodes[i], "id")) == id) {
            return 1 / static_cast<double>(i + 1);
        }
    }
    return 0;
}

double searched(const query::Reading& reading, const Question& question, bool highlights) {
    index::SearchRequest request;
    request.text = question.text;
    request.limit = 10;
    request.highlights = highlights;
    std::vector<graph::NodeId> nodes;
    for (const auto& hit : reading.view->search(request).hits) {
        nodes.push_back(hit.node);
    }
    return reciprocal_rank(reading, nodes, question.id);
}

double completed(const query::Reading& reading, const Question& question) {
    index::SuggestRequest request;
    request.text = question.text;
    request.limit = 10;
    std::vector<graph::NodeId> nodes;
    for (const auto& hit : reading.view->suggest(request).entities) {
        nodes.push_back(hit.node);
    }
    return reciprocal_rank(reading, nodes, question.id);
}

/// What is typed on the way to a name, from its second cluster on, at most so many times.
void add_beginnings(std::string_view name, const std::string& id, std::size_t most,
                    std::vector<Question>& beginnings) {
    for (auto end = index::cluster_end(name, 1); end < name.size() && most > 0; --most) {
        end = index::cluster_end(name, end + 1);
        beginnings.push_back({std::string(name.substr(0, end)), id});
    }
}

/// As a results page asks: facets, passages, ten hits filled from the graph.
double paged(const query::Reading& reading, const Question& question) {
    query::SearchQuestion asked;
    asked.text = question.text;
    asked.facets = {"kind"};
    asked.limit = 10;
    const auto result = query::search(reading, asked);
    for (std::size_t i = 0; result && i < result->hits.size(); ++i) {
        if (result->hits[i].entity.id == question.id) {
            return 1 / static_cast<double>(i + 1);
        }
    }
    return 0;
}

void peers_questions(const std::filesystem::path& data) {
    const ScratchFolder folder;
    const auto store = timed("load", [&] { return documents(data); });
    const auto index =
        timed("index", [&] { return index::Index::open(folder.path() / "index", *store); });
    report_size(folder.path() / "index");
    const query::Reading reading{index->view(), corpus::shipped_ontology()};
    std::map<std::string, std::vector<Question>> questions;
    each_line(data / "text_queries.tsv", [&](const std::vector<std::string>& row) {
        questions[row.at(0)].push_back({row.at(1), row.at(2)});
    });
    for (const auto* operation : {"word1", "word2", "word3", "spaced3", "typo", "typo_glued"}) {
        measure(operation, questions[operation],
                [&](const Question& question) { return searched(reading, question, false); });
    }
    measure("prefix", questions["prefix"],
            [&](const Question& question) { return completed(reading, question); });
    measure("word2 + facets + highlight", questions["word2"],
            [&](const Question& question) { return paged(reading, question); });
    constexpr std::size_t each = 97, most = 12;  // names that are typed, letters of each
    std::vector<Question> beginnings;
    const auto nodes = reading.graph().nodes();
    for (std::size_t i = 0; i < nodes.size(); i += each) {
        const auto name = reading.graph().property(nodes[i], "name_th");
        const auto id = reading.graph().property(nodes[i], "id");
        add_beginnings(graph::string_or_empty(name), std::string(graph::string_or_empty(id)), most,
                       beginnings);
    }
    measure("beginnings of names", beginnings,
            [&](const Question& question) { return completed(reading, question); });
}

/// Every name of the city, and for completion each of its beginnings.
void city_questions(const std::filesystem::path& folder) {
    const auto ontology = corpus::shipped_ontology();
    const auto store = graph::Store::in_memory({});
    const auto files = corpus::read_input(folder);
    if (!files) {
        throw graph::Fault(files.error().message);
    }
    const auto report =
        corpus::import(*store, *ontology, *files, {false, {"text_bench", "the city"}, {}});
    if (!report || !report->rejected.empty()) {
        throw graph::Fault("the city cannot be imported");
    }
    const auto index = timed("index", [&] { return index::Index::open({}, *store); });
    const query::Reading reading{index->view(), ontology};
    std::vector<Question> names, beginnings;
    const auto& graph = reading.graph();
    for (const auto node : graph.nodes()) {
        const auto id = std::string(graph::string_or_empty(graph.property(node, "id")));
        for (const auto* property : {"name_th", "name_en", "aliases_th", "aliases_en"}) {
            const auto value = graph.property(node, property);
            auto all = graph::strings_of(value);
            if (value.is(graph::ValueKind::string)) {
                all.push_back(value.string());
            }
            for (const auto text : all) {
                names.push_back({std::string(text), id});
                add_beginnings(text, id, text.size(), beginnings);
            }
        }
    }
    const auto ask = [&](const Question& question) {
        query::SearchQuestion asked;
        asked.text = question.text;
        asked.facets = {"kind", "sector", "theme", "year"};
        const auto result = query::search(reading, asked);
        for (std::size_t i = 0; result && i < result->hits.size(); ++i) {
            if (result->hits[i].entity.id == question.id) {
                return 1 / static_cast<double>(i + 1);
            }
        }
        return 0.0;
    };
    measure("search, facets, highlights", names, ask);
    measure("suggest", beginnings, [&](const Question& question) {
        const auto result = query::suggest(reading, {question.text, {}, "th", 8});
        for (std::size_t i = 0; result && i < result->entities.size(); ++i) {
            if (result->entities[i].entity.id == question.id) {
                return 1 / static_cast<double>(i + 1);
            }
        }
        return 0.0;
    });
}

}  // namespace

}  // namespace khom::benchmarks

int main(int argc, char** argv) {
    CLI::App app("Times the search box, one JSON line for each measurement.");
    std::filesystem::path data, corpus;
    auto* peers = app.add_option("DATA_DIR", data, "docs.tsv and text_queries.tsv of gen.py");
    app.add_option("--corpus", corpus, "Ask of the city in this folder instead")->excludes(peers);
    CLI11_PARSE(app, argc, argv);
    try {
        if (corpus.empty()) {
            khom::benchmarks::peers_questions(data);
        } else {
            khom::benchmarks::city_questions(corpus);
        }
    } catch (const std::exception& fault) {
        std::cerr << "text_bench: " << fault.what() << '\n';
        return 1;
    }
    return 0;
}
