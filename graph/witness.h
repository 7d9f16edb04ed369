#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace khom::graph {

/// The newest revision that was acknowledged, beside the store: a write-ahead log or a manifest
/// that was cut short reads as one that ends earlier, and only another file can tell. Written after
/// each commit without a sync, so that it is never ahead of what is durable; lost with the power,
/// it is behind, which does no harm.
class Witness {
  public:
    explicit Witness(const std::filesystem::path& folder) : path_(folder / "acknowledged") {}
    ~Witness();
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// None if nothing was noted, or what was noted does not read.
    std::optional<std::uint64_t> newest() const;
    /// Does nothing where the disk refuses.
    void note(std::uint64_t revision) noexcept;

  private:
    std::filesystem::path path_;
    int file_ = -1;
};

}  // namespace khom::graph
