#pragma once

#include <span>
#include <string_view>

namespace khom::corpus {

/// The forms that are shipped (corpus/data/dossiers/*.json, embedded), as JSON text. The next
/// round's form is one more file there.
std::span<const std::string_view> dossier_templates();

}  // namespace khom::corpus
