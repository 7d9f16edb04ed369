// Asks one of the four questions of peers/README.md often, of a graph that is always the same, so
// that instructions.py can count the instructions of an answer.
//
//     traversal_steps one_hop|two_hops|path|shared_programmes
//
// Prints the sum of the answers.

#include <cstdio>
#include <random>
#include <string>
#include <string_view>

#include "tests/benchmarks/generated_city.h"

namespace {

using khom::benchmarks::City;
using khom::graph::NodeId;

constexpr std::size_t nodes = 2000, relationships = 20'000, asked = 200;

std::unique_ptr<khom::graph::Store> made() {
    std::mt19937_64 random(20261125);
    // A power law, as gen.py draws: a few hubs and a long tail.
    const auto skewed = [&] {
        const auto u = static_cast<double>(random() >> 11U) / 9007199254740992.0;
        return NodeId{static_cast<std::uint64_t>(static_cast<double>(nodes) * u * u)};
    };
    auto store = khom::graph::Store::in_memory({});
    auto draft = store->begin();
    for (std::size_t i = 0; i < nodes; ++i) {
        (void)*draft.create_node({"N"}, {{"name_th", "โหนด " + std::to_string(i)}});
    }
    for (std::size_t i = 0; i < relationships; ++i) {
        (void)draft.create_relationship(skewed(), i % 3 == 0 ? "PARTNERS_IN" : "KNOWS", skewed(),
                                        {{"year", static_cast<std::int64_t>(2000 + i % 25)}});
    }
    (void)store->commit(std::move(draft), {"traversal_steps", "made"});
    store->rebuild();
    return store;
}

std::size_t answer(const City& city, std::string_view question, std::size_t i) {
    const NodeId one{i * 7919 % nodes}, other{i * 104'729 % nodes};
    if (question == "one_hop") {
        return city.one_hop(one);
    }
    if (question == "two_hops") {
        return city.two_hops(one);
    }
    return question == "path" ? city.path(one, other) : city.shared_programmes(one);
}

std::size_t answers_to_all(const City& city, std::string_view question) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < asked; ++i) {
        sum += answer(city, question, i);
    }
    return sum;
}

/// What instructions.py counts; callgrind knows it by its name.
[[gnu::noinline]] std::size_t counted_answers_to_all(const City& city, std::string_view question) {
    return answers_to_all(city, question);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        return 2;
    }
    const auto store = made();
    const City city(store->snapshot());
    // The first answers make room, and tidy up what building freed; later ones find it.
    (void)answers_to_all(city, argv[1]);
    std::printf("%zu\n", counted_answers_to_all(city, argv[1]));
    return 0;
}
