#include "index/respelling.h"

#include <algorithm>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/fields.h"
#include "index/segmenter.h"

namespace khom::index {

namespace {

constexpr std::size_t least_part = 3;  // bytes: shorter words stand in any longer one by chance

std::size_t having(const TextIndex& texts, const std::string& word) {
    return texts.frequency(term(TermKind::word, word_form(word)));
}

/// The cut after which both parts are in use, the rarer of them as often as can be.
std::optional<std::string> cut(const std::string& word, const TextIndex& texts) {
    std::optional<std::string> best;
    std::size_t most = 0;
    for (auto at = least_part; at + least_part <= word.size(); ++at) {
        if (cluster_begin(word, at) != at) {
            continue;
        }
        const auto left = word.substr(0, at), right = word.substr(at);
        const auto used = std::min(having(texts, left), having(texts, right));
        if (used > most) {
            most = used;
            best = left + " " + right;
        }
    }
    return best;
}

}  // namespace

std::optional<std::string> respelt(const SearchWords& words, const TextIndex& texts) {
    std::vector<std::string> tokens;
    for (const auto& token : segment(words.plain)) {
        tokens.push_back(token.text);
    }
    std::string text;
    bool changed = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto word = tokens[i];
        if (having(texts, word) == 0) {
            if (i + 1 < tokens.size() && having(texts, word + tokens[i + 1]) > 0) {
                word += tokens[++i];
            } else if (auto parts = writes_words_together(word) ? std::nullopt : cut(word, texts)) {
                word = std::move(*parts);
            } else {
                return std::nullopt;
            }
            changed = true;
        } else if (i + 1 < tokens.size() && having(texts, tokens[i + 1]) == 0 &&
                   having(texts, word + tokens[i + 1]) > 0) {
            word += tokens[++i];
            changed = true;
        }
        text += (text.empty() ? "" : " ") + word;
    }
    return changed ? std::optional(text) : std::nullopt;
}

}  // namespace khom::index
