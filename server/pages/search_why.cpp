// Why a result was found, and why another spelling is offered: in the reader's words.
#include <array>
#include <cstdio>

#include "server/pages/search_parts.h"

namespace khom::server {

namespace {

struct Said {
    std::string_view id, en, th;
};

std::string_view say(const PageLanguage& language, const Said& said) {
    return language.say(said.en, said.th);
}

/// What the index calls a field, before the dot; what it calls a way to match.
constexpr std::array<Said, 4> fields = {{{"name", "its name", "ชื่อ"},
                                         {"aliases", "another name of it", "ชื่ออื่น"},
                                         {"summary", "its summary", "คำอธิบาย"},
                                         {"text", "what is said of it", "ข้อความที่เกี่ยวข้อง"}}};
constexpr std::array<Said, 8> ways = {
    {{"exact", "the words as you wrote them", "ตรงตามที่พิมพ์"},
     {"prefix", "words that begin as yours do", "ขึ้นต้นเหมือนที่พิมพ์"},
     {"romanised", "the same sound in the other script", "เสียงเดียวกันในอีกอักษร"},
     {"typo", "nearly the same spelling", "สะกดใกล้เคียง"},
     {"keyboard", "the same keys in the other keyboard layout", "ปุ่มเดียวกันบนแป้นพิมพ์อีกภาษา"},
     {"semantic", "words of the same meaning", "คำความหมายเดียวกัน"},
     {"synonym", "words of the same meaning", "คำความหมายเดียวกัน"},
     {"era", "the same year in the other calendar", "ปีเดียวกันในอีกศักราช"}}};
constexpr std::array<Said, 5> parts = {
    {{"name", "by its names", "จากชื่อ"},
     {"text", "by its text", "จากข้อความ"},
     {"year", "by the year you named", "จากปีที่ระบุ"},
     {"linked", "by its link to what you chose", "จากความเชื่อมโยงกับสิ่งที่เลือก"},
     {"degree", "by how much is linked to it", "จากจำนวนความเชื่อมโยง"}}};

/// Each sentence of the index about two spellings, by words that only it has.
constexpr std::array<Said, 6> reasons = {{{"tone or vowel mark", "", "ต่างกันที่วรรณยุกต์หรือสระหนึ่งตัว"},
                                          {"sounds like", "", "ออกเสียงเหมือนกัน"},
                                          {"lies beside", "", "พิมพ์โดนปุ่มข้างเคียงหนึ่งตัว"},
                                          {"are swapped", "", "สลับตัวอักษรสองตัว"},
                                          {"keyboard layout", "", "พิมพ์ด้วยแป้นพิมพ์อีกภาษา"},
                                          {"spelt nearly as", "", "สะกดใกล้เคียงกัน"}}};

template <std::size_t count>
const Said* find(const std::array<Said, count>& all, std::string_view id) {
    for (const auto& said : all) {
        if (said.id == id) return &said;
    }
    return nullptr;
}

std::string number(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.2f", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string explained_html(const PageLanguage& language, const query::SearchHit& hit) {
    if (hit.explain.empty()) return {};
    std::string html;
    if (const auto* way = find(ways, hit.how)) {
        html += "<p>" + std::string(language.say("Matched: ", "ตรงเพราะ: ")) +
                std::string(say(language, *way)) + ".</p>";
    }
    std::string where;
    for (const auto& [field, highlight] : hit.highlights) {
        const auto* known = find(fields, std::string_view(field).substr(0, field.find('.')));
        if (known == nullptr || highlight.empty()) continue;
        const auto code = std::string_view(field).substr(field.find('.') + 1);
        const bool tongue = code == "th" || code == "en";
        where += "<li>" + std::string(say(language, *known)) + ": <span lang=\"" +
                 std::string(tongue ? code : std::string_view("und")) + "\">" + marked(highlight) +
                 "</span></li>";
    }
    if (!where.empty()) html += "<ul>" + where + "</ul>";
    std::string scores;
    for (const auto& [part, score] : hit.explain) {
        const auto* known = find(parts, part);
        if (known == nullptr || score == 0) continue;
        scores += (scores.empty() ? "" : " + ") + std::string(say(language, *known)) + " " +
                  number(score);
    }
    if (!scores.empty()) {
        html += "<p>" + std::string(language.say("What counted: ", "น้ำหนัก: ")) + scores + "</p>";
    }
    return "<details class=\"why\"><summary>" +
           std::string(language.say("Why this result", "ทำไมจึงพบรายการนี้")) + "</summary>" + html +
           "</details>";
}

std::string reason_html(const PageLanguage& language, std::string_view why) {
    if (why.empty()) return {};
    if (language.thai()) {
        for (const auto& reason : reasons) {
            if (why.find(reason.id) != std::string_view::npos) {
                return "<small>(" + std::string(reason.th) + ")</small>";
            }
        }
    }
    return in_language("en", why, "small");
}

}  // namespace khom::server
