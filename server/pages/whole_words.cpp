#include "server/pages/whole_words.h"

#include <algorithm>

namespace khom::server {

namespace {

constexpr std::array<std::string_view, 6> not_text = {"svg",      "script", "style",
                                                      "textarea", "select", "pre"};

/// How long a tag is that begins here, with all that it holds where that is no running text.
std::size_t tag_length(std::string_view html) {
    const auto end = html.find('>');
    if (end == std::string_view::npos) return html.size();
    for (const auto name : not_text) {
        if (html.substr(1, name.size()) != name) continue;
        const auto next = html[1 + name.size()];
        if (next != '>' && next != ' ') continue;
        const auto close = html.find("</" + std::string(name) + ">");
        return close == std::string_view::npos ? html.size() : close + name.size() + 3;
    }
    return end + 1;
}

/// A vowel or a tone mark above or below belongs to the letter before it.
bool begins_with_mark(std::string_view text) {
    if (text.size() < 3 || text[0] != '\xE0') return false;
    const auto third = static_cast<unsigned char>(text[2]);
    return (text[1] == '\xB8' && (third == 0xB1 || (third >= 0xB4 && third <= 0xBA))) ||
           (text[1] == '\xB9' && third >= 0x87 && third <= 0x8E);
}

std::string_view whole_word_at(std::string_view text) {
    const auto found = std::ranges::find_if(
        whole_words, [&](std::string_view word) { return text.substr(0, word.size()) == word; });
    if (found == whole_words.end() || begins_with_mark(text.substr(found->size()))) return {};
    return *found;
}

}  // namespace

std::string kept_whole(std::string_view html) {
    std::string out;
    out.reserve(html.size() + html.size() / 16);
    while (!html.empty()) {
        if (html.front() == '<') {
            const auto length = tag_length(html);
            out += html.substr(0, length);
            html.remove_prefix(length);
            continue;
        }
        const auto word = html.front() == '\xE0' ? whole_word_at(html) : std::string_view();
        if (!word.empty()) {
            out += "<span class=\"whole\">" + std::string(word) + "</span>";
            html.remove_prefix(word.size());
            continue;
        }
        // On to what may be a tag or the beginning of a Thai letter.
        const auto length = std::min(html.find_first_of("<\xE0", 1), html.size());
        out += html.substr(0, length);
        html.remove_prefix(length);
    }
    return out;
}

}  // namespace khom::server
