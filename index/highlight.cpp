#include "index/highlight.h"

#include <algorithm>
#include <utility>

#include "index/canonical.h"

namespace khom::index {

namespace {

using Range = std::pair<std::size_t, std::size_t>;

/// A Latin needle must stand at the beginning of a word: "art" is not in "part".
bool begins_word(std::string_view text, std::size_t at) {
    return at == 0 || !is_latin_or_digit(text[at]) || !is_latin_or_digit(text[at - 1]);
}

std::vector<Range> merged(std::vector<Range> ranges) {
    std::sort(ranges.begin(), ranges.end());
    std::vector<Range> all;
    for (const auto& range : ranges) {
        if (!all.empty() && range.first <= all.back().second) {
            all.back().second = std::max(all.back().second, range.second);
        } else {
            all.push_back(range);
        }
    }
    return all;
}

std::vector<Range> occurrences(std::string_view text, const std::vector<std::string>& needles) {
    const auto plain = canonical(text);
    std::vector<Range> ranges;
    for (const auto& needle : needles) {
        for (auto at = needle.empty() ? std::string::npos : plain.text.find(needle);
             at != std::string::npos; at = plain.text.find(needle, at + needle.size())) {
            if (begins_word(plain.text, at)) {
                ranges.emplace_back(cluster_begin(text, plain.source[at]),
                                    cluster_end(text, plain.source[at + needle.size()]));
            }
        }
    }
    return merged(std::move(ranges));
}

void append_escaped(std::string& html, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&':
                html += "&amp;";
                break;
            case '<':
                html += "&lt;";
                break;
            case '>':
                html += "&gt;";
                break;
            case '"':
                html += "&quot;";
                break;
            case '\'':
                html += "&#39;";
                break;
            default:
                html += c;
        }
    }
}

}  // namespace

std::string highlight(std::string_view text, const std::vector<std::string>& needles,
                      std::size_t most_bytes) {
    const auto ranges = occurrences(text, needles);
    if (ranges.empty()) {
        return {};
    }
    std::size_t begin = 0, end = text.size();
    if (text.size() > most_bytes) {
        const auto before = std::min(ranges.front().first, most_bytes / 3);
        begin = cluster_begin(text, ranges.front().first - before);
        end = cluster_end(text, std::min(begin + most_bytes, text.size()));
    }
    std::string html = begin > 0 ? "…" : "";
    auto at = begin;
    for (const auto& [from, to] : ranges) {
        if (from < at || to > end) {
            continue;
        }
        append_escaped(html, text.substr(at, from - at));
        html += "<mark>";
        append_escaped(html, text.substr(from, to - from));
        html += "</mark>";
        at = to;
    }
    append_escaped(html, text.substr(at, end - at));
    return html + (end < text.size() ? "…" : "");
}

bool occurs(std::string_view text, std::string_view needle) {
    for (auto at = needle.empty() ? std::string::npos : text.find(needle); at != std::string::npos;
         at = text.find(needle, at + 1)) {
        const auto end = at + needle.size();
        if (begins_word(text, at) && (end == text.size() || begins_word(text, end)) &&
            cluster_begin(text, at) == at && cluster_end(text, end) == end) {
            return true;
        }
    }
    return false;
}

}  // namespace khom::index
