#include <filesystem>
#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"
#include "server/json_words.h"

namespace khom::server {

namespace {

struct Options {
    std::string text;
    std::shared_ptr<std::string> data;
    std::shared_ptr<bool> json;
    const CLI::Option* data_option = nullptr;
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

void print(const index::Analysis& analysis, const std::vector<index::WordSource>& sources) {
    std::cout << analysis.normalised << '\n';
    for (std::size_t i = 0; i < analysis.tokens.size(); ++i) {
        const auto& token = analysis.tokens[i];
        const auto& [source, synonyms] = sources[i];
        std::cout << "  " << token.text << "  " << token.script
                  << (source == "none" ? ", not in the dictionary" : ", " + source);
        if (!token.romanised.empty()) {
            std::cout << "  " << joined(token.romanised);
        }
        if (!synonyms.empty()) {
            std::cout << "  = " << joined(synonyms);
        }
        if (!token.name_of.empty()) {
            std::cout << "  → " << joined(token.name_of);
        }
        std::cout << '\n';
    }
}

/// Words are cut without any data too; only then no names are known.
graph::Result<std::unique_ptr<Dataset>> dataset_for(const Options& options) {
    if (options.data_option->count() == 0 && !std::filesystem::exists(*options.data)) {
        return Dataset::empty();
    }
    return Dataset::open(*options.data, Missing::is_refused);
}

graph::Result<ExitCode> run(const Options& options) {
    if (auto text = check_text("TEXT", options.text); !text) {
        return tl::unexpected(text.error());
    }
    auto dataset = dataset_for(options);
    if (!dataset) {
        return tl::unexpected(dataset.error());
    }
    const auto view = (*dataset)->reading().view;
    const auto analysis = view->analyse(options.text);
    const auto sources = index::word_sources(*view, analysis);
    if (*options.json) {
        std::cout << analysis_json(analysis, sources) << '\n';
    } else {
        print(analysis, sources);
    }
    return ExitCode::done;
}

}  // namespace

Run declare_analyze(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    options->data_option = app.get_option("--data");
    options->json = add_json_option(app);
    app.add_option("TEXT", options->text, "Any text")->required();
    app.footer("Example:\n  khom analyze 'เรียนรู้คลองแม่ข่า'");
    return [options] { return run(*options); };
}

}  // namespace khom::server
