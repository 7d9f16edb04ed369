#include "server/keys.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"

namespace khom::server {

namespace {

struct Options {
    std::string scope, name, id;
    const CLI::App* create = nullptr;
    const CLI::App* revoke = nullptr;
    std::shared_ptr<std::string> data;
};

graph::Result<ExitCode> create(Keys& keys, const Options& options) {
    if (const auto text = check_text("--name", options.name); !text) {
        return tl::unexpected(text.error());
    }
    return keys.create(*scope_of(options.scope), options.name).map([](const std::string& key) {
        std::cout << key << '\n';
        std::cerr << "This is shown once; only its hash is kept.\n";
        return ExitCode::done;
    });
}

graph::Result<ExitCode> list(const Keys& keys) {
    return keys.list().map([](const std::vector<KeyRecord>& records) {
        for (const auto& each : records) {
            std::cout << each.id << '\t' << name_of(each.scope) << '\t' << each.created << '\t'
                      << (each.revoked.empty() ? "good" : "revoked " + each.revoked) << '\t'
                      << each.name << '\n';
        }
        return ExitCode::done;
    });
}

graph::Result<ExitCode> run(const Options& options) {
    Keys keys(*options.data);
    if (options.create->parsed()) {
        return create(keys, options);
    }
    if (options.revoke->parsed()) {
        return keys.revoke(options.id).map([] { return ExitCode::done; });
    }
    return list(keys);
}

}  // namespace

Run declare_key(CLI::App& app) {
    auto options = std::make_shared<Options>();
    options->data = add_data_option(app);
    auto* create = app.add_subcommand("create", "Make a key; it is printed once");
    create->add_option("--scope", options->scope, "What it allows; each includes those before it")
        ->required()
        ->check(CLI::IsMember({"read-private", "write", "admin"}));
    create->add_option("--name", options->name,
                       "Who or what has it; stands as author of its changes");
    app.add_subcommand("list", "Show the keys: never the secrets");
    auto* revoke = app.add_subcommand("revoke", "End a key at once, also in a running server");
    revoke->add_option("ID", options->id, "As `list` shows it")->required();
    options->create = create;
    options->revoke = revoke;
    app.require_subcommand(1);
    for (auto* each : app.get_subcommands({})) {
        each->fallthrough();  // --data may stand behind it too
    }
    app.footer("Example:\n  khom key --data data/chiang-mai create --scope write --name curators");
    return [options] { return run(*options); };
}

}  // namespace khom::server
