#include "graph/columns.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "graph/codec.h"
#include "graph/failure.h"

namespace khom::graph {

namespace {

bool is_plain(ValueKind kind) {
    return kind == ValueKind::boolean || kind == ValueKind::integer ||
           kind == ValueKind::floating || kind == ValueKind::date;
}

/// What a column of such values is kept as.
ValueKind kept_as(ValueKind kind) {
    return is_plain(kind) || kind == ValueKind::string ? kind : ValueKind::list;
}

std::string_view bytes_at(const std::uint32_t* heap, std::uint32_t place) {
    return {reinterpret_cast<const char*>(heap + place + 1), heap[place]};
}

Cell made(ValueKind kind, std::uint64_t bits, const std::uint32_t* heap) {
    if (is_plain(kind)) {
        return {kind, bits, {}};
    }
    const auto bytes = bytes_at(heap, static_cast<std::uint32_t>(bits));
    if (kind == ValueKind::string) {
        return {kind, 0, bytes};
    }
    // Encoded: the first byte is the kind. Where kinds are mixed, plain ones stand there too.
    const auto own_kind = static_cast<ValueKind>(bytes.front());
    if (kept_as(own_kind) == ValueKind::list) {
        return {own_kind, 0, bytes};
    }
    if (own_kind == ValueKind::string) {
        return {own_kind, 0, bytes.substr(1 + sizeof(std::uint32_t))};
    }
    std::uint64_t own_bits = 0;
    std::memcpy(&own_bits, bytes.data() + 1, bytes.size() - 1);
    return {own_kind, own_bits, {}};
}

/// Integers and days fit 32 bits nearly always; the sign is restored on reading.
std::uint64_t widened(std::uint32_t bits) {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<std::int32_t>(bits)));
}

}  // namespace

std::uint64_t stable_hash(std::string_view bytes) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::uint64_t hash = bytes.size() * odd;
    const auto mix = [&](std::uint64_t word) {
        hash = (hash ^ word) * 0xD6E8FEB86659FD93ULL;
        hash ^= hash >> 32U;
    };
    while (bytes.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), 8);
        mix(word);
        bytes.remove_prefix(8);
    }
    std::uint64_t rest = 0;
    if (!bytes.empty()) {
        std::memcpy(&rest, bytes.data(), bytes.size());
    }
    mix(rest + odd);
    return hash;
}

Cell cell_of(const Value& value, std::string& encoded) {
    switch (value.kind()) {
        case ValueKind::null:
            return {};
        case ValueKind::boolean:
            return {value.kind(), value.boolean() ? 1U : 0U, {}};
        case ValueKind::integer:
            return {value.kind(), static_cast<std::uint64_t>(value.integer()), {}};
        case ValueKind::floating:
            return {value.kind(), std::bit_cast<std::uint64_t>(value.floating()), {}};
        case ValueKind::date:
            return {value.kind(), static_cast<std::uint64_t>(value.date().days), {}};
        case ValueKind::string:
            return {value.kind(), 0, value.string()};
        case ValueKind::list:
        case ValueKind::map:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            encoded = encode(value);
            return {value.kind(), 0, encoded};
    }
    return {};
}

Value value_of(const Cell& cell) {
    switch (cell.kind) {
        case ValueKind::null:
            return {};
        case ValueKind::boolean:
            return cell.bits != 0;
        case ValueKind::integer:
            return static_cast<std::int64_t>(cell.bits);
        case ValueKind::floating:
            return std::bit_cast<double>(cell.bits);
        case ValueKind::date:
            return Date{static_cast<std::int64_t>(cell.bits)};
        case ValueKind::string:
            return cell.bytes;
        case ValueKind::list:
        case ValueKind::map:
        case ValueKind::local_time:
        case ValueKind::time:
        case ValueKind::local_date_time:
        case ValueKind::date_time:
        case ValueKind::duration:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            return decode_value(cell.bytes);
    }
    return {};
}

Cell Column::cell(std::size_t index) const {
    const auto bits = !wide.empty()                ? wide[index]
                      : kind == ValueKind::integer ? widened(narrow[index])
                      : kind == ValueKind::date    ? widened(narrow[index])
                                                   : narrow[index];
    return made(kind, bits, heap.data());
}

Cell ColumnBuilder::cell(std::size_t index) const {
    const auto bits = is_wide_                      ? wide_[index]
                      : kind_ == ValueKind::integer ? widened(narrow_[index])
                      : kind_ == ValueKind::date    ? widened(narrow_[index])
                                                    : narrow_[index];
    return made(kind_, bits, heap_.data());
}

std::string_view ColumnBuilder::text_at(std::uint32_t place) const {
    return bytes_at(heap_.data(), place);
}

void ColumnBuilder::add(std::size_t row, const Cell& cell) {
    if (cell.is_null()) {
        return;
    }
    if (kind_ == ValueKind::null) {
        kind_ = kept_as(cell.kind);
    } else if (kind_ != kept_as(cell.kind) && kind_ != ValueKind::list) {
        encode_all();
    }
    present_.resize(std::max(present_.size(), row / 64 + 1));
    present_[row / 64] |= std::uint64_t{1} << row % 64;
    append(cell);
    ++count_;
}

