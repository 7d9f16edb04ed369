// Sixteen bytes: the revision, and a hash of it, so that a damaged one is not believed.

#include "graph/witness.h"

#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <cstring>
#include <fstream>
#include <string_view>

#include "graph/columns.h"

namespace khom::graph {

namespace {

struct Note {
    std::uint64_t revision = 0, hash = 0;
};

std::uint64_t hash_of(std::uint64_t revision) {
    std::array<char, sizeof revision> bytes{};
    std::memcpy(bytes.data(), &revision, sizeof revision);
    return stable_hash({bytes.data(), bytes.size()});
}

}  // namespace

Witness::~Witness() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

std::optional<std::uint64_t> Witness::newest() const {
    std::ifstream file(path_, std::ios::binary);
    std::array<char, sizeof(Note)> bytes{};
    if (!file.read(bytes.data(), bytes.size())) {
        return std::nullopt;
    }
    Note note;
    std::memcpy(&note, bytes.data(), sizeof note);
    return note.hash == hash_of(note.revision) ? std::optional(note.revision) : std::nullopt;
}

void Witness::note(std::uint64_t revision) noexcept {
    if (file_ < 0) {
        file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    }
    const Note note{revision, hash_of(revision)};
    if (file_ >= 0 && ::pwrite(file_, &note, sizeof note, 0) != sizeof note) {
        ::close(file_);
        file_ = -1;
    }
}

}  // namespace khom::graph
