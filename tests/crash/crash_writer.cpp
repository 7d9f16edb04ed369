// Writes until it is killed; what it prints was acknowledged.
//
//     crash_writer batches PATH    batches one after another, each of three nodes and two
//                                  relationships; prints the revision of each once it is durable
//     crash_writer stubborn PATH   sixty batches, whatever is refused meanwhile
//     crash_writer load PATH       one bulk load into an empty store; "loading", then "loaded"
//     crash_writer check PATH      prints the revision the store stands at
//
// 1 if a write was refused, 3 if anything is damaged.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "graph/bulk_load.h"
#include "graph/store.h"

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

/// Stubborn, it goes on after a refusal, and ends after sixty attempts.
int write_batches(Store& store, bool is_stubborn) {
    for (int attempt = 0; !is_stubborn || attempt < 60; ++attempt) {
        const auto n = number(store.snapshot()->revision()) + 1;
        const auto done = store.write(writer, [&](Draft& draft) { return add_triple(draft, n); });
        if (done) {
            say(std::to_string(number(done->revision)));
            continue;
        }
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
        if (!is_stubborn) {
            return 1;
        }
        // Reading goes on whatever the disk does.
        if (store.snapshot()->node_count() != 3 * (n - 1)) {
            std::fprintf(stderr, "the state changed by a refused write\n");
            return 3;
        }
    }
    return 0;
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

int run(const std::string& mode, const char* path) {
    StoreOptions options;
    options.create_if_missing = true;
    options.rebuild_after = 60;  // so that some are killed while a base's file is replaced
    options.keep_entries = 40;
    auto store = Store::open(path, options);
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().message.c_str());
        return 1;
    }
    if (mode == "check") {
        for (const auto& what : (*store)->find_damage()) {
            std::fprintf(stderr, "%s\n", what.c_str());
            return 3;
        }
        say(std::to_string(number((*store)->snapshot()->revision())));
        return 0;
    }
    return mode == "load" ? load(**store) : write_batches(**store, mode == "stubborn");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
    }
    try {
        return run(argv[1], argv[2]);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        return 3;
    }
}
