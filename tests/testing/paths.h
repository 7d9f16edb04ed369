#pragma once

#include <string>

namespace khom::testing {

/// The root of the checkout, absolute.
const std::string& source_dir();
/// The built `khom`, absolute; it is there where the suite depends on it.
const std::string& khom_binary();

}  // namespace khom::testing