void ColumnBuilder::append(const Cell& cell) {
    if (is_plain(kind_)) {
        return append_bits(cell.bits);
    }
    const bool as_it_is = kind_ == ValueKind::string || kept_as(cell.kind) == ValueKind::list;
    append_bits(stored(as_it_is ? cell.bytes : std::string_view(encode(value_of(cell)))));
}

void ColumnBuilder::append_bits(std::uint64_t bits) {
    const auto low = static_cast<std::uint32_t>(bits);
    const bool is_signed = kind_ == ValueKind::integer || kind_ == ValueKind::date;
    if (!is_wide_ && (is_signed ? widened(low) : low) != bits) {
        for (const auto before : narrow_) {
            wide_.push_back(is_signed ? widened(before) : before);
        }
        narrow_ = {};
        is_wide_ = true;
    }
    if (is_wide_) {
        wide_.push_back(bits);
    } else {
        narrow_.push_back(low);
    }
}

/// Where the bytes lie in the heap; put there if they are not yet.
std::uint32_t ColumnBuilder::stored(std::string_view bytes) {
    if (interning_ && distinct_ * 2 > table_.size()) {
        // Names and the like hardly repeat: looking for them would cost more than it saves.
        if (count_ > 65536 && distinct_ * 4 > count_ * 3) {
            interning_ = false;
            table_ = {};
        } else {
            const auto old = std::exchange(
                table_, std::vector<std::uint32_t>(std::max<std::size_t>(64, table_.size() * 4)));
            for (const auto entry : old) {
                if (entry != 0) {
                    remember(entry - 1);
                }
            }
        }
    } else if (interning_ && table_.empty()) {
        table_.resize(64);
    }
    if (interning_) {
        const auto mask = table_.size() - 1;
        for (auto at = stable_hash(bytes) & mask; table_[at] != 0; at = (at + 1) & mask) {
            if (bytes_at(heap_.data(), table_[at] - 1) == bytes) {
                return table_[at] - 1;
            }
        }
    }
    const auto place = heap_.size();
    const auto words = (bytes.size() + 3) / 4;
    if (place + words + 1 >= std::numeric_limits<std::uint32_t>::max()) {
        throw Fault("the texts of one property are more than 16 GiB");
    }
    heap_.push_back(static_cast<std::uint32_t>(bytes.size()));
    heap_.resize(place + 1 + words);
    if (!bytes.empty()) {
        std::memcpy(heap_.data() + place + 1, bytes.data(), bytes.size());
    }
    if (interning_) {
        remember(static_cast<std::uint32_t>(place));
        ++distinct_;
    }
    return static_cast<std::uint32_t>(place);
}

void ColumnBuilder::remember(std::uint32_t place) {
    const auto mask = table_.size() - 1;
    auto at = stable_hash(bytes_at(heap_.data(), place)) & mask;
    while (table_[at] != 0) {
        at = (at + 1) & mask;
    }
    table_[at] = place + 1;
}

/// A second kind of value came: all become encoded ones.
void ColumnBuilder::encode_all() {
    std::vector<std::string> encoded;
    for (std::size_t i = 0; i < count_; ++i) {
        encoded.push_back(encode(value_of(cell(i))));
    }
    kind_ = ValueKind::list;
    is_wide_ = false;
    narrow_ = {};
    wide_ = {};
    heap_ = {};
    table_ = {};
    distinct_ = 0;
    for (const auto& bytes : encoded) {
        append_bits(stored(bytes));
    }
}

void ColumnBuilder::expect_like(const Column& column) {
    narrow_.reserve(column.narrow.size());
    heap_.reserve(column.heap.size());
}

std::size_t ColumnBuilder::bytes() const {
    return (present_.capacity() + wide_.capacity()) * sizeof(std::uint64_t) +
           (narrow_.capacity() + heap_.capacity() + table_.capacity()) * sizeof(std::uint32_t);
}

Column ColumnBuilder::finish(std::size_t rows) {
    Column column;
    if (count_ == 0) {
        return column;
    }
    column.kind = kind_;
    column.rows = rows;
    column.count = count_;
    if (count_ < rows) {
        present_.resize((rows + 63) / 64);
        std::vector<std::uint32_t> ranks;
        std::uint32_t before = 0;
        for (std::size_t word = 0; word < present_.size(); ++word) {
            if (word % 8 == 0) {
                ranks.push_back(before);
            }
            before += static_cast<std::uint32_t>(std::popcount(present_[word]));
        }
        column.present = Flat(std::move(present_));
        column.ranks = Flat(std::move(ranks));
    }
    table_ = {};
    // What was reserved and never touched takes no memory; giving it back would copy all.
    column.narrow = Flat(std::move(narrow_));
    column.wide = Flat(std::move(wide_));
    column.heap = Flat(std::move(heap_));
    return column;
}

}  // namespace khom::graph
