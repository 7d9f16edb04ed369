// The search for damage.

#include <algorithm>
#include <utility>

#include "graph/batch.h"
#include "graph/codec.h"
#include "graph/disk_store.h"

namespace khom::graph {

namespace {

constexpr std::size_t most_told = 100;

Node whole(const Snapshot& snapshot, NodeId id) {
    return snapshot.node(id);
}

Relationship whole(const Snapshot& snapshot, RelationshipId id) {
    return snapshot.relationship(id);
}

class Findings {
  public:
    void add(std::string what) {
        if (told_.size() < most_told) {
            told_.push_back(std::move(what));
        }
    }
    std::vector<std::string> take() { return std::move(told_); }

  private:
    std::vector<std::string> told_;
};

/// Compares a family of records with the snapshot, both ways.
template <class Record>
void compare_records(const Database& database, Family family, const Snapshot& snapshot,
                     std::size_t expected, Record decode(std::string_view), Findings& findings) {
    using Id = decltype(Record::id);
    const std::string kind = family == Family::nodes ? "node" : "relationship";
    std::size_t found = 0;
    database.each(family, "", [&](std::string_view key, std::string_view bytes) {
        ++found;
        const Id id{from_big_endian(key)};
        const auto name = kind + " " + std::to_string(number(id));
        try {
            const auto stored = decode(bytes);
            if (key.size() != 8 || stored.id != id) {
                findings.add("The record of " + name + " lies under another key.");
            } else if (!snapshot.has(id)) {
                findings.add("The snapshot lacks " + name + ", which is stored.");
            } else if (!(whole(snapshot, id) == stored)) {
                findings.add("The snapshot and the record of " + name + " differ.");
            }
        } catch (const Fault& fault) {
            findings.add("The record of " + name + " does not decode: " + fault.what() + ".");
        }
        return true;
    });
    if (found != expected) {
        findings.add("The snapshot has " + std::to_string(expected) + " " + kind + "s, " +
                     std::to_string(found) + " are stored.");
    }
}

/// Each relationship stands in the rows of both its ends, and nothing else does.
void compare_directions(const Snapshot& snapshot, Findings& findings) {
    for (const auto direction : {Direction::out, Direction::in}) {
        std::size_t seen = 0;
        for (const auto node : snapshot.nodes()) {
            const auto row = snapshot.adjacent(node, direction);
            seen += row.size();
            if (!std::is_sorted(row.begin(), row.end())) {
                findings.add("The neighbours of node " + std::to_string(number(node)) +
                             " are out of order.");
            }
            for (const auto& adjacent : row) {
                const auto ends = snapshot.has(adjacent.relationship)
                                      ? snapshot.endpoints(adjacent.relationship)
                                      : Endpoints{};
                const auto expected = direction == Direction::out
                                          ? Endpoints{node, adjacent.type, adjacent.neighbour}
                                          : Endpoints{adjacent.neighbour, adjacent.type, node};
                if (!(ends == expected)) {
                    findings.add("Node " + std::to_string(number(node)) +
                                 " sees a relationship that is not so: " +
                                 std::to_string(number(adjacent.relationship)) + ".");
                }
            }
        }
        if (seen != snapshot.relationship_count()) {
            findings.add("Nodes see " + std::to_string(seen) + " relationships, there are " +
                         std::to_string(snapshot.relationship_count()) + ".");
        }
    }
}

/// Whether the state holds exactly what a batch says it left behind.
void compare_after(const SnapshotData& data, const LogEntry& entry, Findings& findings) {
    const Snapshot state(std::make_shared<const SnapshotData>(data));
    const auto wrong = [&](const std::string& what) {
        findings.add("Revision " + std::to_string(number(entry.revision)) + " left " + what +
                     " otherwise than the state that is reached from it.");
    };
    for (const auto& change : entry.batch.nodes) {
        const auto now = state.has(change.id) ? std::optional(state.node(change.id)) : std::nullopt;
        if (now != change.after) {
            wrong("node " + std::to_string(number(change.id)));
        }
    }
    for (const auto& change : entry.batch.relationships) {
        const auto now =
            state.has(change.id) ? std::optional(state.relationship(change.id)) : std::nullopt;
        if (now != change.after) {
            wrong("relationship " + std::to_string(number(change.id)));
        }
    }
}

}  // namespace

std::vector<std::string> DiskStore::find_damage() {
    Findings findings;
    const auto snapshot = alone([&] { return this->snapshot(); });
    compare_records(*database_, Family::nodes, *snapshot, snapshot->node_count(), decode_node,
                    findings);
    compare_records(*database_, Family::relationships, *snapshot, snapshot->relationship_count(),
                    decode_relationship, findings);
    compare_directions(*snapshot, findings);
    // Back through the kept log, each entry checked against the state it left, then forth again.
    auto data = *snapshot->data();
    for (auto at = number(snapshot->revision()); at >= number(log_.first_kept()) && at > 0; --at) {
        const auto entries = log_.read(Revision{at - 1}, 1);
        if (!entries || entries->empty() || number(entries->front().revision) != at) {
            findings.add("The log lacks revision " + std::to_string(at) + ".");
            return findings.take();
        }
        compare_after(data, entries->front(), findings);
        apply(data, turned(entries->front().batch));
    }
    for (auto after = Revision{number(log_.first_kept()) - 1}; after < snapshot->revision();) {
        const auto entries = log_.read(after, 256);
        if (!entries || entries->empty()) {
            break;
        }
        for (const auto& entry : *entries) {
            apply(data, entry.batch);
            after = entry.revision;
        }
    }
    const Snapshot redone(std::make_shared<const SnapshotData>(std::move(data)));
    const auto same = [&](const auto& ids) {
        return std::all_of(ids.begin(), ids.end(), [&](const auto id) {
            return redone.has(id) && whole(redone, id) == whole(*snapshot, id);
        });
    };
    if (redone.node_count() != snapshot->node_count() ||
        redone.relationship_count() != snapshot->relationship_count() || !same(snapshot->nodes()) ||
        !same(snapshot->relationships())) {
        findings.add("The log, undone and redone, does not lead back to the state.");
    }
    return findings.take();
}

}  // namespace khom::graph
