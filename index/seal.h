#pragma once

#include <filesystem>

namespace khom::index {

/// Xapian's files carry no checksums, so a flipped bit would be answered from. A seal is a hash of
/// all files of a folder, put beside it while nobody writes and broken before the next write. A
/// folder with no seal (its writer was killed) is believed.

/// Where it cannot be written there is none: nothing is lost but the check.
void seal(const std::filesystem::path& folder);
void break_seal(const std::filesystem::path& folder);
bool has_seal(const std::filesystem::path& folder);
/// False if the folder is not what was sealed.
bool is_as_sealed(const std::filesystem::path& folder);

}  // namespace khom::index
