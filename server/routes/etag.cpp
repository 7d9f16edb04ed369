#include "server/routes/answers.h"

#include <array>
#include <cstdint>
#include <cstdio>

#include "server/pages/assets.h"

namespace khom::server {

namespace {

/// FNV-1a, 64 bits.
std::uint64_t hash(std::string_view text, std::uint64_t seed = 0xcbf29ce484222325U) {
    for (const char c : text) {
        seed = (seed ^ static_cast<std::uint8_t>(c)) * 0x100000001b3U;
    }
    return seed;
}

bool lists(std::string_view if_none_match, std::string_view tag) {
    return if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos;
}

}  // namespace

std::string etag(const Request& request, const query::Reading& reading, std::string_view setting) {
    auto key = hash(setting, hash(request.target));
    key = hash(request.header("accept"), key);
    key = hash(request.header("accept-language"), key);
    key = hash(KHOM_VERSION, key);
    key = hash(asset_path("explorer.js") + asset_path("style.css"), key);  // pages name them
    std::array<char, 64> text{};
    const auto revision = static_cast<std::uint64_t>(reading.graph().revision());
    const int length = std::snprintf(text.data(), text.size(), "W/\"%llu-%016llx\"",
                                     static_cast<unsigned long long>(revision),
                                     static_cast<unsigned long long>(key));
    return {text.data(), static_cast<std::size_t>(length)};
}

Answer unless_known(const Request& request, const query::Reading& reading,
                    const std::function<Answer()>& make, std::string_view setting) {
    const auto tag = etag(request, reading, setting);
    auto answer =
        lists(request.header("if-none-match"), tag) ? Answer(Response{304, {}, {}, {}}) : make();
    if (answer && (answer->status == 200 || answer->status == 304)) {
        answer->headers.emplace_back("ETag", tag);
        answer->headers.emplace_back("Cache-Control", "no-cache");
        answer->headers.emplace_back("Vary", "Accept, Accept-Language");
    }
    return answer;
}

}  // namespace khom::server
