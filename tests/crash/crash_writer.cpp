// Writes until it is killed; what it prints was acknowledged.
//
//     crash_writer batches PATH    batches one after another, each of three nodes and two
//     relationships; prints the
//                                  revision of each once it is durable
//     crash_writer check PATH      prints the revision the store stands at; 3 if anything is
//     damaged crash_writer load PATH       one bulk load into an empty store; prints "loading",
//     then "loaded"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "graph/bulk_load.h"
#include "graph/store.h"
#include "graph/undo.h"

namespace {

using namespace khom::graph;

const Authorship writer{"crash_writer", "to be killed"};

void say(const std::string& line) {
    std::puts(line.c_str());
    std::fflush(stdout);
}

Result<void> add_triple(Draft& draft, std::uint64_t n) {
    NodeId before{};
    for (int i = 0; i < 3; ++i) {
        const auto node = draft.create_node(
            {"N"}, {{"id", "n:" + std::to_string(n) + "-" + std::to_string(i)},
                    {"n", static_cast<std::int64_t>(n)},
                    {"text", std::string(static_cast<std::size_t>(n % 700), 'x')}});
        if (!node) {
            return tl::unexpected(node.error());
        }
        if (i > 0) {
            if (auto made = draft.create_relationship(before, "NEXT", *node, {}); !made) {
                return tl::unexpected(made.error());
            }
        }
        before = *node;
    }
    return {};
}

int write_batches(Store& store) {
    while (true) {
        const auto n = number(store.snapshot()->revision()) + 1;
        const auto done = store.write(writer, [&](Draft& draft) { return add_triple(draft, n); });
        if (!done) {
            std::fprintf(stderr, "%s\n", done.error().message.c_str());
            return 1;
        }
        say(std::to_string(number(done->revision)));
    }
}

int load(Store& store) {
    auto made = store.bulk_load();
    if (!made) {
        std::fprintf(stderr, "%s\n", made.error().message.c_str());
        return 1;
    }
    const auto load = std::move(*made);
    say("loading");
    for (int i = 0; i < 3000; ++i) {
        (void)*load->add_node({"N"}, {{"id", "n:" + std::to_string(i)}});
    }
    for (std::uint64_t i = 0; i < 3000; ++i) {
        (void)*load->add_relationship(NodeId{i}, "NEXT", NodeId{(i * 7 + 1) % 3000}, {});
    }
    if (const auto done = load->commit(writer); !done) {
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
        return 1;
    }
    say("loaded");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
    }
    StoreOptions options;
    options.create_if_missing = true;
    options.rebuild_after = 60;  // so that some are killed while a base's file is replaced
    options.keep_entries = 40;
    auto store = Store::open(argv[2], options);
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().message.c_str());
        return 1;
    }
    if (std::string(argv[1]) == "check") {
        for (const auto& what : (*store)->find_damage()) {
            std::fprintf(stderr, "%s\n", what.c_str());
            return 3;
        }
        say(std::to_string(number((*store)->snapshot()->revision())));
        return 0;
    }
    return std::string(argv[1]) == "load" ? load(**store) : write_batches(**store);
}
