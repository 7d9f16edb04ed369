#pragma once

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
    /// At most `most` are kept in `folder`, which is made with the first.
    KeptTexts(std::filesystem::path folder, std::size_t most)
        : folder_(std::move(folder)), most_(most) {}

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
    std::filesystem::path folder_;
    std::size_t most_;
    std::mutex writing_;
};

}  // namespace khom::server
