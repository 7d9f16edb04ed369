// The format of values on disk, version 1. Numbers are little-endian and of fixed width.
//
//     value        = kind:u8 …                  kind as in ValueKind; then, by kind:
//                    null: nothing · boolean: u8 · integer: i64 · floating: f64 · string: text ·
//                    list: u32 value* date: i64 · local_time: i64 · time: i64 i32 ·
//                    local_date_time: i64 i32 date_time: i64 i32 i32 text · duration: i64 i64 i64
//                    i32
//     text         = u32 bytes
//     properties   = u32 (text value)*
//     node         = u64 id, u32 text* labels, properties
//     relationship = u64 id, u64 from, text type, u64 to, properties
//     optional x   = u8 0 | u8 1 x
//     log entry    = u64 revision, i64 microseconds, text author, text purpose,
//                    u32 (u64 id, optional node, optional node)*, the same of relationships, u32
//                    (text text)* redirects

#include "graph/codec.h"

#include <bit>
#include <cstring>
#include <optional>

namespace khom::graph {

namespace {

static_assert(std::endian::native == std::endian::little);

class Writer {
  public:
    template <class Number>
    void fixed(Number value) {
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);
        out_.append(bytes, sizeof value);
    }
    void count(std::size_t value) { fixed(static_cast<std::uint32_t>(value)); }
    void text(std::string_view value) {
        count(value.size());
        out_ += value;
    }
    void value(const Value& value);
    void properties(const Map& properties) {
        count(properties.size());
        for (const auto& [key, held] : properties) {
            text(key);
            value(held);
        }
    }
    void node(const Node& node) {
        fixed(number(node.id));
        count(node.labels.size());
        for (const auto& label : node.labels) {
            text(label);
        }
        properties(node.properties);
    }
    void relationship(const Relationship& relationship) {
        fixed(number(relationship.id));
        fixed(number(relationship.from));
        text(relationship.type);
        fixed(number(relationship.to));
        properties(relationship.properties);
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
};

void Writer::value(const Value& value) {
    fixed(static_cast<std::uint8_t>(value.kind()));
    switch (value.kind()) {
        case ValueKind::null:
            return;
        case ValueKind::boolean:
            return fixed(static_cast<std::uint8_t>(value.boolean() ? 1 : 0));
        case ValueKind::integer:
            return fixed(value.integer());
        case ValueKind::floating:
            return fixed(value.floating());
        case ValueKind::string:
            return text(value.string());
        case ValueKind::list:
            count(value.list().size());
            for (const auto& item : value.list()) {
                this->value(item);
            }
            return;
        case ValueKind::date:
            return fixed(value.date().days);
        case ValueKind::local_time:
            return fixed(value.local_time().nanoseconds);
        case ValueKind::time:
            fixed(value.time().nanoseconds);
            return fixed(value.time().offset_s);
        case ValueKind::local_date_time:
            fixed(value.local_date_time().seconds);
            return fixed(value.local_date_time().nanoseconds);
        case ValueKind::date_time:
            fixed(value.date_time().seconds);
            fixed(value.date_time().nanoseconds);
            fixed(value.date_time().offset_s);
            return text(value.date_time().zone);
        case ValueKind::duration:
            fixed(value.duration().months);
            fixed(value.duration().days);
            fixed(value.duration().seconds);
            return fixed(value.duration().nanoseconds);
        case ValueKind::map:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            throw Fault("a value that cannot be stored reached the store");
    }
}

class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    template <class Number>
    Number fixed() {
        if (bytes_.size() < sizeof(Number)) {
            throw Fault("a stored record is shorter than it says");
        }
        Number value;
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_.remove_prefix(sizeof value);
        return value;
    }
    /// Each counted thing has at least one byte, so a damaged count cannot ask for more memory than
    /// there are bytes.
    std::size_t count() {
        const auto value = fixed<std::uint32_t>();
        if (value > bytes_.size()) {
            throw Fault("a stored record counts more than it has");
        }
        return value;
    }
    std::string text() {
        const auto size = count();
        std::string value(bytes_.substr(0, size));
        bytes_.remove_prefix(size);
        return value;
    }
    Value value();
    Map properties() {
        Map map;
        for (auto left = count(); left > 0; --left) {
            auto key = text();
            map.emplace(std::move(key), value());
        }
        return map;
    }
    Node node() {
        Node node;
        node.id = NodeId{fixed<std::uint64_t>()};
        for (auto left = count(); left > 0; --left) {
            node.labels.push_back(text());
        }
        node.properties = properties();
        return node;
    }
    Relationship relationship() {
        Relationship relationship;
        relationship.id = RelationshipId{fixed<std::uint64_t>()};
        relationship.from = NodeId{fixed<std::uint64_t>()};
        relationship.type = text();
        relationship.to = NodeId{fixed<std::uint64_t>()};
        relationship.properties = properties();
        return relationship;
    }
    void end() const {
        if (!bytes_.empty()) {
            throw Fault("a stored record is longer than it says");
        }
    }

