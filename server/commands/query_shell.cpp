#include "server/commands/query_shell.h"

#include <editline/readline.h>
#include <csignal>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>

#include "server/query_rows.h"

namespace khom::server {

namespace {

// libedit and signals call back without any argument of ours: the shell under way stands here.
std::vector<std::string> completed_words;
std::atomic<bool> was_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

void on_interrupt(int /*signal*/) {
    was_interrupted = true;
}

bool begins(const std::string& word, std::string_view with) {
    return word.size() >= with.size() &&
           std::equal(with.begin(), with.end(), word.begin(), [](char a, char b) {
               const auto lower = [](char c) {
                   return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
               };
               return lower(a) == lower(b);
           });
}

/// The `state`-th word that begins as typed, for libedit to free; null at the end. After a dot it
/// is a property of what stands before it, or a procedure whose name has one.
char* next_word(const char* typed, int state) {
    const std::string_view whole(typed);
    const auto dot = whole.rfind('.');
    const auto head = dot == std::string_view::npos ? whole.substr(0, 0) : whole.substr(0, dot + 1);
    int skip = state;
    for (const auto& word : completed_words) {
        const bool is_procedure = word.find('.') != std::string::npos;
        if (begins(word, whole)) {
            if (skip-- == 0) return ::strdup(word.c_str());
        } else if (!head.empty() && !is_procedure && begins(word, whole.substr(head.size()))) {
            if (skip-- == 0) return ::strdup((std::string(head) + word).c_str());
        }
    }
    return nullptr;
}

char** completions(const char* typed, int /*from*/, int /*to*/) {
    ::rl_attempted_completion_over = 1;  // never file names
    return ::rl_completion_matches(typed, next_word);
}

std::string history_file() {
    const auto* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe): one thread types
    return home == nullptr ? std::string() : std::string(home) + "/.khom_history";
}

bool ends_statement(std::string& text) {
    const auto last = text.find_last_not_of(" \t\r\n");
    if (last == std::string::npos || text[last] != ';') return false;
    text.resize(last);
    return true;
}

void explain() {
    std::cout
        << "A statement ends with ';' and may take several lines. Tab completes keywords,\n"
           "functions, procedures, :Labels, :TYPES and property keys; the arrows bring back\n"
           "what was asked before. Ctrl-C stops a statement, or drops what is typed.\n\n"
           "  EXPLAIN or PROFILE before a statement   its plan, or the plan with what it did\n"
           "  CALL db.labels();  CALL db.schema();    what there is\n"
           "  CALL db.procedures();                   what can be called\n"
           "  :help   this text\n"
           "  :quit   leaves, as Ctrl-D does\n";
}

void show(const graph::Refusal& refusal, const std::string& statement) {
    if (refusal.code == graph::RefusalCode::cancelled) {
        std::cout << "Stopped.\n";
        return;
    }
    if (refusal.span) std::cout << marked(statement, *refusal.span);
    std::cout << refusal.message << '\n';
}

void begin_editing(const std::string& history) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before any other thread
    std::setlocale(LC_CTYPE, "");  // Thai is edited by characters
    ::rl_initialize();
    ::using_history();
    ::stifle_history(1000);
    if (!history.empty()) ::read_history(history.c_str());
    ::rl_attempted_completion_function = completions;
    ::rl_basic_word_break_characters = " \t\n()[]{}:,;|<>=+-*/";  // libedit reads no other
}

}  // namespace

std::string marked(std::string_view statement, const graph::Span& span) {
    if (span.begin_bytes > statement.size()) return {};
    const auto before = statement.rfind('\n', span.begin_bytes == 0 ? 0 : span.begin_bytes - 1);
    const auto line_begin =
        before == std::string_view::npos || span.begin_bytes == 0 ? 0 : before + 1;
    const auto line_end = std::min(statement.find('\n', span.begin_bytes), statement.size());
    const auto line = statement.substr(line_begin, line_end - line_begin);
    const auto end = std::clamp(span.end_bytes, span.begin_bytes, line_end);
    const auto from = display_width(statement.substr(line_begin, span.begin_bytes - line_begin));
    const auto width = display_width(statement.substr(span.begin_bytes, end - span.begin_bytes));
    return "  " + std::string(line) + "\n  " + std::string(from, ' ') +
           std::string(std::max<std::size_t>(width, 1), '^') + "\n";
}

