// Measures the graph engine on what peers/gen.py writes, through its own interface.
//
//     graph_bench DATA_DIR [WORK_DIR]
//     graph_bench --cypher DATA_DIR
//
// Prints one JSON line a measurement, as the scripts of the peers do: `load`, `open`, `1hop`,
// `2hop`, `path`, `copart`, `size`; `sum` must equal theirs. WORK_DIR (default: a folder under /tmp
// that is removed) holds the store on disk.

#include <unistd.h>
#include <filesystem>
#include <iostream>
#include <string_view>

#include "tests/benchmarks/cypher_questions.h"
#include "tests/benchmarks/generated_city.h"
#include "tests/benchmarks/measure.h"

namespace {

using khom::benchmarks::City;
namespace benchmarks = khom::benchmarks;

int run(const std::filesystem::path& data, const std::filesystem::path& work) {
    const auto path = work / "graph";
    std::filesystem::remove_all(path);
    benchmarks::timed("load", [&] { benchmarks::load(data, path); });
    const auto store = benchmarks::timed("open", [&] { return benchmarks::open(path); });
    const City city(*store->snapshot());
    const auto questions = benchmarks::read_questions(data);
    benchmarks::measure("1hop", questions.starts, [&](auto start) { return city.one_hop(start); });
    benchmarks::measure("2hop", questions.starts, [&](auto start) { return city.two_hops(start); });
    benchmarks::measure("path", questions.pairs,
                        [&](auto pair) { return city.path(pair.first, pair.second); });
    benchmarks::measure("copart", questions.partners,
                        [&](auto partner) { return city.shared_programmes(partner); });
    benchmarks::report_size(path);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--cypher") {
        try {
            benchmarks::ask_in_cypher(argv[2]);
            return 0;
        } catch (const std::exception& fault) {
            std::cerr << "graph_bench: " << fault.what() << '\n';
            return 3;
        }
    }
    if (argc < 2 || argc > 3) {
        std::cerr
            << "usage: graph_bench DATA_DIR [WORK_DIR]\n       graph_bench --cypher DATA_DIR\n";
        return 2;
    }
    const bool own_folder = argc == 2;
    const std::filesystem::path work = own_folder
                                           ? std::filesystem::temp_directory_path() /
                                                 ("khom-graph-bench-" + std::to_string(::getpid()))
                                           : argv[2];
    try {
        std::filesystem::create_directories(work);
        const auto code = run(argv[1], work);
        if (own_folder) {
            std::filesystem::remove_all(work);
        }
        return code;
    } catch (const std::exception& fault) {
        std::cerr << "graph_bench: " << fault.what() << '\n';
        return 3;
    }
}
