// The scripts are written from the options as they are declared, so that they cannot fall behind.

#include <iostream>

#include <CLI/CLI.hpp>

#include "server/commands/commands.h"

namespace khom::server {

namespace {

std::string flags_of(const CLI::App& app) {
    std::string flags;
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames()) {
            flags += (flags.empty() ? "--" : " --") + name;
        }
    }
    return flags;
}

void print_script(const CLI::App& khom) {
    std::string names;
    std::string cases;
    for (const auto* command : khom.get_subcommands([](const CLI::App*) { return true; })) {
        names += (names.empty() ? "" : " ") + command->get_name();
        cases += "        " + command->get_name() + ") words='" + flags_of(*command) + "' ;;\n";
    }
    std::cout
        << "_khom() {\n"
           "    local words='"
        << names
        << " --help --version'\n"
           "    case \"${COMP_WORDS[1]}\" in\n"
        << cases
        << "    esac\n"
           "    [ \"$COMP_CWORD\" -eq 1 ] && words='"
        << names
        << " --help --version'\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
           "    case \"${COMP_WORDS[COMP_CWORD - 1]}\" in\n"
           "        --data|-o) COMPREPLY=($(compgen -f -- \"${COMP_WORDS[COMP_CWORD]}\")) ;;\n"
           "    esac\n"
           "}\n"
           "complete -o default -F _khom khom\n";
}

}  // namespace

Run declare_completion(CLI::App& app) {
    auto shell = std::make_shared<std::string>();
    app.add_option("SHELL", *shell, "bash or zsh")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh"}));
    app.footer(
        "Put it to use:\n  source <(khom completion bash)      in ~/.bashrc\n"
        "  source <(khom completion zsh)       in ~/.zshrc");
    return [shell, &app]() -> graph::Result<ExitCode> {
        if (*shell == "zsh") {
            std::cout << "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && "
                         "bashcompinit\n";
        }
        print_script(*app.get_parent());
        return ExitCode::done;
    };
}

}  // namespace khom::server
