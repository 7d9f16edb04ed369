#include "tests/benchmarks/generated_city.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "graph/bulk_load.h"
#include "graph/traversal/neighbourhood.h"
#include "graph/traversal/shortest.h"
#include "tests/benchmarks/generated_rows.h"

namespace khom::benchmarks {

using graph::Direction;
using graph::NodeId;

namespace {

constexpr std::array directions = {Direction::out, Direction::in};

NodeId node_id(std::string_view cell) {
    return NodeId{static_cast<std::uint64_t>(integer(cell))};
}

/// 2015, 2015-07 or 2015-07-21.
std::string edtf(std::string year, std::size_t row) {
    const auto two_digits = [](std::size_t number) {
        return (number < 10 ? "-0" : "-") + std::to_string(number);
    };
    if (row % 3 > 0) {
        year += two_digits(1 + row % 12);
    }
    return row % 3 > 1 ? year + two_digits(1 + row % 28) : year;
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

void load(const std::filesystem::path& data, const std::filesystem::path& path, Times times) {
    graph::StoreOptions options;
    options.create_if_missing = true;
    const auto store = std::move(*graph::Store::open(path, options));
    const auto load = std::move(*store->bulk_load());
    each_row(data / "nodes.csv", [&](const auto& cells) {
        (void)*load->add_node({std::string(cells[1])}, {{"gid", integer(cells[0])},
                                                        {"name_th", cells[2]},
                                                        {"name_en", cells[3]},
                                                        {"year", integer(cells[4])}});
    });
    std::size_t row = 0;
    each_row(data / "edges.csv", [&](const auto& cells) {
        graph::Map properties = {{"year", integer(cells[3])}};
        if (times == Times::edtf) {
            properties["time"] = edtf(std::string(cells[3]), row++);
        }
        (void)*load->add_relationship(node_id(cells[0]), cells[2], node_id(cells[1]), properties);
    });
    if (const auto done = load->commit({"graph_bench", "load"}); !done) {
        throw graph::Fault(done.error().message);
    }
}

std::unique_ptr<graph::Store> open(const std::filesystem::path& path) {
    return std::move(*graph::Store::open(path, {}));
}

City::City(std::shared_ptr<const graph::Snapshot> snapshot)
    : snapshot_(std::move(snapshot)),
      year_(snapshot_->property_key("year").value()),
      name_th_(snapshot_->property_key("name_th").value()) {
    partners_in_.types = {snapshot_->type("PARTNERS_IN").value()};
    partners_in_.direction = Direction::out;
    within_.window = *graph::parse_window("2015", "2019");
    within_.undated = graph::Undated::stop;
}

std::size_t City::one_hop(NodeId start) const {
    std::size_t found = 0;
    std::size_t read = 0;  // so that nothing is optimised away
    for (const auto direction : directions) {
        for (const auto& adjacent : snapshot_->adjacent(start, direction)) {
            read += number(adjacent.type);
            read +=
                static_cast<std::size_t>(snapshot_->integer(adjacent.relationship, year_).value());
            read += snapshot_->text(adjacent.neighbour, name_th_).value().size();
            ++found;
        }
    }
    return read == 0 ? 0 : found;
}

std::size_t City::two_hops(NodeId start) const {
    return *graph::count_ends(scratch_, *snapshot_, start, all_, 2, {});
}

std::size_t City::two_hops_within(NodeId start) const {
    return *graph::count_ends(scratch_, *snapshot_, start, within_, 2, {});
}

std::size_t City::one_hop_within(NodeId start) const {
    return *graph::count_ends(scratch_, *snapshot_, start, within_, 1, {});
}

std::size_t City::path(NodeId from, NodeId to) const {
    const auto hops = *graph::distance(scratch_, *snapshot_, {from, to}, all_, 6, {});
    return hops.value_or(0);
}

std::size_t City::shared_programmes(NodeId partner) const {
    std::size_t sum = 0;
    const auto shared = *graph::sharing(scratch_, *snapshot_, partner, partners_in_, {2, 50}, {});
    for (const auto& other : shared) {
        sum += other.count;
    }
    return sum;
}

}  // namespace khom::benchmarks
