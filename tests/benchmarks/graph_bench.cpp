// Measures the graph engine on what peers/gen.py writes, through its own interface.
//
//     graph_bench DATA_DIR [WORK_DIR]
//     graph_bench --within DATA_DIR [WORK_DIR]   one and two hops within a window of time
//     graph_bench --writes DATA_DIR [WORK_DIR]   durable writes, and readers beside a writer
//     graph_bench --cypher DATA_DIR
//
// Prints one JSON line a measurement, as the scripts of the peers do: `load`, `open`, `1hop`,
// `2hop`, `path`, `copart`, `size`; `sum` must equal theirs. WORK_DIR (default: a folder under /tmp
// that is removed) holds the store on disk.

#include <unistd.h>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>

#include "tests/benchmarks/cypher_questions.h"
#include "tests/benchmarks/durable_writes.h"
#include "tests/benchmarks/generated_city.h"
#include "tests/benchmarks/measure.h"

namespace {

using khom::benchmarks::City;
namespace benchmarks = khom::benchmarks;
using Path = std::filesystem::path;

std::unique_ptr<khom::graph::Store> made(const Path& data, const Path& work,
                                         benchmarks::Times times) {
    const auto path = work / "graph";
    std::filesystem::remove_all(path);
    benchmarks::timed("load", [&] { benchmarks::load(data, path, times); });
    return benchmarks::timed("open", [&] { return benchmarks::open(path); });
}

void ask_the_four(const Path& data, const Path& work) {
    const auto store = made(data, work, benchmarks::Times::none);
    const City city(store->snapshot());
    const auto questions = benchmarks::read_questions(data);
    benchmarks::measure("1hop", questions.starts, [&](auto start) { return city.one_hop(start); });
    benchmarks::measure("2hop", questions.starts, [&](auto start) { return city.two_hops(start); });
    benchmarks::measure("path", questions.pairs,
                        [&](auto pair) { return city.path(pair.first, pair.second); });
    benchmarks::measure("copart", questions.partners,
                        [&](auto partner) { return city.shared_programmes(partner); });
    benchmarks::report_size(work / "graph");
}

void ask_within_a_window(const Path& data, const Path& work) {
    const auto store = made(data, work, benchmarks::Times::edtf);
    const City city(store->snapshot());
    const auto questions = benchmarks::read_questions(data);
    benchmarks::measure("1hop, within", questions.starts,
                        [&](auto start) { return city.one_hop_within(start); });
    benchmarks::measure("2hop", questions.starts, [&](auto start) { return city.two_hops(start); });
    benchmarks::measure("2hop, within", questions.starts,
                        [&](auto start) { return city.two_hops_within(start); });
}

/// Runs `task(data, work)` with a folder of its own where none is given.
template <class Task>
void in_folder(int given, char** words, Task task) {
    const bool own_folder = given == 1;
    const Path work = own_folder ? std::filesystem::temp_directory_path() /
                                       ("khom-graph-bench-" + std::to_string(::getpid()))
                                 : words[1];
    std::filesystem::create_directories(work);
    task(words[0], work);
    if (own_folder) {
        std::filesystem::remove_all(work);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view mode =
        argc > 1 && std::string_view(argv[1]).starts_with("--") ? argv[1] : "";
    const int begin = mode.empty() ? 1 : 2, given = argc - begin;
    if (given < 1 || given > 2) {
        std::cerr << "usage: graph_bench [--within | --writes] DATA_DIR [WORK_DIR]\n"
                     "       graph_bench --cypher DATA_DIR\n";
        return 2;
    }
    char** words = argv + begin;
    try {
        if (mode == "--cypher") {
            benchmarks::ask_in_cypher(words[0]);
        } else if (mode == "--writes") {
            in_folder(given, words, benchmarks::measure_writes);
        } else if (mode == "--within") {
            in_folder(given, words, ask_within_a_window);
        } else if (mode.empty()) {
            in_folder(given, words, ask_the_four);
        } else {
            std::cerr << "graph_bench: there is no " << mode << '\n';
            return 2;
        }
        return 0;
    } catch (const std::exception& fault) {
        std::cerr << "graph_bench: " << fault.what() << '\n';
        return 3;
    }
}
