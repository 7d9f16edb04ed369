#include "server/pages/sources.h"

#include <algorithm>

#include "server/url.h"

namespace khom::server {

namespace {

/// Only these are linked: a source's address comes from the data.
bool is_web_address(std::string_view url) {
    return url.substr(0, 8) == "https://" || url.substr(0, 7) == "http://";
}

/// "21 กรกฎาคม พ.ศ. 2569 · 21 July 2026"; nothing for no date.
std::string date_words(const PageLanguage& language, const std::string& date) {
    if (date.empty()) return {};
    const auto words = query::time_label(date).words;
    const auto& other = language.other(words);
    return language.of(words) + (other.empty() ? "" : " · " + other);
}

std::string source_html(const PageLanguage& language, const query::Reading& reading,
                        const query::SourceRef& source) {
    auto html = "<a href=\"" + escaped(entity_link(language, source.id)) + "\">" +
                source_title_html(language, reading, source) + "</a>";
    if (!source.publisher.empty()) {
        html += ", " + escaped(source.publisher);
    }
    if (is_web_address(source.url)) {
        html += " <a href=\"" + escaped(source.url) + "\" data-address=\"" +
                escaped(readable_address(source.url)) + "\" rel=\"noreferrer\">" +
                std::string(language.say("original", "ต้นฉบับ")) + "</a>";
    }
    const auto more = [&](std::string_view words, const std::string& value) {
        if (!value.empty()) {
            html += " <small>" + std::string(words) + " " + escaped(value) + "</small>";
        }
    };
    more(language.say("licence:", "สัญญาอนุญาต:"), licence_words(language, source.licence));
    more(language.say("read:", "เข้าถึงเมื่อ:"), date_words(language, source.retrieved));
    return html;
}

}  // namespace

std::string source_title_html(const PageLanguage& language, const query::Reading& reading,
                              const query::SourceRef& source) {
    if (const auto node = reading.graph().find(source.id)) {
        return name_html(language, query::entity_ref(reading, *node).name);
    }
    return escaped(source.title.empty() ? source.id : source.title);
}

std::string readable_address(const std::string& url) {
    std::string text;
    for (std::size_t at = 0; at < url.size(); ++at) {
        const auto letter =
            url[at] == '%' ? percent_decoded(url.substr(at, 9), Plus::kept) : std::nullopt;
        const bool thai = letter && letter->size() == 3 && letter->front() == '\xE0';
        text += thai ? *letter : url.substr(at, 1);
        at += thai ? 8 : 0;
    }
    return text;
}

std::string licence_words(const PageLanguage& language, const std::string& licence) {
    return licence == "unknown" ? std::string(language.say("not known", "ไม่ทราบ")) : licence;
}

std::string CitedSources::cite(const std::vector<query::SourceRef>& sources) {
    if (sources.empty()) {
        return {};
    }
    std::string html;
    for (const auto& source : sources) {
        auto found = std::find_if(sources_.begin(), sources_.end(),
                                  [&](const auto& known) { return known.id == source.id; });
        if (found == sources_.end()) {
            sources_.push_back(source);
            found = sources_.end() - 1;
        }
        const auto number = std::to_string(found - sources_.begin() + 1);
        html += (html.empty() ? "" : " ") + std::string("<a href=\"#source-") + number + "\">[" +
                number + (source.locator.empty() ? "" : ", " + escaped(source.locator)) + "]</a>";
    }
    return "<span class=\"cites\">" + html + "</span>";
}

std::string CitedSources::list_html(const query::Reading& reading) const {
    if (sources_.empty()) {
        return {};
    }
    std::string html = "<h2>" + std::string(language_.say("Sources", "แหล่งอ้างอิง")) +
                       "</h2>\n<ol class=\"sources\">\n";
    std::size_t number = 0;
    for (const auto& source : sources_) {
        html += "<li id=\"source-" + std::to_string(++number) + "\">" +
                source_html(language_, reading, source) + "</li>\n";
    }
    return html + "</ol>\n";
}

std::string flags_html(const PageLanguage& language, const graph::Ontology& ontology,
                       const query::StatementView& statement) {
    std::string html;
    const auto flag = [&](const graph::Wording& words) {
        html += " <span class=\"flag\">" + escaped(language.of(words)) + "</span>";
    };
    if (!statement.status.empty() && statement.status != "done") {
        flag(graph::Ontology::wording(ontology.statuses, statement.status));
    }
    if (statement.certainty == "inferred" || statement.certainty == "doubtful") {
        flag(graph::Ontology::wording(ontology.certainties, statement.certainty));
    }
    return html;
}

}  // namespace khom::server