const std::atomic<bool>& interrupted() {
    return was_interrupted;
}

ExitCode converse(const Shell& shell) {
    const auto history = history_file();
    begin_editing(history);
    struct sigaction action {};
    action.sa_handler = on_interrupt;  // without SA_RESTART: the line being read is given up
    ::sigaction(SIGINT, &action, nullptr);
    std::cout << "Khom: openCypher over the city. :help explains, :quit leaves.\n";
    std::string statement;
    while (true) {
        completed_words = shell.words();
        was_interrupted = false;
        const std::unique_ptr<char, decltype(&std::free)> line(
            ::readline(statement.empty() ? "khom> " : "  ... "), &std::free);
        // A line that came whole counts, though Ctrl-C was pressed before the reading began.
        if (was_interrupted.exchange(false) && line == nullptr) {
            statement.clear();
            std::cout << '\n';
            continue;
        }
        if (line == nullptr || (statement.empty() && std::strcmp(line.get(), ":quit") == 0)) break;
        if (statement.empty() && std::strcmp(line.get(), ":help") == 0) {
            explain();
            continue;
        }
        if (statement.empty() && line.get()[0] == ':') {
            std::cout << "There is no command '" << line.get() << "'; :help and :quit are.\n";
            continue;
        }
        statement += (statement.empty() ? "" : "\n") + std::string(line.get());
        if (statement.find_first_not_of(" \t\n") == std::string::npos) statement.clear();
        if (statement.empty() || !ends_statement(statement)) continue;
        auto entry = statement + ";";
        std::ranges::replace(entry, '\n', ' ');
        ::add_history(entry.c_str());
        if (const auto asked = shell.ask(statement); !asked) show(asked.error(), statement);
        statement.clear();
    }
    if (!history.empty()) ::write_history(history.c_str());
    std::cout << '\n';
    return ExitCode::done;
}

graph::Result<ExitCode> ask_all(const Shell& shell) {
    std::string statement;
    for (std::string line; std::getline(std::cin, line);) {
        statement += (statement.empty() ? "" : "\n") + line;
        if (!ends_statement(statement)) continue;
        if (auto asked = shell.ask(statement); !asked) return asked;
        statement.clear();
    }
    if (statement.find_first_not_of(" \t\r\n") == std::string::npos) return ExitCode::done;
    return shell.ask(statement);
}

std::vector<std::string> cypher_keywords() {
    return {"ALL",
            "AND",
            "ANY",
            "AS",
            "ASC",
            "BY",
            "CALL",
            "CASE",
            "COUNT",
            "CREATE",
            "DELETE",
            "DESC",
            "DETACH",
            "DISTINCT",
            "ELSE",
            "END",
            "ENDS",
            "EXISTS",
            "EXPLAIN",
            "FALSE",
            "IN",
            "IS",
            "LIMIT",
            "MATCH",
            "MERGE",
            "NONE",
            "NOT",
            "NULL",
            "ON",
            "OPTIONAL",
            "OR",
            "ORDER",
            "PROFILE",
            "REMOVE",
            "RETURN",
            "SET",
            "SHORTEST",
            "SINGLE",
            "SKIP",
            "STARTS",
            "THEN",
            "TRUE",
            "UNION",
            "UNWIND",
            "WHEN",
            "WHERE",
            "WITH",
            "XOR",
            "YIELD",
            "shortestPath(",
            "allShortestPaths("};
}

}  // namespace khom::server
