// A word of Thai that is misspelt is also cut wrongly, so there is no word to look up. But most of
// its pairs of clusters are right: the texts that share most of them, by rarity, are few, and each
// is read to see whether it has the question nearly. A Latin word stands between spaces: the words
// of all texts tell which it may be.

#include "index/misspelling.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/document.h"
#include "index/fields.h"
#include "index/near_place.h"
#include "index/segmenter.h"
#include "index/sound.h"
#include "index/spelling.h"
#include "index/thai_cutter.h"

namespace khom::index {

namespace {

constexpr std::size_t least_letters = 5, most_letters = 60, most_pieces = 6;
constexpr std::size_t most_read = 60, read_on = 8;  // texts, and behind the first that has it
constexpr std::size_t most_near_words = 20;         // for one that is typed

struct TypedPiece {
    std::string text;
    std::u32string letters;
    double allowed = 0;
};

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_digit<char>);
}

/// Whether a piece is made of words: then it may well be meant as it is.
bool is_made_of_words(const std::string& piece) {
    const auto tokens = segment(piece);
    return std::all_of(tokens.begin(), tokens.end(),
                       [](const auto& token) { return ThaiCutter::shipped().knows(token.text); });
}

/// How far a piece may be from what stands in a text: a number is no other number misspelt, nor a
/// short Latin word another.
double allowed_in_text(const TypedPiece& piece) {
    constexpr std::size_t least_latin = 5;
    const auto letters = piece.letters.size();
    if (has_digit(piece.text) || (!writes_words_together(piece.text) && letters < least_latin)) {
        return 0;
    }
    return std::min(allowed_distance(letters), is_made_of_words(piece.text) ? 1.0 : 2.0);
}

std::vector<TypedPiece> pieces_of(const std::string& plain) {
    std::vector<TypedPiece> all;
    for (const auto& text : between_spaces(plain)) {
        if (!squashed(text).empty()) {
            TypedPiece piece{text, code_points(text)};
            piece.allowed = allowed_in_text(piece);
            all.push_back(std::move(piece));
        }
    }
    return all;
}

/// Terms by which texts that have a piece nearly are found.
std::vector<std::string> traces(const TypedPiece& piece, const TextIndex& texts) {
    std::vector<std::string> all;
    const auto add = [&](TermKind kind, const std::vector<NearWord>& near) {
        for (const auto& one : near) {
            all.push_back(term(kind, one.word));
        }
    };
    const auto terms = terms_of(piece.text);
    for (const auto& pair : terms.clusters) {
        if (writes_words_together(pair)) {
            add(TermKind::clusters, {{pair}});
        }
    }
    for (const auto& word : all.empty() ? terms.words : std::vector<std::string>{}) {
        if (texts.frequency(term(TermKind::word, word)) > 0) {
            add(TermKind::word, {{word}});
        } else {
            add(TermKind::word, texts.near_words(word, piece.allowed, most_near_words));
        }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

struct Rendering {
    std::vector<std::string> meant;  ///< for each piece
    double distance = 0;
};

/// The pieces as the texts of a node have them, if they do.
std::optional<Rendering> read(const std::vector<TypedPiece>& pieces, double most,
                              const std::vector<BorderedText>& texts) {
    Rendering reading;
    for (const auto& piece : pieces) {
        std::optional<NearPlace> best;
        std::string meant;
        for (const auto& text : texts) {
            const auto within = std::min(piece.allowed, most - reading.distance);
            const auto place = nearest_place(text, piece.letters, within);
            if (place && (!best || place->distance < best->distance)) {
                best = place;
                meant = utf8(std::u32string_view(text.letters)
                                 .substr(place->begin, place->end - place->begin));
            }
        }
        if (!best) {
            return std::nullopt;
        }
        reading.meant.push_back(std::move(meant));
        reading.distance += best->distance;
    }
    return reading;
}

}  // namespace

std::optional<Mended> mended(const SearchWords& words, const TextIndex& texts,
                             const graph::Snapshot& graph) {
    const auto letters = code_points(squashed(words.plain)).size();
    if (letters < least_letters || letters > most_letters) {
        return std::nullopt;
    }
    const auto pieces = pieces_of(words.plain);
    if (pieces.size() > most_pieces) {
        return std::nullopt;
    }
    std::vector<std::string> terms;
    for (const auto& piece : pieces) {
        const auto more = traces(piece, texts);
        terms.insert(terms.end(), more.begin(), more.end());
    }
    std::optional<Rendering> best;
    auto most = allowed_distance(letters);
    std::size_t left = most_read;
    for (const auto node : texts.sharing_most(terms, most_read)) {
        if (left-- == 0) {
            break;
        }
        std::vector<BorderedText> all;
        for (const auto& text :
             graph.has(node) ? canonical_texts(graph, node) : std::vector<std::string>{}) {
            all.emplace_back(text);
        }
        auto reading = read(pieces, most, all);
        if (reading && (!best || reading->distance < best->distance)) {
            most = reading->distance;
            left = best ? left : std::min(left, read_on);
            best = std::move(reading);
        }
    }
    if (!best || best->distance == 0) {
        return std::nullopt;
    }
    Mended mended;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        mended.text += (i > 0 ? " " : "") + best->meant[i];
        if (mended.typed.empty() && pieces[i].text != best->meant[i]) {
            mended.typed = pieces[i].text;
            mended.meant = best->meant[i];
        }
    }
    return mended;
}

}  // namespace khom::index
