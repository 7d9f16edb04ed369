#include "index/analyser.h"

#include <algorithm>

#include "index/canonical.h"
#include "index/segmenter.h"

namespace khom::index {

namespace {

bool is_year_of_the_buddha(const std::string& word) {
    return word.size() == 4 && word >= "2400" && word <= "2700" &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_sign(std::string_view cluster) {
    return squashed(cluster).empty();
}

/// Pairs of clusters within a run without spaces and signs.
std::vector<std::string> cluster_pairs(std::string_view text) {
    std::vector<std::string> pairs;
    std::string_view last;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = cluster_end(text, at + 1);
        const auto cluster = text.substr(at, end - at);
        at = end;
        if (is_sign(cluster)) {
            last = {};
            continue;
        }
        if (!last.empty()) {
            pairs.push_back(std::string(last) + std::string(cluster));
        }
        last = cluster;
    }
    return pairs;
}

}  // namespace

bool writes_words_together(std::string_view cluster) {
    const auto lead = static_cast<unsigned char>(cluster.front());
    return lead > 0xE0 ||
           (lead == 0xE0 && cluster.size() > 1 && static_cast<unsigned char>(cluster[1]) >= 0xB8);
}

std::string word_form(const std::string& word) {
    return is_year_of_the_buddha(word) ? std::to_string(std::stoi(word) - 543) : stem(word);
}

std::string pair_form(std::string_view first, std::string_view second) {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    const auto mix = [&](std::string_view text) {
        for (const char c : text) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
        }
    };
    mix(first);
    mix(" ");
    mix(second);
    hash ^= hash >> 15U;
    std::string form;
    for (int part = 0; part < 3; ++part) {
        form += static_cast<char>(0x80U | (hash & 0x7FU));
        hash >>= 7U;
    }
    return form;
}

Terms terms_of(std::string_view text, const AddedWords& words) {
    Terms terms;
    for (const auto& token : words.segment(text)) {
        terms.words.push_back(word_form(token.text));
        if (terms.words.size() > 1) {
            terms.pairs.push_back(
                pair_form(terms.words[terms.words.size() - 2], terms.words.back()));
        }
    }
    terms.clusters = cluster_pairs(text);
    return terms;
}

}  // namespace khom::index
