#include <algorithm>
#include <array>
#include <map>

#include "query/lookup.h"
#include "query/timeline.h"
#include "server/pages/pages.h"
#include "server/pages/parts.h"
#include "server/parameters.h"

namespace khom::server {

namespace {

int year_of(std::string_view edtf) {
    int year = 0;
    for (std::size_t at = 0; at < 4 && at < edtf.size(); ++at) {
        if (edtf[at] < '0' || edtf[at] > '9') return 0;
        year = year * 10 + (edtf[at] - '0');
    }
    return edtf.size() < 4 ? 0 : year;
}

/// The bars of the buckets; each leads to its window.
std::string buckets_html(const Request& request, const PageLanguage& language,
                         const query::TimelineResult& timeline) {
    std::size_t most = 1;
    for (const auto& bucket : timeline.buckets) most = std::max(most, bucket.count);
    std::string html = "<ol class=\"bars\">";
    for (const auto& bucket : timeline.buckets) {
        const int year = year_of(bucket.edtf);
        Pairs query;
        for (const auto& pair : request.query) {
            if (pair.first != "from" && pair.first != "to" && pair.first != "cursor") {
                query.push_back(pair);
            }
        }
        query.emplace_back("from", std::to_string(year));
        query.emplace_back("to", std::to_string(year));
        html += "<li><a href=\"" + escaped(link({}, "/timeline", query)) + "\">" +
                escaped(language.of(bucket.label)) + "</a> <meter min=\"0\" max=\"" +
                std::to_string(most) + "\" value=\"" + std::to_string(bucket.count) + "\">" +
                std::to_string(bucket.count) + "</meter> " + std::to_string(bucket.count) +
                "</li>\n";
    }
    return html + "</ol>\n";
}

/// The traditions whose editions are among the items: id of the tradition → items, oldest first.
using Families = std::map<std::string, std::vector<const query::TimelineItem*>>;

Families families(const query::Reading& reading, const query::TimelineResult& timeline) {
    const auto& graph = reading.graph();
    const auto part_of = graph.type("PART_OF");
    Families result;
    if (!part_of) return result;
    for (const auto& item : timeline.items) {
        const auto node = graph.find(item.entity.id);
        if (!node || !item.statement.empty()) continue;
        for (const auto& whole : graph.adjacent(*node, graph::Direction::out, *part_of)) {
            if (query::text_of(graph, whole.neighbour, "subtype") == "tradition") {
                result[query::id_of(graph, whole.neighbour)].push_back(&item);
            }
        }
    }
    return result;
}

std::string families_html(const PageLanguage& language, const query::Reading& reading,
                          const Families& found) {
    std::string html;
    for (const auto& [id, editions] : found) {
        if (editions.size() < 2) continue;
        const auto node = reading.graph().find(id);
        const auto tradition = query::entity_ref(reading, *node);
        html += "<li><strong><a href=\"" + escaped(entity_link(language, id)) + "\">" +
                name_html(language, tradition.name) + "</a></strong> <small>" +
                std::to_string(editions.size()) + std::string(language.say(" editions", " ครั้ง")) +
                "</small><ol class=\"editions\">";
        for (const auto* edition : editions) {
            html += "<li>" + time_html(language, edition->time) + " <a href=\"" +
                    escaped(entity_link(language, edition->entity.id)) + "\">" +
                    name_html(language, edition->entity.name) + "</a></li>";
        }
        html += "</ol></li>\n";
    }
    return html.empty() ? html
                        : "<h2 id=\"traditions\">" +
                              std::string(language.say("Traditions and their editions",
                                                       "ประเพณีและการจัดแต่ละครั้ง")) +
                              "</h2>\n<ul class=\"families\">" + html + "</ul>\n";
}

std::string doubts_html(const PageLanguage& language, const query::TimelineItem& item) {
    std::string html;
    for (const auto doubt : item.why) {
        html += " <span class=\"flag\">" + escaped(language.of(query::wording(doubt))) + "</span>";
    }
    return html;
}

std::string item_html(const PageLanguage& language, const query::Reading& reading,
                      const query::TimelineItem& item) {
    // A statement of the one that is asked about tells of its other end.
    const auto& entity = item.other ? *item.other : item.entity;
    std::string html =
        "<li>" + time_html(language, item.time) + " <a href=\"" +
        escaped(entity_link(language, entity.id)) + "\">" + name_html(language, entity.name) +
        "</a> " + kind_html(language, *reading.ontology, entity.kind) + doubts_html(language, item);
    const auto& summary = language.of(item.summary);
    if (!summary.empty()) {
        html += "<p class=\"quiet\">" +
                in_language(&summary == &item.summary.th ? "th" : "en", summary) + "</p>";
    }
    return html + "</li>\n";
}

/// What began before the window has a part of its own, oldest first; the rest goes by years.
std::string items_html(const PageLanguage& language, const query::Reading& reading,
                       std::vector<query::TimelineItem> items, int first_year) {
    const auto began_before = [&](const auto& item) {
        return first_year != 0 && year_of(item.time.edtf) < first_year;
    };
    const auto within = std::stable_partition(items.begin(), items.end(), began_before);
    std::stable_sort(items.begin(), within, [](const auto& a, const auto& b) {
        return year_of(a.time.edtf) < year_of(b.time.edtf);
    });
    std::string html;
    if (within != items.begin()) {
        html +=
            "<details class=\"before\"><summary>" +
            std::string(language.say("Begun before, still going on", "เริ่มก่อนหน้านี้และยังดำเนินอยู่")) +
            " (" + std::to_string(within - items.begin()) + ")</summary><ol class=\"moments\">\n";
        for (auto item = items.begin(); item != within; ++item) {
            html += item_html(language, reading, *item);
        }
        html += "</ol></details>\n";
    }
    items.erase(items.begin(), within);
    int year = -1;
    for (const auto& item : items) {
        if (const int own = year_of(item.time.edtf); own != year) {
            const auto words = query::time_label(std::to_string(own)).words;
            html += (year == -1 ? "" : "</ol>\n") + std::string("<h3 class=\"year\">") +
                    escaped(language.of(words)) + " " +
                    in_language(language.other_code(), language.other(words), "small") +
                    "</h3><ol class=\"moments\">\n";
            year = own;
        }
        html += item_html(language, reading, item);
    }
    return year == -1 ? html : html + "</ol>\n";
}

std::string form_html(const PageLanguage& language, const graph::Ontology& ontology,
                      const query::TimelineQuestion& question, const YearWindow& window) {
    Pairs kept;
    if (language.chosen) kept.emplace_back("lang", language.code);
    for (const auto& id : question.entities) kept.emplace_back("entity", id);
    std::string kinds;
    for (const auto& kind : ontology.kinds) {
        if (kind.id == "source" || kind.id == "theme") continue;
        const bool chosen = std::find(question.kinds.begin(), question.kinds.end(), kind.id) !=
                            question.kinds.end();
        kinds += "<label><input type=\"checkbox\" name=\"kind\" value=\"" + kind.id + "\"" +
                 (chosen ? " checked" : "") + "> " + escaped(language.of(kind.many)) + "</label> ";
    }
    return "<form class=\"window timeline-form\" action=\"/timeline\">" + hidden_inputs(kept) +
           "<fieldset><legend>" + std::string(language.say("Kind", "ประเภท")) + "</legend>" +
           kinds + "</fieldset>" + year_window_html(language, window) +
           "<p><button class=\"always\">" + std::string(language.say("Show", "แสดง")) +
           "</button></p></form>\n";
}

/// On paper there is no slider that says it.
std::string window_words_html(const PageLanguage& language,
                              const query::TimelineQuestion& question) {
    if (question.from.empty() && question.to.empty()) return {};
    const auto open = [](const std::string& date) { return date.empty() ? ".." : date; };
    return "<p class=\"quiet on-paper\">" +
           time_html(language, query::time_label(open(question.from) + "/" + open(question.to))) +
           "</p>\n";
}

std::string heading(const PageLanguage& language, const query::Reading& reading,
                    const query::TimelineQuestion& question) {
    if (question.entities.size() == 1) {
        if (const auto node = reading.graph().find(question.entities.front())) {
            return language.of(query::entity_ref(reading, *node).name);
        }
    }
    return std::string(language.say("What happened when", "อะไรเกิดขึ้นเมื่อใด"));
}

}  // namespace

Answer timeline_page(const Request& request, const query::Reading& reading) {
    const auto language = page_language(request);
    Parameters parameters(request);
    query::TimelineQuestion question;
    question.entities = parameters.repeated("entity", 20);
    question.kinds = parameters.repeated("kind", 8);
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    question.cursor = parameters.text("cursor", 512);
    question.limit = 250;
    if (!parameters.outcome()) {
        return tl::unexpected(parameters.outcome().error());
    }
    // The city's story begins with its membership, unless a window or an entity is asked for.
    const bool whole = question.from.empty() && question.to.empty() && question.entities.empty();
    if (whole) question.from = "2020";
    return query::timeline(reading, question).map([&](const query::TimelineResult& timeline) {
        YearWindow window{question.from, question.to, {}};
        for (const auto& bucket : timeline.buckets) {
            window.counts[year_of(bucket.edtf)] += bucket.count;
        }
        const auto title = heading(language, reading, question);
        Page page;
        page.title = title + " · Khom";
        page.css_class = "wide";
        page.main = "<h1>" + escaped(title) + "</h1>\n" + window_words_html(language, question) +
                    "<div class=\"results\"><aside class=\"facets\">" +
                    form_html(language, *reading.ontology, question, window) +
                    buckets_html(request, language, timeline) + "</aside><div>" +
                    families_html(language, reading, families(reading, timeline));
        if (timeline.items.empty()) {
            page.main += "<p class=\"notice\">" +
                         std::string(language.say("Nothing is dated in this window.",
                                                  "ไม่มีรายการที่ระบุเวลาในช่วงนี้")) +
                         "</p>";
        }
        page.main += items_html(language, reading, timeline.items, year_of(question.from));
        if (!timeline.next_cursor.empty()) {
            Pairs query = request.query;
            query.emplace_back("cursor", timeline.next_cursor);
            page.main +=
                anchor(link({}, "/timeline", query), language.say("More", "ดูเพิ่มเติม"), "more");
        }
        if (!timeline.undated.empty()) {
            page.main += "<details class=\"undated\"><summary>" +
                         std::string(language.say("Undated, to confirm", "ไม่ระบุเวลา รอยืนยัน")) +
                         " (" + std::to_string(timeline.undated.size()) + ")</summary><ul>";
            for (const auto& item : timeline.undated) {
                page.main += item_html(language, reading, item);
            }
            page.main += "</ul></details>\n";
        }
        page.main += "</div></div>\n";
        return page_response(request, language, page);
    });
}

}  // namespace khom::server
