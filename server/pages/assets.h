#pragma once

#include <span>
#include <string>
#include <string_view>

namespace khom::server {

/// A file of the explorer, held by the binary.
struct Asset {
    std::string_view name;   ///< "style-Bq3d_x1-.css": the content is in the name
    std::string_view asked;  ///< "style.css"; the same as `name` where others' pages name the file
    std::string_view type;
    std::string_view plain;
    std::string_view gzip, brotli;  ///< empty where packing gains nothing
};

/// All of them. Defined by what server/web/scripts/embed.mjs writes.
std::span<const Asset> assets();

/// "/assets/style-Bq3d_x1-.css" for "style.css"; a name that is not there gives "/assets/" and
/// itself, which answers 404.
std::string asset_path(std::string_view asked);

}  // namespace khom::server
