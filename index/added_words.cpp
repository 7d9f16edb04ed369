#include "index/added_words.h"

#include <utility>

#include "index/canonical.h"

namespace khom::index {

AddedWords::AddedWords(const std::vector<std::string>& words) {
    std::vector<std::pair<std::string, std::uint32_t>> numbered;
    for (const auto& word : words) {
        letters_.insert(squashed(word));
        numbered.emplace_back(word, static_cast<std::uint32_t>(numbered.size()));
    }
    if (!numbered.empty()) {
        in_text_ = std::make_shared<const NamesInText>(std::move(numbered));
    }
}

std::vector<Token> AddedWords::segment(std::string_view text) const {
    if (!in_text_) {
        return index::segment(text);
    }
    std::vector<Token> all;
    std::size_t done = 0;
    const auto cut_up_to = [&](std::size_t end) {
        for (auto& token : index::segment(text.substr(done, end - done))) {
            token.begin_bytes += done;
            token.end_bytes += done;
            all.push_back(std::move(token));
        }
    };
    for (const auto& found : in_text_->find(text)) {
        cut_up_to(found.begin_bytes);
        const auto word = text.substr(found.begin_bytes, found.end_bytes - found.begin_bytes);
        all.push_back({squashed(word), found.begin_bytes, found.end_bytes});
        done = found.end_bytes;
    }
    cut_up_to(text.size());
    return all;
}

}  // namespace khom::index
