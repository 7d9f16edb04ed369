// title, url, text | summary, published, retrieved, publisher, licence, note: as of any source.

#include "corpus/pages.h"

#include <utility>

#include "corpus/sha256.h"

namespace khom::corpus {

namespace {

/// More Thai letters than Latin ones.
bool is_thai(std::string_view text) {
    std::ptrdiff_t more = 0;
    for (const char c : text) {
        const bool latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        more += c == '\xE0' ? 1 : latin ? -1 : 0;
    }
    return more > 0;
}

void rename_by_language(Record& page, const std::string& column, const std::string& property) {
    const auto found = page.cells.find(column);
    if (found != page.cells.end()) {
        auto text = std::move(found->second);
        page.cells.erase(found);
        page.cells[property + (is_thai(text) ? "_th" : "_en")] = std::move(text);
    }
}

void give(Record& page, const char* column, const std::string& value) {
    page.cells.try_emplace(column, value);
}

}  // namespace

void expand_page(Record& page, std::vector<Finding>& findings) {
    const auto url = page.at("url");
    if (page.at("title").empty()) {
        findings.push_back(
            page.finding(FindingCode::no_name, "title", "A page has a title; this cell is empty."));
    }
    if (url.rfind("http://", 0) != 0 && url.rfind("https://", 0) != 0) {
        findings.push_back(page.finding(FindingCode::not_an_address, "url",
                                        "'" + url +
                                            "' is no address of a page; one begins with "
                                            "https:// or http://."));
    }
    constexpr std::size_t digits = 16;
    const auto id = "source:page-" + sha256(url).substr(0, digits);
    page.cells["id"] = id;
    rename_by_language(page, "title", "name");
    rename_by_language(page, "text", "text");
    rename_by_language(page, "summary", "summary");
    give(page, "subtype", "web-page");
    give(page, "sources", id);
    give(page, "licence", "unknown");
    give(page, "certainty", "stated");
}

}  // namespace khom::corpus
