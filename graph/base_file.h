#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>

#include "graph/snapshot_private.h"

namespace khom::graph {

/// A base in a file of its own, so that opening a store need not make it anew. It is derived:
/// whatever is wrong with it, it is thrown away and made from the records.
///
/// This one is being written, array by array in any order, so that no more than one of them need be
/// in memory. Until it is finished it lies beside what it will replace; dropped before, it goes.
/// All throw Fault if the disk refuses.
class BaseFile {
  public:
    explicit BaseFile(std::filesystem::path path);
    ~BaseFile();
    BaseFile(const BaseFile&) = delete;
    BaseFile& operator=(const BaseFile&) = delete;

    /// Writes an array, known from now on by where it stands in its base.
    template <class T>
    void write(const Flat<T>& array) {
        write(&array, array.data(), array.size() * sizeof(T));
    }
    /// Writes what is left: arrays that were not yet, the symbols of `data`, and what describes
    /// them all; synced, in place of what was there. `store` ties it to one store.
    void finish(const Base& base, const SnapshotData& data, std::uint64_t store);

  private:
    /// Where an array lies in the file.
    struct Part {
        std::uint64_t begin = 0, bytes = 0;
    };
    void write(const void* array, const void* values, std::size_t bytes);
    Part append(const void* values, std::size_t bytes);
    void put(std::uint64_t at, const void* values, std::size_t bytes) const;

    std::filesystem::path path_, temporary_;
    int descriptor_ = -1;
    std::uint64_t end_ = 0;
    std::map<const void*, Part> written_;
};

/// When the pages of a mapped file come into memory.
enum class Pages { at_once, as_needed };

/// What a finished file holds, as a snapshot without redirects; null if there is none, it is
/// damaged, or it is of another store or another format. Small files are read, larger ones mapped.
/// Cost: reads the file once, to verify its hash.
std::shared_ptr<SnapshotData> open_base(const std::filesystem::path& path, std::uint64_t store,
                                        Pages pages);

}  // namespace khom::graph
