// ICU counts UTF-16 units by default. We hand it the text as a UText over UTF-8, so that the
// boundaries it reports are already the byte offsets we promise.

#include "index/segmenter.h"

#include <memory>

#include <unicode/brkiter.h>
#include <unicode/utext.h>
#include <xapian.h>

#include "graph/failure.h"

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

}  // namespace

std::vector<Token> segment(std::string_view text) {
    // Loading the dictionary costs far more than a short text: one breaker per thread.
    thread_local const auto breaker = word_breaker();
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UText, decltype(&utext_close)> utf8(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status),
        &utext_close);
    require(status, "ICU text");
    breaker->setText(utf8.get(), status);
    require(status, "ICU text");

    std::vector<Token> tokens;
    auto begin = breaker->first();
    for (auto end = breaker->next(); end != icu::BreakIterator::DONE; end = breaker->next()) {
        if (breaker->getRuleStatus() != UBRK_WORD_NONE) {
            const auto from = static_cast<std::size_t>(begin);
            const auto to = static_cast<std::size_t>(end);
            tokens.push_back({std::string(text.substr(from, to - from)), from, to});
        }
        begin = end;
    }
    return tokens;
}

std::string stem(const std::string& word) {
    thread_local const Xapian::Stem english("en");
    const bool latin = !word.empty() && static_cast<unsigned char>(word.front()) < 0x80;
    return latin ? english(word) : word;
}

}  // namespace khom::index
