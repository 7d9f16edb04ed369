// A question is read from left to right, piece by piece:
//
//     question = piece { ["OR" | "|"] piece }
//     piece    = ["-"] [field ":"] ( '"' text '"' | text up to a space or an opening quote )
//
// A quote opens where no letter stands before it, and only if another follows: people paste
// headlines of which one quote was cut off.

#include "index/query_syntax.h"

#include <algorithm>
#include <array>
#include <optional>

#include "index/canonical.h"

namespace khom::index {

namespace {

constexpr std::size_t most_readings = 8;

/// In byte order.
constexpr std::array<std::string_view, 8> question_fields = {
    "certainty", "id", "kind", "language", "name", "sector", "subtype", "year"};

bool is_sign(char c) {
    return static_cast<unsigned char>(c) < 0x80 &&
           !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
}

class Reader {
  public:
    explicit Reader(std::string_view text) : source_(text), plain_(canonical(text)) {}

    /// The pieces in order; no piece where OR stood.
    std::vector<std::optional<Piece>> read() {
        std::vector<std::optional<Piece>> all;
        while (true) {
            at_ = std::min(plain_.text.find_first_not_of(' ', at_), plain_.text.size());
            if (at_ == plain_.text.size()) {
                return all;
            }
            if (is_or()) {
                all.emplace_back();
                at_ = std::min(plain_.text.find(' ', at_), plain_.text.size());
                continue;
            }
            auto piece = next();
            if (!piece.text.empty()) {
                all.emplace_back(std::move(piece));
            }
        }
    }

  private:
    char at(std::size_t i) const { return i < plain_.text.size() ? plain_.text[i] : '\0'; }

    bool is_or() const {
        const auto end = std::min(plain_.text.find(' ', at_), plain_.text.size());
        const auto word = std::string_view(plain_.text).substr(at_, end - at_);
        return word == "|" || (word == "or" && source_.substr(plain_.source[at_], 2) == "OR");
    }

    bool opens_quote(std::size_t i) const {
        return at(i) == '"' && (i == 0 || is_sign(at(i - 1))) &&
               plain_.text.find('"', i + 1) != std::string::npos;
    }

    Piece next() {
        Piece piece;
        if (at(at_) == '-' && at(at_ + 1) != ' ' && at(at_ + 1) != '\0') {
            piece.excluded = true;
            ++at_;
        }
        const auto colon = plain_.text.find_first_of(": \"", at_);
        if (at(colon) == ':' && at(colon + 1) != ' ' && at(colon + 1) != '\0' &&
            is_question_field(std::string_view(plain_.text).substr(at_, colon - at_))) {
            piece.field = plain_.text.substr(at_, colon - at_);
            at_ = colon + 1;
        }
        if (opens_quote(at_)) {
            const auto end = plain_.text.find('"', at_ + 1);
            piece.text = plain_.text.substr(at_ + 1, end - at_ - 1);
            piece.quoted = true;
            at_ = end + 1;
            return piece;
        }
        auto end = at_;
        while (end < plain_.text.size() && at(end) != ' ' && !opens_quote(end)) {
            ++end;
        }
        piece.text = plain_.text.substr(at_, end - at_);
        std::erase(piece.text, '"');
        at_ = end;
        return piece;
    }

    std::string_view source_;
    Canonical plain_;
    std::size_t at_ = 0;
};

}  // namespace

bool is_question_field(std::string_view name) {
    return std::binary_search(question_fields.begin(), question_fields.end(), name);
}

std::vector<std::vector<Piece>> readings(std::string_view text) {
    const auto pieces = Reader(text).read();
    std::vector<std::vector<Piece>> all(1);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!pieces[i]) {
            continue;  // an OR that has no piece on both sides is nothing
        }
        std::vector<Piece> choices = {*pieces[i]};
        while (i + 2 < pieces.size() && !pieces[i + 1] && pieces[i + 2] &&
               all.size() * (choices.size() + 1) <= most_readings) {
            choices.push_back(*pieces[i + 2]);
            i += 2;
        }
        std::vector<std::vector<Piece>> longer;
        for (const auto& reading : all) {
            for (const auto& choice : choices) {
                longer.push_back(reading);
                longer.back().push_back(choice);
            }
        }
        all = std::move(longer);
    }
    return all;
}

}  // namespace khom::index
