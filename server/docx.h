#pragma once

#include <string>
#include <string_view>

#include "graph/failure.h"

namespace khom::server {

/// Markdown as a Word document, by pandoc, which is run as a program of its own for it.
/// Refuses: unsupported where pandoc is not installed (saying what else there is), and where it
/// fails.
graph::Result<std::string> docx_of(std::string_view markdown, std::string_view lang);

}  // namespace khom::server
