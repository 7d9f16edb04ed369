#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"

namespace khom::server {

/// Texts that are kept beside the graph because somebody cites them: dossiers as they stood, saved
/// views. One file each in one folder; what is kept never changes. Safe from any thread.
class KeptTexts {
  public:
    /// At most `most` are kept in `folder`, which is made with the first. Where there are so many,
    /// the one that nobody has found for longest gives way to a new one if that is `patience` ago;
    /// none ever does without a patience.
    KeptTexts(std::filesystem::path folder, std::size_t most,
              std::optional<std::chrono::hours> patience = std::nullopt)
        : folder_(std::move(folder)), most_(most), patience_(patience) {}

    enum class Outcome { kept, was_there };
    /// On disk when it returns. `name` has lower-case letters, digits, `.`, `_` and `-`.
    /// Refuses: storage_unavailable if the disk does not take it, or `most` are there.
    graph::Result<Outcome> keep(const std::string& name, std::string_view text);
    std::optional<std::string> find(const std::string& name) const;
    /// Nothing happens where there is no such text.
    void forget(const std::string& name);
    /// All names, in order.
    std::vector<std::string> names() const;

  private:
    bool make_room();
    void note_use(const std::string& name) const;

    std::filesystem::path folder_;
    std::size_t most_;
    std::optional<std::chrono::hours> patience_;
    std::mutex writing_;
};

}  // namespace khom::server
