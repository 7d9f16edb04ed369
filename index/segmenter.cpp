// Text is taken run by run: Thai by our own cutter (thai_cutter.h), plain ASCII by a few rules that
// agree with UAX #29, everything else by ICU. ICU counts UTF-16 units by default: we hand it the
// text as a UText over UTF-8, so that the boundaries it reports are already the byte offsets we
// promise.

#include "index/segmenter.h"

#include <memory>

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include "graph/failure.h"
#include "index/thai_cutter.h"
#include "index/xapian_private.h"

namespace khom::index {

namespace {

void require(UErrorCode status, const char* task) {
    if (U_FAILURE(status)) {
        throw graph::Fault(std::string(task) + ": " + u_errorName(status));
    }
}

std::unique_ptr<icu::BreakIterator> word_breaker() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> breaker(
        icu::BreakIterator::createWordInstance(icu::Locale("th"), status));
    require(status, "ICU word breaks");
    return breaker;
}

class Segmenting {
  public:
    explicit Segmenting(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        tokens_.reserve(text_.size() / 8);
        for (std::size_t at = 0; at < text_.size();) {
            if (thai_letter(at) != 0) {
                at = thai(at);
            } else if (static_cast<unsigned char>(text_[at]) < 0x80) {
                at = plain(at);
            } else {
                at = other(at);
            }
        }
        return std::move(tokens_);
    }

  private:
    /// The Thai letter or mark at a byte, less U+0E00; 0 for anything else, ฯ and ๆ among it: they
    /// are no words.
    std::uint8_t thai_letter(std::size_t at) const {
        if (at + 2 >= text_.size() || text_[at] != '\xE0') {
            return 0;
        }
        const auto second = static_cast<unsigned char>(text_[at + 1]);
        const auto third = static_cast<unsigned char>(text_[at + 2]);
        if ((second & 0xFEU) != 0xB8) {
            return 0;
        }
        const auto letter = static_cast<std::uint8_t>(((second & 1U) << 6U) | (third & 0x3FU));
        const bool is_letter = letter >= 0x01 && letter <= 0x4E && letter != 0x2F &&
                               letter != 0x3F && letter != 0x46 &&
                               !(letter > 0x3A && letter < 0x40);
        return is_letter ? letter : 0;
    }

    std::size_t thai(std::size_t begin) {
        thread_local std::vector<std::uint8_t> letters;
        thread_local std::vector<std::uint32_t> ends;
        letters.clear();
        for (auto at = begin; thai_letter(at) != 0; at += 3) {
            letters.push_back(thai_letter(at));
        }
        ThaiCutter::shipped().cut(letters, ends);
        std::size_t from = 0;
        for (const auto end : ends) {
            add(begin + 3 * from, begin + 3 * end);
            from = end;
        }
        return begin + 3 * letters.size();
    }

    char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
    bool is_digit(std::size_t i) const { return at(i) >= '0' && at(i) <= '9'; }
    bool is_letter(std::size_t i) const {
        return (at(i) >= 'a' && at(i) <= 'z') || (at(i) >= 'A' && at(i) <= 'Z') || at(i) == '_';
    }

    /// A word of ASCII letters and digits with "it's", "u.s", "1,000.5" in one; or what is no word,
    /// one byte. Where letters beyond ASCII touch it, ICU decides.
    std::size_t plain(std::size_t begin) {
        auto end = begin;
        while (is_letter(end) || is_digit(end) ||
               (end > begin && (at(end) == '.' || at(end) == '\'') &&
                ((is_letter(end - 1) && is_letter(end + 1)) ||
                 (is_digit(end - 1) && is_digit(end + 1)))) ||
               (end > begin && at(end) == ',' && is_digit(end - 1) && is_digit(end + 1))) {
            ++end;
        }
        if (end == begin) {
            return begin + 1;
        }
        if (static_cast<unsigned char>(at(end)) >= 0x80 && thai_letter(end) == 0) {
            return other(begin);
        }
        add(begin, end);
        return end;
    }

    /// Up to the next Thai letter or space.
    std::size_t other(std::size_t begin) {
        auto end = begin;
        while (end < text_.size() && thai_letter(end) == 0 && text_[end] != ' ') {
            ++end;
        }
        // Loading ICU's rules costs far more than a short text: one breaker per thread.
        thread_local const auto breaker = word_breaker();
        const auto part = text_.substr(begin, end - begin);
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<UText, decltype(&utext_close)> utf8(
            utext_openUTF8(nullptr, part.data(), static_cast<std::int64_t>(part.size()), &status),
            &utext_close);
        require(status, "ICU text");
        breaker->setText(utf8.get(), status);
        require(status, "ICU text");
        auto from = breaker->first();
        for (auto to = breaker->next(); to != icu::BreakIterator::DONE; to = breaker->next()) {
            if (breaker->getRuleStatus() != UBRK_WORD_NONE && !is_thai_sign(part, from)) {
                add(begin + static_cast<std::size_t>(from), begin + static_cast<std::size_t>(to));
            }
            from = to;
        }
        return end;
    }

    /// ฯ and ๆ.
    static bool is_thai_sign(std::string_view part, std::int32_t at) {
        return part.compare(static_cast<std::size_t>(at), 3, "ฯ") == 0 ||
               part.compare(static_cast<std::size_t>(at), 3, "ๆ") == 0;
    }

    void add(std::size_t begin, std::size_t end) {
        tokens_.push_back({std::string(text_.substr(begin, end - begin)), begin, end});
    }

    std::string_view text_;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> segment(std::string_view text) {
    return Segmenting(text).run();
}

std::string stem(const std::string& word) {
    thread_local const Xapian::Stem english("en");
    const bool latin = !word.empty() && static_cast<unsigned char>(word.front()) < 0x80;
    return latin ? english(word) : word;
}

}  // namespace khom::index
