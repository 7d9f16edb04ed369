#pragma once

// What the analyser promises of any bytes at all. Asked by the fuzz targets of this folder and,
// over seeded random text, by tests/index/text_promises_test.cpp.

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/curated_words.h"
#include "index/highlight.h"
#include "index/search_text.h"
#include "index/segmenter.h"

namespace khom::testing {

/// Ends the process, saying of which bytes what is not so.
inline void must(bool holds, const char* promise, std::string_view text) {
    if (!holds) {
        std::cerr << "broken: " << promise << "\nof the " << text.size() << " bytes:";
        for (const char c : text) {
            std::cerr << ' ' << std::hex << (static_cast<unsigned>(c) & 0xFFU);
        }
        std::cerr << std::endl;
        std::abort();
    }
}

/// The way back never falls and stays in the text; once is enough.
inline void canonical_promises(std::string_view text) {
    const auto once = index::canonical(text);
    must(once.source.size() == once.text.size() + 1, "each byte has a source", text);
    for (std::size_t i = 0; i + 1 < once.source.size(); ++i) {
        must(once.source[i] <= once.source[i + 1], "sources never fall", text);
    }
    must(once.source.back() == text.size(), "the end leads to the end", text);
    must(index::canonical(once.text).text == once.text, "canonical text stays as it is", text);
    const auto letters = index::squashed(once.text);
    must(letters.size() <= once.text.size(), "letters are a part", text);
    must(index::squashed(letters) == letters, "letters stay as they are", text);
}

/// Clusters cover the text, and each border is found from within.
inline void cluster_promises(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = index::cluster_end(text, at + 1);
        must(end > at && end <= text.size(), "a cluster ends behind its beginning", text);
        must(index::cluster_begin(text, end - 1) <= at || end - at == 1,
             "a cluster begins where the one before ends", text);
        at = end;
    }
}

/// A letter or mark of Thai words, at a byte.
inline bool is_thai_letter(std::string_view text, std::size_t at) {
    if (at + 2 >= text.size() || text[at] != '\xE0' ||
        (static_cast<unsigned char>(text[at + 1]) & 0xFEU) != 0xB8) {
        return false;
    }
    const auto code = ((static_cast<unsigned char>(text[at + 1]) & 1U) << 6U) |
                      (static_cast<unsigned char>(text[at + 2]) & 0x3FU);
    return code >= 1 && code <= 0x4E && code != 0x2F && code != 0x46 &&
           (code <= 0x3A || code >= 0x40);
}

/// Whether a word may end here: at a cluster's border, or where a script begins, though a Thai
/// vowel behind a foreign letter makes one cluster of both.
inline bool may_end_word(std::string_view text, std::size_t at) {
    return index::cluster_begin(text, at) == at || at < 3 || !is_thai_letter(text, at - 3) ||
           !is_thai_letter(text, at);
}

/// Words rise, do not overlap, are what stands there, and cut no cluster of Thai.
inline void segment_promises(std::string_view source) {
    const auto text = index::canonical(source).text;
    for (const bool added : {false, true}) {
        const auto words =
            added ? index::CuratedWords::shipped()->words.segment(text) : index::segment(text);
        std::size_t last = 0;
        for (const auto& word : words) {
            must(word.begin_bytes >= last && word.end_bytes > word.begin_bytes, "words rise",
                 source);
            must(word.end_bytes <= text.size(), "words lie within", source);
            const auto there = text.substr(word.begin_bytes, word.end_bytes - word.begin_bytes);
            must(word.text == there || (added && word.text == index::squashed(there)),
                 "a word is what stands there", source);
            must(may_end_word(text, word.begin_bytes) && may_end_word(text, word.end_bytes),
                 "words cut no cluster", source);
            last = word.end_bytes;
        }
    }
    (void)index::terms_of(text);
}

/// Any text is a question, of bounded size.
inline void question_promises(std::string_view text) {
    for (const auto languages : {index::Languages::as_typed, index::Languages::both}) {
        const auto words = index::search_words(text, languages);
        must(words.wanted.size() <= 40, "a question has at most 40 words", text);
        must(words.groups.size() <= 1000, "a question looks up a bounded number of things", text);
        for (const auto& group : words.groups) {
            must(!group.alternatives.empty(), "what is looked up has a term", text);
            for (const auto& one : group.alternatives) {
                must(one.term.size() <= 245, "a term fits into Xapian", text);
            }
        }
    }
}

/// A passage without its marks is a stretch of the text, escaped; marks lie at cluster borders.
inline void highlight_promises(std::string_view text, std::string_view needle) {
    const auto plain = index::canonical(needle).text;
    std::vector<std::string> needles = {plain};
    for (auto& word : index::segment(plain)) {
        needles.push_back(std::move(word.text));
    }
    const auto html = index::highlight(text, needles, 200);
    if (html.empty()) {
        return;
    }
    std::string shown;
    std::vector<std::size_t> borders;
    for (std::size_t at = 0; at < html.size();) {
        const auto is = [&](std::string_view code) {
            return std::string_view(html).substr(at, code.size()) == code;
        };
        const auto take = [&](std::string_view code, std::string_view meaning) {
            shown += meaning;
            at += code.size();
        };
        if (is("<mark>") || is("</mark>")) {
            borders.push_back(shown.size());
            at += is("<mark>") ? 6 : 7;
        } else if (is("&amp;")) {
            take("&amp;", "&");
        } else if (is("&lt;")) {
            take("&lt;", "<");
        } else if (is("&gt;")) {
            take("&gt;", ">");
        } else if (is("&quot;")) {
            take("&quot;", "\"");
        } else if (is("&#39;")) {
            take("&#39;", "'");
        } else {
            must(html[at] != '<' && html[at] != '>', "only <mark> is a tag", text);
            shown += html[at++];
        }
    }
    must(borders.size() % 2 == 0, "marks are closed", text);
    constexpr std::string_view gap = "…";
    std::size_t before = 0;
    auto begin = text.find(shown);
    for (const bool cut_before : {false, true}) {
        for (const bool cut_after : {false, true}) {
            auto part = std::string_view(shown);
            if (begin != std::string_view::npos || (cut_before && part.substr(0, 3) != gap) ||
                (cut_after && (part.size() < 3 || part.substr(part.size() - 3) != gap)) ||
                part.size() < (cut_before ? 3U : 0U) + (cut_after ? 3U : 0U)) {
                continue;
            }
            part.remove_prefix(cut_before ? 3 : 0);
            part.remove_suffix(cut_after ? 3 : 0);
            before = cut_before ? 3 : 0;
            begin = text.find(part);
        }
    }
    must(begin != std::string_view::npos, "a passage is a stretch of the text", text);
    std::size_t last = 0;
    for (const auto border : borders) {
        const auto at = begin + border - before;
        must(border >= last, "marks rise", text);
        must(index::cluster_begin(text, at) == at, "marks cut no cluster", text);
        last = border;
    }
}

}  // namespace khom::testing