  private:
    std::string_view bytes_;
};

Value Reader::value() {
    switch (static_cast<ValueKind>(fixed<std::uint8_t>())) {
        case ValueKind::null:
            return {};
        case ValueKind::boolean:
            return fixed<std::uint8_t>() != 0;
        case ValueKind::integer:
            return fixed<std::int64_t>();
        case ValueKind::floating:
            return fixed<double>();
        case ValueKind::string:
            return text();
        case ValueKind::list: {
            List list;
            for (auto left = count(); left > 0; --left) {
                list.push_back(value());
            }
            return list;
        }
        case ValueKind::date:
            return Date{fixed<std::int64_t>()};
        case ValueKind::local_time:
            return LocalTime{fixed<std::int64_t>()};
        case ValueKind::time: {
            const auto nanoseconds = fixed<std::int64_t>();
            return Time{nanoseconds, fixed<std::int32_t>()};
        }
        case ValueKind::local_date_time: {
            const auto seconds = fixed<std::int64_t>();
            return LocalDateTime{seconds, fixed<std::int32_t>()};
        }
        case ValueKind::date_time: {
            DateTime value;
            value.seconds = fixed<std::int64_t>();
            value.nanoseconds = fixed<std::int32_t>();
            value.offset_s = fixed<std::int32_t>();
            value.zone = text();
            return value;
        }
        case ValueKind::duration: {
            Duration value;
            value.months = fixed<std::int64_t>();
            value.days = fixed<std::int64_t>();
            value.seconds = fixed<std::int64_t>();
            value.nanoseconds = fixed<std::int32_t>();
            return value;
        }
        case ValueKind::map:
        case ValueKind::node:
        case ValueKind::relationship:
        case ValueKind::path:
            break;
    }
    throw Fault("a stored value is of no known kind");
}

template <class Change, class Write>
void write_changes(Writer& writer, const std::vector<Change>& changes, Write write) {
    writer.count(changes.size());
    for (const auto& change : changes) {
        writer.fixed(number(change.id));
        for (const auto* side : {&change.before, &change.after}) {
            writer.fixed(static_cast<std::uint8_t>(side->has_value() ? 1 : 0));
            if (side->has_value()) {
                write(**side);
            }
        }
    }
}

template <class Change, class Id, class Read>
std::vector<Change> read_changes(Reader& reader, Read read) {
    std::vector<Change> changes;
    for (auto left = reader.count(); left > 0; --left) {
        Change change;
        change.id = Id{reader.fixed<std::uint64_t>()};
        for (auto* side : {&change.before, &change.after}) {
            if (reader.fixed<std::uint8_t>() != 0) {
                *side = read();
            }
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

}  // namespace

std::string encode(const Value& value) {
    Writer writer;
    writer.value(value);
    return writer.take();
}

std::string encode(const Node& node) {
    Writer writer;
    writer.node(node);
    return writer.take();
}

std::string encode(const Relationship& relationship) {
    Writer writer;
    writer.relationship(relationship);
    return writer.take();
}

std::string encode(const LogEntry& entry) {
    Writer writer;
    writer.fixed(number(entry.revision));
    const auto since = entry.at.time_since_epoch();
    writer.fixed(static_cast<std::int64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(since).count()));
    writer.text(entry.by.author);
    writer.text(entry.by.purpose);
    write_changes(writer, entry.batch.nodes, [&](const Node& node) { writer.node(node); });
    write_changes(writer, entry.batch.relationships,
                  [&](const Relationship& relationship) { writer.relationship(relationship); });
    writer.count(entry.batch.redirects.size());
    for (const auto& redirect : entry.batch.redirects) {
        writer.text(redirect.from);
        writer.text(redirect.into);
    }
    return writer.take();
}

Value decode_value(std::string_view bytes) {
    Reader reader(bytes);
    auto value = reader.value();
    reader.end();
    return value;
}

Node decode_node(std::string_view bytes) {
    Reader reader(bytes);
    auto node = reader.node();
    reader.end();
    return node;
}

Relationship decode_relationship(std::string_view bytes) {
    Reader reader(bytes);
    auto relationship = reader.relationship();
    reader.end();
    return relationship;
}

LogEntry decode_log_entry(std::string_view bytes) {
    Reader reader(bytes);
    LogEntry entry;
    entry.revision = Revision{reader.fixed<std::uint64_t>()};
    entry.at = std::chrono::system_clock::time_point(
        std::chrono::microseconds(reader.fixed<std::int64_t>()));
    entry.by.author = reader.text();
    entry.by.purpose = reader.text();
    entry.batch.nodes = read_changes<NodeChange, NodeId>(reader, [&] { return reader.node(); });
    entry.batch.relationships = read_changes<RelationshipChange, RelationshipId>(
        reader, [&] { return reader.relationship(); });
    for (auto left = reader.count(); left > 0; --left) {
        auto from = reader.text();
        entry.batch.redirects.push_back({std::move(from), reader.text()});
    }
    reader.end();
    return entry;
}

}  // namespace khom::graph
