#include "tests/benchmarks/generated_city.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

namespace khom::benchmarks {

using graph::Direction;
using graph::NodeId;

namespace {

constexpr std::array directions = {Direction::out, Direction::in};

/// Calls `visit(cells)` for every line but the header; no cell of gen.py holds a comma or a quote.
template <class Visit>
void each_row(const std::filesystem::path& file, Visit visit) {
    std::ifstream lines(file);
    if (!lines) {
        throw graph::Fault("cannot read " + file.string());
    }
    std::string line;
    std::getline(lines, line);
    std::vector<std::string_view> cells;
    while (std::getline(lines, line)) {
        cells.clear();
        std::string_view left = line;
        for (auto comma = left.find(','); comma != std::string_view::npos; comma = left.find(',')) {
            cells.push_back(left.substr(0, comma));
            left.remove_prefix(comma + 1);
        }
        cells.push_back(left);
        visit(cells);
    }
}

std::int64_t integer(std::string_view cell) {
    std::int64_t value = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return value;
}

NodeId node_id(std::string_view cell) {
    return NodeId{static_cast<std::uint64_t>(integer(cell))};
}

}  // namespace

Questions read_questions(const std::filesystem::path& data) {
    Questions questions;
    each_row(data / "graph_queries.csv", [&](const auto& cells) {
        if (cells[0] == "start") {
            questions.starts.push_back(node_id(cells[1]));
        } else if (cells[0] == "pair") {
            questions.pairs.emplace_back(node_id(cells[1]), node_id(cells[2]));
        } else {
            questions.partners.push_back(node_id(cells[1]));
        }
    });
    return questions;
}

void load(const std::filesystem::path& data, const std::filesystem::path& path) {
    graph::StoreOptions options;
    options.create_if_missing = true;
    const auto store = std::move(*graph::Store::open(path, options));
    auto draft = store->begin();
    each_row(data / "nodes.csv", [&](const auto& cells) {
        (void)*draft.create_node({std::string(cells[1])}, {{"gid", integer(cells[0])},
                                                           {"name_th", cells[2]},
                                                           {"name_en", cells[3]},
                                                           {"year", integer(cells[4])}});
    });
    each_row(data / "edges.csv", [&](const auto& cells) {
        (void)*draft.create_relationship(node_id(cells[0]), cells[2], node_id(cells[1]),
                                         {{"year", integer(cells[3])}});
    });
    if (const auto done = store->commit(std::move(draft), {"graph_bench", "load"}); !done) {
        throw graph::Fault(done.error().message);
    }
}

std::unique_ptr<graph::Store> open(const std::filesystem::path& path) {
    return std::move(*graph::Store::open(path, {}));
}

City::City(const graph::Snapshot& snapshot)
    : snapshot_(snapshot),
      year_(snapshot.property_key("year").value()),
      name_th_(snapshot.property_key("name_th").value()),
      partners_in_(snapshot.type("PARTNERS_IN").value()),
      bits_((snapshot.node_id_limit() + 63) / 64),
      counts_(snapshot.node_id_limit()),
      reached_(snapshot.node_id_limit()) {}

std::size_t City::one_hop(NodeId start) const {
    std::size_t found = 0;
    std::size_t read = 0;  // so that nothing is optimised away
    for (const auto direction : directions) {
        for (const auto& adjacent : snapshot_.adjacent(start, direction)) {
            read += number(adjacent.type);
            read += static_cast<std::size_t>(
                snapshot_.property(adjacent.relationship, year_).integer());
            read += snapshot_.property(adjacent.neighbour, name_th_).string().size();
            ++found;
        }
    }
    return read == 0 ? 0 : found;
}

std::size_t City::two_hops(NodeId start) const {
    for (const auto first : directions) {
        for (const auto& near : snapshot_.adjacent(start, first)) {
            for (const auto second : directions) {
                for (const auto& far : snapshot_.adjacent(near.neighbour, second)) {
                    bits_[number(far.neighbour) / 64] |= std::uint64_t{1}
                                                         << number(far.neighbour) % 64;
                }
            }
        }
    }
    bits_[number(start) / 64] &= ~(std::uint64_t{1} << number(start) % 64);
    std::size_t found = 0;
    for (auto& word : bits_) {
        found += static_cast<std::size_t>(std::popcount(word));
        word = 0;
    }
    return found;
}

/// From both ends at once, always the smaller front first.
std::size_t City::path(NodeId from, NodeId to) const {
    if (from == to) {
        return 0;
    }
    std::array<std::vector<NodeId>, 2> fronts = {{{from}, {to}}};
    std::vector<NodeId> touched = {from, to};
    reached_[number(from)] = 1;
    reached_[number(to)] = 2;
    std::size_t length = 0;
    for (std::size_t depth = 1; depth <= 6 && length == 0; ++depth) {
        const std::size_t side = fronts[0].size() <= fronts[1].size() ? 0 : 1;
        const auto mine = static_cast<std::int8_t>(side + 1);
        std::vector<NodeId> next;
        for (const auto node : fronts[side]) {
            for (const auto direction : directions) {
                for (const auto& adjacent : snapshot_.adjacent(node, direction)) {
                    auto& mark = reached_[number(adjacent.neighbour)];
                    if (mark == 0) {
                        mark = mine;
                        next.push_back(adjacent.neighbour);
                        touched.push_back(adjacent.neighbour);
                    } else if (mark != mine) {
                        length = depth;
                        break;
                    }
                }
                if (length != 0) break;
            }
            if (length != 0) break;
        }
        if (next.empty()) break;
        fronts[side] = std::move(next);
    }
    for (const auto node : touched) {
        reached_[number(node)] = 0;
    }
    return length;
}

std::size_t City::shared_programmes(NodeId partner) const {
    std::vector<NodeId> others;
    for (const auto first : directions) {
        for (const auto& programme : snapshot_.adjacent(partner, first, partners_in_)) {
            for (const auto second : directions) {
                for (const auto& other :
                     snapshot_.adjacent(programme.neighbour, second, partners_in_)) {
                    if (counts_[number(other.neighbour)]++ == 0) {
                        others.push_back(other.neighbour);
                    }
                }
            }
        }
    }
    counts_[number(partner)] = 0;
    std::vector<std::uint32_t> shared;
    for (const auto other : others) {
        if (counts_[number(other)] >= 2) {
            shared.push_back(counts_[number(other)]);
        }
        counts_[number(other)] = 0;
    }
    const auto kept = std::min<std::size_t>(50, shared.size());
    std::partial_sort(shared.begin(), shared.begin() + static_cast<long>(kept), shared.end(),
                      std::greater<>());
    std::size_t sum = 0;
    for (std::size_t i = 0; i < kept; ++i) {
        sum += shared[i];
    }
    return sum;
}

}  // namespace khom::benchmarks
